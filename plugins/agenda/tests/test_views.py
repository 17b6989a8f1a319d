"""The agenda by list, month, week, day and map, for somebody without scripts."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.station import Station
from plugins.agenda.tests.year import LATER, MARK, NEXT, save
from tests.web.hands import Browser, soup

FIRST = [("Bal", "All day"), ("Chantier", "8:00 AM – 12:00 PM"), ("Fête du four", "6:00 PM – 11:00 PM")]
MONTH, OTHER = f"/agenda/?view=month&month={NEXT:%Y-%m}", NEXT + timedelta(days=300)


def rows(page: BeautifulSoup) -> list[tuple[str, str]]:
    """Read titles and hours of a list."""
    found = page.select(".found .h-event")
    return [(one.select_one(".p-name").text, one.select_one(".hours").text) for one in found]


def titles(page: BeautifulSoup) -> list[str]:
    return [title for title, _ in rows(page)]


def cell(page: BeautifulSoup, day: date) -> list[str]:
    """Read what stands in one day of a month."""
    (found,) = [one for one in page.select(".month td") if one.get_text(" ", strip=True).split(" ")[0] == str(day.day)]
    return [link.get_text(" ", strip=True) for link in found.select("a")]


def test_the_list_begins_today_and_has_a_head_for_each_day(reader: Browser) -> None:
    page = soup(reader.get("/agenda/"))
    heads = [head.text for head in page.select(".day-head")]

    assert rows(page)[:3] == FIRST and titles(page)[3:] == ["Chantier"] * 3
    assert len(heads) == 4 and str(NEXT.day) in heads[0]
    assert page.select_one(".views [aria-current]").text == "List"


def test_a_date_says_where_it_is_and_what_is_out_of_the_ordinary(reader: Browser) -> None:
    bal, work, feast, off, *_ = soup(reader.get("/agenda/")).select(".found .h-event")

    assert (
        feast.select_one(".p-location").text == "Valcrozette"
        and feast.select_one("a.u-url")["href"] == "/agenda/2026/fete"
    )
    assert feast.select_one("time.dt-start")["datetime"].startswith(f"{NEXT}T18:00+0")
    assert feast.select_one("time.dt-end")["datetime"].startswith(f"{NEXT}T23:00+0")
    assert work.select_one("p").text == "repeats"
    assert "off" in bal["class"] and bal.select_one("p").get_text() == "CancelledSalle fermée".replace("S", " · S")
    assert off.select_one("b").text == "Cancelled" and "Pluie" in off.select_one("p").text


def test_a_list_and_a_day_say_how_many_places_are_free(site: Station, app: Flask) -> None:
    for places in (12, 1):
        lines = f"form: event\ntitle: Repas\nwhen: {{start: {OTHER}T12:00}}\nsignup: {{open: yes, places: {places}}}\n"
        save(site, f"agenda/2026/repas-{places}", f"---\n{lines}---\n")
    browser = Browser(app.test_client())
    pages = [soup(browser.get(address)) for address in (f"/agenda/?from={OTHER}", f"/agenda/?view=day&day={OTHER}")]

    assert [[one.text for one in page.select(".h-event p")] for page in pages] == [
        ["1 place left", "12 places left"]
    ] * 2


def test_a_date_of_the_past_has_no_places_any_more(site: Station, app: Flask) -> None:
    gone = site.today() - timedelta(days=40)
    lines = f"form: event\ntitle: Repas\nwhen: {{start: {gone}T12:00}}\nsignup: {{open: yes, places: 12}}\n"
    save(site, "agenda/2026/repas-passe", f"---\n{lines}---\n")
    page = soup(Browser(app.test_client()).get(f"/agenda/?view=day&day={gone}"))

    assert rows(page)[0][0] == "Repas"
    assert page.select(".h-event p") == []


def test_a_month_is_a_table_with_the_days_of_the_week_as_heads(reader: Browser) -> None:
    page = soup(reader.get(MONTH))
    table = page.select_one("table.month")

    assert [head["abbr"] for head in table.select("th[scope=col]")][::6] == ["Monday", "Sunday"]
    assert table.caption.text == page.select_one("#gc-period").text == f"{NEXT:%B %Y}"
    assert cell(page, NEXT)[1:] == ["Cancelled Bal", "8:00 AM Chantier", "6:00 PM Fête du four"]
    assert page.select(".month td a.number")[0]["href"].startswith("/agenda/?view=day&day=")


def test_a_busy_day_of_a_month_leads_to_all_of_it(site: Station, app: Flask) -> None:
    for number in range(30):
        save(
            site,
            f"agenda/2026/f{number}",
            f"---\nform: event\ntitle: Foire {number}\nwhen: {{start: {OTHER}T09:00}}\n---\n",
        )
    browser = Browser(app.test_client())
    page = soup(browser.get(f"/agenda/?view=month&month={OTHER:%Y-%m}"))
    rest = page.select_one(".month .rest")
    day = soup(browser.get(rest["href"]))

    assert len(page.select(".month td a")) == 5 and rest.text.startswith("+ 27")
    assert len(titles(day)) == 20 and "30 dates" in day.select_one(".total").text
    assert len(titles(soup(browser.get(day.select_one(".pager .next")["href"])))) == 10
    assert len(soup(browser.get(f"/agenda/?view=week&day={OTHER}")).select(".week .h-event")) == 3


def test_what_lasts_stands_on_each_of_its_days(site: Station, app: Flask) -> None:
    begin = OTHER.replace(day=10)
    end = begin + timedelta(days=2)
    text = f"---\nform: event\ntitle: Stage\nwhen: {{start: {begin}T09:00, end: {end}T17:00}}\n---\n"
    save(site, "agenda/2026/stage", text)
    browser = Browser(app.test_client())
    month = soup(browser.get(f"/agenda/?view=month&month={begin:%Y-%m}"))
    hours = [rows(soup(browser.get(f"/agenda/?view=day&day={begin + timedelta(days=n)}"))) for n in range(4)]

    assert [cell(month, begin + timedelta(days=n))[1:] for n in range(3)] == [["9:00 AM Stage"], ["Stage"], ["Stage"]]
    assert [[hour for _, hour in found] for found in hours] == [["9:00 AM"], ["All day"], ["until 5:00 PM"], []]
    assert titles(soup(browser.get(f"/agenda/?from={begin}"))) == ["Stage"]


def test_a_week_has_seven_days_and_a_day_its_dates(reader: Browser) -> None:
    week = soup(reader.get(f"/agenda/?view=week&day={NEXT}"))
    day = soup(reader.get(f"/agenda/?view=day&day={NEXT}"))

    assert len(week.select(".week section")) == 7 and titles(week) == [title for title, _ in FIRST]
    assert rows(day) == FIRST and day.select_one(".total").text == "3 dates"


def test_the_map_has_the_points_of_what_has_a_place_and_a_list_beside(reader: Browser) -> None:
    page = soup(reader.get("/agenda/?view=map&tag=pain"))
    points = reader.get(page.select_one("[data-points]")["data-points"])

    assert titles(page) == ["Fête du four"]
    assert points.json["title"][0].startswith("Fête du four, ") and len(points.json["lat"]) == 1
    assert reader.get(points.request.url, headers={"If-None-Match": points.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("view", ["list", "month", "week", "day", "map"])
def test_every_view_has_the_same_filters(reader: Browser, view: str) -> None:
    page = soup(reader.get(f"/agenda/?view={view}&day={NEXT}&tag=pain"))
    links = [link.text for link in page.select(".found a") if "/agenda/2026/" in link["href"]]

    assert [one.rpartition("PM ")[2] for one in links] == ["Fête du four"]
    assert [chip.get_text(" ", strip=True) for chip in page.select(".chips a")] == [
        "Remove this filter: Keywords pain ×"
    ]
    assert "tag=" not in page.select_one(".chips a")["href"]
    assert all("tag=pain" in one["href"] for one in page.select(".views a, .steps a, .ways a"))
    assert page.select_one(".sieve [name=tag][checked]")["value"] == "pain"


def test_filters_say_how_many_dates_they_leave_and_words_are_searched(reader: Browser) -> None:
    page = soup(reader.get("/agenda/?q=chantier"))

    assert titles(page) == ["Chantier"] * 4
    assert titles(soup(reader.get("/agenda/?place=Valcrozette"))) == ["Fête du four"]
    boxes = soup(reader.get("/agenda/")).select(".sieve [name=tag]")
    assert {box.parent.get_text(strip=True) for box in boxes} == {"jardin (4)", "pain (1)"}


def test_nothing_found_says_so_and_how_to_go_on(reader: Browser) -> None:
    page = soup(reader.get("/agenda/?q=zzyzzx"))

    assert page.select_one(".total").text == "No date matches."
    assert page.select_one(".sieve .quiet")["href"] == "/agenda/"


def test_the_list_goes_on_without_end_and_back_into_the_past(site: Station, app: Flask) -> None:
    for name in ("a", "b"):
        lines = f"form: event\ntitle: Yoga\nwhen:\n  start: {LATER}T09:00\n  rule: FREQ=DAILY\n"
        save(site, f"agenda/2026/yoga-{name}", f"---\n{lines}---\n")
    past = date.today() - timedelta(days=40)  # noqa: DTZ011 - a day like others
    save(site, "agenda/2026/hier", f"---\nform: event\ntitle: Hier\nwhen: {{start: {past}T09:00}}\n---\n")
    browser = Browser(app.test_client())
    first = soup(browser.get("/agenda/"))
    second = soup(browser.get(first.select_one(".pager .next")["href"]))
    last = soup(browser.get("/agenda/?page=40"))
    before = soup(browser.get(first.select_one(".pager a")["href"]))

    assert len(titles(first)) == len(titles(second)) == 20 and "Yoga" in titles(second)
    assert "from=" in last.select_one(".pager .next")["href"] and "page" not in last.select_one(".pager .next")["href"]
    assert titles(before) == ["Hier"] and "until=" in first.select_one(".pager a")["href"]
    far = soup(browser.get(f"/agenda/?view=day&day={LATER + timedelta(days=5 * 365)}"))
    assert titles(far) == ["Yoga", "Yoga"]  # beyond what is worked out every night


def test_one_is_led_to_today_and_only_so_far(reader: Browser) -> None:
    ten_on = date.today().year + 10  # noqa: DTZ011 - a day like others
    here, there = soup(reader.get("/agenda/?view=month")), soup(reader.get(f"/agenda/?view=month&month={ten_on}-12"))

    assert [link.get_text(strip=True) for link in here.select(".steps a")] == ["Month before", "Next month"]
    assert [link.get_text(strip=True) for link in there.select(".steps a")] == ["Month before", "Go to today"]
    assert there.select_one("meta[name=robots]")["content"] == "noindex"


def test_members_see_what_is_theirs_and_passers_by_do_not(member: Browser, app: Flask) -> None:
    addresses = (
        "/agenda/",
        f"{MONTH}&paper=month",
        f"/agenda/?view=day&day={NEXT}",
        "/agenda/?paper=list",
        "/agenda/embed",
    )

    assert all("zanzibar" in member.get(address).text for address in addresses)
    assert not any("zanzibar" in Browser(app.test_client()).get(address).text for address in addresses)


def test_an_event_is_added_from_every_view(reader: Browser) -> None:
    pages = [soup(reader.get(f"/agenda/?view={view}")) for view in ("list", "month", "week", "day", "map")]

    assert {page.select_one(".page-head .button")["href"] for page in pages} == {"/-/record/new/event"}


def test_markup_in_a_title_is_words_in_every_view(site: Station, app: Flask) -> None:
    lines = f'title: >-\n  {MARK}\nreason: >-\n  {MARK}\ntags: ["{MARK.replace(chr(34), "")}"]\nwhen: {{start: {NEXT}T09:00}}\n'
    save(site, "agenda/2026/attaque", f"---\nform: event\n{lines}---\n")
    browser = Browser(app.test_client())

    for view in ("list", "month", "week", "day", "map"):
        for more in ("", "&paper=month", "&paper=list"):
            assert not soup(browser.get(f"/agenda/?view={view}&day={NEXT}{more}")).select("zq")
    assert not soup(browser.get(f"/agenda/embed?view=day&day={NEXT}")).select("zq")
    assert not soup(browser.get("/agenda/poster/agenda/2026/attaque")).select("zq")


def test_the_answer_is_kept_until_something_changes(reader: Browser) -> None:
    answer = reader.get("/agenda/")

    assert reader.get("/agenda/", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_other_sites_may_show_it_where_that_is_allowed(site: Station, app: Flask) -> None:
    site.store_settings(embedding="https://mairie.example")
    answer = Browser(app.test_client()).get("/agenda/embed?tag=pain")

    assert "https://mairie.example" in answer.headers["Content-Security-Policy"]
    assert titles(soup(answer)) == [] and "Fête du four" in answer.text
    assert soup(answer).select_one("p.aside a")["href"] == "/agenda/?tag=pain"
