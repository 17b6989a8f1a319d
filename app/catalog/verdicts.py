"""What is to be done with one page so that it is as before somebody's changes; decided under the lock.

What somebody else has done is kept. Rights stay as they are: no key of a page's head that decides them goes back.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from app.catalog import audience, finding, record_guard, writers
from app.catalog.attaching import check_readable
from app.catalog.authored import Reach
from app.catalog.deleting import buried, check_stays_closed
from app.catalog.describe import own_audience, own_editors
from app.catalog.editing import check_new_path, check_place, find_twins, with_identity, with_restricted
from app.catalog.history import page_history
from app.catalog.moving import with_alias
from app.catalog.readers import EVERYTHING, holds, opens
from app.catalog.rows import Attachment, Grave, PageRow, RevisionRow
from app.catalog.ruling import STAYS
from app.catalog.undoing import Stretch, Theirs, changed_files, coming, old_place, stretches
from app.catalog.wiki import Session
from app.catalog.writers import READ_ONLY, MayWrite
from app.errors import N_, Conflict, GareError, Invalid, NotFound, Refused
from app.wiki import frontmatter
from app.wiki.files import FileStore, Pointer
from app.wiki.page import INDEX, file_of, files_folder, title_of_path
from app.wiki.store import Change, Move

MAX_ROWS, MAX_STRETCHES = 1000, 50
WRITTEN_SINCE = N_("Somebody else has changed the same place since. Put it right by hand.")
PLACE_TAKEN = N_("Another page stands at its old place now. Move one of them first.")
RULES_FOLDER = N_("This page says who reads or changes its folder. Put it right by hand.")
TOO_LONG = N_("Its history is too long to be sorted out. Go back to an older version by hand.")
OPENED = N_("More people could read it at its old place. Move it by hand.")
FOLDER_OPENED = N_("More people could read its folder then. Bring it back by hand.")
FILE_GONE = N_("The file “%(name)s” cannot be put back. Send it again.")


class NotYet(Conflict):
    """Something stands in the way that may be gone when other pages have gone, or moved back."""


@dataclass(frozen=True, slots=True)
class Judge:
    """What pages are judged by: whose changes go, and what whoever takes them back may read and write."""

    theirs: Theirs
    files: FileStore
    reach: Reach
    may_write: MayWrite

    @property
    def audiences(self) -> Collection[str]:
        """Whose pages may be read."""
        return self.reach.audiences


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be done with a page: `to` is its old place, `text` its new text; or why nothing can be done.

    `back` is the text with which a deleted page comes back: its file is among the `changes`.
    """

    path: str
    title: str
    to: str = ""
    has_files: bool = False
    text: str | None = None
    old_text: str | None = None
    is_going: bool = False
    back: str | None = None
    changes: tuple[Change | Move, ...] = ()
    error: GareError | None = None

    @property
    def does_something(self) -> bool:
        """Tell whether anything is to be done."""
        return bool(self.to or self.changes or self.text is not None)


def judge(session: Session, judge_by: Judge, lineage: int) -> Verdict | None:
    """Judge one page; None where nothing of theirs is left in it, or it may not be read."""
    page = finding.find_by_lineage(session.connection, lineage, judge_by.audiences)
    rows = page_history(session.connection, lineage, before=None, limit=MAX_ROWS + 1)[::-1]
    grave = None if page else _find_grave(session, judge_by, rows)
    found = page or grave
    if found is None:
        return None
    try:
        if len(rows) > MAX_ROWS:
            raise Conflict(TOO_LONG)
        case = _Case(session, judge_by, rows)
        return case.living(page) if page else case.dead(grave) if grave else None
    except (Conflict, Invalid, NotFound, Refused) as error:
        return Verdict(found.path, found.title, error=error)


def _find_grave(session: Session, judge_by: Judge, rows: list[RevisionRow]) -> Grave | None:
    """Find a page as it was deleted, also where another one has been written in its place since."""
    last = rows[-1]
    found = finding.find_grave(session.connection, last.path, EVERYTHING)
    if found is not None and found.lineage == last.lineage:
        return found if found.audience in judge_by.audiences else None
    text = next((row for row in reversed(rows) if row.blob), None)
    before = session.store.parent(last.revision)
    if last.what != "deleted" or text is None or text.blob is None or before is None:
        return None
    then = audience.in_commit(session.store, before, last.path)
    if not holds(then, judge_by.audiences):
        return None
    return Grave(
        last.path, last.lineage, title_of_path(last.path), then, text.blob, text.revision, last.revision, last.author,
        last.at,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Case:
    session: Session
    by: Judge
    rows: list[RevisionRow]

    def dead(self, grave: Grave) -> Verdict | None:
        """Judge a deleted page: one that they deleted comes back, unless it was theirs alone."""
        turn = coming(self.rows, self.by.theirs)
        if turn is None or not (turn.was_there or turn.is_shared):
            return None
        if not turn.was_there:
            raise Conflict(WRITTEN_SINCE)
        connection, text = self.session.connection, self.session.read(grave.blob)
        if self._is_back(grave, text):
            return None
        try:
            check_new_path(connection, grave.path, self.by.audiences)
        except Conflict as error:
            raise NotYet(PLACE_TAKEN) from error
        front = frontmatter.parse(text)
        own = own_audience(text, front)
        writers.check(connection, [grave.path], self.by.may_write, own_editors(text, front))
        check_stays_closed(self.session, grave, own)
        if own and audience.opens_others(connection, grave.path, own):
            raise Conflict(FOLDER_OPENED)
        changes = buried(self.session, grave)
        if finding.find_grave(connection, grave.path, EVERYTHING) != grave:  # it will not be known as the same page
            text = self._without_theirs(text, grave)
            changes[0] = Change(file_of(grave.path), text.encode())
        return Verdict(grave.path, grave.title, back=text, changes=tuple(changes))

    def _is_back(self, grave: Grave, text: str) -> bool:
        """Tell whether somebody else has written the page anew where it stood."""
        there, own = finding.find_page(self.session.connection, grave.path, EVERYTHING), frontmatter.parse(text)
        if there is None or there.id is None or there.id != own.text("id"):
            return False
        first = page_history(self.session.connection, there.lineage, before=None, limit=MAX_ROWS)[-1]
        return not self.by.theirs(first)

    def _without_theirs(self, text: str, grave: Grave) -> str:
        def dress(other: str) -> str:
            return with_restricted(other, self.session.read(grave.blob))[0]

        return dress(self._taken_out(text, dress, with_renames=False))

    def living(self, page: PageRow) -> Verdict | None:
        """Judge a page: one that they made goes, of another one their words, its move and their files go."""
        turn = coming(self.rows, self.by.theirs)
        if turn and not turn.was_there:
            return self._going(page, is_shared=turn.is_shared)
        place = old_place(self.rows, self.by.theirs)
        to = place if place and place != page.path else ""
        before = self.session.read(page.blob)
        text = self._text(page, before, to)
        files = self._files(page, to, text)
        has_files = bool(finding.list_attachments(self.session.connection, page.path))
        verdict = Verdict(page.path, page.title, to, has_files, text if text != before else None, before, changes=files)
        if not verdict.does_something:
            return None
        writers.check(self.session.connection, [page.path, to or page.path], self.by.may_write)
        if to:
            self._check_free(page, to)
        return verdict

    def _going(self, page: PageRow, *, is_shared: bool) -> Verdict:
        if is_shared:
            raise Conflict(WRITTEN_SINCE)
        if page.path == INDEX:
            raise Refused(STAYS)
        connection = self.session.connection
        writers.check(connection, [page.path], self.by.may_write)
        if audience.closes_others(connection, page.path) or writers.rules_others(connection, page.path):
            raise NotYet(RULES_FOLDER)
        files = finding.list_attachments(connection, page.path)
        own = (Change(f"{files_folder(page.path)}/{file.name}", None) for file in files)
        return Verdict(page.path, page.title, is_going=True, changes=(Change(file_of(page.path), None), *own))

    def _text(self, page: PageRow, now: str, to: str) -> str:
        """Give the text without their words, and with all that decides rights as it is now."""

        def dress(other: str) -> str:
            return with_identity(self.session.connection, with_restricted(other, now)[0], page)

        text = self._taken_out(now, dress, with_renames=bool(to))
        if text == now and not to:
            return now
        if not text.strip():
            raise Conflict(WRITTEN_SINCE)
        text = with_alias(dress(text), page.path, to) if to else dress(text)
        record_guard.check(self.session.connection, to or page.path, text, now)
        return text

    def _taken_out(self, now: str, dress: Callable[[str], str], *, with_renames: bool) -> str:
        """Take their words out of a text; `dress` gives a text what stays as it is."""
        found = stretches(self.rows, self.by.theirs, with_renames=with_renames)
        if len(found) > MAX_STRETCHES:
            raise Conflict(TOO_LONG)
        if any(stretch.before is None for stretch in found):  # they made it, and somebody else has brought it back
            raise Conflict(WRITTEN_SINCE)
        if found and _says_the_same(now, dress(self.session.read(found[-1].before or ""))):
            return now
        text: str | None = now
        for stretch in found:
            text = None if text is None else self._without(stretch, text, dress)
        text = self._again(found[::-1], now) if text is None else text
        if text is None:
            raise Conflict(WRITTEN_SINCE)
        return text

    def _without(self, stretch: Stretch, text: str, dress: Callable[[str], str]) -> str | None:
        """Take one stretch out of a text; None where others have changed the same lines."""
        after, before = self.session.read(stretch.after), self.session.read(stretch.before or "")
        if text == after:
            return before
        if text == before or _says_the_same(text, dress(before)):
            return text
        return self.session.store.merge(after, text, before)

    def _again(self, found: Sequence[Stretch], now: str) -> str | None:
        """Make the changes of all others again, on the text before the first stretch; None where that cannot be."""
        text: str | None = self.session.read(found[0].before or "")
        ends = [self.session.read(stretch.before or "") for stretch in found[1:]]
        for stretch, end in zip(found, [*ends, now], strict=True):
            text = None if text is None else self.session.store.merge(self.session.read(stretch.after), text, end)
        return text

    def _check_free(self, page: PageRow, to: str) -> None:
        connection = self.session.connection
        others = [row for row in find_twins(connection, to) if row.path != page.path]
        if others or finding.list_attachments(connection, to):
            raise NotYet(PLACE_TAKEN)
        check_place(connection, to, self.by.audiences)
        if self.by.reach.folders is not None and not to.startswith(self.by.reach.folders):
            raise Refused(READ_ONLY)

    def _files(self, page: PageRow, to: str, text: str) -> tuple[Change, ...]:
        """Take their files away, and put those back that they took."""
        changes, taken = [], finding.list_attachments(self.session.connection, page.path)
        for name, row in changed_files(self.rows, self.by.theirs).items():
            now = next((file for file in taken if file.name == name), None)
            pointer = self._pointer_before(row)
            if (pointer.oid if pointer else None) == (now.oid if now else None):
                continue
            if pointer is None and name in text:
                raise Conflict(WRITTEN_SINCE)
            if pointer is not None:
                self._check_returns(page, row, pointer, taken)
            content = pointer.to_bytes() if pointer else None
            changes.append(Change(f"{files_folder(to or page.path)}/{name}", content))
        return tuple(changes)

    def _pointer_before(self, row: RevisionRow) -> Pointer | None:
        before = self.session.store.parent(row.revision)
        content = self.session.store.read(f"{files_folder(row.path)}/{row.file}", before) if before else None
        return Pointer.parse(content) if content is not None else None

    def _check_returns(self, page: PageRow, row: RevisionRow, pointer: Pointer, taken: list[Attachment]) -> None:
        """Refuse to put a file back whose name is taken or whose bytes are gone, or where fewer could see it then."""
        before, name = self.session.store.parent(row.revision), row.file or ""
        check_readable(self.session.connection, page.path, self.by.audiences)
        is_taken = any(file.name.casefold() == name.casefold() and file.name != name for file in taken)
        is_opened = before is None or opens(page.audience, audience.in_commit(self.session.store, before, row.path))
        if is_taken or is_opened or not self.by.files.has(pointer.oid):
            raise NotFound(FILE_GONE, name=name)


def _says_the_same(text: str, other: str) -> bool:
    """Tell whether two texts are equal but for the order in their heads."""
    front, same_words = frontmatter.parse(text), frontmatter.split(text)[1] == frontmatter.split(other)[1]
    return same_words and not front.fault and front == frontmatter.parse(other)
