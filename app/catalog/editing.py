"""Save pages: new ones, edits, edits of something that moved on meanwhile."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from app.catalog import audience, finding, record_guard, record_merging, ruling, writers
from app.catalog.describe import is_unclosed, own_audience, speaks_of_rights
from app.catalog.enclosing import file_changes, with_readers
from app.catalog.history import find_lineage, find_revision, list_texts
from app.catalog.readers import EVERYTHING, meet, opens
from app.catalog.rows import Grave, PageRow
from app.catalog.wiki import Plan, Session, Wiki, check_text
from app.catalog.writers import MayWrite, anybody
from app.errors import N_, Conflict, Invalid, Refused
from app.hooks import Saved
from app.wiki import frontmatter
from app.wiki.files import Pointer
from app.wiki.page import INDEX, file_of, fold, form_of, new_id, parse_path
from app.wiki.store import Change

# They decide who reads and writes; set by those who administer the page (`app/people/door.py`).
RESTRICTED_KEYS = ("audience", "editors", "redirect", "aliases")

NOT_OPEN = N_("This place is not open to you. Choose another name.")
EMPTY = N_("The page is empty. Write something, or delete the page.")
BROKEN_HEAD = N_("The head of the page cannot be read. Close it with a line of three hyphens.")


class EditConflict(Conflict):
    """Somebody else changed the same lines. `page` and `text` are what stands there now; nothing was saved."""

    def __init__(self, page: PageRow, text: str) -> None:
        super().__init__(N_("Somebody else changed the same place. Choose what to keep."))
        self.page, self.text = page, text


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody wants a page to be. `base` is the revision that the writer started from, None for a new page.

    The door adds what the writer may see and whether the restricted keys of the text count.
    """

    path: str
    text: str
    base: str | None
    author: str
    summary: str = ""
    files: Mapping[str, Pointer] = field(default_factory=dict)  # to come with it, by names that are free
    readers: str = ""  # what a form says of new records: written down where the page says no other audience
    may_merge: bool = True  # False: refuse when the page has moved on, as a program's `If-Match` asks
    audiences: Collection[str] = EVERYTHING
    may_administer: bool = True
    spaces: tuple[str, ...] = ()  # folders whose pages the writer administers
    may_write: MayWrite = anybody


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edit: where the page is, whether anything changed, whether it was joined with another's."""

    path: str
    revision: str
    is_new: bool = False
    is_changed: bool = True
    is_merged: bool = False
    kept_keys: tuple[str, ...] = ()


def save(wiki: Wiki, edit: Edit) -> Outcome:
    """Save an edit as one commit; raises EditConflict, Invalid, TooLarge, Unavailable, StorageFull."""
    typed = check_text(edit.text, wiki.config.page_bytes)
    if not typed.strip():
        raise Invalid(EMPTY)
    draft = _Draft(wiki, edit, typed)
    commit = wiki.change(draft.plan)
    outcome = draft.outcome(commit.revision if commit else None)
    if commit:
        heard = Saved(outcome.path, draft.text, draft.old_text, edit.author, commit.revision)
        wiki.tell(wiki.hooks.saved, heard)
    return outcome


class _Draft:
    """One save under way; `plan` may run several times, when pushes come in between."""

    def __init__(self, wiki: Wiki, edit: Edit, typed: str) -> None:
        self._wiki, self._edit, self._typed = wiki, edit, typed
        self.text, self.old_text = typed, None  # type: str, str | None
        self._page: PageRow | None = None
        self._grave: Grave | None = None
        self._path = edit.path
        self._is_merged = False
        self._kept: tuple[str, ...] = ()
        self._early = wiki.render_soon(edit.path, typed)  # before the lock: it is a slow part

    def plan(self, session: Session) -> Plan | None:
        self._page = find_edited(session.connection, self._edit, self._typed)
        self.old_text = session.read(self._page.blob) if self._page else None
        self._path = self._page.path if self._page else self._new_path(session)
        writers.check(session.connection, [self._path], self._edit.may_write)
        self._check_has_words()
        merged = self._merge(session)
        self._is_merged = merged != self._typed
        self.text = merged if form_of(self._path) else self._dressed(merged, session)
        files = file_changes(session, self._path, self._edit.files)
        if self.text == self.old_text and not files:
            return None
        record_guard.check(session.connection, self._path, self.text, self.old_text or "")
        rendered = self._early if self._body() == frontmatter.split(self._typed)[1] else None
        ready = {self._path: (self.text, rendered or self._wiki.render_soon(self._path, self.text))}
        change = Change(file_of(self._path), self.text.encode())
        return Plan([change, *files], self._edit.author, one_line(self._edit.summary), ready)

    def _dressed(self, text: str, session: Session) -> str:
        """Give a text what it keeps of the page: who may read and change it, and its identity."""
        guarded, self._kept = self._guard(text, session)
        guarded = self._keep_closed(guarded, session)
        if self._page is None:
            guarded = with_readers(session, self._path, guarded, self._edit.readers)
        is_trusted = self._edit.may_administer or self._had_identity(session, guarded)
        return with_identity(session.connection, guarded, self._page, is_trusted=is_trusted)

    def _new_path(self, session: Session) -> str:
        path = check_new_path(session.connection, self._edit.path, self._edit.audiences)
        is_old = self._edit.base is not None  # it was deleted while it was being written
        self._grave = finding.find_grave(session.connection, path, self._edit.audiences) if is_old else None
        return path

    def _check_has_words(self) -> None:
        """Refuse a page of which only the head is left, and a new one that is a title alone.

        Some heads say enough: of a record, of a page that sends on, of a folder; a page that had no words needs none.
        """
        front, body = frontmatter.parse(self._typed), frontmatter.split(self._typed)[1]
        if body.strip() or self._path.startswith("_") or front.text("redirect") or front.text("form"):
            return
        if self.old_text is None:
            is_empty = not front.fault and front.values.keys() <= {"id", "title"}
        else:
            is_empty = bool(frontmatter.split(self.old_text)[1].strip())
        if is_empty:
            raise Invalid(EMPTY)

    def _body(self) -> str | None:
        return frontmatter.split(self.text)[1] if self._path == self._edit.path else None

    def _merge(self, session: Session) -> str:
        page, theirs = self._page, self.old_text
        if page is None or theirs is None:
            return self._typed
        merged = _together(session, page, theirs, replace(self._edit, text=self._typed))
        if merged is None:
            raise EditConflict(page, theirs)
        return merged

    def _guard(self, text: str, session: Session) -> tuple[str, tuple[str, ...]]:
        """Keep the old values of the restricted keys where the writer may not set them."""
        if self._edit.may_administer or self._path.startswith(self._edit.spaces):
            if is_unclosed(text) and speaks_of_rights(text):
                raise Invalid(BROKEN_HEAD)
            return text, ()
        kept = with_restricted(text, session.read(self._grave.blob) if self._grave else self.old_text or "")
        if self._grave:
            ruling.check_rules_no_others(session, self._path, kept[0])
        return kept

    def _keep_closed(self, text: str, session: Session) -> str:
        """Write down who could read a page that was deleted meanwhile, where its folder does not say it any more."""
        if self._grave is None or own_audience(text, frontmatter.parse(text)):
            return text
        readers, then = audience.effective(session.connection, self._path, None), self._grave.audience
        return frontmatter.rewrite(text, {"audience": meet(readers, then)}) if opens(readers, then) else text

    def _had_identity(self, session: Session, text: str) -> bool:
        """Tell whether the typed identity was this page's before its head was broken: then mending brings it back."""
        typed = frontmatter.parse(text).text("id")
        if not typed or self._page is None or self._page.id:
            return False
        texts = (session.read(row.blob) for row in list_texts(session.connection, self._page.lineage, 20) if row.blob)
        return any(frontmatter.parse(one).text("id") == typed for one in texts)

    def outcome(self, revision: str | None) -> Outcome:
        now = revision or (self._page.revision if self._page else "")
        return Outcome(self._path, now, self._page is None, revision is not None, self._is_merged, self._kept)


@dataclass(frozen=True, slots=True)
class Joined:
    """A page as it stands (None: it is not there), its text, and what it would be with an edit; None at odds."""

    page: PageRow | None
    text: str
    merged: str | None


def join(wiki: Wiki, edit: Edit) -> Joined:
    """Say what a page would be if an edit were saved now; saves nothing."""
    with wiki.catalog.reading() as connection:
        session = Session(connection, wiki.store)
        page = find_edited(connection, edit, edit.text)
        if page is None:
            return Joined(None, "", edit.text)
        now = session.read(page.blob)
        return Joined(page, now, _together(session, page, now, edit))


def _together(session: Session, page: PageRow, theirs: str, edit: Edit) -> str | None:
    """Join an edit with the text of now; None where both changed the same lines."""
    if edit.base == page.revision:
        return edit.text
    if theirs == edit.text:
        return theirs
    common = base_text(session, page, edit.base) if edit.base and edit.may_merge else None
    return record_merging.merge(session.store, common, edit.text, theirs) if common is not None else None


def find_edited(connection: Connection, edit: Edit, text: str) -> PageRow | None:
    """Find the page that an edit means, also one that was renamed since the editor was opened."""
    page = finding.find_page(connection, edit.path, edit.audiences)
    if page is not None or edit.base is None:
        return page
    if lineage := find_lineage(connection, edit.path, edit.base):
        return finding.find_by_lineage(connection, lineage, edit.audiences)
    identity = frontmatter.parse(text).text("id")
    page = finding.find_by_id(connection, identity) if identity else None
    return page if page and page.audience in edit.audiences else None


def base_text(session: Session, page: PageRow, revision: str) -> str | None:
    """Read the text that a page had at a revision; None when the catalog does not know that revision of it."""
    row = find_revision(session.connection, page.lineage, revision)
    return session.read(row.blob) if row and row.blob else None


def check_new_path(connection: Connection, path: str, audiences: Collection[str]) -> str:
    """Refuse a path that differs from an existing page's by case and accents only, or by `/index`; and as below."""
    parse_path(path)
    check_place(connection, path, audiences)  # first: what stands in a closed folder is told to nobody
    check_no_twins(path, find_twins(connection, path), audiences)
    return path


def check_no_twins(path: str, twins: Iterable[PageRow], audiences: Collection[str]) -> None:
    """Refuse a path that other pages have already; one that the writer may not read is as a closed place."""
    for twin in twins:
        if twin.audience not in audiences:
            raise Refused(NOT_OPEN)
        raise Conflict(N_("There is a page named “%(name)s” already. Choose another name."), name=path)


def check_place(connection: Connection, path: str, audiences: Collection[str]) -> None:
    """Refuse a place in a folder that the writer may not read, or where a page was deleted that was closed to him."""
    folder, here = audience.effective(connection, path, None), audience.readers_at(connection, path)
    if folder not in audiences or here not in audiences:
        raise Refused(NOT_OPEN)


def find_twins(connection: Connection, path: str) -> list[PageRow]:
    """Find the pages that have this path, but for case, accents and `/index`."""
    other = path.removesuffix(f"/{INDEX}") if path.endswith(f"/{INDEX}") else f"{path}/{INDEX}"
    return [row for key in (fold(path), fold(other)) for row in finding.find_by_key(connection, key, EVERYTHING)]


def with_identity(connection: Connection, text: str, page: PageRow | None, *, is_trusted: bool = True) -> str:
    """Give the text the page's identity: its own, kept for ever, or a new one; a copied one is replaced.

    One that is typed counts where the writer `is_trusted`: it could be that of a deleted page, and bring its comments.
    """
    front = frontmatter.parse(text)
    if front.fault or (page and form_of(page.path)):
        return text
    typed = front.text("id")
    wanted = page.id if page and page.id else typed if is_trusted else ""
    owner = finding.find_by_id(connection, wanted) if wanted else None
    if not wanted or (owner is not None and (page is None or owner.path != page.path)):
        wanted = new_id()
    return text if typed == wanted else frontmatter.rewrite(text, {"id": wanted})


def with_restricted(text: str, old_text: str) -> tuple[str, tuple[str, ...]]:
    """Give a text the restricted keys of an old one; names those that it had otherwise. Raises Invalid."""
    now, before = frontmatter.parse(text), frontmatter.parse(old_text)
    if (before.fault or is_unclosed(old_text)) and speaks_of_rights(old_text):
        raise Invalid(BROKEN_HEAD)  # it closes the page: what it says cannot be kept
    if now.fault or is_unclosed(text):
        if speaks_of_rights(text) or any(key in before.values for key in RESTRICTED_KEYS):
            raise Invalid(BROKEN_HEAD)
        return text, ()
    keys = (*RESTRICTED_KEYS, *record_guard.kept_keys(now, before))
    changes = {key: before.values.get(key) for key in keys if now.values.get(key) != before.values.get(key)}
    return (frontmatter.rewrite(text, changes), tuple(changes)) if changes else (text, ())


def one_line(summary: str) -> str:
    """Bring a summary into one line of at most 300 characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in summary).split())[:300]
