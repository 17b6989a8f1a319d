"""Notes from elsewhere become minutes: pasted, of a document, of a public pad."""

import io
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from app.cli import gare
from app.people.throttle import Rule
from app.station import Station
from plugins.minutes import bringing, importing, meetings
from plugins.minutes.tests.test_meetings import NOTES, find
from tests.web.hands import Browser, errors


def test_pasted_notes_become_minutes_with_their_day(member: Browser, site: Station) -> None:
    sent = member.post("/reunions/import", text=f"# Chantier du lavoir\n\nLe 12 mars 2026, à la gare.\n\n{NOTES}")

    assert sent.location == "/reunions/found/reunions/2026/2026-03-12-chantier-du-lavoir"
    assert find(site, "Chantier du lavoir").state == meetings.REREAD


def test_document_is_read_and_what_is_none_is_told(member: Browser) -> None:
    def send(content: bytes, name: str) -> int:
        return member.post("/reunions/import", file=(io.BytesIO(content), name)).status_code

    assert send(b"<h1>Chantier</h1><p>Rien.</p>", "notes.html") == 303
    assert send(b"%PDF-1.7 ", "notes.pdf") == 400
    assert send(b"PK\x03\x04 broken", "notes.docx") == 400
    assert member.post("/reunions/import", text=" ").status_code == 400


def test_notes_are_counted_as_pads_are(member: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "NOTES_OF", Rule("minutes-notes", 2))
    answers = [member.post("/reunions/import", text=f"# Chantier {number}\n\nRien.").status_code for number in range(3)]
    file = (io.BytesIO(b"<h1>Chantier</h1>"), "notes.html")

    assert answers == [303, 303, 429]
    assert member.post("/reunions/import", file=file).status_code == 429


def test_passers_by_bring_nothing_in(reader: Browser) -> None:
    assert reader.get("/reunions/import").status_code == 403


@pytest.mark.parametrize(
    ("address", "said"),
    [("https://pad.nowhere.example/p/a", "not read here"), ("https://cryptpad.fr/pad/#/2/x", "encrypted"),
     ("http://127.0.0.1:1/p/a", "not read here")],
)  # fmt: skip
def test_pad_that_may_not_be_read_is_told(member: Browser, address: str, said: str) -> None:
    sent = member.post("/reunions/import", pad=address)

    assert sent.status_code == 400
    assert said in sent.text
    assert address in sent.text.replace("&#x2F;", "/")


@pytest.fixture
def heard() -> list[str]:
    """Give what the pad on this machine was asked for; a pad of the name `long` has 20 MB."""
    return []


@pytest.fixture
def near(heard: list[str]) -> Iterator[str]:
    """Serve a pad on this machine; give the machine with its port."""

    class Pad(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(f"<p>Le 12 mars 2026</p><p>{NOTES}</p>".encode())
            with suppress(OSError):  # whoever asks has gone away
                self.wfile.write(b"<p>encore</p>" * (20_000_000 // 13 if "/p/long/" in self.path else 0))

        def log_message(self, *_said: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Pad) as served:
        Thread(target=served.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{served.server_port}"
        served.shutdown()


def test_pad_of_this_machine_is_asked_where_the_settings_name_it_in_full(
    member: Browser, site: Station, near: str
) -> None:
    object.__setattr__(site.config, "pad_hosts_inside", f"pad.village.example, {near}")

    assert member.post("/reunions/import", pad=f"http://{near}/p/chantier").status_code == 303
    assert find(site, "Chantier").day == date(2026, 3, 12)


def test_pad_of_this_machine_is_not_asked_because_one_from_outside_leads_there(
    member: Browser, site: Station, near: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    object.__setattr__(site.config, "pad_hosts_inside", near)
    moved = SimpleNamespace(status=302, body=b"", address="", headers={"location": f"http://{near}/p/chantier"})
    asked = []

    def answer(address: str, **_: object) -> object:
        asked.append(address)
        return moved

    monkeypatch.setattr(bringing, "fetch", answer)
    member.post("/reunions/import", pad="https://demo.hedgedoc.org/chantier-du-lavoir")

    assert [one for one in asked if near in one] == []


@pytest.mark.parametrize("machine", ["localhost", "127.0.0.1", "[::ffff:127.0.0.1]", "2130706433"])
def test_no_name_of_this_machine_is_asked_though_it_is_allowed(
    member: Browser, site: Station, near: str, heard: list[str], machine: str
) -> None:
    object.__setattr__(site.config, "pad_hosts", f"{machine}, {machine.strip('[]')}")
    sent = member.post("/reunions/import", pad=f"http://{machine}:{near.partition(':')[2]}/p/chantier")

    assert sent.status_code == 503 and "does not answer" in sent.text
    assert heard == []


def test_pad_of_20_mb_is_refused_with_its_cure(member: Browser, site: Station, near: str, heard: list[str]) -> None:
    object.__setattr__(site.config, "pad_hosts_inside", near)
    sent = member.post("/reunions/import", pad=f"http://{near}/p/long")

    assert sent.status_code == 400 and errors(sent)[0].startswith("This pad is too long to be fetched.")
    assert len(heard) == 1


def test_another_door_of_this_machine_stays_shut(member: Browser, site: Station, near: str) -> None:
    object.__setattr__(site.config, "pad_hosts_inside", "127.0.0.1:9001")

    assert member.post("/reunions/import", pad=f"http://{near}/p/chantier").status_code == 400


def test_pad_becomes_minutes(member: Browser, site: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = SimpleNamespace(status=200, body=f"Le 12 mars 2026\n\n{NOTES}".encode(), address="", headers={})
    monkeypatch.setattr(bringing, "fetch", lambda address, **_: answer if address.endswith("/download") else None)
    sent = member.post("/reunions/import", pad="https://demo.hedgedoc.org/chantier-du-lavoir")

    assert sent.location == "/reunions/found/reunions/2026/2026-03-12-chantier-du-lavoir"
    assert find(site, "Chantier du lavoir").text("source") == "https://demo.hedgedoc.org/chantier-du-lavoir"


def test_command_brings_a_document_in(site: Station, tmp_path: Path) -> None:
    file = tmp_path / "notes du lavoir.md"
    file.write_text(f"Le 12 mars 2026\n\n{NOTES}")
    site.close()
    done = CliRunner().invoke(gare, ["--instance", str(site.config.instance), "import", "minutes", str(file)])

    assert (done.exit_code, done.output.strip()) == (0, "reunions/2026/2026-03-12-notes-du-lavoir")


@pytest.mark.parametrize(
    ("more", "said"), [(["nowhere.odt"], "no such file"), (["x.md", "--day", "2026-02-31"], "exist")]
)
def test_command_tells_what_is_wrong(site: Station, more: list[str], said: str) -> None:
    done = CliRunner().invoke(gare, ["--instance", str(site.config.instance), "import", "minutes", *more])

    assert done.exit_code != 0
    assert said in done.output
