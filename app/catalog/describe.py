"""What the catalog keeps of one page's text: title, keys, names, links, rendered body."""

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from app.catalog import readers
from app.catalog.form_texts import title_of
from app.wiki.frontmatter import FrontMatter, parse, split
from app.wiki.hollow import list_hollow
from app.wiki.markup import RENDERER, Rendered
from app.wiki.page import INDEX, fold, form_of, space_of, title_of_path

MAX_TAGS = 30
# Marks that turn the direction of writing: in a title they would turn the lines of lists around.
_TURNS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_OPENING = re.compile(r"\s*\ufeff?---[ \t]*\n")
_RIGHTS = {key: re.compile(rf"^\W*{key}\W*:", re.IGNORECASE | re.MULTILINE) for key in ("audience", "editors")}
_LANGUAGE = re.compile(r"[a-z]{2,3}")  # BCP 47, without regions and scripts
MAX_ALIASES = 200


@dataclass(frozen=True, slots=True)
class Description:
    """The rows of one page, ready to be written, but for what only its history knows."""

    page: dict[str, Any]
    body: dict[str, Any]
    names: tuple[tuple[str, int], ...]
    links: tuple[dict[str, Any], ...]
    tags: tuple[str, ...]
    front: FrontMatter


def head_of(path: str, text: str) -> str:
    """Give what heads are read from: a form has none, its keys speak of records."""
    return "" if form_of(path) else text


def body_of(text: str) -> str:
    """Give what is to be rendered: the page without its front matter, unless that is broken and must be shown."""
    return split(text)[1]


def describe(path: str, text: str, rendered: Rendered, language: str) -> Description:
    """Describe a page from its text and its rendering; `language` is the site's."""
    head = head_of(path, text)
    front = parse(head)
    said = title_of(path, text, language) or front.text("title") or rendered.title or title_of_path(path)
    title = said.translate(_TURNS).strip()[:300]
    tags = tuple(dict.fromkeys(tag.strip()[:60] for tag in front.words("tags") if tag.strip()))[:MAX_TAGS]
    page = {
        "path": path,
        "key": fold(path),
        "title": title,
        "title_key": fold(title) or title,
        "space": space_of(path),
        "lang": lang if _LANGUAGE.fullmatch(lang := front.text("lang").lower()) else language,
        "form": front.text("form"),
        "own_audience": own_audience(head, front),
        "own_editors": own_editors(head, front),
        "id": front.text("id")[:40] or None,
        "size": len(text.encode()),
        "redirect": front.text("redirect"),
        "tags": json.dumps(tags, ensure_ascii=False),
    }
    body, keys = body_row(path, rendered, front), _names(path, title, front)
    return Description(page, body, keys, _links(path, rendered), tags, front)


def body_row(path: str, rendered: Rendered, front: FrontMatter) -> dict[str, Any]:
    """Make the row of `bodies`."""
    details = {
        "headings": [asdict(heading) for heading in rendered.headings],
        "links": [asdict(link) for link in rendered.links],
        "macros": [asdict(macro) for macro in rendered.macros],
        "is_source": rendered.is_source,
        "fault": list(front.fault) if front.fault else None,
    }
    hollow = [(one.text, one.anchor, one.section) for one in list_hollow(rendered.html, rendered.headings)]
    return {
        "path": path, "render_key": RENDERER, "hollow": json.dumps(hollow, ensure_ascii=False) if hollow else "",
        "html": rendered.html, "details": json.dumps(details, ensure_ascii=False), "text": rendered.text,
    }  # fmt: skip


def own_audience(text: str, front: FrontMatter) -> str | None:
    """Read who may see the page; what cannot be understood closes it rather than opening it."""
    return _own(text, front, "audience", readers.PUBLIC)


def own_editors(text: str, front: FrontMatter) -> str | None:
    """Read who may change the page, by the same rule."""
    return _own(text, front, "editors", readers.ALL)


def _own(text: str, front: FrontMatter, key: str, everybody: str) -> str | None:
    if front.fault or is_unclosed(text):
        return readers.CLOSED if _speaks_of(text, key) else None
    return readers.canonical(front.values.get(key, ""), everybody)


def speaks_of_rights(text: str) -> bool:
    """Tell whether the head of a page, perhaps broken, names a key that decides who may read or change it."""
    return any(_speaks_of(text, key) for key in _RIGHTS)


def _speaks_of(text: str, key: str) -> bool:
    """Tell whether the head of a page, perhaps broken, names a key.

    Nobody knows where a head ends that was never closed: there any line counts that begins with that key.
    """
    if is_unclosed(text):
        return _RIGHTS[key].search(text) is not None
    return key in split(text)[0].casefold()


def is_unclosed(text: str) -> bool:
    """Tell whether a page begins with three hyphens as a head does, and yet has none that could be read."""
    return not split(text)[0] and _OPENING.match(text.replace("\r", "")) is not None


def _names(path: str, title: str, front: FrontMatter) -> tuple[tuple[str, int], ...]:
    """List the keys by which links may name the page, the strongest kind first."""
    if form_of(path):
        return ((fold(path), 0),)  # its title means the records, not the form
    keys = [(fold(path), 0), (fold(title), 1)]
    if path.endswith(f"/{INDEX}"):
        keys.append((fold(path.removesuffix(f"/{INDEX}")), 0))
    keys += [(fold(alias), 2) for alias in front.words("aliases")[:MAX_ALIASES]]
    return tuple((key, kind) for key, kind in dict.fromkeys(keys) if key)


def _links(path: str, rendered: Rendered) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "source": path,
            "n": link.n,
            "target": link.target[:1000] if link.kind == "plugin" else fold(link.target),
            "words": link.words[:200],
            "typed": link.target[:300],
        }
        for link in rendered.links
        if link.kind == "plugin" or (link.kind in {"wiki", "page"} and fold(link.target))
    )
