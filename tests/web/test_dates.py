"""Single dates of a series in the browser: changed, cancelled, left out, brought back."""

import pytest

from app.station import Station
from tests.web.dates_hands import AT, SECOND, THIRD, WHEN, held, make_market, press, undo
from tests.web.hands import Browser, errors, form, notices, one, soup
from tests.web.leaking import OPERATOR
from tests.web.life_hands import make


@pytest.fixture(autouse=True)
def _market(site: Station) -> None:
    make_market(site)


def test_one_date_is_changed_and_only_what_differs_is_kept(member: Browser, site: Station) -> None:
    typed = {"from": "9h", "to": "13 h", "place": "La halle", "title": "Marché", "note": "Abri"}

    assert press(member, "change", **typed).status_code == 303
    assert held(site) == WHEN | {
        "changes": {THIRD: {"start": "2031-04-09T09:00", "end": "2031-04-09T13:00", "place": "La halle", "note": "Abri"}},
    }  # fmt: skip


def test_another_place_alone_keeps_the_hours_as_they_always_are(member: Browser, site: Station) -> None:
    press(member, "change", place="La halle")

    assert held(site)["changes"] == {THIRD: {"place": "La halle"}}


def test_a_date_moves_to_another_day_and_is_still_known_by_its_own(member: Browser, site: Station) -> None:
    press(member, "change", start="2031-04-10")
    typed = form(member.get(f"/-/date/{AT}?day={THIRD}"), "#gc-field-date")

    assert held(site)["changes"] == {THIRD: {"start": "2031-04-10T08:00", "end": "2031-04-10T12:00"}}
    assert (typed["start"], typed["from"], typed["to"]) == ("2031-04-10", "08:00", "12:00")


def test_a_mistake_is_said_beside_its_question_and_what_was_typed_stays(member: Browser, site: Station) -> None:
    page = press(member, "change", **{"from": "soon", "place": "La halle"})

    assert page.status_code == 400 and errors(page)
    assert form(page, "#gc-field-date")["place"] == "La halle"
    assert held(site) == WHEN


def test_a_button_that_is_not_known_does_nothing_and_says_so(member: Browser, site: Station) -> None:
    page = press(member, "explode")

    assert (page.status_code, "This button is not known here." in page.text) == (400, True)
    assert held(site) == WHEN


def test_a_cancelled_date_says_why_and_stays(member: Browser, site: Station) -> None:
    press(member, "cancel", reason="Pluie")
    page = member.get(f"/-/date/{AT}?day={THIRD}")

    assert held(site)["changes"] == {THIRD: {"cancelled": "yes", "reason": "Pluie"}}
    assert "Pluie" in one(page, ".lead").text and one(page, ".lead s")


def test_a_date_is_left_out_and_brought_back(member: Browser, site: Station) -> None:
    press(member, "leave")
    left_out = held(site)["except"]
    press(member, "back")

    assert (left_out, held(site)) == ([THIRD], WHEN)


@pytest.mark.parametrize("action", ["change", "cancel", "leave"])
def test_every_press_is_undone_by_one_press(member: Browser, site: Station, action: str) -> None:
    before = site.door.text(OPERATOR, AT)[1]
    press(member, action, **({"place": "La halle"} if action == "change" else {}))

    assert undo(member).status_code == 303
    assert site.door.text(OPERATOR, AT)[1] == before


def test_what_changed_since_is_not_undone(member: Browser, site: Station) -> None:
    press(member, "cancel")
    address = str(one(member.get(f"/{AT}"), ".notice form")["action"])
    press(member, "cancel", day=SECOND)

    assert member.post(address).status_code == 409
    assert set(held(site)["changes"]) == {SECOND, THIRD}


@pytest.mark.parametrize("day", ["2031-04-10", "tomorrow", "", "9999-12-31", "2031-06-04"])
def test_a_day_that_is_none_of_the_dates_is_not_found(member: Browser, day: str) -> None:
    assert member.get(f"/-/date/{AT}?day={day}").status_code == 404
    assert press(member, "cancel", day=day).status_code == 404


def test_who_may_not_publish_is_told_whom_to_ask(browser: Browser, site: Station) -> None:
    site.store_settings(writing="members")
    page = browser.get(f"/-/date/{AT}?day={THIRD}")

    assert page.status_code == 403 and "Ask one of them" in page.text
    assert press(browser, "cancel").status_code == 403
    assert held(site) == WHEN


def test_what_takes_place_once_is_changed_in_its_form(member: Browser, site: Station) -> None:
    make(site, "agenda/2031/bal", "Bal", form="event", when={"start": "2031-05-01T20:00", "end": "2031-05-01T23:00"})
    answer = member.get("/-/date/agenda/2031/bal?day=2031-05-01")

    assert answer.headers["Location"] == "/-/record/edit/agenda/2031/bal"


def test_texts_of_a_date_keep_no_line_breaks(member: Browser, site: Station) -> None:
    press(member, "change", place="Halle\r\nATTENDEE:x", note="<script>a</script>")

    assert held(site)["changes"][THIRD] == {"place": "Halle ATTENDEE:x", "note": "<script>a</script>"}
    assert "<script>a" not in member.get(f"/-/date/{AT}?day={THIRD}").text


def test_the_page_of_a_series_leads_to_its_dates(member: Browser) -> None:
    links = [str(link["href"]) for link in soup(member.get(f"/{AT}")).select("main a")]

    assert f"/-/date/{AT}?day=2031-03-26" in links
    assert notices(member.get(f"/{AT}")) == []


def test_dates_of_a_closed_page_are_told_to_nobody_else(browser: Browser, member: Browser, site: Station) -> None:
    make(site, "agenda/2031/coffre", "Coffrefort", form="event", when=WHEN, audience="admins")
    revision = site.door.text(OPERATOR, "agenda/2031/coffre")[0].revision
    own = site.door.text(OPERATOR, AT)[0].revision
    query = f"day={THIRD}&before={revision}&after={revision}"
    for reader in (browser, member):
        for place in ("date", "dates/later", "dates/undo", "dates/rejoin", "duplicate"):
            address = f"/-/{place}/agenda/2031/coffre?{query}"
            for answer in (reader.get(address), reader.post(address, action="cancel")):
                assert answer.status_code in (404, 405) and "Coffrefort" not in answer.text

    other = f"/-/dates/rejoin/{AT}?day={THIRD}&before={own}&after={own}&later=agenda/2031/coffre"
    assert member.post(other).status_code == 404
    assert site.door.find_record(OPERATOR, "agenda/2031/coffre")
