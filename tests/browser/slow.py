"""The hands of somebody who is slow, and how long they take."""

from dataclasses import dataclass

from tests.browser.hands import Hands

# What one act takes somebody who is slow, in seconds: twice the keystroke-level model's figures of Card, Moran and
# Newell (1980), where a key takes 0.28 and finding and pressing a button 2.5; and five to look at each new page.
KEY, PRESS, PAGE = 0.56, 5.0, 5.0


@dataclass
class Slow:
    """The hands of a newcomer, whose time is counted."""

    hands: Hands
    seconds: float = 0.0

    def go(self, address: str) -> None:
        self.hands.go(address)
        self.seconds += PRESS + PAGE

    def press(self, selector: str) -> None:
        """Press what leads to another page."""
        self.hands.press(selector)
        self.seconds += PRESS + PAGE

    def tick(self, selector: str) -> None:
        """Press what stays on the page."""
        self.hands.page.check(selector)
        self.seconds += PRESS

    def type(self, selector: str, words: str) -> None:
        place = self.hands.page.locator(selector)
        place.focus()
        place.press("Control+End")
        place.press_sequentially(words)
        self.seconds += PRESS + KEY * len(words)
