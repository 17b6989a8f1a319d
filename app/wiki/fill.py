"""What cached HTML leaves open, filled in when a page is served: where links lead, what macros show, the pencils."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from re import Match

from markupsafe import Markup, escape

from app.wiki.clean import REL, trust

_ATTRIBUTES = r'(?: [a-z-]+="[^"]*")*'
# In cleaned HTML `<` begins a tag and nothing else, and a value holds no `"`: so these match tags only.
_OPEN = (
    rf'a(?P<before>{_ATTRIBUTES}?) data-link="(?P<link>[0-9]+)"(?P<after>{_ATTRIBUTES}?) rel="{REL}">'
    r'|(?P<macro_tag>div|span) data-macro="(?P<macro>[0-9]+)"></(?P=macro_tag)>'
    r'|h[2-6] id="[^"]*" data-section="(?P<section>[0-9]+)">'
    r"|/h[2-6]>"
)
_PLACEHOLDER = re.compile(f"<(?:{_OPEN})")
_PLACEHOLDER_OR_ROOT = re.compile(rf'<(?:{_OPEN}|(?P<rooted>(?:a|img){_ATTRIBUTES}? (?:href|src)=")/(?=[^/]))')
_ID = re.compile(rf'(<[a-z][a-z0-9]*{_ATTRIBUTES}? (?:id="|href="#))(?!")')
_SECTION = re.compile(rf'(<h[2-6]{_ATTRIBUTES}?) data-section="[0-9]+"')
_INSIDE = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f]*")  # no browser can read this as an address of another host
_UNKNOWN_MACRO = '<{tag} class="macro-missing">{{{{…}}}}</{tag}>'


@dataclass(frozen=True, slots=True)
class ResolvedLink:
    """Where a link leads for this reader: `href` below the site's root, the page that it makes when there is none.

    One that `is_plain` is words only: what would lead it somewhere is switched off.
    """

    href: str
    exists: bool = True
    title: str = ""
    is_plain: bool = False


def fill(
    html: str,
    *,
    base: str = "",
    links: Mapping[int, ResolvedLink] | None = None,
    macros: Mapping[int, str] | None = None,
    edit_section: Callable[[int], str] | None = None,
) -> Markup:
    """Fill the placeholders of `Rendered.html` in one pass.

    `base` is the site's own prefix, `""` or such as `/wiki`. `macros` hold safe HTML. `edit_section` gives the safe
    HTML of the pencil for a section. A link without an entry, or one that leads out of the site, leads nowhere.
    """
    filler = _Filler(base, links or {}, macros or {}, edit_section)
    return trust((_PLACEHOLDER_OR_ROOT if base else _PLACEHOLDER).sub(filler.put, html))


def embed(html: str, prefix: str) -> str:
    """Ready `Rendered.html` to be shown within another page: ids, and links to them, get `prefix`; no pencils."""
    html = _ID.sub(rf"\g<1>{prefix}", html)
    return _SECTION.sub(r"\1", html)


class _Filler:
    def __init__(
        self,
        base: str,
        links: Mapping[int, ResolvedLink],
        macros: Mapping[int, str],
        edit_section: Callable[[int], str] | None,
    ) -> None:
        self._base, self._links, self._macros, self._edit_section = base, links, macros, edit_section
        self._section = 0

    def put(self, found: Match[str]) -> str:
        kind = found.lastgroup
        if kind == "after":  # the last group of a link
            return self._link(found)
        if kind == "section":
            self._section = int(found["section"])
            return found[0]
        if kind == "macro":
            return self._macros.get(int(found["macro"]), _UNKNOWN_MACRO.format(tag=found["macro_tag"]))
        if kind == "rooted":
            return f"<{found['rooted']}{escape(self._base)}/"
        section, self._section = self._section, 0
        return (self._edit_section(section) if section and self._edit_section else "") + found[0]

    def _link(self, found: Match[str]) -> str:
        link = self._links.get(int(found["link"]))
        kept = found["before"] + found["after"]
        if link is not None and link.is_plain:
            return f"<a{kept}>"
        if link is None or not _INSIDE.fullmatch(link.href):
            return f'<a class="missing"{kept}>'
        look = "" if link.exists else ' class="missing"'
        title = f' title="{escape(link.title)}"' if link.title and " title=" not in kept else ""
        return f'<a{look} href="{escape(self._base + link.href)}"{title}{kept}>'
