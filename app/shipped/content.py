"""The pages that come with the program: a new wiki's first pages, and those of the demo."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.catalog import finding
from app.catalog.editing import with_identity
from app.catalog.readers import EVERYTHING
from app.catalog.wiki import Session, check_text
from app.forms.form import Values
from app.people.groups import Group
from app.wiki import yaml_text
from app.wiki.files import FileStore
from app.wiki.frontmatter import rewrite
from app.wiki.page import FILES_SUFFIX, file_of, files_folder, form_of, path_of
from app.wiki.store import Change

PAGES = Path(__file__).resolve().parents[2] / "pages"
NAME = "Gare Centrale"  # signs them
PRIVATE, GROUPS = "private.yaml", "groups.yaml"  # beside the pages: no pages themselves
_MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Content:
    """Page texts by path, the files of pages by page and name; by path what is kept out of pages of records; groups."""

    pages: dict[str, str]
    files: dict[tuple[str, str], Path]
    private: dict[str, Values] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()

    def with_others(self, other: "Content") -> "Content":
        """Join two; where both have a page, the other's counts."""
        return Content(
            self.pages | other.pages, self.files | other.files, self.private | other.private,
            (*self.groups, *other.groups),
        )  # fmt: skip

    def only(self, paths: Sequence[str]) -> "Content":
        """Give a part: these pages and their files."""
        wanted = set(paths)
        files = {place: file for place, file in self.files.items() if place[0] in wanted}
        private = {path: values for path, values in self.private.items() if path in wanted}
        return Content({path: text for path, text in self.pages.items() if path in wanted}, files, private)

    def is_alike(self, other: "Content", path: str) -> bool:
        """Tell whether two hold the same of a page: its text and its files, or nothing."""
        return self.pages.get(path) == other.pages.get(path) and self.only([path]).files == other.only([path]).files


def starter(language: str) -> Content:
    """Read the pages of a new wiki."""
    return _read(PAGES / language)


def demo(language: str) -> Content:
    """Read the pages of the demo."""
    return _read(PAGES / "demo" / language)


def _read(folder: Path) -> Content:
    pages: dict[str, str] = {}
    files: dict[tuple[str, str], Path] = {}
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        path = path_of(name)
        if path is not None:
            pages[path] = check_text(file.read_text(encoding="utf-8"), _MAX_BYTES)
        elif file.is_file() and file.parent.name.endswith(FILES_SUFFIX):
            page, _, attachment = name.rpartition("/")
            files[page.removesuffix(FILES_SUFFIX), attachment] = file
    return Content(pages, files, _read_private(folder / PRIVATE), _read_groups(folder / GROUPS))


def _read_private(file: Path) -> dict[str, Values]:
    if not file.exists():
        return {}
    found = yaml_text.read(file.read_text(encoding="utf-8")).values
    return {path: values for path, values in found.items() if isinstance(values, dict)}


def _read_groups(file: Path) -> tuple[Group, ...]:
    if not file.exists():
        return ()
    found = yaml_text.read(file.read_text(encoding="utf-8")).values
    return tuple(Group(id=0, is_open=True, **one) for one in found["groups"])


def writing(session: Session, store: FileStore, content: Content) -> Iterator[Change]:
    """Give the changes that write pages, each with its identity (the one of the page that stands there), and files."""
    for path, text in content.pages.items():
        there = finding.find_page(session.connection, path, EVERYTHING)
        named = text if form_of(path) else with_identity(session.connection, text, there)
        yield Change(file_of(path), named.encode())
    for (page, name), file in content.files.items():
        yield Change(f"{files_folder(page)}/{name}", store.put(file.read_bytes()).to_bytes())


def is_same(text: str, other: str) -> bool:
    """Tell whether two page texts differ by nothing but their identity."""
    return rewrite(text, {"id": None}) == rewrite(other, {"id": None})
