"""First changes of newcomers are read again after publication; all that somebody did is taken back by one press."""

import time

import pytest
from flask import Flask

from app.people import accounts, acts, groups
from app.people.groups import Group
from app.proposals import reviews
from app.station import Station
from tests.web import leaking
from tests.web.conftest import sign_in, sign_in_again
from tests.web.hands import Browser, form, notices, one, soup

TEXT = "---\nid: abcdefgh\n---\n\nUn.\n\nDeux mots de plus.\n\nTrois.\n"


def pseudonym_of(site: Station, name: str) -> str:
    return site.door.authors_named(name)[0]


def review(site: Station, name: str) -> str:
    return f"/-/reviews/{pseudonym_of(site, name)}"


def read_again(site: Station, number: str = "3") -> None:
    """Let the first changes of whoever comes from now on be read again, also those who came in this very second."""
    rule = reviews.rule_of(site.settings.get(), number)
    site.store_settings(**rule | {"review_since": str(int(time.time()) - 60)})


def waiting(browser: Browser) -> list[str]:
    return [
        " ".join(row.text.split()) for row in soup(browser.get("/-/reviews/")).select("main .rows li > p:first-child")
    ]


def take_back(browser: Browser, site: Station, name: str, action: str = "all", **more: str):  # type: ignore[no-untyped-def]
    return browser.post(review(site, name), action=action, **more)


def test_the_first_changes_of_newcomers_wait_and_the_later_ones_do_not(
    admin: Browser, member: Browser, site: Station
) -> None:
    read_again(site, "3")
    for number in range(5):
        member.write(f"p{number}", "un\n")

    assert waiting(admin) == ["Idris 3 changes to read again"]


def test_nothing_waits_where_nobody_asked_for_it(admin: Browser, member: Browser) -> None:
    member.write("a", "un\n")

    assert waiting(admin) == []


def test_who_was_here_before_is_no_newcomer(admin: Browser, member: Browser, site: Station) -> None:
    rule = reviews.rule_of(site.settings.get(), "3")
    site.store_settings(**rule | {"review_since": str(int(time.time()) + 5)})
    member.write("a", "un\n")

    assert waiting(admin) == []


def test_administrators_are_not_read_again_and_typed_names_are(admin: Browser, browser: Browser, site: Station) -> None:
    read_again(site)
    admin.write("a", "un\n")
    browser.write("b", "un\n", author="Passant")

    assert waiting(admin) == ["Passant 1 change to read again"]


def test_a_change_is_shown_word_by_word(admin: Browser, member: Browser, site: Station) -> None:
    read_again(site)
    admin.write("a", TEXT)
    member.write("a", TEXT.replace("Deux", "Vingt"))
    page = soup(admin.get(review(site, "Idris")))

    assert [mark.text for mark in page.select("del mark")] == ["Deux"]
    assert [mark.text for mark in page.select("ins mark")] == ["Vingt"]


def test_what_was_found_good_waits_no_more_and_what_came_after_it_was_shown_does(
    admin: Browser, member: Browser, site: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_again(site)
    member.write("a", "un\n")
    shown = form(admin.get(review(site, "Idris")), "main form:has([value=good])")
    assert admin.post(review(site, "Idris"), **shown, action="good").status_code == 303
    assert waiting(admin) == []

    time.sleep(1.1)  # git counts in seconds
    member.write("b", "un\n")
    admin.post(review(site, "Idris"), **shown, action="good")
    assert waiting(admin) == ["Idris 1 change to read again"]


def test_everything_by_somebody_is_taken_back_by_one_press(admin: Browser, member: Browser, site: Station) -> None:
    admin.write("a", TEXT)
    member.write("a", TEXT.replace("Deux", "Pub"))
    member.write("neuf", "pub\n")
    response = take_back(admin, site, "Idris")

    assert "2 pages are as before." in notices(response)[0]
    assert admin.typed("a") == TEXT and admin.get("/neuf").status_code == 410
    with site.truth.connect() as connection:
        assert ("took-back", pseudonym_of(site, "Idris")) in [
            (act.what, act.object) for act in acts.list_acts(connection)
        ]


def test_what_came_after_it_was_found_good_is_taken_back_alone(admin: Browser, member: Browser, site: Station) -> None:
    member.write("bon", "un\n")
    admin.post(
        review(site, "Idris"), **form(admin.get(review(site, "Idris")), "main form:has([value=good])"), action="good"
    )
    time.sleep(1.1)  # git counts in seconds
    member.write("mauvais", "pub\n")
    take_back(admin, site, "Idris", "after")

    assert admin.get("/bon").status_code == 200 and admin.get("/mauvais").status_code == 410


def test_what_could_not_be_taken_back_is_listed_with_its_history(
    admin: Browser, member: Browser, site: Station
) -> None:
    member.write("a", TEXT)
    admin.write("a", TEXT.replace("Deux", "Vingt"))
    response = take_back(admin, site, "Idris")

    assert one(response, "main .rows a")["href"] == "/-/history/a"
    assert "Somebody else" in response.text and admin.get("/a").status_code == 200


def test_thousands_of_changes_are_taken_back_a_part_at_each_press(
    admin: Browser, member: Browser, site: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.catalog.taking_back.MAX_PAGES", 2)
    monkeypatch.setattr("app.proposals.reviews.take_back.__defaults__", (0.0,))
    for number in range(5):
        member.write(f"p{number}", "pub\n")
    first = take_back(admin, site, "Idris")
    rest = form(first, "main form:has([name=before])")
    second = take_back(admin, site, "Idris", **rest)

    assert "3 pages are still" in first.text and "1 page is still" in second.text
    third = take_back(admin, site, "Idris", **form(second, "main form:has([name=before])"))
    assert not soup(third).select("[name=before]") and admin.get("/p0").status_code == 410


def test_pages_that_came_with_the_site_are_not_taken_back(admin: Browser, site: Station) -> None:
    leaking.build(site)

    assert admin.post(f"/-/reviews/{leaking.SYSTEM}", action="all").status_code == 403
    assert admin.get("/ouvert").status_code == 200


@pytest.mark.parametrize("address", ["/-/reviews/", "/-/reviews/m-nobodyxx", "/-/reviews/rule"])
def test_members_and_passers_by_read_nothing_again(member: Browser, browser: Browser, address: str) -> None:
    codes = {looker.get(address).status_code for looker in (member, browser)}
    codes |= {looker.post("/-/reviews/m-nobodyxx", action="all").status_code for looker in (member, browser)}

    assert codes == {403}


def test_somebody_made_up_is_not_found(admin: Browser) -> None:
    assert admin.get("/-/reviews/m-nobodyxx").status_code == 404
    assert admin.post("/-/reviews/%00", action="all").status_code == 404


@pytest.fixture
def rosa(app: Flask, site: Station) -> Browser:
    """Give the browser of Rosa, who looks after the gardens."""
    browser = sign_in(app, site, "Rosa", is_admin=False)
    with site.truth.begin() as connection:
        number = groups.add(connection, Group(0, "jardins", "Jardins", "jardins", is_open=True))
        account = accounts.find_named(connection, "Rosa").id  # type: ignore[union-attr]
        groups.enter(connection, number, account)
        groups.set_referent(connection, number, account, is_referent=True)
    sign_in_again(browser, site, "Rosa")
    return browser


def test_who_looks_after_a_folder_sees_marks_and_takes_back_in_it_alone(
    rosa: Browser, admin: Browser, member: Browser, site: Station
) -> None:
    read_again(site, "10")
    for path in ("jardins/eau", "ailleurs/eau"):
        member.write(path, "zanzibar\n")
    page = rosa.get(review(site, "Idris"))

    assert (
        "/jardins/eau" in page.text
        and "/ailleurs/eau" not in page.text
        and waiting(rosa) == ["Idris 1 change to read again"]
    )
    rosa.post(review(site, "Idris"), **form(page, "main form:has([value=good])"), action="good")
    assert waiting(rosa) == [] and waiting(admin) == ["Idris 1 change to read again"]
    take_back(rosa, site, "Idris")
    assert admin.get("/jardins/eau").status_code == 410 and admin.get("/ailleurs/eau").status_code == 200


def test_nobody_finds_the_own_changes_good(rosa: Browser, admin: Browser, site: Station) -> None:
    read_again(site)
    rosa.write("jardins/eau", "un\n")

    assert waiting(rosa) == [] and waiting(admin) == ["Rosa 1 change to read again"]
    assert rosa.post(review(site, "Rosa"), action="good", until="9999999999").status_code == 403


def test_who_looks_after_a_group_reads_nothing_of_other_groups(app: Flask, site: Station) -> None:
    leaking.build(site)
    rose = leaking.readers(app, site)["Rose"]

    assert rose.marks(f"/-/reviews/{leaking.SYSTEM}", with_menu=False) == {"potager"}


def test_administrators_choose_how_many_are_read_again(admin: Browser, site: Station) -> None:
    assert admin.post("/-/reviews/rule", number="7").status_code == 400
    assert admin.post("/-/reviews/rule", number="10").status_code == 303

    settings = site.settings.get()
    assert settings.review_first == "10" and int(settings.review_since) > 0
    admin.post("/-/reviews/rule", number="3")
    assert site.settings.get().review_since == settings.review_since


def test_the_list_is_found_from_the_proposals_the_settings_and_the_person(
    admin: Browser, member: Browser, site: Station
) -> None:
    assert 'href="/-/reviews/"' in admin.get("/-/proposals/").text
    assert 'href="/-/reviews/"' in admin.get("/-/admin/").text
    assert f'href="{review(site, "Idris")}"' in admin.get(f"/-/people/{pseudonym_of(site, 'Idris')}").text


def test_of_somebody_who_changed_nothing_there_is_nothing_to_take_back(
    admin: Browser, member: Browser, site: Station
) -> None:
    page = admin.get(review(site, "Idris"))

    assert "changed nothing" in page.text and not soup(page).select("main form")
