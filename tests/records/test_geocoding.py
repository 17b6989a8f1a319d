"""Where an address is: asked of a service only where one is set, never of a machine of the network, and kept."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from app.errors import Invalid, TooMany, Unavailable
from app.records import communes, geocoding, outside
from app.records.communes import Commune
from app.station import Station

BAN = {"features": [
    {"geometry": {"coordinates": [4.11, 44.12]}, "properties": {"label": "8 Rue du Four 30120 Vallon", "type": "housenumber", "postcode": "30120", "city": "Vallon"}},
    {"geometry": {"coordinates": [4.12, 999]}, "properties": {"label": "Nulle part"}},
    {"geometry": {"coordinates": [4.2, 44.2]}, "properties": {"label": "Vallon", "type": "municipality"}},
]}  # fmt: skip
NOMINATIM = [
    {"lat": "44.12", "lon": "4.11", "display_name": "8, Rue du Four, Vallon", "address": {"house_number": "8", "village": "Vallon", "postcode": "30120"}},
    {"lat": "44.2", "lon": "4.2", "display_name": "<b>Vallon</b>"},
]  # fmt: skip
VALLON = Commune("Vallon", "30120", "30999", 44.1, 4.1)


@dataclass
class Service:
    """A service on this machine that answers what it is told to."""

    address: str = ""
    body: bytes = b"{}"
    status: int = 200
    pause: float = 0
    location: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def serving() -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
            service.asked.append(query | {"agent": self.headers["User-Agent"], "at": time.monotonic()})
            self.send_response(service.status)
            if service.location:
                self.send_header("Location", service.location)
            self.end_headers()
            for start in range(0, len(service.body), 100_000):
                time.sleep(service.pause)
                try:
                    self.wfile.write(service.body[start : start + 100_000])
                except OSError:
                    return

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.address = f"http://127.0.0.1:{server.server_port}/search"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield service
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as made:
        yield made


def ask(station: Station, service: Service, kind: str, words: str, answer: object = None) -> list[geocoding.Place]:
    """Search with a service that may stand on this machine."""
    if answer is not None:
        service.body = json.dumps(answer).encode()
    station.store_settings(geocoder=kind, geocoder_address=service.address)
    return geocoding.search(station, words, may=lambda _address: True)


def test_nobody_is_asked_where_none_is_set(station: Station, service: Service) -> None:
    communes.store(station, [VALLON])

    assert [(one.label, one.precision) for one in ask(station, service, "none", "rue du four vallon")] == [
        ("30120 Vallon", "commune")
    ]
    assert service.asked == []


def test_the_address_base_of_france_is_understood(station: Station, service: Service) -> None:
    communes.store(station, [VALLON])
    found = ask(station, service, "ban", " 8  rue du four ", BAN)

    assert [(one.label, one.lat, one.lon, one.precision) for one in found] == [
        ("8 Rue du Four 30120 Vallon", 44.12, 4.11, "house"), ("Vallon", 44.2, 4.2, "commune")
    ]  # fmt: skip
    assert service.asked[0]["q"] == "8 rue du four" and service.asked[0]["lat"] == "44.1000"


def test_nominatim_is_understood_and_told_who_asks(station: Station, service: Service) -> None:
    station.store_settings(address="https://wiki.example.org")
    found = ask(station, service, "nominatim", "8 rue du four", NOMINATIM)

    assert [(one.label, one.precision, one.commune) for one in found] == [
        ("8, Rue du Four, Vallon", "house", "Vallon"), ("<b>Vallon</b>", "commune", "")
    ]  # fmt: skip
    assert "https://wiki.example.org" in service.asked[0]["agent"]


def test_the_same_question_is_asked_once(station: Station, service: Service) -> None:
    first = ask(station, service, "ban", "Rue du Four", BAN)
    again = ask(station, service, "ban", "rue  du FOUR")

    assert first == again and len(service.asked) == 1


def test_nominatim_is_asked_once_a_second(station: Station, service: Service) -> None:
    for words in ("un", "deux"):
        ask(station, service, "nominatim", words, NOMINATIM)

    first, second = (one["at"] for one in service.asked)
    assert second - first >= 0.95


def test_who_waits_too_long_for_his_turn_is_told_so(
    station: Station, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geocoding, "PATIENCE", 0.2)
    ask(station, service, "nominatim", "un", NOMINATIM)

    with pytest.raises(TooMany):
        ask(station, service, "nominatim", "deux")


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "192.168.1.1", "169.254.169.254", "::1", "fe80::1%eth0", "fd00::1",
                                     "0.0.0.0", "100.64.0.1", "::ffff:10.0.0.1", "224.0.0.1", "64:ff9b::a00:7",
                                     "2002:a00:7::1", "::7f00:1", "fec0::1", "192.88.99.1", "192.0.0.8",
                                     "192.0.0.9", "64:ff9b::c058:6301"])  # fmt: skip
def test_machines_of_the_network_are_not_public(address: str) -> None:
    assert not outside.is_public(address)
    assert all(map(outside.is_public, ("198.35.26.96", "192.0.1.1", "2620:0:861:ed1a::1", "64:ff9b::c623:1a60")))


def test_a_service_on_this_machine_hears_nothing(station: Station, service: Service) -> None:
    station.store_settings(geocoder="ban", geocoder_address=service.address)

    with pytest.raises(Unavailable):
        geocoding.search(station, "rue du four")
    assert service.asked == []


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"features": 3}', b'{"features": [1]}', b"[" * 100_000,
                                  b'{"features": [{"geometry": {"coordinates": [NaN, "x"]}, "properties": {}}]}'])  # fmt: skip
def test_an_answer_that_is_none_is_a_sentence(station: Station, service: Service, body: bytes) -> None:
    service.body = body

    with pytest.raises(Unavailable):
        ask(station, service, "ban", "rue du four")


def test_a_redirection_is_not_followed(station: Station, service: Service) -> None:
    service.status, service.location = 302, service.address

    with pytest.raises(Unavailable):
        ask(station, service, "ban", "rue du four")
    assert len(service.asked) == 1


def test_an_endless_answer_is_cut(station: Station, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "SECONDS", 0.4)
    service.body, service.pause = b" " * 450_000, 0.2

    with pytest.raises(Unavailable):
        ask(station, service, "ban", "rue du four")
    service.pause, service.body = 0, b" " * 600_000
    with pytest.raises(Unavailable):
        ask(station, service, "ban", "rue du four")


def test_where_the_service_fails_the_communes_help(station: Station, service: Service) -> None:
    communes.store(station, [VALLON])
    service.status = 500

    assert [one.label for one in ask(station, service, "ban", "vallon")] == ["30120 Vallon"]


@pytest.mark.parametrize("words", ["", "  ", "/", "x" * 10_000, "\0", "é" * 300])
def test_any_words_may_be_searched(station: Station, service: Service, words: str) -> None:
    assert ask(station, service, "ban", words, {"features": []}) == []
    assert all(len(one["q"]) <= geocoding.MAX_WORDS for one in service.asked)


@pytest.mark.parametrize("address", ["http://example.org", "example.org", "https://", "https://a@b.org/", "https://a.org/?q=",
                                     "file:///etc/passwd", "https://[::1", "https://x"])  # fmt: skip
def test_only_web_addresses_are_services(address: str) -> None:
    with pytest.raises(Invalid):
        geocoding.check_address(address)
