"""The story of a facilitator: a pad becomes validated minutes, and what somebody said to do is not forgotten."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from babel.dates import format_date

from tests.browser.hands import SEND
from tests.browser.story_fixtures import demo_instance, open_phone, set_clock, story  # noqa: F401 - fixtures
from tests.browser.story_site import Counted, Story, link_in, sign_in, text_of
from tests.outbox.conftest import postman, server  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser

MOST_PRESSES = 6  # from the address of the pad to the minutes that are mailed
NOTES = """<!doctype html><html><body><h1>Chantier de la serre</h1><p>Le {today}, salle d’attente.</p>
<p>Présents : Samira, Fernand, Léa</p><h2>Le toit</h2><ul><li>Il pleut sur les semis depuis octobre.</li>
<li>Décision : on pose une bâche avant l’hiver.</li><li>Action : Fernand commande la bâche avant le {due}</li></ul>
</body></html>"""
LIST, FERNAND = "lesgens@example.org", "fernand@example.org"
WHAT = "ommande la bâche"


@pytest.fixture
def due(story: Story) -> date:  # noqa: F811
    """Give the day by which somebody said to do something."""
    return story.station.today() + timedelta(days=20)


@pytest.fixture
def pad(story: Story, due: date) -> Iterator[str]:  # noqa: F811
    """Give the address of a pad; it is on this machine, which the settings of the site name."""
    days = {"today": story.station.today(), "due": due}
    words = NOTES.format(**{name: format_date(day, "d MMMM yyyy", "fr") for name, day in days.items()}).encode()

    class Pad(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/p/chantier-de-la-serre/export/html" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(words)

        def log_message(self, *_said: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Pad) as served:
        allowed = f"127.0.0.1:{served.server_port}"
        object.__setattr__(story.station.config, "pad_hosts_inside", allowed)  # its port is known only now
        Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}/p/chantier-de-la-serre"
        served.shutdown()


def make_minutes_of(samira: Counted, pad: str) -> None:
    """Bring the notes of a pad in, keep what was found there, validate, send: all on the way from one page to the next."""
    samira.open_menu("a[href='/reunions/']")
    samira.press("main a:has-text('Apporter des notes')")
    samira.presses = 0
    samira.page.fill("[name=pad]", pad)
    samira.press(SEND)
    assert "on pose une bâche" in samira.page.locator("[name=what]").first.input_value().lower()
    assert samira.page.locator("[name=who]").nth(1).input_value() == "Fernand"
    samira.press(SEND)
    samira.page.fill("[name=to]", LIST)
    samira.press(SEND)


def test_a_pad_becomes_validated_minutes_whose_action_reminds_its_owner(
    story: Story,  # noqa: F811
    open_phone: Callable[[], Counted],  # noqa: F811
    set_clock: Callable[..., None],  # noqa: F811
    pad: str,
    due: date,
) -> None:
    samira, fernand = open_phone(), open_phone()
    sign_in(samira, story.add_member("Samira", "samira@example.org"))
    story.add_member("Fernand", FERNAND)
    make_minutes_of(samira, pad)
    [told] = story.letters_to(LIST)
    set_clock(story, due - timedelta(days=4))
    early = story.letters_to(FERNAND)
    set_clock(story, due - timedelta(days=3))
    [reminder] = story.letters_to(FERNAND)
    fernand.go(link_in(reminder, "/reunions/answer/"))
    assert WHAT in fernand.heading
    fernand.press("[name=answer][value=done]")
    samira.go("/reunions/actions?show=done")

    assert samira.presses <= MOST_PRESSES
    assert samira.page.url.endswith("show=done") and early == []
    words = text_of(told)
    assert words.index("bâche avant l’hiver") < words.index(WHAT) < words.index("/reunions/")
    assert "Noté" in fernand.content
    assert samira.page.locator(f".register li:has-text('{WHAT}') .badge").inner_text().startswith("Fait")
