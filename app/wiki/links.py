"""Links of a page: what they name, and how they are repaired when pages move."""

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Literal
from urllib.parse import quote

from mistune.util import unescape as unescape_markdown

from app.wiki import nfc
from app.wiki.addresses import FILES_ADDRESS, Address, locate
from app.wiki.clean import normalise
from app.wiki.page import INDEX, files_folder, folder_of
from app.wiki.syntax import to_draft
from app.wiki.tags import list_addresses

LinkKind = Literal["wiki", "page", "file", "plugin"]

# No name of a page or file holds brackets or quotes: without them no candidate hides another that begins within it.
_BARE = r"[^\s()<>\[\]\\\"']|\\."
_ENDPOINT = rf"(?:<(?P<{{0}}_angle>[^<>\[\]\n\"']*)>|(?P<{{0}}_bare>(?:{_BARE}|\((?:{_BARE})*\))+)(?=[\s)]|\Z))"
_CANDIDATE = re.compile(
    r"\[\[(?P<wiki_target>[^\[\]<>|#`\n\\]{1,300})"
    rf"|\]\([ \t]*\n?[ \t]*{_ENDPOINT.format('inline')}"
    rf"|^[ \t>*+0-9.)-]*\[[^\[\]\n]+\]:[ \t]*\n?[ \t]*{_ENDPOINT.format('reference')}"
    r"|\b(?:href|src)\s*=\s*(?:\"(?P<html_double>[^\"\[\]]*)\"|'(?P<html_single>[^'\[\]]*)'|(?P<html_bare>[^\s\"'=<>`\[\]]+))",
    re.M | re.I,
)
_TARGETS = [name for name in _CANDIDATE.groupindex if not name.startswith("wiki")]
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")
_SPECIAL = re.compile(r"[\s()<>\\\"'`%#?]")


@dataclass(frozen=True, slots=True)
class Link:
    """The `n`-th link of a page. `words` are what it is shown as, at most 200 characters.

    `target` is a title, path or alias as typed (wiki), a page path (page), a page path/name (file), or `mail:ID`
    (plugin); a link to a place within its own page is none. `anchor` is the id of a heading, or `""`.
    """

    n: int
    kind: LinkKind
    target: str
    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class _Change:
    """What stands at `body[start:end]` and should be `new`, if it is a link at all."""

    start: int
    end: int
    new: str


def spot(body: str) -> Collection[str]:
    """Tell what the links and images of a body name, as typed; in this process (see `Renderer.spot`)."""
    draft = to_draft(body)
    return {link.target for link in draft.wiki_links}.union(list_addresses(normalise(draft.html)))


def rewrite(
    body: str,
    path: str,
    new_path: str,
    moved: Mapping[str, str],
    resolves: Callable[[str], str | None],
    *,
    spot: Callable[[str], Collection[str]] = spot,
) -> str:
    """Repair the links of a page, once the pages in `moved` (old path to new) have moved, and itself to `new_path`.

    `resolves` gives the old path of the page that a wiki link means. One typed by title or alias still finds its page
    and is left; one that spells the old path is changed. All else stays byte for byte: whatever looks like a link is
    tried out with the page's own parser, so that code, comments and the like are never touched.
    """
    move = _Move(path, new_path, {**moved, path: new_path}, resolves)
    changes = list(_list_changes(body, move))
    if not changes:
        return body
    mark = "moved"
    while mark in body:
        mark += "z"
    marks = [f"{mark}{n}x.png" for n in range(len(changes))]  # named as an attachment: link and image alike take it
    seen = spot(_apply(body, [_Change(old.start, old.end, mark) for old, mark in zip(changes, marks, strict=True)]))
    return _apply(body, [change for change, mark in zip(changes, marks, strict=True) if mark in seen])


def _apply(body: str, changes: list[_Change]) -> str:
    parts, position = [], 0
    for change in changes:
        parts += [body[position : change.start], change.new]
        position = change.end
    return "".join(parts) + body[position:]


def _list_changes(body: str, move: "_Move") -> Iterator[_Change]:
    for found in _CANDIDATE.finditer(body):
        if found["wiki_target"] is not None:
            typed = found["wiki_target"].strip()
            start = found.start("wiki_target") + found["wiki_target"].find(typed)
            new = move.wiki_target(typed) if typed else None
            if new is not None and "/" not in typed and body.startswith("]]", start + len(typed)):
                new = f"{new}|{typed}"  # the reader goes on seeing the word that was written, not an address
        else:
            group = next(name for name in _TARGETS if found[name] is not None)
            typed, start = found[group], found.start(group)
            is_html = group.startswith("html")
            new = move.url(unescape(typed) if is_html else unescape_markdown(_BACKSLASH.sub(r"\1", typed)))
        if new is not None and new != typed:
            yield _Change(start, start + len(typed), new)


@dataclass(frozen=True, slots=True)
class _Move:
    path: str
    new_path: str
    moved: Mapping[str, str]
    resolves: Callable[[str], str | None]

    def wiki_target(self, typed: str) -> str | None:
        """Give the new spelling of a wiki link that spells the old path of its page; None where it need not change."""
        old = self.resolves(typed)
        if old is None or self.moved.get(old, old) == old:
            return None
        bare, new = _key(typed).strip("/"), self.moved[old]
        folder = old.removesuffix(f"/{INDEX}")
        if bare == _key(old):
            return ("/" if typed.startswith("/") else "") + new
        return new.removesuffix(f"/{INDEX}") if folder != old and bare == _key(folder) else None

    def url(self, typed: str) -> str | None:
        """Give the new spelling of an address; None where the old one leads, from the new place, where it should."""
        old = locate(typed, self.path)
        if old.kind == "site" and not typed.startswith("/") and folder_of(self.path) != folder_of(self.new_path):
            return old.url
        if old.kind not in ("page", "file"):
            return None
        target = self._moved_target(old)
        new = locate(typed, self.new_path)
        if (new.kind, new.target) == (old.kind, target):
            return None
        place = re.split("[?#]", typed, maxsplit=1)[0]
        return self._spell(old, target, place) + typed[len(place) :]

    def _moved_target(self, old: Address) -> str:
        if old.kind == "page":
            return self.moved.get(old.target, old.target)
        page, _, name = old.target.rpartition("/")
        return f"{self.moved.get(page, page)}/{name}"

    def _spell(self, old: Address, target: str, place: str) -> str:
        """Write the target the way the old one was written: from the root or relative, with or without `.md`."""
        if place.startswith(FILES_ADDRESS):
            return FILES_ADDRESS + _quote(target)
        if old.kind == "file":
            page, _, name = target.rpartition("/")
            target = f"{files_folder(page)}/{name}"
        elif place.endswith((".md", ".MD")):
            target += place[-3:]
        if place.startswith("/"):
            written = f"/{target}"
        else:
            written = posixpath.relpath(f"/{target}", f"/{folder_of(self.new_path)}")
        if old.kind == "page" and not place.rstrip("/").endswith(INDEX) and old.target.endswith(INDEX):
            written = written.removesuffix(INDEX) or "./"
        return _quote(written)


def _key(name: str) -> str:
    return nfc.normalize(name).casefold()


def _quote(address: str) -> str:
    return _SPECIAL.sub(lambda char: quote(char[0]), address)
