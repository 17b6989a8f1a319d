"""The mails that ask whether a record is right still, in the language of the site; a press on a link answers."""

import gettext
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

from app.calendar.days import say_day
from app.catalog.record_rows import RecordRow
from app.forms.form import Form
from app.outbox.mails import Mail
from app.records.life import days_of
from app.station import Station
from app.wiki.page import address_of

KIND = "record"
SOON: Final = "soon"  # it is shown for a few days more
TODAY: Final = "today"  # for the last day
OVER: Final = "over"  # not any more: nobody could be asked on its last day
YEARLY: Final = "yearly"
TITLE = 100  # characters of a title in a subject
_CATALOGUES = Path(__file__).parents[1] / "translations"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What all of these mails have in common: name, public address (without a slash at the end), language."""

    site: str
    address: str
    language: str

    @classmethod
    def of(cls, station: Station) -> "Letterhead":
        """Read it from the settings."""
        settings = station.settings.get()
        return cls(" ".join(settings.title.split()), station.address, settings.language)


def write(head: Letterhead, to: str, what: str, form: Form, row: RecordRow, secret: str) -> Mail:
    """Write a mail; `secret` is that of its links."""
    words = _words(head.language)
    title = _one_line(row.title)
    answer = f"{head.address}/-/record/answer/{secret}"
    subject, said, first = _said(words, head, what, row)
    paragraphs = [
        words.gettext("Hello,"),
        said % {"title": title, "site": head.site},
        first % {"days": days_of(form)} + f"\n{answer}?deed={'verify' if what == YEARLY else 'renew'}",
        words.gettext("It is settled, or not there any more? Then archive it:") + f"\n{answer}?deed=archive",
        words.gettext("You need not sign in. Something changed? Then correct it here:")
        + f"\n{head.address}{quote(address_of(row.path))}",
        head.site,
    ]
    return Mail(to, subject % {"title": title}, "\n\n".join(paragraphs) + "\n", kind=KIND)


def _said(words: gettext.NullTranslations, head: Letterhead, what: str, row: RecordRow) -> tuple[str, str, str]:
    """Give the subject, what is the matter, and what the first link is for; each with places to be filled."""
    if what == YEARLY:
        return (
            words.gettext("Is “%(title)s” right still?"),
            words.gettext("For a year nobody has said whether “%(title)s” on %(site)s is right."),
            words.gettext("Is it right still? Say so here:"),
        )
    day = say_day(date.fromisoformat(row.expires), head.language, "d MMMM")
    if what == OVER:
        said = words.gettext("“%(title)s” was shown on %(site)s until %(day)s.")
        subject = words.gettext("“%(title)s” is not shown any more")
    else:
        said = words.gettext("“%(title)s” is shown on %(site)s until %(day)s.")
        subject = words.gettext("“%(title)s” is shown until %(day)s").replace("%(day)s", day)
    return subject, said.replace("%(day)s", day), words.gettext("Show it for %(days)s days more:")


def _one_line(title: str) -> str:
    line = " ".join("".join(char if char.isprintable() else " " for char in title).split())
    return line if len(line) <= TITLE else f"{line[:TITLE]}…"


@cache
def _words(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", str(_CATALOGUES), [language], fallback=True)
