"""The agenda on paper: a month, a list, the poster of an event."""

from datetime import timedelta

from app.station import Station
from plugins.agenda.tests.year import LATER, NEXT, save
from tests.web.hands import Browser, soup


def test_a_month_is_laid_out_for_one_sheet_with_more_of_each_day(reader: Browser) -> None:
    page = soup(reader.get(f"/agenda/?view=month&month={NEXT:%Y-%m}&paper=month"))

    assert page.h1.text == f"{NEXT:%B %Y}"
    assert all(title in page.select_one(".month").text for title in ("Bal", "Chantier", "Fête du four"))
    assert page.select("link[media=print]")[0]["href"].endswith("agenda/landscape.css")
    assert page.select_one(".back a")["href"] == f"/agenda/?view=month&month={NEXT:%Y-%m}"


def test_a_list_is_laid_out_for_paper_with_its_filters_named(reader: Browser) -> None:
    page = soup(reader.get("/agenda/?tag=jardin&paper=list"))

    assert [one.text for one in page.select(".h-event .p-name")] == ["Chantier"] * 4
    assert "jardin" in page.select("p.aside")[1].text
    assert page.select("link[media=print]")[0]["href"].endswith("agenda/portrait.css")


def test_a_poster_says_what_when_where_and_has_a_code_that_leads_to_the_page(reader: Browser) -> None:
    page = soup(reader.get("/agenda/poster/agenda/2026/fete"))

    assert page.h1.text == "Fête du four"
    assert page.select_one(".when").text == f"{NEXT:%A} {NEXT.day} {NEXT:%B} {NEXT.year}, 6:00 PM – 11:00 PM"
    assert page.select_one(".where").text == "Valcrozette" and "Apportez du bois." in page.select_one(".content").text
    assert page.select_one(".qr svg") and page.select_one("figcaption").text == "localhost/agenda/2026/fete"


def test_the_poster_of_a_series_names_its_next_dates_or_the_one_asked_for(reader: Browser) -> None:
    page = soup(reader.get("/agenda/poster/agenda/2026/chantier"))
    one = soup(reader.get(f"/agenda/poster/agenda/2026/chantier?day={LATER}"))
    none = soup(reader.get("/agenda/poster/agenda/2026/chantier?day=1999-01-01"))

    assert page.select_one(".when").text and len(page.select(".next li")) == 4 and not page.select(".cancelled")
    assert not one.select(".next") and one.select_one(".cancelled").text == "Cancelled"
    assert str((NEXT + timedelta(days=7)).day) in one.select_one(".when").text
    assert len(none.select(".next li")) == 4


def test_there_is_no_poster_of_what_one_may_not_read_or_what_is_no_event(reader: Browser, member: Browser) -> None:
    codes = [reader.get(f"/agenda/poster/{path}").status_code for path in ("agenda/2026/conseil", "index", "x/y")]

    assert codes == [404, 404, 404]
    assert member.get("/agenda/poster/agenda/2026/conseil").status_code == 200


def test_the_page_of_an_event_leads_to_its_poster(reader: Browser) -> None:
    page = soup(reader.get("/agenda/2026/fete"))

    assert page.select("a[href='/agenda/poster/agenda/2026/fete']")


def test_a_title_of_any_length_stands_on_paper(site: Station, admin: Browser) -> None:
    save(
        site, "agenda/2026/long", f"---\nform: event\ntitle: {'Assemblée ' * 18}\nwhen: {{start: {NEXT}T09:00}}\n---\n"
    )

    assert admin.get("/agenda/poster/agenda/2026/long").status_code == 200
    assert "Assemblée" in admin.get(f"/agenda/?paper=month&month={NEXT:%Y-%m}").text
