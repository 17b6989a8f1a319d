"""A newcomer with a phone: reads the code on the poster, is in, joins a group, writes, follows; no password, no mail."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.browser.hands import SAVE, SEND, Hands

pytestmark = pytest.mark.browser

# What one act takes somebody who is slow, in seconds: twice the keystroke-level model's figures of Card, Moran and
# Newell (1980), where a key takes 0.28 and finding and pressing a button 2.5; and five to look at each new page.
KEY, PRESS, PAGE = 0.56, 5.0, 5.0
ALLOWED = 180.0
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@dataclass
class Slow:
    """The hands of a newcomer, whose time is counted."""

    hands: Hands
    seconds: float = 0.0

    def go(self, address: str) -> None:
        self.hands.go(address)
        self.seconds += PRESS + PAGE

    def press(self, selector: str) -> None:
        self.hands.press(selector)
        self.seconds += PRESS + PAGE

    def type(self, selector: str, words: str) -> None:
        place = self.hands.page.locator(selector)
        place.focus()
        place.press("Control+End")
        place.press_sequentially(words)
        self.seconds += PRESS + KEY * len(words)


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
