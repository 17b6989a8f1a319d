"""A newcomer with a phone looks for what is done near by, and writes to the people: by real mail, with and without scripts."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from app.config import load
from app.hooks import Hooks
from app.station import open_station
from app.web.visitor_form import LEAST_SECONDS
from tests.browser.demo_site import SETTINGS
from tests.browser.hands import SEND, Hands, until
from tests.browser.watched import Watch
from tests.cli.conftest import runner_for
from tests.cli.nursery import Nursery
from tests.cli.served import Served, serving
from tests.outbox.conftest import FREE_PORT, Postman, Server

pytestmark = pytest.mark.browser

MAIL = 'smtp_host = "127.0.0.1"\nsmtp_port = {}\nsmtp_security = "none"\nmail_from = "gare@example.org"\n'
PHONE = {"width": 360, "height": 740}
LIST = "/annuaire/initiative/"
BREAD = "Four à pain d’Arzenoux"
WORDS = "Bonjour, j’aimerais venir au prochain dimanche. Je peux apporter du bois."


@pytest.fixture(scope="module")
def postman() -> Postman:
    """Give what the mail server of this file receives."""
    return Postman()


@pytest.fixture(scope="module")
def server(postman: Postman) -> Iterator[Server]:
    """Give a mail server on this machine."""
    made = Server(postman, hostname="127.0.0.1", port=FREE_PORT)
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, server: Server, nursery: Nursery) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("directory")
    made = runner_for(folder / "instance")("init", "--lang", "fr", "--demo")
    assert made.exit_code == 0, made.output
    with (folder / "instance" / "gare.toml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS + MAIL.format(server.port))
    with serving(folder / "instance", folder / "log", nursery=nursery) as served:
        yield served


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def newcomer(request: pytest.FixtureRequest, browser: Any, site: Served) -> Iterator[Hands]:
    window = browser.new_context(
        base_url=site.address, java_script_enabled=request.param, viewport=PHONE, has_touch=True
    )
    watch = Watch(window, site.address)
    yield Hands(window, has_scripts=request.param)
    window.close()
    assert watch.faults == []


def titles(hands: Hands) -> list[str]:
    return [str(words) for words in hands.page.locator(".cards h2").all_inner_texts()]


def tick(hands: Hands, words: str) -> None:
    """Tick a filter by what stands beside its box."""
    hands.page.locator(".sieve label", has_text=words).locator("input").check()


def secret_in(postman: Postman) -> str:
    text = postman.messages[-1].get_body(("plain",)).get_content()
    return re.findall(r"https?://[^/\s]+(/-/message/\S+)", text)[0]


def find_the_bread(hands: Hands) -> None:
    """Filter the initiatives by theme and place, from the home page on."""
    hands.go("/")
    hands.page.click(".station .fold summary")
    hands.press(".menu a[href='/annuaire/']")
    hands.press(f".counters a[href='{LIST}']")
    hands.page.click(".sift > .fold summary")
    tick(hands, "Manger et cultiver")
    tick(hands, "Arzenoux")
    if hands.has_scripts:
        until(hands.page, lambda: "Afficher 1 fiche" in hands.page.locator(".sieve .actions button").inner_text())
    hands.press(".sieve .actions button")


def test_a_newcomer_finds_an_initiative_by_theme_and_place_and_writes_to_its_people(
    newcomer: Hands,
    postman: Postman,
) -> None:
    find_the_bread(newcomer)
    assert titles(newcomer) == [BREAD]
    assert "Manger et cultiver ×" in newcomer.page.locator(".chips").inner_text()

    newcomer.press(".cards h2 a")
    assert newcomer.heading == BREAD and "@" not in newcomer.content
    newcomer.press("main a[href*='/-/contact/']")
    newcomer.page.fill("[name=text]", WORDS)
    newcomer.page.fill("[name=author]", "Odile")
    newcomer.page.fill("[name=email]", "odile@example.org")
    newcomer.page.wait_for_timeout(1000 * LEAST_SECONDS + 500)
    before = len(postman.messages)
    newcomer.press(SEND)
    until(newcomer.page, lambda: len(postman.messages) == before + 1)
    newcomer.go(secret_in(postman))
    newcomer.press("[name=action][value=send]")

    until(newcomer.page, lambda: len(postman.messages) == before + 2)
    mail = postman.messages[-1]
    assert mail["To"].endswith("@vezoline.example") and mail["Reply-To"] == "odile@example.org"
    assert "Je peux apporter du bois." in mail.get_body(("plain",)).get_content()


def test_a_filter_is_taken_away_by_one_press(newcomer: Hands) -> None:
    find_the_bread(newcomer)
    newcomer.press(".chips a:has-text('Manger')")

    assert BREAD in titles(newcomer) and len(titles(newcomer)) == 2
    assert newcomer.page.url.endswith("?place=Arzenoux")


@pytest.mark.parametrize("view", ["list", "table", "letters", "map"])
def test_every_view_shows_what_the_filters_left(newcomer: Hands, view: str) -> None:
    newcomer.go(f"{LIST}?theme=food&place=Arzenoux&view={view}")

    assert newcomer.page.get_by_role("link", name=BREAD).first.is_visible()
    assert newcomer.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_booklet_is_printed_without_what_stands_around(newcomer: Hands) -> None:
    newcomer.go(f"{LIST}booklet?theme=food")
    newcomer.page.emulate_media(media="print")

    assert newcomer.page.locator("article h3").first.is_visible()
    assert not newcomer.page.locator(".desk, .search, .back, .tools").first.is_visible()


@pytest.fixture
def other_site(site: Served) -> Iterator[str]:
    """Give the address of another site, one page of which shows a list of this one."""
    words = f"<!doctype html><title>Mairie</title><iframe src='{site.address}{LIST}embed?theme=food'></iframe>".encode()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(words)

        def log_message(self, *_said: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as served:
        Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}"
        served.shutdown()


def test_another_site_shows_a_list_only_once_it_is_named(browser: Any, site: Served, other_site: str) -> None:
    def shown_there() -> bool:
        window = browser.new_context()
        page = window.new_page()
        page.goto(other_site, wait_until="networkidle")
        found = page.frame_locator("iframe").locator(".cards h2", has_text=BREAD).count()
        window.close()
        return bool(found)

    before = shown_there()
    station = open_station(load(site.instance), Hooks())
    station.store_settings(embedding=other_site)
    station.close()

    assert (before, shown_there()) == (False, True)


def test_the_part_for_other_sites_has_no_head_and_no_foot(newcomer: Hands) -> None:
    newcomer.go(f"{LIST}embed?theme=food")

    assert newcomer.heading == "Initiatives" and newcomer.page.locator(".station, .desk").count() == 0
    assert len(titles(newcomer)) > 3
