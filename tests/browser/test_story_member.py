"""The story of a member: she adds a date, people come, with an account and without, and are reminded the day before."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.web.visitor_form import LEAST_SECONDS
from tests.browser.hands import SEND
from tests.browser.story_fixtures import demo_instance, open_phone, set_clock, story  # noqa: F401 - fixtures
from tests.browser.story_site import Counted, Story, link_in, sign_in, text_of
from tests.outbox.conftest import postman, server  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser

MOST_PRESSES = 5  # from the home page to the date that everybody sees
TITLE, AHEAD = "Goûter des châtaignes", timedelta(days=3)
PUBLISH = "form[data-record] .actions [value=send]"
MARC = "marc@example.org"


def add_the_date(lucie: Counted, day: str) -> None:
    """Say, from the home page on, what takes place and that three people may come."""
    lucie.go("/")
    lucie.presses = 0
    lucie.open_menu("a[href='/agenda/']")
    lucie.press("main a:has-text('Ajouter un événement')")
    page = lucie.page
    page.fill("[name='f.title']", TITLE)
    page.fill("[name='f.when.start']", day)
    page.fill("[name='f.when.from']", "15h")
    page.fill("[name='f.when.to']", "17h30")
    page.fill("[name='f.place.commune']", "Arzenoux")
    page.check("[name='f.signup.open']")
    page.click("details:has([name='f.signup.places']) summary")
    page.fill("[name='f.signup.places']", "3")
    lucie.press(PUBLISH)


def say_that_two_come(marc: Counted, story: Story) -> None:  # noqa: F811
    """Find the date on the home page, and answer without an account."""
    marc.go("/")
    marc.press(f"main a:has-text('{TITLE}')")
    marc.press("main a:has-text('Dire que je viens')")
    marc.page.check("[name=value][value=yes]")
    marc.page.fill("[name=people]", "2")
    marc.page.fill("[name=author]", "Marc")
    marc.page.fill("[name=email]", MARC)
    marc.page.wait_for_timeout(1000 * LEAST_SECONDS + 500)
    marc.press(SEND)
    marc.go(link_in(story.letters_to(MARC)[0], "/-/answer/mine/"))
    marc.press("[name=action][value=confirm]")


def test_a_member_adds_a_date_and_people_come(
    story: Story,  # noqa: F811
    open_phone: Callable[[], Counted],  # noqa: F811
    set_clock: Callable[..., None],  # noqa: F811
) -> None:
    lucie, omar, marc = open_phone(), open_phone(), open_phone()
    day = story.station.today() + AHEAD
    sign_in(lucie, story.add_member("Lucie", "lucie@example.org"))
    sign_in(omar, story.add_member("Omar", "omar@example.org"))
    add_the_date(lucie, day.isoformat())
    assert lucie.heading == TITLE and lucie.presses <= MOST_PRESSES
    say_that_two_come(marc, story)
    assert "C’est noté" in marc.content
    omar.go(lucie.page.url)
    omar.press("main button:has-text('Je viens')")
    lucie.press("main a:has-text('Voir qui vient')")
    assert all(name in lucie.content for name in ("Omar", "Marc"))
    known = {who: len(story.letters_to(who)) for who in (MARC, "omar@example.org")}

    set_clock(story, day - timedelta(days=1), 18)
    for who, count in known.items():
        letters = story.letters_to(who)[count:]
        assert [TITLE in letter["Subject"] for letter in letters] == [True], who
        assert "15" in text_of(letters[0])
