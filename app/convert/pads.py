"""Notes on public pads: what to ask for, where, and what came. The network itself is the caller's (`ask`)."""

import re
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol
from urllib.parse import quote, unquote, urljoin, urlsplit

from app.errors import N_, Invalid, Unavailable

ETHERPAD, HEDGEDOC = "etherpad", "hedgedoc"
# Pads that collectives use; others are named in the settings (`pad_hosts`). Below each name all of its own count, too.
HOSTS = {
    "framapad.org": ETHERPAD, "pad.lescommuns.org": ETHERPAD, "pad.lamyne.org": ETHERPAD, "pad.riseup.net": ETHERPAD,
    "pad.systemli.org": ETHERPAD, "etherpad.wikimedia.org": ETHERPAD,
    "md.roflcopter.fr": HEDGEDOC, "hackmd.io": HEDGEDOC, "demo.hedgedoc.org": HEDGEDOC, "md.picasoft.net": HEDGEDOC,
    "pad.picasoft.net": ETHERPAD, "codimd.communecter.org": HEDGEDOC,
}  # fmt: skip
ENCRYPTED = ("cryptpad.fr", "cryptpad.org", "cryptpad.piratenpartei.de")
MOST_ADDRESS, MOST_REDIRECTIONS = 500, 3
MOST_SECONDS = 20  # for all that is asked of a pad: nothing more is asked after it
_PAD = re.compile(r"^(?P<before>/.*?)?/p/(?P<name>[^/]+)")
_MYPADS = re.compile(r"/mypads/group/[^/?#]+/pad/view/(?P<name>[^/?#&]+)")  # its pads stand below /p/ as all others do
_NOTE = re.compile(r"^/(?P<name>(?:s/)?@?[^/]+(?:/[^/]+)?)")
_MOVED = (301, 302, 303, 307, 308)

NO_ADDRESS = N_("This is no address of a pad. Copy it from your browser.")
UNKNOWN_HOST = N_("Pads of “%(host)s” are not read here. An administrator may allow it, or export a file.")
CLOSED = N_("This pad is encrypted. Export it there as a file, then choose that file.")
TOO_LONG = N_("This pad is too long to be fetched. Export it there as a file, then choose that file.")
SILENT = N_("The pad does not answer, or is not open to everybody. Export it, then choose the file.")


class Answer(Protocol):
    """What a server said; its status is 413 where more came than may be read."""

    @property
    def status(self) -> int: ...
    @property
    def address(self) -> str: ...
    @property
    def body(self) -> bytes: ...
    @property
    def headers(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Export:
    """What to ask for: an address, and the name of a file of the kind that comes."""

    address: str
    name: str


def exports_of(address: str, hosts: Collection[str] = ()) -> tuple[Export, ...]:
    """Give what to ask for, the best first; `hosts` are allowed besides those that are known. Raises Invalid."""
    try:
        parts = urlsplit(address.strip()[:MOST_ADDRESS])
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise Invalid(NO_ADDRESS) from error
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        raise Invalid(NO_ADDRESS)
    if any(_is_below(host, one) for one in ENCRYPTED):
        raise Invalid(CLOSED)
    if not is_allowed(host, hosts):
        raise Invalid(UNKNOWN_HOST, host=host)
    base = f"{parts.scheme}://{host}" + (f":{port}" if port else "")
    pad = _PAD.match(parts.path) or _MYPADS.search(f"{parts.path}?{parts.query}#{parts.fragment}")
    if pad:
        place = f"{base}{pad.groupdict().get('before') or ''}/p/{quote(unquote(pad['name']), safe='$')}/export"
        return Export(f"{place}/html", "pad.html"), Export(f"{place}/txt", "pad.txt")
    note = _NOTE.match(parts.path)
    if not note or _family(host) == ETHERPAD:
        raise Invalid(NO_ADDRESS)
    name = note["name"].removesuffix("/download").removesuffix("/edit")
    return (Export(f"{base}/{quote(unquote(name), safe='/@')}/download", "pad.md"),)


def is_allowed(host: str, hosts: Collection[str]) -> bool:
    """Tell whether pads of a machine may be read."""
    return any(_is_below(host, one) for one in (*HOSTS, *(one.strip().lower() for one in hosts if one.strip())))


def _is_below(host: str, name: str) -> bool:
    return host == name or host.endswith(f".{name}")


def _family(host: str) -> str:
    return next((family for name, family in HOSTS.items() if _is_below(host, name)), "")


def read_pad(address: str, ask: Callable[[str], "Answer | None"], hosts: Collection[str] = ()) -> tuple[bytes, str]:
    """Give what a pad holds, and the name of a file of its kind; raises Invalid, Unavailable.

    `ask` gives an answer, and follows no redirection: each must lead to a machine that is allowed, too.
    """
    ends = time.monotonic() + MOST_SECONDS
    for export in exports_of(address, hosts):
        answer = _asked(export.address, ask, hosts, ends)
        if answer is not None and answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            raise Invalid(TOO_LONG)
        if answer is not None and answer.status == 200 and answer.body.strip():
            return answer.body, export.name
    raise Unavailable(SILENT)


def _asked(address: str, ask: Callable[[str], "Answer | None"], hosts: Collection[str], ends: float) -> "Answer | None":
    for _ in range(MOST_REDIRECTIONS + 1):
        answer = ask(address) if time.monotonic() < ends else None
        if answer is None or answer.status not in _MOVED:
            return answer
        address = _led_to(address, answer.headers.get("location", ""))
        if not is_allowed(_host(address), hosts):
            return None
    return None


def _led_to(address: str, leads: str) -> str:
    try:
        return urljoin(address, leads) if leads else ""
    except ValueError:  # such as http://[
        return ""


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def title_of(address: str) -> str:
    """Make a title of the name of a pad: `reunion-du-3-avril` → “Reunion du 3 avril”."""
    name = unquote(urlsplit(address).path.rstrip("/").rpartition("/")[2])
    words = re.sub(r"[-_\s]+", " ", re.sub(r"^g\.[A-Za-z0-9]{16}\$", "", name)).strip()
    return words[:1].upper() + words[1:150]
