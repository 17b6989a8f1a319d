"""Tell everybody who is due: a mail is queued in the transaction that keeps up to where its receiver has heard.

So that a crash neither loses a mail nor sends one twice. What is read of the wiki is shared by all who may read the
same, and read again after every change: a mail never names what its receiver may not read when it is queued.
All is read and worded before that transaction begins: nobody who wants to write waits for it.
"""

import logging
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from app.comments.reading import list_since
from app.errors import Invalid
from app.follow import choosing, rhythm, subscriptions, unsubscribing, writing
from app.follow.choosing import Entry
from app.follow.journal import Happening
from app.follow.readings import Readings
from app.follow.rhythm import Due, Told
from app.follow.sections import new_pages
from app.follow.subscriptions import Subject
from app.follow.writing import Letterhead, News
from app.hooks import Section
from app.outbox import smtp
from app.outbox.mails import Mail, queue
from app.people import accounts, groups
from app.people.accounts import Account
from app.people.viewer import Viewer
from app.station import Station

log = logging.getLogger(__name__)

QUIET, LONGEST = 600, 3600  # seconds: at once means after so much quiet, but not later than the other
SLACK = 10  # seconds that a comment may take from its moment until others see it
OLDEST = 31 * 86_400  # seconds: nobody is told what is older, when mail could not go out for long
BATCH = 10  # people in one transaction
TRIES = 3  # where the wiki changes while it is read; who was not told then is told the next time


def may_tell(station: Station) -> bool:
    """Tell whether mails can go out that lead back to the site."""
    return smtp.is_configured(station.mail_config) and bool(station.address)


def tell_due(station: Station) -> str | None:
    """Queue the mails that are due; says how many, or None when there was none."""
    if not may_tell(station):
        return None
    count = Round(station, int(time.time())).tell()
    return f"{count} mails" if count else None


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who is to hear: address, rights, and what they follow."""

    account: Account
    viewer: Viewer
    own: dict[Subject, int]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to become of somebody who is due: a mail, or none; with `wait_until` they are looked at again then."""

    due: Due
    receiver: Receiver | None
    mail: Mail | None = None
    wait_until: int = 0


class Round:
    """One look at who is due."""

    def __init__(self, station: Station, now: int) -> None:
        settings, config = station.settings.get(), station.config
        self._station, self._now = station, now
        self._zone = ZoneInfo(config.timezone)
        site = " ".join(settings.title.split())
        self._head = Letterhead(site, station.address, settings.language, self._zone)
        self._newest = Told(now - SLACK, station.door.newest_change())

    def tell(self) -> int:
        """Tell all who are due, those who may read the same one after another."""
        with self._station.truth.connect() as connection:
            newest = replace(self._newest, until=self._newest_comment(connection))
            due = [self._mended(one) for one in rhythm.list_due(connection, self._now, newest)]
            own_groups = groups.names_by_account(connection)
        if not due:
            return 0
        due.sort(key=lambda one: own_groups.get(one.account_id, ()))
        after = Told(min(one.told.until for one in due), min(one.told.change for one in due))
        readings = Readings(self._station, after, self._newest)
        return sum(self._tell_some(readings, some) for some in _batches(due))

    def _newest_comment(self, connection: Connection) -> int:
        """Give the moment of the newest comment that somebody who hears at once may not know; 0 where there is none."""
        first = rhythm.first_told(connection)
        said = list_since(connection, first) if first is not None else []
        moments = [int(one.at.timestamp()) for one in said]
        return max((one for one in moments if one <= self._newest.until), default=0)

    def _mended(self, due: Due) -> Due:
        """Give from where somebody is to be told, which is not what is kept where that is long ago or of no use.

        Numbers of changes are others after a page was erased from history, see `rhythm.forget_numbers`.
        """
        oldest = self._now - OLDEST
        if due.told.until >= oldest and 0 <= due.told.change <= self._newest.change:
            return due
        until = max(due.told.until, oldest)
        return replace(due, told=Told(until, self._station.door.newest_change(until)))

    def _tell_some(self, readings: Readings, some: Sequence[Due]) -> int:
        """Tell some people; as soon as the wiki changes, what was written for the rest of them is written anew."""
        told = 0
        for _ in range(TRIES):
            generation = self._station.door.generation()
            ready = deque(self._prepare(readings, due, receiver) for due, receiver in self._receivers(some))
            with self._station.truth.begin() as connection:
                while ready and self._station.door.generation() == generation:
                    told += self._hand_over(connection, ready.popleft())
            if not ready:
                break
            some = [one.due for one in ready]
        return told

    def _receivers(self, some: Sequence[Due]) -> list[tuple[Due, Receiver | None]]:
        with self._station.truth.connect() as connection:
            return [(due, _receiver(connection, due.account_id)) for due in some]

    def _prepare(self, readings: Readings, due: Due, receiver: Receiver | None) -> Prepared:
        """Look what there is to tell, and write the mail."""
        if receiver is None:
            return Prepared(due, None)
        happenings = readings.happenings(receiver.viewer)
        chosen = choosing.choose(happenings, receiver.own, due.told, receiver.account.pseudonym)
        if due.rhythm == rhythm.NOW and (until := self._quiet_at(chosen)) > self._now:
            return Prepared(due, receiver, wait_until=until)
        sections = []
        if due.rhythm == rhythm.WEEKLY:
            sections = [new_pages(happenings, due.told), *readings.sections(receiver.viewer, due.told.until + 1)]
        return Prepared(due, receiver, self._mail(due, receiver.account, choosing.entries(chosen), sections))

    def _hand_over(self, connection: Connection, ready: Prepared) -> bool:
        """Take it on and queue the mail, unless its receiver changed meanwhile; tells whether it was queued."""
        due = ready.due
        if not rhythm.claim(connection, due, self._newest, rhythm.next_due(due.rhythm, self._now, self._zone)):
            return False
        if ready.receiver != _receiver(connection, due.account_id):
            rhythm.put_off(connection, due, self._now)
            return False
        if ready.wait_until:
            rhythm.put_off(connection, due, ready.wait_until)
        return ready.mail is not None and _queue(connection, due, ready.mail)

    def _quiet_at(self, chosen: Sequence[Happening]) -> int:
        """Give the moment at which those who hear at once are told; 0 where there is nothing, or it is long ago."""
        times = [one.at for one in chosen if one.at <= self._now]
        return min(max(times) + QUIET, min(times) + LONGEST) if times else 0

    def _mail(self, due: Due, account: Account, entries: list[Entry], sections: list[Section]) -> Mail | None:
        told = {entry.path for entry in entries}
        sections = [_without(section, told, account.pseudonym) for section in sections]
        names = self._station.door.author_names(writing.pseudonyms(entries, sections))
        news = News(entries, sections, names)
        if news.is_empty():
            return None
        secret = unsubscribing.make(self._station.config.secret_key, account)
        return writing.write(self._head, account, due.rhythm, news, secret, self._now)


def _receiver(connection: Connection, account_id: int) -> Receiver | None:
    """Find somebody as they are at this moment; None where no mail can reach them or they follow nothing."""
    account = accounts.find(connection, account_id)
    own = subscriptions.list_own(connection, account_id)
    if account is None or not account.email or account.is_blocked or not own:
        return None
    return Receiver(account, groups.viewer_of(connection, account), own)


def _queue(connection: Connection, due: Due, mail: Mail) -> bool:
    try:
        queue(connection, mail)
    except Invalid as error:  # an address that no mail can go to must not keep the others from theirs
        log.warning("no news for account %s: %s", due.account_id, error)
        return False
    return True


def _without(section: Section, told: set[str], pseudonym: str) -> Section:
    """Leave out what is told elsewhere in the mail, and what its receiver did."""
    lines = [line for line in section.lines if line.path not in told and set(line.by) != {pseudonym}]
    return replace(section, lines=tuple(lines))


def _batches(due: Sequence[Due]) -> Iterator[Sequence[Due]]:
    return (due[start : start + BATCH] for start in range(0, len(due), BATCH))
