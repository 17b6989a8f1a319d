"""A new site is set up in a browser, from the link that `gare serve` prints to the finished site, with and without scripts."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.demo_site import SETTINGS
from tests.browser.hands import SEND, Hands
from tests.browser.survey import Found, measure
from tests.cli.conftest import runner_for
from tests.cli.nursery import Nursery
from tests.cli.served import Served, link_in, serving, wait
from tests.outbox.conftest import Postman, Server, postman, server  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser

OPENS = "main form:has([name=title], [name=name], [name=preset]) .actions .button"


@pytest.fixture
def new_site(tmp_path: Path, server: Server, nursery: Nursery) -> Iterator[Served]:  # noqa: F811
    """Give a site as `make run` serves it for the first time, but without the demo."""
    instance = tmp_path / "instance"
    made = runner_for(instance)("init")
    assert made.exit_code == 0, made.output
    with (instance / "gare.toml").open("a", encoding="utf-8") as settings:
        settings.write(
            f"{SETTINGS}smtp_port = {server.port}\n"
        )  # others than the usual ports need whoever runs the machine
    with serving(instance, tmp_path / "log", nursery=nursery) as served:
        wait(lambda: link_in(served.output), served)
        yield served


@pytest.fixture
def enter(browser: Any, new_site: Served) -> Iterator[Callable[..., Hands]]:
    """Give a function that opens the printed link, and stands before the first screen after."""
    windows = []

    def enter(*, has_scripts: bool) -> Hands:
        window = browser.new_context(
            base_url=new_site.address, java_script_enabled=has_scripts, viewport={"width": 360, "height": 740}
        )
        windows.append(window)
        hands = Hands(window, has_scripts=has_scripts)
        hands.go(link_in(new_site.output))
        hands.press(SEND)
        hands.press("[name=device][value=mine]")
        return hands

    yield enter
    for window in windows:
        window.close()


@pytest.mark.parametrize("has_scripts", [False, True], ids=["without scripts", "with scripts"])
def test_a_new_site_is_set_up_from_the_printed_link(
    enter: Callable[..., Hands],
    new_site: Served,
    server: Server,  # noqa: F811
    postman: Postman,  # noqa: F811
    has_scripts: bool,
) -> None:
    hands = enter(has_scripts=has_scripts)
    page = hands.page
    assert hands.heading == "Comment s’appelle votre site\u202f?"
    page.fill("[name=title]", "La vallée du Rioux")
    page.fill("[name=place]", "Drôme")
    hands.press(OPENS)
    page.fill("[name=name]", "Nadia")
    page.fill("[name=email]", "nadia@example.org")
    hands.press(OPENS)
    name_mail_server(hands, server.port)
    assert postman.addressees == ["nadia@example.org"]
    hands.press("[name=action][value=next]")
    page.check("[name=preset][value=village]")
    page.check("[name=demo][value=yes]")
    hands.press(OPENS)

    assert page.url == f"{new_site.address}/"
    assert "La vallée du Rioux" in page.locator(".sign").inner_text()
    assert "Votre site est prêt." in hands.content
    assert new_site.get("/jardins/compost")[0] == 200 and "Accueil" in new_site.get("/-/groups/")[1]


def name_mail_server(hands: Hands, port: int) -> None:
    hands.page.fill("[name=host]", "127.0.0.1")
    hands.page.fill("[name=sender]", "gare@example.org")
    hands.page.click("main details summary")
    hands.page.check("[name=security][value=none]")
    hands.page.fill("[name=port]", str(port))
    hands.press("[name=action][value=test]")
    assert "Le serveur a pris le message." in hands.content


def test_the_screens_can_be_read_and_used_by_everybody(enter: Callable[..., Hands]) -> None:
    hands = enter(has_scripts=True)
    found = {}
    for step in "1234":
        hands.go(f"/-/setup/{step}")
        found[step] = measure(hands.page)
        hands.page.reload()
        hands.press(SEND)  # nothing is filled in: each screen says what it misses
        found[f"{step}, error"] = measure(hands.page)

    assert {place: one for place, one in found.items() if one != Found()} == {}
