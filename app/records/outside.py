"""Asking another server: never one of the machine or of its network, never for long, never for much."""

import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from app.errors import N_, Unavailable

SECONDS = 5.0  # in all
MAX_BYTES = 500_000
MOST_REDIRECTIONS = 5
_CHUNK = 16_384  # bytes
_MOVED = (301, 302, 303, 307, 308)
_UNICAST = ip_network("2000::/3")  # all that is given out of IPv6
_NAT64 = ip_network("64:ff9b::/96")  # machines of the old internet, as networks that know only the new one reach them
# Relays of 6to4 (RFC 7526) and addresses between protocols (RFC 6890): Python calls some of them global.
_RELAYS = (ip_network("192.88.99.0/24"), ip_network("192.0.0.0/24"))

TOO_LONG = HTTPStatus.REQUEST_ENTITY_TOO_LARGE  # the status of an answer of which more came than may be read
May = Callable[[str], bool]  # may a machine with this address be asked?


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said, from the address to which the last redirection led; names of headers in small letters."""

    status: int
    address: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class _Unanswered(Exception):
    """There is no answer, or none that may be read."""


class _TooLong(_Unanswered):
    """More comes than may be read."""


def is_public(address: str) -> bool:
    """Tell whether an address belongs to the open internet."""
    machine = ip_address(address.partition("%")[0])
    if machine in _NAT64:
        machine = IPv4Address(int(machine) & 0xFFFF_FFFF)
    elif isinstance(machine, IPv6Address) and (machine.sixtofour or machine not in _UNICAST):
        return False  # old ways to write an address of a network at home
    return machine.is_global and not machine.is_multicast and not any(machine in one for one in _RELAYS)


def is_web(address: str) -> bool:
    """Tell whether this is an address of the web, without a name and a password in it."""
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


class _NotPublic(OSError):
    """The name leads to a machine of this network."""


class _Open:
    """The connections of one question: cut when its time is over, in whatever state they are.

    A server that sends a byte now and then is never too late by the socket's own measure.
    """

    def __init__(self, seconds: float) -> None:
        self._sockets: list[Any] = []
        self.is_over = False
        self._watch = threading.Timer(seconds, self._cut)
        self._watch.daemon = True
        self._watch.start()

    def add(self, reached: Any) -> None:
        """Know a connection; by a socket of its own, because encryption takes the first one over."""
        self._sockets.append(reached.dup())

    def _cut(self) -> None:
        self.is_over = True
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of them."""
        self._watch.cancel()
        for one in self._sockets:
            one.close()


def _connection(base: type[HTTPConnection], may: May, opened: _Open) -> type[HTTPConnection]:
    """Make a kind of connection that looks whom it has reached before it says a word: names may lead anywhere."""

    class Checked(base):  # type: ignore[misc, valid-type]
        """A connection to a machine that may be asked."""

        def _new_conn(self) -> Any:
            reached = super()._new_conn()
            if not may(reached.getpeername()[0]) or opened.is_over:
                reached.close()
                raise _NotPublic("not a public address")
            opened.add(reached)
            return reached

    return Checked


class _Adapter(HTTPAdapter):
    """Sends requests through such connections."""

    def __init__(self, may: May, opened: _Open) -> None:
        self._may, self._opened = may, opened
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools, whose connections look first."""
        super().init_poolmanager(*args, **kwargs)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {
            "http": _pool(HTTPConnectionPool, _connection(HTTPConnection, self._may, self._opened)),
            "https": _pool(HTTPSConnectionPool, _connection(HTTPSConnection, self._may, self._opened)),
        }


def _pool(base: type[HTTPConnectionPool], connection: type[HTTPConnection]) -> Any:
    return type("Checked", (base,), {"ConnectionCls": connection})


def get(address: str, query: Mapping[str, str], agent: str, may: May = is_public) -> bytes:
    """Ask a service that finds addresses; raises Unavailable with the cure. Redirections are not followed."""
    refused = partial(Unavailable, N_("The service that finds addresses does not answer. Press the place on the map."))
    headers = {"User-Agent": agent, "Accept": "application/json"}
    answer = fetch(address, headers, query=query, may=may, seconds=SECONDS, most=MAX_BYTES, redirections=0)
    if answer is None or answer.status != 200:
        raise refused()
    return answer.body


def fetch(
    address: str, headers: Mapping[str, str], *, query: Mapping[str, str] | None = None, may: May = is_public,
    seconds: float = SECONDS, most: int = MAX_BYTES, redirections: int = MOST_REDIRECTIONS,
) -> Answer | None:  # fmt: skip
    """Ask for an address, for so many seconds in all and so many bytes; gives the answer, whatever its status.

    None: none came, or too late, or from a machine that may not be asked. Redirections are followed by hand,
    each to an address of the web, on a machine that is looked at anew.
    """
    opened = _Open(seconds)
    try:
        with requests.Session() as session:
            session.trust_env = False  # no proxies, no passwords of whoever started the site
            for scheme in ("http://", "https://"):
                session.mount(scheme, _Adapter(may, opened))
            ask = partial(_ask, session, opened, headers=headers, seconds=seconds, most=most)
            answer = ask(address, query=query)
            while answer.status in _MOVED and redirections and answer.headers.get("location"):
                redirections -= 1
                answer = ask(urljoin(answer.address, answer.headers["location"]))
            return answer
    except _TooLong:
        return Answer(TOO_LONG, address)
    except (_Unanswered, requests.RequestException, HTTPError, OSError, ValueError):
        return None
    finally:
        opened.close()


def _ask(
    session: requests.Session, opened: _Open, address: str, *, headers: Mapping[str, str], seconds: float, most: int,
    query: Mapping[str, str] | None = None,
) -> Answer:  # fmt: skip
    if not is_web(address):
        raise _Unanswered("not an address of the web")
    session.cookies.clear()
    asked = {"params": query, "headers": dict(headers), "timeout": seconds, "stream": True, "allow_redirects": False}
    with session.get(address, **asked) as answer:
        body = _body(answer, opened, most) if answer.status_code not in _MOVED else b""
    said = {name.lower(): value for name, value in answer.headers.items()}
    return Answer(answer.status_code, answer.url, body, said)


def _body(answer: requests.Response, opened: _Open, most: int) -> bytes:
    body = bytearray()
    for chunk in answer.iter_content(_CHUNK):
        body += chunk
        if len(body) > most:
            raise _TooLong
    if opened.is_over:
        raise _Unanswered("too late")
    return bytes(body)
