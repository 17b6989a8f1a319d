"""A neighbour's agenda on this machine, that answers what it is told to; and the calendars that it holds."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from app.calendar import ics_child
from plugins.agenda import fetching

SOON = date.today() + timedelta(days=10)  # noqa: DTZ011 - a day like others
MARKET = f"UID:marche@mairie\nSUMMARY:Marché de Noël\nLOCATION:Halle\nCATEGORIES:fête\nDTSTART;TZID=Europe/Paris:{SOON:%Y%m%d}T090000\nDTEND;TZID=Europe/Paris:{SOON:%Y%m%d}T170000\nDESCRIPTION:Vin chaud <b>gratuit</b>\nURL:https://mairie.example/marche"
WALK = f"UID:marche-a-pied@mairie\nSUMMARY:Balade\nDTSTART;TZID=Europe/Paris:{SOON:%Y%m%d}T140000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;COUNT=3"


def calendar(*events: str, name: str = "Mairie de Vallon", head: str = "") -> bytes:
    """Put lines of events into a calendar."""
    inside = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:{name}\n{head}{inside}END:VCALENDAR\n".replace(
        "\n", "\r\n"
    ).encode()


@dataclass
class Neighbour:
    """A server. `asked` are the headers of what was asked; `drip` the seconds between two bytes."""

    address: str = ""
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0
    asked: list[dict[str, str]] = field(default_factory=list)


def asked_here(patch: pytest.MonkeyPatch) -> None:
    """Let neighbours on this machine be asked, and their calendars be read by this process: a child takes its time."""

    def read(_budget: object, data: bytes, *others: str) -> Any:
        work = ics_child.dates_json if len(others) > 1 else ics_child.events_json
        return json.loads(json.dumps(work(base64.b64encode(data).decode(), *others)))

    patch.setattr(ics_child, "_ask", read)
    patch.setattr(fetching, "may", lambda _address: True)


@contextmanager
def neighbour() -> Iterator[Neighbour]:
    """Serve until the test has ended."""
    told = Neighbour(body=calendar(MARKET, WALK))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append({name.lower(): value for name, value in self.headers.items()} | {"path": self.path})
            status = 304 if told.headers.get("ETag", "-") == self.headers.get("If-None-Match") else told.status
            self.send_response(status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if status == 200:
                self._send()

        def _send(self) -> None:
            pieces = [told.body] if not told.drip else [told.body[n : n + 1] for n in range(len(told.body))]
            for piece in pieces:
                try:
                    self.wfile.write(piece)
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(told.drip)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told.address = f"http://127.0.0.1:{server.server_port}/agenda.ics"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield told
    server.shutdown()
    thread.join()
    server.server_close()
