"""A client of one connection that is kept open, over a bare socket: it must not be what is measured."""

import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

_CHUNK = 1 << 18
_IDLE = 1.0  # seconds; gunicorn closes a connection that is idle for two
_SECONDS = 60.0
_BODILESS = (204, 304)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `seconds` from the first byte sent to the last one received, headers in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    seconds: float

    def text(self) -> str:
        """Give the body as text."""
        return self.body.decode()


class Client:
    """One browser without cookies. Not for several threads."""

    def __init__(self, port: int) -> None:
        self._host = f"127.0.0.1:{port}"
        self._port = port
        self._socket: socket.socket | None = None
        self._used = 0.0

    def get(self, target: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Get an address."""
        return self._ask(self._request("GET", target, headers or {}))

    def post(self, target: str, fields: Mapping[str, str]) -> Answer:
        """Send a form as a browser does."""
        body = urlencode({name: value.replace("\n", "\r\n") for name, value in fields.items()}).encode()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
            "Origin": f"http://{self._host}",
        }
        return self._ask(self._request("POST", target, headers) + body)

    def close(self) -> None:
        """Close the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _request(self, method: str, target: str, headers: Mapping[str, str]) -> bytes:
        lines = [f"{method} {target} HTTP/1.1", f"Host: {self._host}", *(f"{k}: {v}" for k, v in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode()

    def _ask(self, request: bytes) -> Answer:
        connection = self._connected()
        start = time.perf_counter()
        connection.sendall(request)
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._receive(connection)
        status, headers = _parse(data[:end])
        body = data[end + 4 :]
        size = 0 if status in _BODILESS else int(headers.get("content-length", "0"))
        while len(body) < size:
            body += self._receive(connection)
        seconds = time.perf_counter() - start
        self._used = time.monotonic()
        if headers.get("connection") == "close":
            self.close()
        return Answer(status, headers, body, seconds)

    def _connected(self) -> socket.socket:
        if self._socket is not None and time.monotonic() - self._used > _IDLE:
            self.close()
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=_SECONDS)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket

    def _receive(self, connection: socket.socket) -> bytes:
        chunk = connection.recv(_CHUNK)
        if not chunk:
            self.close()
            raise ConnectionResetError("the server closed the connection in the middle of an answer")
        return chunk


def _parse(head: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in pairs}
