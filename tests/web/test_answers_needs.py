"""What the agenda is told of each date: how many places are left, where hands are needed."""

from datetime import timedelta

from app.answers.needs import hands_needed, places_left
from app.people.viewer import ANONYMOUS
from app.station import Station
from tests.web.coming_hands import PATH, SOON, TODAY, make_event, press
from tests.web.hands import Browser

KITCHEN = "{open: yes, places: 3, roles: [{name: Cuisine, places: 2}]}"


def test_places_are_counted_for_each_date_of_a_series(member: Browser, site: Station) -> None:
    page_id = make_event(site, KITCHEN, more=", rule: FREQ=WEEKLY;COUNT=2")
    days = [str(SOON + timedelta(days=days)) for days in (0, 7)]
    press(member, "yes", day=days[1], people="2")
    rows = site.door.dates_of(ANONYMOUS, PATH, TODAY)

    assert places_left(site, ANONYMOUS, rows) == {(page_id, days[0]): 3, (page_id, days[1]): 1}
    assert [number for _, number in hands_needed(site, ANONYMOUS, rows)[(page_id, days[1])].roles] == [2]


def test_nothing_is_said_of_dates_to_which_one_does_not_sign_up(site: Station) -> None:
    for signup in ("{open: no, places: 3}", f"{{open: yes, places: 3, until: {TODAY - timedelta(days=1)}}}"):
        make_event(site, signup)
        rows = site.door.dates_of(ANONYMOUS, PATH, TODAY)

        assert (places_left(site, ANONYMOUS, rows), hands_needed(site, ANONYMOUS, rows)) == ({}, {})
