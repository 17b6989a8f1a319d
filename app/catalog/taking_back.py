"""Take back all that somebody has changed: as few commits as possible, a bounded number of pages at a time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from time import monotonic

from sqlalchemy import Connection

from app.catalog import audience
from app.catalog.authored import EVERYWHERE, Reach, Touched, Whose, count_touched, list_touched
from app.catalog.editing import one_line
from app.catalog.rows import RevisionRow
from app.catalog.verdicts import OPENED, PLACE_TAKEN, RULES_FOLDER, Judge, NotYet, Verdict, judge
from app.catalog.wiki import Plan, Session, Wiki
from app.catalog.writers import MayWrite, anybody
from app.errors import Conflict, GareError
from app.hooks import Deleted, Renamed, Saved
from app.wiki.page import INDEX, file_of, files_folder, fold
from app.wiki.store import Change, Move

MAX_PAGES = 200
MAX_BYTES = 400_000  # of texts that are rendered while others wait for the lock
SECONDS = 2.0  # of judging, while they wait too: each change of somebody else in between is a merge by git
ROUNDS = 4  # a page that goes makes room for one that comes back, whose text then goes back too


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Whose changes go, signed by whom. The door adds which pages he reaches, and where he may write."""

    whose: Whose
    author: str
    summary: str = ""
    reach: Reach = EVERYWHERE
    may_write: MayWrite = anybody


@dataclass(frozen=True, slots=True)
class Left:
    """A page that could not be put right, and why."""

    path: str
    title: str
    error: GareError


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of it: how many pages are as before, which could not be; `before` goes on with the `waiting` ones."""

    pages: int = 0
    left: tuple[Left, ...] = ()
    before: int | None = None
    waiting: int = 0


def take_back(wiki: Wiki, request: TakeBack) -> TakenBack:
    """Take back somebody's changes in the pages that he changed last; what others have done since stays.

    Pages that he made are deleted, those that he deleted come back, pages and files go back to their places, and his
    words are taken out of texts by the same three-way merge as in a save. Raises Unavailable, StorageFull.
    """
    batch = _Batch(wiki, request)
    for _ in range(ROUNDS):
        commit = wiki.change(batch.plan)
        if commit is None:
            break
        batch.settle(commit.revision)
        if not batch.open:
            break
    return batch.outcome()


class _Batch:
    """Some pages under way; `plan` may run several times before a round is settled."""

    def __init__(self, wiki: Wiki, request: TakeBack) -> None:
        self._wiki, self._request = wiki, request
        authors, after = set(request.whose.authors), request.whose.after

        def theirs(row: RevisionRow) -> bool:
            return row.author in authors and row.at.timestamp() > after

        self._judge = Judge(theirs, wiki.files, request.reach, request.may_write)
        self._touched: list[Touched] = []
        self._before: int | None = None
        self._waiting = 0
        self._verdicts: dict[int, Verdict] = {}
        self._done: set[int] = set()
        self.open: set[int] = set()  # lineages that are to be judged once more

    def plan(self, session: Session) -> Plan | None:
        if not self._done:
            self._choose(session)
        found = self._judged(session)
        verdicts = {lineage: verdict for lineage in sorted(found) if (verdict := found[lineage]) is not None}
        settled = {one: said for one, said in self._verdicts.items() if one not in found}
        self._verdicts = settled | _with_room(session, verdicts)
        changes = _changes(self._acting())
        return Plan(changes, self._request.author, one_line(self._request.summary)) if changes else None

    def _choose(self, session: Session) -> None:
        """Choose the pages of this batch, so few that nobody waits long for the lock."""
        whose, reach, connection = self._request.whose, self._request.reach, session.connection
        listed = list_touched(connection, whose, reach, MAX_PAGES)
        sizes = [sum(one.size for one in listed[:end]) for end in range(len(listed))]
        self._touched = [one for one, size in zip(listed, sizes, strict=True) if size <= MAX_BYTES]
        self.open = {one.lineage for one in self._touched}
        self._count_waiting(connection)

    def _count_waiting(self, connection: Connection) -> None:
        last = self._touched[-1].seq if self._touched else 0
        self._waiting = count_touched(connection, replace(self._request.whose, before=last), self._request.reach)
        self._before = last if self._waiting else None

    def _judged(self, session: Session) -> dict[int, Verdict | None]:
        """Judge pages until the time is up, one at least; the others wait, and with them all that come after."""
        end, found = monotonic() + SECONDS, dict[int, Verdict | None]()
        for place, one in enumerate(self._touched):
            if one.lineage not in self.open:
                continue
            if found and monotonic() >= end:
                self._put_off(session.connection, place)
                break
            found[one.lineage] = judge(session, self._judge, one.lineage)
        return found

    def _put_off(self, connection: Connection, place: int) -> None:
        waiting = {one.lineage for one in self._touched[place:]}
        self._touched = self._touched[:place]
        self.open -= waiting
        self._verdicts = {one: said for one, said in self._verdicts.items() if one not in waiting}
        self._count_waiting(connection)

    def _acting(self) -> list[Verdict]:
        return [self._verdicts[one] for one in sorted(self.open & self._verdicts.keys()) if _acts(self._verdicts[one])]

    def settle(self, revision: str) -> None:
        """Note what was done and tell it; what came back, or has room now, is judged once more."""
        for verdict in self._acting():
            self._tell(verdict, revision)
        acted = {one for one in self.open & self._verdicts.keys() if _acts(self._verdicts[one])}
        self._done |= acted
        self.open = {
            one for one, said in self._verdicts.items()
            if one in self.open and ((one in acted and said.back is not None) or isinstance(said.error, NotYet))
        }  # fmt: skip
        for one in acted:
            del self._verdicts[one]

    def _tell(self, verdict: Verdict, revision: str) -> None:
        wiki, author, path = self._wiki, self._request.author, verdict.to or verdict.path
        if verdict.is_going:
            wiki.tell(wiki.hooks.deleted, Deleted(path, author, revision))
        if verdict.to:
            wiki.tell(wiki.hooks.renamed, Renamed(path, verdict.path, author, revision))
        if verdict.back is not None:
            wiki.tell(wiki.hooks.saved, Saved(path, verdict.back, None, author, revision))
        if verdict.text is not None:
            wiki.tell(wiki.hooks.saved, Saved(path, verdict.text, verdict.old_text, author, revision))

    def outcome(self) -> TakenBack:
        """Say what became of the batch."""
        said = sorted(self._verdicts.values(), key=lambda verdict: verdict.path)
        left = tuple(Left(one.path, one.title, one.error) for one in said if one.error)
        return TakenBack(len(self._done), left, self._before, self._waiting)


def _acts(verdict: Verdict) -> bool:
    return verdict.error is None and verdict.does_something


def _with_room(session: Session, verdicts: dict[int, Verdict]) -> dict[int, Verdict]:
    """Leave the pages where they are that would meet at one place, or would be open to more people at the old one."""
    kept, claimed = dict(verdicts), set[str]()
    for lineage, one in verdicts.items():
        place = fold((one.to or one.path).removesuffix(f"/{INDEX}"))
        if _acts(one) and (one.to or one.back is not None):
            if place in claimed:
                kept[lineage] = _left(one, Conflict(PLACE_TAKEN))
            claimed.add(place)
    while wrong := _misplaced(session, kept.values()):
        kept = {
            lineage: _left(one, Conflict(wrong[one.path])) if one.to and one.path in wrong else one
            for lineage, one in kept.items()
        }
    return kept


def _misplaced(session: Session, verdicts: Iterable[Verdict]) -> dict[str, str]:
    """Find the moves that would open a page, or the folder that an index leaves; gives why, by path."""
    moved = {one.path: one.to for one in verdicts if _acts(one) and one.to}
    if not moved:
        return {}
    connection = session.connection
    wrong = {path: RULES_FOLDER for path in moved if audience.closes_others(connection, path)}
    opened = audience.opened_by_moving(connection, moved)
    # A page that stays where it is may be opened by an index that comes: then no index moves.
    stays = set(opened) - set(moved)
    indexes = [path for path, to in moved.items() if stays and audience.folder_ruled_by(to) is not None]
    return wrong | dict.fromkeys([path for path in opened if path in moved] + indexes, OPENED)


def _left(verdict: Verdict, error: GareError) -> Verdict:
    return Verdict(verdict.path, verdict.title, error=error)


def _changes(verdicts: Collection[Verdict]) -> list[Change | Move]:
    """Put the changes of all pages in order: what moves first, then new texts and files."""
    moves: list[Change | Move] = []
    changes: list[Change | Move] = []
    for one in verdicts:
        if one.to:
            moves.append(Move(file_of(one.path), file_of(one.to)))
            if one.has_files:
                moves.append(Move(files_folder(one.path), files_folder(one.to)))
        if one.text is not None:
            changes.append(Change(file_of(one.to or one.path), one.text.encode()))
        changes += one.changes
    return [*moves, *changes]
