"""What the list of changes to read again says once somebody has decided: taken back, erased, still waiting."""

import time

import pytest

from app.people import accounts, erasing
from app.proposals import reviews
from app.station import Station
from tests.web.hands import Browser, form, soup

TEXT = "---\ntitle: Pain\n---\n\nUn.\n\nDeux mots de plus.\n"


@pytest.fixture(autouse=True)
def _read_again(site: Station) -> None:
    rule = reviews.rule_of(site.settings.get(), "3")
    site.store_settings(**rule | {"review_since": str(int(time.time()) - 60)})


def review(site: Station, name: str = "Idris") -> str:
    return f"/-/reviews/{site.door.authors_named(name)[0]}"


def waiting(browser: Browser) -> list[str]:
    return [" ".join(row.text.split()) for row in soup(browser.get("/-/reviews/")).select("main .rows p:first-child")]


def test_what_was_taken_back_does_not_wait_any_more(admin: Browser, member: Browser, site: Station) -> None:
    member.write("neuf", "pub\n")
    before = waiting(admin)
    admin.post(review(site), action="all")

    assert before == ["Idris 1 change to read again"] and waiting(admin) == []
    assert "found good or taken back" in admin.get(review(site)).text


def test_where_a_page_was_left_as_it_is_the_changes_wait_on(admin: Browser, member: Browser, site: Station) -> None:
    member.write("pain", TEXT)
    admin.write("pain", TEXT.replace("Deux", "Vingt"))
    admin.post(review(site), action="all")

    assert waiting(admin) == ["Idris 1 change to read again"]


def test_what_is_taken_back_by_several_presses_waits_until_the_last(
    admin: Browser, member: Browser, site: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.catalog.taking_back.MAX_PAGES", 1)
    monkeypatch.setattr("app.proposals.reviews.take_back.__defaults__", (0.0,))
    for path in ("un", "deux"):
        member.write(path, "pub\n")
    first = admin.post(review(site), action="all")
    between = waiting(admin)
    admin.post(review(site), action="all", **form(first, "main form:has([name=before])"))

    assert between == ["Idris 2 changes to read again"] and waiting(admin) == []


def test_the_pages_that_were_put_right_are_named_with_links(admin: Browser, member: Browser, site: Station) -> None:
    admin.write("pain", TEXT)
    member.write("pain", TEXT.replace("Deux", "Pub"))
    member.write("neuf", "pub\n")
    page = soup(admin.post(review(site), action="all"))

    assert {link["href"] for link in page.select("main .rows a")} == {"/pain", "/-/history/neuf"}


def test_the_changes_of_a_newcomer_who_left_for_good_still_wait(admin: Browser, member: Browser, site: Station) -> None:
    member.write("neuf", "pub\n")
    with site.truth.begin() as connection:
        account = accounts.find_named(connection, "Idris")
        assert account
        erasing.erase(connection, account)
    site.stamp.touch()

    assert waiting(admin) == ["former member 1 change to read again"]


def test_an_administrator_who_left_for_good_is_read_no_more_than_before(admin: Browser, site: Station) -> None:
    with site.truth.begin() as connection:
        other = accounts.add(connection, "Olga", is_admin=True)
    pseudonym = other.pseudonym
    with site.truth.begin() as connection:
        erasing.erase(connection, other)
    with site.truth.connect() as connection:
        newcomers = reviews.list_newcomers(connection, 1)

    assert pseudonym not in newcomers


def test_lines_at_the_top_are_shown_only_where_somebody_changed_what_they_say(
    admin: Browser, member: Browser, site: Station
) -> None:
    admin.write("pain", TEXT)
    member.write("pain", TEXT.replace("title: Pain\n", "title: Pain\nid: abcdefgh\n").replace("Deux", "Vingt"))
    page = admin.get(review(site)).text
    member.write("pain", TEXT.replace("title: Pain", "title: Brioche"))

    assert "id: abcdefgh" not in page and "Vingt" in page
    assert "Brioche" in "".join(mark.text for mark in soup(admin.get(review(site))).select("ins mark"))
