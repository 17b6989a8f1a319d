"""A date of a series and all later ones, on a page of their own; all dates moved; an event done again."""

from datetime import date, timedelta

import pytest
from werkzeug.test import TestResponse

from app.answers.tables import answers
from app.people.authors import SYSTEM
from app.station import Station
from app.wiki.uploads import Prepared
from tests.web.dates_hands import AT, EVENT, SECOND, THIRD, WHEN, held, make_market, press, undo
from tests.web.hands import Browser, form, soup
from tests.web.leaking import OPERATOR
from tests.web.life_hands import make
from tests.web.record_hands import FORM, make_form


@pytest.fixture(autouse=True)
def _market(site: Station) -> None:
    make_market(site)


def later(browser: Browser, site: Station, **typed: str) -> TestResponse:
    """Change the third date and all later ones."""
    address = f"/-/dates/later/{AT}?day={THIRD}"
    fields = dict(form(browser.get(address), FORM))
    return browser.post(address, **(fields | {"action": "send"} | {f"f.{name}": said for name, said in typed.items()}))


def revisions(site: Station) -> set[str]:
    return {site.door.text(OPERATOR, path)[0].revision for path in (AT, f"{AT}-2")}


def test_a_date_and_all_later_ones_get_a_page_of_their_own_in_one_change(member: Browser, site: Station) -> None:
    answer = later(member, site, **{"when.from": "9h", "title": "Marché"})

    assert answer.headers["Location"] == f"/{AT}-2"
    assert held(site)["rule"] == f"FREQ=WEEKLY;UNTIL={SECOND.replace('-', '')}"
    assert (held(site, f"{AT}-2")["start"], held(site, f"{AT}-2")["rule"]) == (
        "2031-04-09T09:00",
        "FREQ=WEEKLY;COUNT=8",
    )
    assert len(revisions(site)) == 1
    assert site.door.record(OPERATOR, AT).id != site.door.record(OPERATOR, f"{AT}-2").id
    assert site.door.text(OPERATOR, f"{AT}-2")[1].endswith("Venez.\n")


def say_come(site: Station, day: str) -> None:
    about = {"page_id": site.door.record(OPERATOR, AT).id, "date": day, "key": "coming", "value": "yes"}
    with site.truth.begin() as connection:
        connection.execute(
            answers.insert().values(**about, state="standing", name="Zoé", channel="web", asked_at=1, changed_at=1)
        )


def coming(site: Station, path: str) -> list[str]:
    row = site.door.record(OPERATOR, path)
    with site.truth.connect() as connection:
        found = connection.execute(answers.select().where(answers.c.page_id == row.id)).mappings()
        return sorted(one["date"] for one in found)


def test_answers_go_with_the_later_dates_and_come_back_when_that_is_undone(member: Browser, site: Station) -> None:
    say_come(site, SECOND)
    say_come(site, THIRD)
    before = site.door.text(OPERATOR, AT)[1]
    later(member, site)
    parted = coming(site, AT), coming(site, f"{AT}-2")
    undo(member, f"{AT}-2")

    assert parted == ([SECOND], [THIRD])
    assert coming(site, AT) == [SECOND, THIRD]
    assert site.door.text(OPERATOR, AT)[1] == before
    assert site.door.find_record(OPERATOR, f"{AT}-2") is None


def test_the_later_dates_are_not_parted_when_somebody_changed_them_meanwhile(member: Browser, site: Station) -> None:
    address = f"/-/dates/later/{AT}?day={THIRD}"
    fields = dict(form(member.get(address), FORM)) | {"action": "send"}
    press(member, "cancel", day=SECOND)

    assert member.post(address, **fields).status_code == 409
    assert site.door.find_record(OPERATOR, f"{AT}-2") is None


def test_from_the_first_date_on_is_all_of_them(member: Browser) -> None:
    first = member.get(f"/-/date/{AT}?day=2031-03-26")

    assert not [link for link in soup(first).select("main a") if "/-/dates/later/" in str(link["href"])]
    assert member.get(f"/-/dates/later/{AT}?day=2031-03-26").status_code == 400


def test_what_is_otherwise_on_one_date_goes_along_when_all_dates_move(member: Browser, site: Station) -> None:
    press(member, "cancel")
    address = f"/-/record/edit/{AT}"
    fields = dict(form(member.get(address), FORM)) | {"action": "send", "f.when.start": "2031-03-27", "f.when.days": ""}
    member.post(address, **fields)

    assert held(site)["start"] == "2031-03-27T08:00"
    assert held(site)["changes"] == {"2031-04-10": {"cancelled": "yes"}}


def test_an_event_is_done_again_a_week_later_without_what_was_otherwise(member: Browser, site: Station) -> None:
    press(member, "cancel")
    typed = form(member.get(f"/-/duplicate/{AT}"), FORM)
    sent = member.post("/-/record/new/event", **(dict(typed) | {"action": "send", "anyway": "1"}))

    assert typed["f.title"] == "Marché" and typed["body"].strip() == "Venez."
    assert sent.headers["Location"] == f"/{AT}-2"
    assert held(site, f"{AT}-2") == WHEN | {"start": "2031-04-02T08:00", "end": "2031-04-02T12:00"}


def test_what_is_over_is_done_again_next_week(member: Browser, site: Station) -> None:
    make(
        site,
        "agenda/2020/bal",
        "Bal",
        form="event",
        status="cancelled",
        reason="Pluie",
        when={"start": "2020-05-01T20:00", "end": "2020-05-01T23:00"},
    )
    typed = form(member.get("/-/duplicate/agenda/2020/bal"), FORM)
    day = date.fromisoformat(typed["f.when.start"])

    assert timedelta() < day - site.today() <= timedelta(days=7) and day.weekday() == 4
    assert typed["f.status"] == "confirmed"


def test_files_go_along_to_the_page_of_the_later_dates(member: Browser, site: Station) -> None:
    site.door.attach(OPERATOR, AT, [Prepared("plan.txt", b"Plan", "text")], SYSTEM)
    later(member, site)

    assert [one.name for one in site.door.files(OPERATOR, f"{AT}-2")] == ["plan.txt"]
    assert [one.name for one in site.door.files(OPERATOR, AT)] == ["plan.txt"]


def test_who_may_not_send_one_does_not_do_it_again(browser: Browser, member: Browser, site: Station) -> None:
    page = member.get(f"/{AT}")
    make_form(
        site, EVENT.replace("submit: everyone", "submit: admins").replace("folder: agenda", "folder: bureau"), "closed"
    )
    make(site, "bureau/bal", "Bal", form="closed", when={"start": "2031-05-01T20:00", "end": "2031-05-01T23:00"})

    assert soup(page).select_one(f'main a[href="/-/duplicate/{AT}"]')
    assert member.get("/-/duplicate/bureau/bal").status_code == 403


def test_what_comes_out_of_a_closed_folder_stays_closed(browser: Browser, member: Browser, site: Station) -> None:
    make(site, "coffre/index", "Coffre", audience="members")
    make(site, "coffre/bal", "Bal secret", form="event", status="confirmed", when=WHEN, body="Entre nous.\n")
    address = f"/-/dates/later/coffre/bal?day={THIRD}"
    sent = member.post(address, **(dict(form(member.get(address), FORM)) | {"action": "send"}))
    there = sent.headers["Location"]

    assert there.startswith("/agenda/")
    assert (browser.get(there).status_code, member.get(there).status_code) == (404, 200)


def test_what_lasts_to_the_end_of_all_calendars_is_done_again(member: Browser, site: Station) -> None:
    make(site, "agenda/2020/toujours", "Toujours", form="event", when={"start": "2020-05-01", "end": "9999-12-31"})

    assert member.get("/-/duplicate/agenda/2020/toujours").status_code == 200
