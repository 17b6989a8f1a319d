"""Inviting: one person by mail, several by a link that phones read; the newcomer says a name and is in."""

import pytest
from flask import Flask
from sqlalchemy import delete

from app.people import accounts, groups, invitations, tables
from app.people.group_tables import groups as table
from app.people.groups import Group
from app.station import Station
from tests.web.conftest import sign_in, sign_in_again
from tests.web.hands import Browser, errors, form, notices, one, soup
from tests.web.mailed import last_letter, letters

pytestmark = pytest.mark.usefixtures("can_mail")


@pytest.fixture
def referent(app: Flask, site: Station) -> Browser:
    """Give the browser of Idris, who looks after the group of the gardens."""
    browser = sign_in(app, site, "Idris", is_admin=False)
    with site.truth.begin() as connection:
        account = accounts.find_named(connection, "Idris")
        for name in ("jardins", "fetes"):
            number = groups.add(connection, Group(0, name, name.capitalize(), name, is_open=False))
            if name == "jardins":
                groups.enter(connection, number, account.id)
                groups.set_referent(connection, number, account.id, is_referent=True)
    sign_in_again(browser, site, "Idris")
    return browser


def make_link(browser: Browser, **fields: str) -> str:
    page = browser.get("/-/people/invite")
    typed = form(page, "main form[action$=link]") | {"ceiling": "2"} | fields
    response = browser.post("/-/people/invite/link", **typed)
    assert response.status_code == 200, errors(response)
    return str(one(response, "#gc-link")["value"]).removeprefix("http://localhost")


def accept(browser: Browser, path: str, name: str, **more: str):  # type: ignore[no-untyped-def]
    return browser.post(path, **(form(browser.get(path), "main form") | {"name": name} | more))


@pytest.mark.parametrize(("language", "button"), [("en", "Come in"), ("fr", "Entrer")])
def test_somebody_invited_by_mail_says_a_name_and_is_in(
    admin: Browser, browser: Browser, site: Station, language: str, button: str
) -> None:
    admin.post("/-/people/invite", email="zoe@example.org")
    letter = last_letter(site)
    browser.client.set_cookie("gare_display", f"auto.normal.{language}")
    page = browser.get(letter.path)
    entered = accept(browser, letter.path, "Zoé")

    assert (letter.to, letter.subject) == ("zoe@example.org", "Nadia invites you to Essai")
    assert one(page, "main button").text.strip() == button
    assert entered.headers["Location"] == "/-/signin/device?back=%2F"
    assert "zoe@example.org" in browser.get("/-/me").text
    assert browser.get(letter.path).status_code == 410


def test_a_link_for_several_is_drawn_and_works_up_to_its_ceiling(app: Flask, admin: Browser) -> None:
    path = make_link(admin)
    codes = []
    for name in ("Zoé", "Zora", "Zelda"):
        newcomer = Browser(app.test_client())
        page = newcomer.get(path)
        codes.append(page.status_code if page.status_code == 410 else accept(newcomer, path, name).status_code)

    assert codes == [303, 303, 410]


def test_the_picture_is_inside_the_page(admin: Browser) -> None:
    page = admin.post("/-/people/invite/link", days="7", ceiling="30", group="")

    assert one(page, ".qr svg path[stroke]") and one(page, ".qr [role=img]")["aria-label"]
    assert page.headers["Cache-Control"] == "no-store"


def test_an_address_that_a_newcomer_types_is_theirs_once_its_mail_was_opened(
    admin: Browser, browser: Browser, site: Station
) -> None:
    accept(browser, make_link(admin), "Zoé", email="zoe@example.org")
    before = browser.get("/-/me").text
    browser.post("/-/me/email", **form(browser.get(last_letter(site).path), "main form"))

    assert "none yet" in before
    assert "zoe@example.org" in browser.get("/-/me").text


def test_nobody_lays_an_account_ready_under_the_address_of_another(
    app: Flask, admin: Browser, browser: Browser, site: Station
) -> None:
    accept(browser, make_link(admin), "Mallory", email="victim@example.org")
    Browser(app.test_client()).post("/-/signin", email="victim@example.org")

    assert "Nobody there has this address." in last_letter(site).text


@pytest.mark.parametrize("typed", [{"name": ""}, {"name": "Nadia"}, {"email": "zoe"}])
def test_what_cannot_be_taken_is_told_at_its_field_and_uses_no_place(
    admin: Browser, browser: Browser, typed: dict[str, str]
) -> None:
    path = make_link(admin, ceiling="1")
    response = browser.post(path, **({"name": "Zoé", "email": ""} | typed))

    assert response.status_code in {400, 409}
    assert soup(response).select(f"#gc-errors a[href='#gc-field-{next(iter(typed))}']")
    assert accept(browser, path, "Zoé").status_code == 303


def test_a_name_in_an_invitation_ends_no_line_of_a_mail(app: Flask, site: Station) -> None:
    admin = sign_in(app, site, "Nadia\r\nBcc: x@evil.example", is_admin=True)
    admin.post("/-/people/invite", email="zoe@example.org")

    assert [letter.to for letter in letters(site)] == ["zoe@example.org"]
    assert "\n" not in last_letter(site).subject


@pytest.mark.parametrize("secret", ["x", "..", "%00", "' OR 1=1"])
def test_an_invented_invitation_is_over(passer_by: Browser, secret: str) -> None:
    assert passer_by.get(f"/-/invite/{secret}").status_code == 410
    assert passer_by.post(f"/-/invite/{secret}", name="Zoé").status_code == 410


@pytest.mark.parametrize(
    "fields", [{"days": "400"}, {"ceiling": "0"}, {"ceiling": "501"}, {"ceiling": "x"}, {"ceiling": "²"}]
)
def test_a_link_has_an_end_and_a_ceiling(admin: Browser, fields: dict[str, str]) -> None:
    response = admin.post("/-/people/invite/link", **({"days": "7", "ceiling": "30"} | fields))

    assert response.status_code == 400 and errors(response)


def test_an_invitation_is_withdrawn(admin: Browser, browser: Browser) -> None:
    path = make_link(admin)
    admin.post("/-/people/withdraw", **form(admin.get("/-/people/"), "main ul form"))

    assert browser.get(path).status_code == 410


@pytest.mark.parametrize("address", ["/-/people/", "/-/people/invite"])
def test_members_and_passers_by_do_not_invite(member: Browser, browser: Browser, address: str) -> None:
    assert member.get(address).status_code == browser.get(address).status_code == 403
    for path in ("/-/people/invite", "/-/people/invite/link", "/-/people/withdraw"):
        assert member.post(path, email="zoe@example.org", days="7", ceiling="9", id="1").status_code == 403


def test_who_looks_after_a_group_invites_into_it_and_into_no_other(
    app: Flask, referent: Browser, browser: Browser, site: Station
) -> None:
    refused = [
        referent.post("/-/people/invite/link", days="7", ceiling="3", **{"link-group": name}).status_code
        for name in ("fetes", "")
    ]
    accept(browser, make_link(referent), "Zoé")
    with site.truth.connect() as connection:
        zoe = accounts.find_named(connection, "Zoé")
        seen = groups.viewer_of(connection, zoe)

    assert refused == [400, 400]
    assert (seen.groups, seen.referent_of) == (("jardins",), ())


def test_an_invitation_into_a_group_that_is_gone_still_lets_in(
    admin: Browser, referent: Browser, browser: Browser, site: Station
) -> None:
    path = make_link(admin, **{"link-group": "jardins"})
    with site.truth.begin() as connection:
        connection.execute(delete(table).where(table.c.name == "jardins"))

    assert accept(browser, path, "Zoé").status_code == 303


def test_who_looks_after_a_group_sees_and_withdraws_what_he_made_and_no_more(
    admin: Browser, referent: Browser, browser: Browser
) -> None:
    of_admin, own = make_link(admin), make_link(referent)
    (offered,) = soup(referent.get("/-/people/invite")).select("form[action$=withdraw]")
    number = str(offered.select_one("input[name=id]")["value"])
    for other in ("1", number):
        referent.post("/-/people/withdraw", id=other)

    assert [browser.get(path).status_code for path in (of_admin, own)] == [200, 410]
    assert not soup(referent.get("/-/people/invite")).select("form[action$=withdraw]")


def test_the_links_of_who_looks_after_the_group_no_more_are_over(
    referent: Browser, browser: Browser, site: Station
) -> None:
    path = make_link(referent)
    with site.truth.begin() as connection:
        account = accounts.find_named(connection, "Idris")
        groups.set_referent(connection, groups.get(connection, "jardins").id, account.id, is_referent=False)

    assert browser.get(path).status_code == browser.post(path, name="Zoé").status_code == 410


def test_a_group_that_is_none_of_ones_own_is_told_at_its_field(referent: Browser) -> None:
    refused = referent.post("/-/people/invite", email="zoe@example.org", group="fetes")

    assert soup(refused).select("#gc-errors a[href='#gc-field-group']")


def test_an_invitation_by_mail_tells_no_second_time_and_not_to_who_is_here(admin: Browser, site: Station) -> None:
    with site.truth.begin() as connection:
        accounts.add(connection, "Zoé", is_admin=False, email="zoe@example.org")
    response = admin.post("/-/people/invite", email="ZOE@example.org")

    assert response.status_code == 409 and letters(site) == []
    assert notices(admin.get("/-/people/")) == []


def test_without_a_public_address_no_invitation_is_mailed_from_elsewhere(admin: Browser, site: Station) -> None:
    token = form(admin.get("/-/people/invite"), "main form[action='/-/people/invite']")
    response = admin.client.post(
        "/-/people/invite", data=token | {"email": "zoe@example.org"}, headers={"Host": "evil.example"}
    )

    assert response.status_code in {400, 403} and letters(site) == []
    with site.truth.connect() as connection:
        assert connection.execute(tables.invitations.select()).first() is None


def test_who_is_signed_in_joins_the_group_of_a_link_and_gets_no_second_account(
    app: Flask, admin: Browser, referent: Browser, site: Station
) -> None:
    path, zora = make_link(admin, **{"link-group": "jardins"}), sign_in(app, site, "Zora", is_admin=False)
    page = zora.get(path)
    joined = zora.post(path, **form(page, "main form"), action="join")
    again = zora.get(path)

    assert one(page, "main button").text.strip() == "Join as Zora"
    assert joined.headers["Location"] == again.headers["Location"] == "/-/groups/jardins"
    with site.truth.connect() as connection:
        members = [one.name for one in groups.list_members(connection, groups.get(connection, "jardins").id)]
        assert members == ["Idris", "Zora"]
        assert sorted(account.name for account in accounts.list_all(connection)) == ["Idris", "Nadia", "Zora"]
        assert [made.used for made in invitations.list_open(connection)] == [1]


def test_who_is_signed_in_may_lend_the_device_to_a_newcomer(
    app: Flask, admin: Browser, referent: Browser, site: Station
) -> None:
    path, zora = make_link(admin, **{"link-group": "jardins"}), sign_in(app, site, "Zora", is_admin=False)
    (other,) = (str(link["href"]) for link in soup(zora.get(path)).select("main a"))
    entered = accept(zora, other, "Zoé")

    assert entered.status_code == 303 and one(zora.get("/-/me"), "h1").text == "Zoé"


@pytest.mark.parametrize("state", ["signed out", "used up", "no group"])
def test_nobody_joins_by_a_link_that_does_not_let_in(
    app: Flask, admin: Browser, referent: Browser, site: Station, state: str
) -> None:
    path = make_link(admin, ceiling="1", **({} if state == "no group" else {"link-group": "jardins"}))
    if state == "used up":
        accept(Browser(app.test_client()), path, "Zoé")
    zora = Browser(app.test_client()) if state == "signed out" else sign_in(app, site, "Zora", is_admin=False)
    answer = zora.post(path, action="join")

    assert (answer.status_code, answer.headers.get("Location")) == (
        (303, path) if state == "signed out" else (410, None)
    )
    with site.truth.connect() as connection:
        members = groups.list_members(connection, groups.get(connection, "jardins").id)
    assert "Zora" not in [one.name for one in members]


def test_who_is_invited_again_keeps_the_group(admin: Browser, referent: Browser, site: Station) -> None:
    referent.post("/-/people/invite", email="zoe@example.org", group="jardins")
    admin.post("/-/people/invite", email="Zoe@example.org", group="")

    with site.truth.connect() as connection:
        (invitation,) = invitations.list_open(connection)
        group = invitations.find_group(connection, invitation)
    assert group and group.name == "jardins"
    assert "Into the group Jardins" in admin.get("/-/people/").text


def test_from_the_page_of_a_group_one_invites_into_it(admin: Browser, referent: Browser) -> None:
    link = one(admin.get("/-/groups/jardins"), "a[href*='/-/people/invite']")["href"]

    for name in ("group", "link-group"):
        assert one(admin.get(link), f"select[name={name}] option[selected]")["value"] == "jardins"
