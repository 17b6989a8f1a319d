"""Hands for the tests of following: people, pages, and what the job process does."""

import time
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from app.catalog.editing import Edit
from app.catalog.tables import revisions
from app.follow import rhythm, subscriptions, telling
from app.follow.subscriptions import Subject
from app.outbox import sending
from app.outbox.tables import mails
from app.people import accounts, groups
from app.people.accounts import Account
from app.people.authors import SYSTEM
from app.people.groups import Group
from app.people.viewer import signed_in
from app.station import Station

OPERATOR = signed_in("Gare", SYSTEM, is_admin=True)
ZONE = ZoneInfo("Europe/Paris")
ALL = Subject(subscriptions.ALL)
DAY = 86_400
BEGAN = time.time()


@dataclass(frozen=True)
class Letter:
    """A mail as it was queued."""

    to: str
    subject: str
    text: str
    headers: str


@dataclass(frozen=True)
class Town:
    """A collective at work."""

    station: Station

    def settle(self, name: str, *own_groups: str, is_admin: bool = False, email: str | None = "") -> Account:
        """Let somebody come to live here, with an address made of the name."""
        address = f"{name.lower()}@example.org" if email == "" else email
        with self.station.truth.begin() as connection:
            account = accounts.add(connection, name, is_admin=is_admin, email=address)
            for group in own_groups:
                known = groups.find(connection, group)
                number = known.id if known else groups.add(connection, Group(0, group, group.title(), "", True))
                groups.enter(connection, number, account.id)
        return account

    def follow(self, who: Account, *subjects: Subject, how_often: str = rhythm.NOW) -> None:
        """Follow something."""
        newest = self.station.door.newest_change()
        with self.station.truth.begin() as connection:
            for subject in subjects:
                subscriptions.add(connection, who.id, subject)
            rhythm.begin(connection, who.id, newest, ZONE)
            rhythm.choose(connection, who.id, how_often, newest, ZONE)

    def page(self, path: str) -> Subject:
        """Name a page as subscriptions do."""
        return Subject(subscriptions.PAGE, self.station.door.identify(self.station.door.find(OPERATOR, path)))

    def write(self, path: str, text: str, by: Account | None = None) -> None:
        """Write a page."""
        found = self.station.door.find_view(OPERATOR, path)
        head = f"id: {found[0].id}\n" if found and found[0].id else ""
        base = found[0].revision if found else None
        whole = text if text.startswith("---") else f"---\n{head}title: {path.title()}\n---\n{text}\n"
        self.station.door.save(OPERATOR, Edit(path, whole, base, by.pseudonym if by else SYSTEM))
        self.set_clock()

    def set_clock(self) -> None:
        """Let the last change have happened by the clock of the test: git has one of its own."""
        last = select(func.max(revisions.c.seq)).scalar_subquery()
        with self.station.wiki.catalog.changing() as connection:
            connection.execute(update(revisions).where(revisions.c.seq == last).values(at=int(time.time())))

    def tell(self) -> str | None:
        """Do what the job does that tells people."""
        return telling.tell_due(self.station)

    def send(self) -> str | None:
        """Do what the job does that sends mails."""
        return sending.send_due(self.station.truth, self.station.config, self.station.settings.get())

    def letters(self) -> list[Letter]:
        """List the mails that were queued."""
        with self.station.truth.connect() as connection:
            rows = connection.execute(select(mails).order_by(mails.c.id))
            return [Letter(row.to_address, row.subject, row.text, row.headers) for row in rows]

    def news_of(self, who: Account) -> str:
        """Give the words of the only mail to somebody; empty where there is none."""
        found = [letter.text for letter in self.letters() if letter.to == who.email]
        assert len(found) <= 1
        return "".join(found)


def until(how_often: str) -> float:
    """Tell how many seconds after the test began the next mail of a rhythm is due."""
    return rhythm.next_due(how_often, time.time(), ZONE) - BEGAN + 60
