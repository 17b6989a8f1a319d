"""The list of polls, the block, the weekly mail, the check-up, and the event of a chosen date."""

import time
from datetime import timedelta

from app.calendar.days import say_day
from app.people import accounts
from app.people.groups import viewer_of
from app.people.viewer import ANONYMOUS, signed_in
from app.station import Station
from plugins.polls.tests.conftest import CHOSEN, ask, write
from tests.web.hands import Browser, form, soup

MEMBER = signed_in("Bo", "m-bobobobo", is_admin=False)


def parts(browser: Browser) -> dict[str, list[str]]:
    """Give the titles below each heading of the list."""
    page = soup(browser.get("/sondages/"))
    return {head.text: [a.text for a in head.find_next("ul").select("a")] for head in page.select("main h2")}  # type: ignore[union-attr]


def told(site: Station, viewer=ANONYMOUS) -> dict[str, list[str]]:  # type: ignore[no-untyped-def]
    sections = [
        part for ask in site.hooks.digest for part in ask(viewer, int(time.time()) - 86_400, int(time.time())) or ()
    ]
    return {one.title: [line.words for line in one.lines] for one in sections}


def test_the_list_shows_what_is_open_what_waits_and_what_was_closed(reader: Browser) -> None:
    assert parts(reader) == {
        "Open now": ["Quelle soupe"],
        "Over, the outcome is not written yet": ["Quel pain"],
        "Closed": ["Monter la serre"],
    }


def test_members_see_polls_of_members(member: Browser) -> None:
    assert sorted(parts(member)["Open now"]) == ["Quelle soupe", "Zanzibar"]


def test_what_ends_first_stands_first(reader: Browser, site: Station) -> None:
    ask(site, "sondages/2026/vite", "Vite", f"kind: one, options: [A, B], until: {site.today() + timedelta(days=1)}")
    ask(site, "sondages/2026/toujours", "Toujours", "kind: one, options: [A, B]")

    assert parts(reader)["Open now"] == ["Vite", "Quelle soupe", "Toujours"]


def test_the_block_shows_the_open_ones(reader: Browser, site: Station) -> None:
    write(site, "jardins/bloc", "{{polls count=3}}\n")
    page = soup(reader.get("/jardins/bloc"))

    assert [a.text for a in page.select(".polls-block li a")] == ["Quelle soupe"]


def test_a_number_that_is_none_is_said_in_the_page(reader: Browser, site: Station) -> None:
    write(site, "jardins/bloc", "{{polls count=many}}\n")

    assert "is a number from 1 to 50" in reader.get("/jardins/bloc").text


def test_the_weekly_mail_says_what_is_asked_and_what_was_answered(site: Station) -> None:
    until = site.today() + timedelta(days=9)

    assert told(site)["Your answer, please"] == [f"Quelle soupe · {say_day(until, site.settings.get().language)}"]
    assert told(site)["Answered"] == ["Monter la serre · On monte le 6 mars."]
    assert any("Zanzibar" in line for line in told(site, MEMBER)["Your answer, please"])


def test_the_check_up_names_what_has_no_outcome(site: Station) -> None:
    said = [values for _, ask in site.hooks.checkups for msgid, values in ask() or () if "polls" in msgid.casefold()]

    assert said == [{"count": "1"}]


def test_the_chosen_date_becomes_an_event(member: Browser, reader: Browser) -> None:
    link = next(a["href"] for a in soup(reader.get(f"/{CHOSEN}")).select("a") if "Put the date" in a.text)
    fields = form(member.get(str(link)), "form:has([name='f.title'])")

    assert fields["f.title"] == "Monter la serre"
    assert (fields["f.when.start"], fields["f.when.from"]) == ("2027-03-06", "09:00")


def test_a_poll_that_is_open_offers_no_event(reader: Browser) -> None:
    assert "Put the date" not in reader.get("/sondages/2026/soupe").text


def test_a_passer_by_gets_no_draft_of_what_he_may_not_read(reader: Browser) -> None:
    page = reader.get("/-/record/new/event?from=polls:sondages/2026/secret")

    assert "Zanzibar" not in page.text


def test_the_news_of_the_home_page_name_what_was_closed_last(reader: Browser, site: Station) -> None:
    write(site, "jardins/nouvelles", "{{arrivals}}\n")
    page = reader.get("/jardins/nouvelles").text

    assert "On monte le 6 mars." in page
    assert "Outcome of a poll" in page


def test_the_weekly_mail_asks_nobody_who_has_answered(member: Browser, site: Station) -> None:
    member.post("/-/polls/sondages/2026/soupe", choice="soupe")
    with site.truth.connect() as connection:
        idris = viewer_of(connection, accounts.list_all(connection)[0])

    assert told(site, idris)["Your answer, please"] == [
        line for line in told(site, MEMBER)["Your answer, please"] if "Zanzibar" in line
    ]


def test_a_poll_of_any_form_is_listed(reader: Browser, site: Station) -> None:
    write(site, "_forms/consultation", "title: Consultation\nfolder: consultations\nfields:\n"
          "  - {name: title, type: text, label: Titre}\n  - {name: question, type: poll, label: Question}\n")  # fmt: skip
    write(site, "consultations/mare", "---\ntitle: La mare\nform: consultation\n"
          "question: {kind: several, options: [Curer, Laisser]}\n---\n")  # fmt: skip

    assert "La mare" in parts(reader)["Open now"]
