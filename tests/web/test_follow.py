"""Follow a page, a space, everything; choose how often one hears of it, on one's page and from a mail."""

import re

import pytest
from flask import Flask

from app.follow import rhythm, subscriptions, unsubscribing
from app.follow.subscriptions import Subject
from app.people import accounts
from app.people.accounts import Account
from app.people.signed import name_account
from app.station import Station
from tests.web.hands import Browser, notices, one, soup


def _account(site: Station, name: str = "Idris") -> Account:
    with site.truth.connect() as connection:
        found = accounts.find_named(connection, name)
    assert found
    return found


def _own(site: Station, name: str = "Idris") -> list[Subject]:
    with site.truth.connect() as connection:
        return list(subscriptions.list_own(connection, _account(site, name).id))


def _rhythm(site: Station, name: str = "Idris") -> str:
    with site.truth.connect() as connection:
        return rhythm.find(connection, _account(site, name).id)


def _press(browser: Browser, address: str) -> str:
    """Press the button “Follow” of a page; gives the address that it leads to."""
    return str(one(browser.get(address), "form[action^='/-/follow/']")["action"])


def _secret(site: Station, name: str = "Idris") -> str:
    return unsubscribing.make(site.config.secret_key, _account(site, name))


def test_a_member_follows_a_page_by_one_press_and_stops_by_another(
    admin: Browser, member: Browser, site: Station
) -> None:
    admin.write("compost", "Trois bacs.\n")
    response = member.post(_press(member, "/compost"))
    shown = member.get(response.headers["Location"])
    followed = _own(site)
    undo = one(shown, ".notice form")
    member.post(str(undo["action"]))

    assert (response.status_code, response.headers["Location"]) == (303, "/compost")
    assert notices(shown) == ["You follow this now. To hear of it, add your e-mail address on your page."]
    assert followed == [Subject("page", str(site.door.find_view(_viewer(), "compost")[0].id))]  # type: ignore[index]
    assert _own(site) == []


def _viewer():  # type: ignore[no-untyped-def]
    from app.people.viewer import READER

    return READER


def test_pressing_twice_follows_once(admin: Browser, member: Browser, site: Station) -> None:
    admin.write("compost", "Trois bacs.\n")
    member.post("/-/follow/compost")
    member.post("/-/follow/compost")

    assert len(_own(site)) == 1
    assert "You follow this already." in notices(member.get("/compost"))[-1]


def test_the_home_page_of_a_space_follows_the_space(admin: Browser, member: Browser, site: Station) -> None:
    admin.write("jardins/index", "Bienvenue.\n")
    member.post(_press(member, "/jardins/"))

    assert _own(site) == [Subject("space", "jardins")]


def test_a_space_that_moves_keeps_its_followers(admin: Browser, member: Browser, site: Station) -> None:
    for path in ("jardins/index", "jardins/eau"):
        admin.write(path, "Mot.\n")
    for browser in (member, admin):
        browser.post("/-/follow/jardins/index")
    admin.post("/-/rename/jardins/index", to="potagers/index")  # alone: a page stays behind
    left = _own(site)
    admin.post("/-/rename/potagers/index", to="jardins/index")
    admin.post("/-/rename/jardins/index", to="potagers/index", with_folder="1")

    assert left == [Subject("space", "jardins")]
    assert _own(site) == _own(site, "Nadia") == [Subject("space", "potagers")]


def test_who_is_not_signed_in_has_no_button_and_cannot_follow(admin: Browser, browser: Browser) -> None:
    admin.write("compost", "Trois bacs.\n")

    assert "/-/follow" not in browser.get("/compost").text
    assert browser.post("/-/follow/compost").status_code == 403
    assert browser.get("/-/follow").status_code == 403


def test_a_page_that_one_may_not_read_cannot_be_followed(admin: Browser, member: Browser, site: Station) -> None:
    admin.write("bureau/index", "---\ntitle: Bureau\naudience: admins\n---\nMot.\n")
    answers = [member.post("/-/follow/bureau/index"), member.post("/-/follow", action="follow", subject="space:bureau"),
               member.post("/-/follow/nulle-part")]  # fmt: skip

    assert [answer.status_code for answer in answers] == [404, 400, 404]
    assert _own(site) == []


def test_what_one_follows_is_listed_with_its_title_and_can_be_left(
    admin: Browser, member: Browser, site: Station
) -> None:
    admin.write("compost", "---\ntitle: Le compost\n---\nTrois bacs.\n")
    admin.write("jardins/index", "---\ntitle: Les jardins\n---\nMot.\n")
    member.post("/-/follow/compost")
    member.post("/-/follow", action="follow", subject="space:jardins")
    listed = [row.text.strip() for row in soup(member.get("/-/follow")).select(".rows li p")]
    for row in soup(member.get("/-/follow")).select(".rows li"):
        member.post("/-/follow", action="stop", subject=str(row.select("input[name=subject]")[0]["value"]))

    assert listed == ["Le compost", "All pages in “Les jardins”"]
    assert _own(site) == []


def test_the_title_of_a_followed_page_that_was_narrowed_is_not_told(
    admin: Browser, member: Browser, site: Station
) -> None:
    admin.write("secrets/index", "---\ntitle: Zanzibar\n---\nMot.\n")
    admin.write("secrets/plan", "---\ntitle: Zanzibar deux\n---\nMot.\n")
    member.post("/-/follow/secrets/index")
    member.post("/-/follow/secrets/plan")
    admin.write("secrets/index", "---\ntitle: Zanzibar\naudience: admins\n---\nMot.\n")
    page = member.get("/-/follow")

    assert len(soup(page).select(".rows li")) == 2
    assert "Zanzibar" not in page.text


def test_everything_is_offered_until_it_is_followed(admin: Browser, member: Browser, site: Station) -> None:
    admin.write("jardins/index", "---\ntitle: Les jardins\n---\nMot.\n")
    admin.write("echelle", "---\ntitle: Échelle\nform: outil\n---\nMot.\n")
    offered = [option.text for option in soup(member.get("/-/follow")).select("select option")]
    for subject in ("all:", "space:jardins", "form:outil"):
        member.post("/-/follow", action="follow", subject=subject)

    assert offered == ["All pages of this site", "All pages in “Les jardins”", "All pages of the kind “outil”"]
    assert soup(member.get("/-/follow")).select("select") == []
    assert {one.what for one in _own(site)} == {"all", "space", "form"}


@pytest.mark.parametrize(
    "subject", ["", "all", "all:x", "space:", "space:nulle", "form:x", "page:abc", "x:\0", "space:" + "x" * 400]
)
def test_what_is_not_there_cannot_be_followed(member: Browser, site: Station, subject: str) -> None:
    response = member.post("/-/follow", action="follow", subject=subject)

    assert (response.status_code, _own(site)) == ((303, [Subject("all")]) if subject == "all" else (400, []))


def test_a_member_chooses_how_often(member: Browser, site: Station) -> None:
    before = _rhythm(site)
    member.post("/-/follow", action="rhythm", rhythm="daily")
    wrong = member.post("/-/follow", action="rhythm", rhythm="hourly")

    assert (before, _rhythm(site), wrong.status_code) == ("weekly", "daily", 400)
    assert one(member.get("/-/follow"), "input[name=rhythm][checked]")["value"] == "daily"


def test_ones_page_leads_to_what_one_follows(member: Browser) -> None:
    assert soup(member.get("/-/me")).select('a[href="/-/follow"]')


def test_where_no_mail_goes_out_those_who_administer_are_led_to_the_mail_server(
    admin: Browser, member: Browser, site: Station
) -> None:
    with site.truth.begin() as connection:
        for name in ("Nadia", "Idris"):
            email = f"{name.lower()}@example.org"
            accounts.set_email(connection, _account(site, name).id, email)
    links = [soup(one.get("/-/follow")).select('a[href="/-/admin/mail-server"]') for one in (admin, member)]

    assert [len(found) for found in links] == [1, 0]


# -- from a mail, without signing in ------------------------------------------------------------------------------------


def test_opening_the_link_of_a_mail_changes_nothing(member: Browser, browser: Browser, site: Station) -> None:
    response = browser.get(f"/-/unsubscribe/{_secret(site)}")

    assert (response.status_code, _rhythm(site)) == (200, "weekly")
    assert response.headers["Cache-Control"] == "no-store"


def test_one_press_in_the_mail_program_stops_all_mails(app: Flask, member: Browser, site: Station) -> None:
    address = f"/-/unsubscribe/{_secret(site)}"
    answers = [app.test_client().post(address, data={"List-Unsubscribe": "One-Click"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert _rhythm(site) == "never"


@pytest.mark.parametrize("origin", ["https://mail.example", "null"])
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_a_mail_program_in_a_browser_stops_all_mails(
    app: Flask, member: Browser, site: Station, origin: str, is_signed_in: bool
) -> None:
    client = member.client if is_signed_in else app.test_client()
    headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site"}
    response = client.post(
        f"/-/unsubscribe/{_secret(site)}", data={"List-Unsubscribe": "One-Click"}, headers=headers,
        content_type="multipart/form-data",
    )  # fmt: skip

    assert (response.status_code, _rhythm(site)) == (200, "never")


@pytest.mark.parametrize("more", [{"rhythm": "daily"}, {"List-Unsubscribe": "x"}])
def test_another_site_chooses_nothing_else(app: Flask, member: Browser, site: Station, more: dict[str, str]) -> None:
    data = {"List-Unsubscribe": "One-Click"} | more
    response = app.test_client().post(
        f"/-/unsubscribe/{_secret(site)}", data=data, headers={"Origin": "https://evil.example"}
    )

    assert (response.status_code, _rhythm(site)) == (403, "weekly")


def test_another_rhythm_is_chosen_from_the_mail(member: Browser, browser: Browser, site: Station) -> None:
    address = f"/-/unsubscribe/{_secret(site)}"
    response = browser.post(address, rhythm="daily")
    told = notices(browser.get(response.headers["Location"]))
    stopped = browser.post(address, rhythm="never")

    assert told == ["Your choice is kept."]
    assert (stopped.status_code, _rhythm(site)) == (303, "never")
    assert "You get no mails" in browser.get(address).text


def test_the_link_of_a_mail_says_nothing_of_its_owner(app: Flask, browser: Browser, site: Station) -> None:
    with site.truth.begin() as connection:
        accounts.add(connection, "Ottilie", is_admin=False, email="ottilie@example.org")
    secret = _secret(site, "Ottilie")

    assert not re.search("ottilie", secret + browser.get(f"/-/unsubscribe/{secret}").text, re.IGNORECASE)


@pytest.mark.parametrize("secret", ["x", "WzEsImEiXQ.x", "\0", "é", "a" * 5000])
def test_an_invented_link_does_nothing(browser: Browser, member: Browser, site: Station, secret: str) -> None:
    answers = [browser.get(f"/-/unsubscribe/{secret}"), browser.post(f"/-/unsubscribe/{secret}", rhythm="never")]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert _rhythm(site) == "weekly"


def test_the_link_dies_with_the_account_and_with_its_address(member: Browser, browser: Browser, site: Station) -> None:
    account = _account(site)
    secret = _secret(site)
    with site.truth.begin() as connection:
        accounts.set_email(connection, account.id, "idris@example.org")
    moved, newer = browser.get(f"/-/unsubscribe/{secret}"), _secret(site)
    with site.truth.begin() as connection:
        connection.execute(accounts.accounts.delete().where(accounts.accounts.c.id == account.id))

    assert (moved.status_code, browser.get(f"/-/unsubscribe/{newer}").status_code) == (410, 410)


def test_a_link_signed_for_another_purpose_is_of_no_use(member: Browser, browser: Browser, site: Station) -> None:
    from app.people.addresses import prove

    proof = prove(site.config.secret_key, name_account(_account(site)), "idris@example.org")

    assert browser.get(f"/-/unsubscribe/{proof}").status_code == 410


def test_what_somebody_followed_goes_with_the_account(member: Browser, admin: Browser, site: Station) -> None:
    admin.write("compost", "Trois bacs.\n")
    member.post("/-/follow/compost")
    account = _account(site)
    with site.truth.begin() as connection:
        connection.execute(accounts.accounts.delete().where(accounts.accounts.c.id == account.id))
        left = subscriptions.list_own(connection, account.id)

    assert left == {}
