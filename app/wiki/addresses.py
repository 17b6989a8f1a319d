"""What an address in a page means, seen from that page: a page, an attachment, a place of this site, or elsewhere."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote

from app.errors import Invalid
from app.wiki import nfc
from app.wiki.headings import anchor_of
from app.wiki.page import FILES_SUFFIX, INDEX, address_of, folder_of, parse_path

Kind = Literal["page", "file", "anchor", "site", "plugin", "outside", "other"]
# Of links that plugins lead somewhere, when the page is served: the cleaner lets them through to `app.wiki.placing`.
PLUGIN_SCHEMES = frozenset({"mail"})
FILES_ADDRESS = "/-/files/"

_IGNORED = re.compile(r"[\t\n\r]")  # browsers do not see them, so `java\nscript:` is a scheme (WHATWG URL, 4.4)
_EDGES = "".join(map(chr, range(33)))
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_SAFE = "/-._~!$&'()*+,;=:@"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a URL leads. `target` is a page path (page) or page path/name (file); `url` can be written into `href`.

    The `url` of page, file and site begins with one slash and lacks the site's own prefix, which `fill` puts before it.
    """

    kind: Kind
    url: str
    target: str = ""
    anchor: str = ""


def locate(url: str, path: str) -> Address:
    """Say what `url`, as typed in the page `path`, means; of another scheme than http(s), kind is `other`."""
    url = _IGNORED.sub("", url).strip(_EDGES)
    scheme = _SCHEME.match(url)
    if scheme is not None:
        name = scheme[1].lower()
        if name in PLUGIN_SCHEMES:
            return Address("plugin", "", f"{name}:{unquote(url[scheme.end() :], errors='replace').strip('<> ')}")
        return Address("outside" if name in ("http", "https") else "other", url)
    url = url.replace("\\", "/")  # as browsers do
    if url.startswith("//"):
        return Address("outside", f"https:{url}")
    if url.startswith("#"):
        anchor = anchor_of(unquote(url[1:])) if len(url) > 1 else ""
        return Address("anchor", f"#{quote(anchor)}", anchor=anchor)
    place, _, fragment = url.partition("#")
    place, has_query, query = place.partition("?")
    segments, is_folder = _walk(unquote(place, errors="replace"), path)
    found = None if has_query else _own(segments, is_folder, path, place)
    anchor = anchor_of(unquote(fragment)) if fragment else ""
    if found is None:
        tail = (f"?{quote(query, safe=_SAFE + '%/?')}" if has_query else "") + (f"#{quote(anchor)}" if anchor else "")
        slash = "/" if is_folder and segments else ""
        return Address("site", f"/{quote('/'.join(segments), safe=_SAFE)}{slash}{tail}", anchor=anchor)
    kind, target = found
    return Address(kind, href_of(target, anchor) if kind == "page" else file_href(target), target, anchor)


def href_of(path: str, anchor: str = "") -> str:
    """Write the address of a page, percent-encoded, below the site's root: `/jardins/#outils`."""
    return quote(address_of(path), safe=_SAFE) + (f"#{quote(anchor)}" if anchor else "")


def file_href(target: str) -> str:
    """Write the address of an attachment, `target` being page path/name."""
    return FILES_ADDRESS + quote(target, safe=_SAFE)


def _walk(place: str, path: str) -> tuple[list[str], bool]:
    """Resolve `place` against the folder of the page; say also whether it names a folder."""
    folder = folder_of(path)
    segments = folder.split("/") if folder and not place.startswith("/") else []
    steps = nfc.normalize(place).split("/")
    for step in steps:
        if step == "..":
            del segments[-1:]
        elif step not in ("", "."):
            segments.append(step)
    return segments, steps[-1] in ("", ".", "..")


def _own(segments: list[str], is_folder: bool, path: str, place: str) -> tuple[Literal["page", "file"], str] | None:
    """Tell which page or attachment the segments name, None when they can name neither."""
    if is_folder:
        return _page([*segments, INDEX])
    *folders, name = segments or [""]
    if folders[:2] == ["-", "files"]:
        return _file(folders[2:], name)
    if folders and folders[-1].endswith(FILES_SUFFIX):
        return _file([*folders[:-1], folders[-1].removesuffix(FILES_SUFFIX)], name)
    if name.lower().endswith(".md"):
        return _page([*folders, name[:-3]])
    if "." in name and "/" not in place.removeprefix("./"):
        return _file(path.split("/"), name)
    return _page(segments)


def _page(segments: list[str]) -> tuple[Literal["page"], str] | None:
    target = "/".join(segments)
    try:
        return ("page", target) if parse_path(target) == target else None
    except Invalid:
        return None


def _file(page: list[str], name: str) -> tuple[Literal["file"], str] | None:
    return ("file", "/".join([*page, name])) if _page(page) and _is_file_name(name) else None


def _is_file_name(name: str) -> bool:
    stem, dot, extension = name.rpartition(".")
    allowed = all(char in "-_." or unicodedata.category(char)[0] in "LNM" for char in stem)
    return bool(dot) and extension.isalnum() and allowed and stem[:1] not in ("", ".", "-")
