"""An anonymous visitor proposes a correction and a moderator accepts it, in browsers, by real mail, with scripts and without."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.catalog.editing import Edit
from app.config import load
from app.hooks import Hooks
from app.people import accounts
from app.people.viewer import signed_in
from app.station import open_station
from app.web.visitor_form import LEAST_SECONDS
from tests.browser.demo_site import SETTINGS
from tests.browser.hands import SAVE, SEND, Hands, until
from tests.browser.survey import Found, measure
from tests.browser.watched import Watch
from tests.cli.conftest import runner_for
from tests.cli.nursery import Nursery
from tests.cli.served import Served, serving
from tests.outbox.conftest import Postman, Server, postman, server  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser

MAIL = 'smtp_host = "127.0.0.1"\nsmtp_port = {}\nsmtp_security = "none"\nmail_from = "gare@example.org"\n'
BREAD = "---\ntitle: Fête du pain\n---\n\nLe four chauffe dès midi.\n\n## L’heure\n\nOn commence à 18 h.\n"
PHONE = {"width": 360, "height": 740}
ACCEPT = "[name=action][value=accepted]"


@dataclass
class Site:
    """A served site that its members write; the link signs its administrator in."""

    served: Served
    link: str


@pytest.fixture
def site(tmp_path: Path, server: Server, nursery: Nursery) -> Iterator[Site]:  # noqa: F811
    instance = tmp_path / "instance"
    made = runner_for(instance)("init", "--lang", "fr")
    assert made.exit_code == 0, made.output
    with (instance / "gare.toml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS + MAIL.format(server.port))
    station = open_station(load(instance), Hooks())
    try:
        station.store_settings(writing="members")
        with station.truth.begin() as connection:
            nadia = accounts.add(connection, "Nadia", is_admin=True)
            link = f"/-/signin?token={accounts.make_link(connection, nadia.id)}"
        station.door.save(
            signed_in(nadia.name, nadia.pseudonym, is_admin=True), Edit("pain", BREAD, None, nadia.pseudonym)
        )
    finally:
        station.close()
    with serving(instance, tmp_path / "log", nursery=nursery) as served:
        yield Site(served, link)


@pytest.fixture
def open_hands(browser: Any, site: Site) -> Iterator[Callable[..., Hands]]:
    """Give a function that opens a window on the site, that of somebody else each time."""
    opened: list[tuple[Any, Watch]] = []

    def open_hands(*, has_scripts: bool) -> Hands:
        window = browser.new_context(base_url=site.served.address, java_script_enabled=has_scripts, viewport=PHONE)
        opened.append((window, Watch(window, site.served.address)))
        return Hands(window, has_scripts=has_scripts)

    yield open_hands
    for window, _ in opened:
        window.close()
    assert [fault for _, watch in opened for fault in watch.faults] == []


def sign_in(hands: Hands, link: str) -> None:
    hands.go(link)
    hands.press(SEND)
    hands.press("[name=device][value=mine]")


def propose(hands: Hands, new: str) -> None:
    """Propose, from the page, another hour."""
    hands.go("/pain")
    hands.press(".tools > .button")
    page = hands.page
    page.fill("#gc-field-text", page.input_value("#gc-field-text").replace("18 h", new))
    page.fill("[name=author]", "Zoé")
    page.fill("[name=email]", "zoe@example.org")
    page.wait_for_timeout(1000 * LEAST_SECONDS + 500)
    hands.press(SAVE)
    assert hands.heading == "Merci"


def link_in(postman: Postman) -> str:  # noqa: F811
    text = postman.messages[-1].get_body(("plain",)).get_content()
    return re.findall(r"https?://[^/\s]+(/-/proposals/mine/\S+)", text)[0]


@pytest.mark.parametrize("has_scripts", [False, True], ids=["without scripts", "with scripts"])
def test_a_visitor_proposes_a_correction_and_a_moderator_accepts_it(
    open_hands: Callable[..., Hands],
    site: Site,
    postman: Postman,  # noqa: F811
    has_scripts: bool,
) -> None:
    visitor, moderator = open_hands(has_scripts=has_scripts), open_hands(has_scripts=has_scripts)
    propose(visitor, "19 h")
    until(visitor.page, lambda: postman.messages)
    visitor.go(link_in(postman))
    visitor.press("[name=action][value=confirmed]")
    assert "attend quelqu’un" in visitor.content
    if has_scripts:
        assert not visitor.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('gc-draft')).length")

    sign_in(moderator, site.link)
    moderator.press("footer a[href='/-/proposals/']")
    moderator.press("main .rows a")
    assert "19 h" in moderator.page.locator(".diff ins").inner_text()
    moderator.press(ACCEPT)

    assert moderator.page.url.endswith("/pain") and "19 h" in moderator.content
    visitor.go("/pain")
    assert "On commence à 19 h." in visitor.content
    until(visitor.page, lambda: len(postman.messages) == 2)
    assert "acceptée" in postman.messages[-1]["Subject"]


def test_every_page_of_a_proposal_can_be_read_and_used_by_everybody(
    open_hands: Callable[..., Hands],
    site: Site,
    postman: Postman,  # noqa: F811
) -> None:
    visitor, moderator = open_hands(has_scripts=True), open_hands(has_scripts=True)
    found = {}

    def look(hands: Hands, name: str) -> None:
        found[name] = measure(hands.page)

    visitor.go("/pain")
    look(visitor, "page")
    visitor.go("/-/propose/pain")
    look(visitor, "editor")
    visitor.press(SAVE)
    look(visitor, "editor, errors")
    propose(visitor, "19 h")
    look(visitor, "sent")
    until(visitor.page, lambda: postman.messages)
    visitor.go(own := link_in(postman))
    look(visitor, "to confirm")
    visitor.press("[name=action][value=confirmed]")
    sign_in(moderator, site.link)
    for name, address in {
        "queue": "", "proposal": "1", "to change": "1/edit", "own list": "mine/", "question": "../admin/question",
    }.items():  # fmt: skip
        moderator.go(f"/-/proposals/{address}")
        look(moderator, name)
    moderator.go("/-/proposals/1")
    moderator.press("[value=refused]")
    look(moderator, "no reason given")
    moderator.page.fill("[name=question]", "Qui l’a dit ?")
    moderator.press("[value=asked]")
    visitor.go(own)
    look(visitor, "asked")
    moderator.go("/-/edit/pain")
    moderator.write(BREAD.partition("---\n\n")[2].replace("18 h", "20 h"))
    moderator.press(SAVE)
    for name, address in {"at odds": "1", "at odds, editor": "1/edit"}.items():
        moderator.go(f"/-/proposals/{address}")
        look(moderator, name)

    assert {name: one for name, one in found.items() if one != Found()} == {}
