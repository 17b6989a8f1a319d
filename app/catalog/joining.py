"""Make one record of two: one page is kept, the other leads to it from then on, all in one commit.

The history of both stays where it is. Links to the other are repaired, and so are records that name it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from app.catalog import finding, linking, writers
from app.catalog.moving import MAX_LINKING
from app.catalog.readers import EVERYTHING
from app.catalog.rows import PageRow
from app.catalog.tables import record_keys, records
from app.catalog.wiki import Plan, Session, Wiki, check_text
from app.catalog.writers import MayWrite, anybody
from app.errors import N_, Conflict, Invalid, NotFound
from app.hooks import Saved
from app.wiki import frontmatter
from app.wiki.frontmatter import Value
from app.wiki.links import rewrite
from app.wiki.page import file_of, files_folder, fold
from app.wiki.store import Change, Move

_STAYS = ("id", "title", "lang", "audience", "editors", "aliases")  # in the head of the page that leads on


@dataclass(frozen=True, slots=True)
class Join:
    """`text` is what the kept page shall say, `bases` the revisions of both that it was made of.

    `files` gives the name that a file of the other page gets beside the kept one.
    """

    kept: str
    other: str
    text: str
    bases: tuple[str, str]
    author: str
    files: Mapping[str, str] = field(default_factory=dict)
    summary: str = ""
    audiences: Collection[str] = EVERYTHING
    may_write: MayWrite = anybody


def join(wiki: Wiki, request: Join) -> None:
    """Save it as one commit; raises Conflict where one of the two has changed since, Invalid, NotFound, Refused."""
    text = check_text(request.text, wiki.config.page_bytes)
    told: list[tuple[str, str, str]] = []

    def plan(session: Session) -> Plan:
        kept, other = (_find(session, request, path) for path in (request.kept, request.other))
        if kept.revision != request.bases[0] or other.revision != request.bases[1]:
            raise Conflict(N_("One of the two has changed since. Look at them again."))
        writers.check(session.connection, [kept.path, other.path], request.may_write)
        texts = _repaired(session, kept, other, text, wiki.renderer.spot)
        texts[other.path] = _leading_on(session.read(other.blob), kept)
        told[:] = [(row.path, texts[row.path], session.read(row.blob)) for row in (kept, other)]
        changes: list[Change | Move] = list(_moves(session, request))
        changes += [Change(file_of(path), new.encode()) for path, new in sorted(texts.items())]
        return Plan(changes, request.author, request.summary)

    commit = wiki.change(plan)
    for path, new, old in told:
        wiki.tell(wiki.hooks.saved, Saved(path, new, old, request.author, commit.revision if commit else ""))


def _find(session: Session, request: Join, path: str) -> PageRow:
    page = finding.find_page(session.connection, path, request.audiences)
    if page is None:
        raise NotFound(N_("There is no page of that name any more."))
    return page


def _leading_on(text: str, kept: PageRow) -> str:
    """Give the page that leads on: without words, without answers; the history has them."""
    front = frontmatter.parse(text).values
    gone: dict[str, Value | None] = {key: None for key in front if key not in _STAYS}
    return frontmatter.rewrite(frontmatter.split(text)[0], gone | {"redirect": kept.path, "merged": kept.id or ""})


def _moves(session: Session, request: Join) -> Iterable[Move]:
    for file in finding.list_attachments(session.connection, request.other):
        new = request.files.get(file.name, file.name)
        yield Move(f"{files_folder(request.other)}/{file.name}", f"{files_folder(request.kept)}/{new}")


def _repaired(
    session: Session, kept: PageRow, other: PageRow, text: str, spot: Callable[[str], Collection[str]]
) -> dict[str, str]:
    """Give the text of the kept page, and of all that link to the other or name it in an answer."""
    connection = session.connection
    sources = (linking.sources_of(connection, [other.path]) | _naming(connection, other)) - {kept.path, other.path}
    if len(sources) > MAX_LINKING:
        raise Invalid(N_("Too many pages link there to repair them all at once."))
    key, texts = fold(other.path), {}
    for path in {kept.path, *sources}:
        row = finding.find_page(connection, path, EVERYTHING)
        old = text if path == kept.path else session.read(row.blob) if row else ""
        block, body = frontmatter.split(old)
        # What the links mean is found within the renderer's budget: this runs under the lock.
        mended = rewrite(
            body, path, path, {other.path: kept.path}, lambda target: other.path if fold(target) == key else None,
            spot=spot,
        )  # fmt: skip
        new = _named_anew(block, other.id or "", kept.id or "") + mended
        if path == kept.path or new != old:
            texts[path] = new
    return texts


def _naming(connection: Connection, other: PageRow) -> set[str]:
    """Name the records of which an answer is the other one."""
    query = select(records.c.path).join(record_keys, record_keys.c.lineage == records.c.lineage)
    return set(connection.execute(query.where(record_keys.c.key == (other.id or ""))).scalars()) if other.id else set()


def _named_anew(block: str, old: str, new: str) -> str:
    """Put the id of the kept record where an answer, or one of a list, names the other one."""
    values = frontmatter.parse(block).values if old else {}
    changes: dict[str, Value | None] = {key: new for key, value in values.items() if value == old}
    for key, value in values.items():
        if not isinstance(value, list) or old not in value:
            continue
        named = [new if one == old else one for one in value]
        changes[key] = [one for place, one in enumerate(named) if one not in named[:place]]
    return frontmatter.rewrite(block, changes) if changes else block
