"""The story of a newcomer: on the home page she sees that hands are wanted, finds who wants them, and writes to them."""

from collections.abc import Callable

import pytest

from app.web.visitor_form import LEAST_SECONDS
from tests.browser.hands import SEND
from tests.browser.story_fixtures import demo_instance, open_phone, story  # noqa: F401 - fixtures
from tests.browser.story_site import Counted, Story, link_in, text_of
from tests.outbox.conftest import postman, server  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser

MOST_PRESSES = 6  # from the home page to the message that is on its way
RIDE = "Covoiturage du jeudi"
PEOPLE = "covoiturage@vezoline.example"  # the demo keeps it out of the page
WORDS = "Bonjour, je viens d’arriver aux Combes-Hautes. Je peux conduire un jeudi sur deux."


def write_to_them(odile: Counted) -> None:
    """Fill in the message as somebody without an account does."""
    odile.page.fill("[name=text]", WORDS)
    odile.page.fill("[name=author]", "Odile Vernet")
    odile.page.fill("[name=email]", "odile@example.org")
    odile.page.wait_for_timeout(1000 * LEAST_SECONDS + 500)
    odile.press(SEND)


def test_a_newcomer_finds_an_initiative_and_its_people_can_answer_her(
    story: Story,  # noqa: F811
    open_phone: Callable[[], Counted],  # noqa: F811
) -> None:
    odile = open_phone()
    odile.go("/")
    odile.press("main a:has-text('On cherche des bras')")
    odile.press(f"#on-cherche-des-bras ~ ul a:has-text('{RIDE}')")
    assert odile.heading == RIDE and PEOPLE not in odile.page.content()
    odile.press("main a:has-text('Écrire à ces personnes')")
    write_to_them(odile)
    assert story.letters_to(PEOPLE) == []
    odile.go(link_in(story.letters_to("odile@example.org")[0], "/-/message/"))
    odile.press("[name=action][value=send]")
    [letter] = story.letters_to(PEOPLE)

    assert "Votre message est parti" in odile.content
    assert letter["Reply-To"] == "odile@example.org"
    assert "un jeudi sur deux" in text_of(letter) and "Odile Vernet" in text_of(letter)
    assert odile.presses <= MOST_PRESSES
