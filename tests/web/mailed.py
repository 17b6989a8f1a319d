"""Mails as the tests of the web find them: what waits in the outbox."""

import re
from dataclasses import dataclass

from sqlalchemy import select

from app.outbox.tables import mails
from app.station import Station

MAIL_SETTINGS = 'smtp_host = "localhost"\nmail_from = "gare@example.org"\n'


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    text: str

    @property
    def links(self) -> list[str]:
        return re.findall(r"^https?://\S+$", self.text, re.MULTILINE)

    @property
    def path(self) -> str:
        """Give the link without the name of the machine."""
        assert len(self.links) == 1, self.text
        return re.sub(r"^https?://[^/]+", "", self.links[0])

    @property
    def code(self) -> str:
        found = re.findall(r"^\d{6}$", self.text, re.MULTILINE)
        assert len(found) == 1, self.text
        return str(found[0])


def letters(site: Station) -> list[Letter]:
    with site.truth.connect() as connection:
        rows = connection.execute(select(mails).order_by(mails.c.id))
        return [Letter(row.to_address, row.subject, row.text) for row in rows]


def last_letter(site: Station) -> Letter:
    return letters(site)[-1]
