"""A newcomer with a phone: reads the code on the poster, is in, joins a group, writes, follows; no password, no mail."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.hands import SAVE, SEND, Hands
from tests.browser.slow import Slow

pytestmark = pytest.mark.browser

ALLOWED = 180.0
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def newcomer(request: pytest.FixtureRequest, open_window: Callable[..., Any]) -> Slow:
    return Slow(Hands(open_window(**PHONE, java_script_enabled=request.param), has_scripts=request.param))


@pytest.fixture
def poster(open_window: Callable[..., Any], admin_cookies: Any) -> str:
    """Give the address that the code on the poster holds; an administrator made the poster, and a group to join."""
    hands = Hands(open_window(storage_state=admin_cookies), has_scripts=True)
    hands.go("/-/groups/")
    if not hands.page.locator("a[href='/-/groups/broyeur']").count():
        for name, words in (("title", "Le broyeur partagé"), ("name", "broyeur")):
            hands.page.fill(f"main [name={name}]", words)
        hands.page.check("main [name=entry][value=open]")
        hands.press(SEND)
    hands.go("/-/people/invite")
    hands.press("form[action$='/link'] .actions button")
    return str(hands.page.input_value("#gc-link"))


def test_a_newcomer_takes_part_within_three_minutes(newcomer: Slow, poster: str) -> None:
    name = "Odile Vernet" if newcomer.hands.has_scripts else "Rémi Chazal"
    newcomer.go(poster)
    newcomer.type("[name=name]", name)
    newcomer.press(SEND)
    newcomer.press("[name=device][value=mine]")
    newcomer.press(".desk a[href='/-/groups/']")
    newcomer.press("main a[href='/-/groups/broyeur']")
    newcomer.press("[name=action][value=join]")
    joined = newcomer.hands.content
    newcomer.go("/jardins/compost")
    newcomer.press(".tools > .button")
    newcomer.type("#gc-field-text", f"\nJe peux prêter une fourche. {name}")
    newcomer.press(SAVE)
    saved = newcomer.hands.content
    newcomer.go("/jardins/outils-partages")
    newcomer.press("form[action='/-/follow/jardins/outils-partages'] button")

    assert f"{name}" in joined and "Quitter ce groupe" in joined
    assert f"Je peux prêter une fourche. {name}" in saved
    assert "C’est suivi" in newcomer.hands.content
    assert newcomer.seconds <= ALLOWED
