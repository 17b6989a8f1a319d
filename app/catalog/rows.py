"""What the catalog answers with: frozen rows of pages, bodies, revisions and links."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.wiki.page import address_of, space_of


def moment(seconds: int) -> datetime:
    """Turn stored seconds since 1970 into an aware datetime in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page as the catalog knows it; `revision` is the last commit that touched it, `blob` its text."""

    path: str
    title: str
    space: str
    lang: str
    form: str
    audience: str
    lineage: int
    id: str | None
    blob: str
    revision: str
    author: str
    edited_at: datetime
    created_at: datetime
    size: int
    redirect: str
    tags: tuple[str, ...]

    @property
    def address(self) -> str:
        """The address below the site's root, not percent-encoded."""
        return address_of(self.path)


@dataclass(frozen=True, slots=True)
class Body:
    """The rendered page: cleaned HTML with places to fill in, details (see `app.wiki.markup`), number of files."""

    render_key: str
    html: str
    details: dict[str, Any]
    files: int = 0


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One change of one page. What it says of the page itself is today's; `delta` counts characters, about.

    `page_id` and `form` are known in lists of changes, as long as the page exists.
    """

    seq: int
    revision: str
    lineage: int
    path: str
    old_path: str | None
    what: str
    file: str | None
    blob: str | None
    author: str
    at: datetime
    summary: str
    size: int | None
    delta: int | None
    title: str = ""
    current_path: str = ""
    exists: bool = True
    page_id: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Grave:
    """A page that was deleted: what brings it back."""

    path: str
    lineage: int
    title: str
    audience: str
    blob: str
    revision: str
    deleted_in: str
    author: str
    at: datetime

    @property
    def space(self) -> str:
        """The space that it stood in."""
        return space_of(self.path)

    @property
    def lang(self) -> str:
        """Its language: not known any more."""
        return ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a page; `oid` is the SHA-256 of its bytes, `size` in bytes."""

    page: str
    name: str
    oid: str
    size: int
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads; `is_title` when only the page's title bears the name, neither its path nor an alias."""

    path: str
    title: str
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page that others link to and that is not written yet."""

    typed: str
    count: int
    sources: tuple[Target, ...]
