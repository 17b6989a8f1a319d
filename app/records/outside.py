"""Asking another server: never one of the machine or of its network, never for long, never for much."""

import time
from collections.abc import Callable, Mapping
from functools import partial
from ipaddress import ip_address
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from app.errors import N_, Unavailable

SECONDS = 5.0  # in all
MAX_BYTES = 500_000
_CHUNK = 16_384  # bytes

May = Callable[[str], bool]  # may a machine with this address be asked?


def is_public(address: str) -> bool:
    """Tell whether an address belongs to the open internet."""
    machine = ip_address(address.partition("%")[0])
    return machine.is_global and not machine.is_multicast


class _NotPublic(OSError):
    """The name leads to a machine of this network."""


def _connection(base: type[HTTPConnection], may: May) -> type[HTTPConnection]:
    """Make a kind of connection that looks whom it has reached before it says a word: names may lead anywhere."""

    class Checked(base):  # type: ignore[misc, valid-type]
        """A connection to a machine that may be asked."""

        def _new_conn(self) -> Any:
            reached = super()._new_conn()
            if not may(reached.getpeername()[0]):
                reached.close()
                raise _NotPublic("not a public address")
            return reached

    return Checked


class _Adapter(HTTPAdapter):
    """Sends requests through such connections."""

    def __init__(self, may: May) -> None:
        self._may = may
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools, whose connections look first."""
        super().init_poolmanager(*args, **kwargs)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {
            "http": _pool(HTTPConnectionPool, _connection(HTTPConnection, self._may)),
            "https": _pool(HTTPSConnectionPool, _connection(HTTPSConnection, self._may)),
        }


def _pool(base: type[HTTPConnectionPool], connection: type[HTTPConnection]) -> Any:
    return type("Checked", (base,), {"ConnectionCls": connection})


def get(address: str, query: Mapping[str, str], agent: str, may: May = is_public) -> bytes:
    """Ask for an address; raises Unavailable with the cure. Redirections are not followed."""
    refused = partial(Unavailable, N_("The service that finds addresses does not answer. Press the place on the map."))
    deadline = time.monotonic() + SECONDS
    try:
        with requests.Session() as session:
            session.trust_env = False  # no proxies, no passwords of whoever started the site
            for scheme in ("http://", "https://"):
                session.mount(scheme, _Adapter(may))
            answer = session.get(
                address, params=query, timeout=SECONDS, stream=True, allow_redirects=False,
                headers={"User-Agent": agent, "Accept": "application/json"},
            )  # fmt: skip
            if answer.status_code != 200:
                raise refused()
            return _body(answer, deadline, refused)
    except (requests.RequestException, OSError) as error:
        raise refused() from error


def _body(answer: requests.Response, deadline: float, refused: Callable[[], Unavailable]) -> bytes:
    body = b""
    for chunk in answer.iter_content(_CHUNK):
        body += chunk
        if len(body) > MAX_BYTES or time.monotonic() > deadline:
            raise refused()
    return body
