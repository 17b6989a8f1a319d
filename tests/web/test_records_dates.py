"""When something takes place, in the form of a record and on its page."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import plugins.agenda
from app.station import Station
from app.wiki.frontmatter import parse
from tests.web.hands import Browser, errors, form, one, soup
from tests.web.life_hands import make
from tests.web.proposing import for_members
from tests.web.record_hands import ADMIN, FORM, fill_in, make_form

NEW = "/-/record/new/event"
EVENT = (Path(plugins.agenda.__file__).parent / "forms" / "event.yaml").read_text(encoding="utf-8")
MARK = "zq'\"><zq zq=1>"
SOON = datetime.now(UTC).date() + timedelta(days=30)


@pytest.fixture(autouse=True)
def _form(site: Station) -> None:
    make_form(site, EVENT, "event")


def when(**parts: str) -> dict[str, str]:
    """Type when something takes place: a market every week, until ten weeks from its beginning."""
    typed = {"start": SOON.isoformat(), "from": "8h", "to": "12h", "repeat": "weekly", "count": "10"} | parts
    return {f"when__{name}": said for name, said in typed.items()}


def held(site: Station, path: str) -> dict[str, object]:
    said = parse(site.door.text(ADMIN, path)[1]).values["when"]
    assert isinstance(said, dict)
    return dict(said)


def test_an_event_stands_in_the_folder_of_its_year_with_its_time_zone(member: Browser, site: Station) -> None:
    sent = fill_in(member, site, NEW, title="Marché", **when(start="2031-03-25", repeat="", count=""))

    assert sent.headers["Location"] == "/agenda/2031/marche"
    assert held(site, "agenda/2031/marche") == {
        "start": "2031-03-25T08:00", "end": "2031-03-25T12:00", "timezone": "Europe/Paris",
    }  # fmt: skip


def test_its_form_shows_it_again_and_saves_it_unchanged(member: Browser, site: Station) -> None:
    path = fill_in(member, site, NEW, title="Marché", **when(skipped="1/4/2031")).headers["Location"].strip("/")
    first = held(site, path)
    typed = form(member.get(f"/-/record/edit/{path}"), FORM)
    fill_in(member, site, f"/-/record/edit/{path}", title="Marché du soir")

    assert (typed["f.when.from"], typed["f.when.repeat"], typed["f.when.count"]) == ("08:00", "weekly", "10")
    assert held(site, path) == first


def test_the_next_five_dates_are_shown_before_it_is_saved(member: Browser, site: Station) -> None:
    page = fill_in(member, site, NEW, action="dates", **when(skipped=(SOON + timedelta(days=7)).isoformat()))

    shown = one(page, ".dates-shown")
    assert page.status_code == 200
    assert len(shown.select("li")) == 5
    assert "10 times" in shown.text
    assert errors(page) == []


def test_what_is_wrong_stands_with_its_input(member: Browser, site: Station) -> None:
    page = fill_in(member, site, NEW, title="Marché", **{**when(), "when__from": "tôt"})

    assert page.status_code == 400
    wrong = one(page, "[name='f.when.from']")
    assert (wrong["aria-invalid"], wrong["value"]) == ("true", "tôt")
    assert "no hour" in one(page, f"[id='{wrong['aria-describedby']}']").text
    assert one(page, ".error-summary a")["href"] == "#gc-field-f.when.from"


def test_a_page_says_its_dates_and_what_is_otherwise(member: Browser, browser: Browser, site: Station) -> None:
    kept = json.dumps({"changes": {(SOON + timedelta(days=7)).isoformat(): {"cancelled": "yes", "reason": "Pluie"}}})
    path = fill_in(member, site, NEW, title="Marché", **when(kept=kept)).headers["Location"]
    for_members(site)
    dates, linked = (soup(who.get(path)).select(".next-dates > li") for who in (browser, member))

    assert len(dates) == 5
    assert dates[1].select_one("s") and "Pluie" in dates[1].text
    assert [bool(one[0].select_one("a")) for one in (dates, linked)] == [False, True]


def test_what_is_over_says_so(member: Browser, browser: Browser, site: Station) -> None:
    path = fill_in(member, site, NEW, title="Marché", **when(start="2020-03-25")).headers["Location"]

    assert one(browser.get(path), ".facts .badge").text == "over"


def test_a_series_without_end_is_not_over_though_its_next_date_is_far(browser: Browser, site: Station) -> None:
    rare = {"start": f"{SOON.year - 1}-03-25T08:00", "rule": "FREQ=YEARLY;INTERVAL=9"}
    make(site, "agenda/comete", "Comète", form="event", status="confirmed", when=rare)
    page = browser.get("/agenda/comete")

    assert not soup(page).select(".facts .badge, .next-dates")


def test_while_one_types_it_is_said_as_words_only(browser: Browser) -> None:
    typed = {"start": SOON.isoformat(), "from": "8", "to": "12", "repeat": "weekly"}
    said = browser.post("/-/record/dates", **typed)
    wrong = browser.post("/-/record/dates", **typed | {"from": "<b>"})

    assert said.is_json and len(said.json["dates"]) == 5
    assert wrong.json == {"error": "This is no hour. Examples: 8, 8:30, 20:00.", "dates": []}
    assert browser.post("/-/record/dates").json == {"sentence": "", "dates": []}


def test_only_spaces_that_one_reads_are_offered_and_shown(
    member: Browser, admin: Browser, browser: Browser, site: Station
) -> None:
    admin.write("jardins/index", "# Jardins\n")
    admin.write("cave/index", "---\naudience: admins\n---\n# Cave\n")
    path = fill_in(admin, site, NEW, title="Marché", spaces=["jardins", "cave"], **when()).headers["Location"]

    assert "cave" not in form(member.get(NEW), FORM).get("f.spaces", "")
    assert [link.text for link in soup(browser.get(path)).select(".facts .item a")] == ["Jardins"]


def test_a_preview_says_the_dates_and_the_sign_up(member: Browser, site: Station) -> None:
    page = fill_in(member, site, NEW, action="preview", title="Marché", signup__open="yes", **when())

    assert len(soup(page).select("#gc-preview .next-dates > li")) == 5
    assert "Sign-up open" in one(page, "#gc-preview").text


def test_markup_in_any_input_stays_words(member: Browser, site: Station) -> None:
    said = dict.fromkeys(("title", "place", "note", "reason"), MARK)
    kept = json.dumps({"changes": {SOON.isoformat(): {"cancelled": "yes", **said}}})
    wrong = fill_in(member, site, NEW, title=MARK, **dict.fromkeys(when(skipped="", extra="", until="", end=""), MARK))
    sent = fill_in(
        member, site, NEW, title="Marché", signup__roles=MARK, signup__tools=MARK, **when(kept=kept),
    )  # fmt: skip
    page = member.get(sent.headers["Location"])

    assert wrong.status_code == 400 and MARK in one(wrong, "[name='f.when.skipped']").text
    assert MARK in one(page, ".next-dates").text
    assert not soup(wrong).select("zq") and not soup(page).select("zq")
    assert MARK in one(member.get(f"/-/record/edit{sent.headers['Location']}"), "[name='f.signup.roles']").text


def test_an_event_begins_on_the_day_that_the_agenda_names(member: Browser) -> None:
    assert form(member.get(f"{NEW}?day=2031-03-25"), FORM)["f.when.start"] == "2031-03-25"
    assert form(member.get(f"{NEW}?day=demain"), FORM)["f.when.start"] == ""
