"""The people of the site, for administrators: the list, shutting out, the link for the person beside you."""

import time

import pytest
from flask import Flask

from app.errors import Refused
from app.people import accounts, acts, groups, tokens
from app.people.accounts import Account
from app.people.groups import Group
from app.station import Station
from app.web.people import DEEDS
from tests.web.conftest import sign_in, sign_in_again
from tests.web.hands import Browser, form, notices, one, soup
from tests.web.mailed import last_letter

pytestmark = pytest.mark.usefixtures("can_mail")


def pseudonym_of(site: Station, name: str) -> str:
    with site.truth.connect() as connection:
        return accounts.find_named(connection, name).pseudonym


def person(site: Station, name: str) -> str:
    return f"/-/people/{pseudonym_of(site, name)}"


def beside(browser: Browser, site: Station, name: str) -> str:
    response = browser.post(f"{person(site, name)}/beside")
    assert response.status_code == 200
    return str(one(response, "#gc-link")["value"]).removeprefix("http://localhost")


def noted(site: Station) -> list[tuple[str, str]]:
    with site.truth.connect() as connection:
        return [(act.what, act.object) for act in acts.list_acts(connection)]


def test_the_list_names_everybody_with_what_they_may(admin: Browser, member: Browser) -> None:
    rows = [" ".join(row.text.split()) for row in soup(admin.get("/-/people/")).select("main li")]

    assert [row.split()[0] for row in rows] == ["Idris", "Nadia"]
    assert "administrator" in rows[1] and "administrator" not in rows[0]


@pytest.mark.parametrize("action", ["", "/beside"])
def test_members_and_passers_by_learn_nothing_of_others(
    member: Browser, browser: Browser, site: Station, action: str
) -> None:
    addresses = [person(site, "Idris"), "/-/people/m-nobodyxx"]
    codes = {looker.post(address + action).status_code for looker in (member, browser) for address in addresses}
    codes |= {looker.get(address).status_code for looker in (member, browser) for address in addresses}

    assert codes == {403}


def test_who_is_blocked_is_out_at_once_with_devices_links_and_keys(
    admin: Browser, member: Browser, site: Station
) -> None:
    with site.truth.begin() as connection:
        idris = accounts.find_named(connection, "Idris")
        link, key = accounts.make_link(connection, idris.id), tokens.make(connection, idris.id, "x", may_write=True)
    admin.post(person(site, "Idris"), action="block")

    assert member.get("/-/me").status_code == 403
    assert member.post("/-/signin", token=link).status_code == 410
    assert member.client.get("/-/api/v1/pages", headers={"Authorization": f"Bearer {key}"}).status_code == 401
    assert noted(site) == [("blocked", pseudonym_of(site, "Idris"))]


def test_who_was_blocked_may_be_let_in_again(admin: Browser, member: Browser, site: Station) -> None:
    admin.post(person(site, "Idris"), action="block")
    admin.post(person(site, "Idris"), action="unblock")

    assert notices(admin.get("/-/people/"))[-1] == "Idris can sign in again."
    assert member.post("/-/signin", token=beside(admin, site, "Idris").partition("=")[2]).status_code == 303


def test_nobody_blocks_oneself(admin: Browser, site: Station) -> None:
    assert admin.post(person(site, "Nadia"), action="block").status_code == 403
    assert admin.get("/-/people/").status_code == 200


def test_somebody_else_may_administer_the_site(admin: Browser, member: Browser, site: Station) -> None:
    admin.post(person(site, "Idris"), action="admin")
    sign_in_again(member, site, "Idris")

    assert member.get("/-/people/").status_code == 200
    assert noted(site) == [("made-admin", pseudonym_of(site, "Idris"))]


def test_who_administers_no_more_is_a_member_at_once(admin: Browser, member: Browser, site: Station) -> None:
    admin.post(person(site, "Idris"), action="admin")
    sign_in_again(member, site, "Idris")
    admin.post(person(site, "Idris"), action="no-admin")

    assert notices(admin.get("/-/people/"))[-1] == "Idris does not administer the site any more."
    assert (member.get("/-/people/").status_code, member.get("/-/me").status_code) == (403, 200)


@pytest.mark.parametrize("action", ["no-admin", "block"])
def test_the_only_administrator_stays(admin: Browser, member: Browser, site: Station, action: str) -> None:
    nadia = accounts_named(site, "Nadia")
    with site.truth.begin() as connection, pytest.raises(Refused, match="only administrator"):
        DEEDS[action][0](connection, nadia)

    assert admin.post(person(site, "Nadia"), action=action).status_code == 403


def test_who_is_blocked_cannot_be_made_an_administrator(admin: Browser, member: Browser, site: Station) -> None:
    admin.post(person(site, "Idris"), action="block")

    assert admin.post(person(site, "Idris"), action="admin").status_code == 403
    assert not accounts_named(site, "Idris").is_admin


def accounts_named(site: Station, name: str) -> Account:
    with site.truth.connect() as connection:
        found = accounts.find_named(connection, name)
    assert found
    return found


def test_the_phone_of_the_person_beside_you_is_signed_in(
    app: Flask, admin: Browser, member: Browser, site: Station
) -> None:
    path, phone = beside(admin, site, "Idris"), Browser(app.test_client())
    page = phone.get(path)
    entered = phone.post("/-/signin", **form(page, "main form"))

    assert "Idris" in one(page, "main .lead").text
    assert entered.status_code == 303 and "Idris" in phone.get("/-/me").text
    assert phone.get(path).status_code == 410
    assert noted(site) == [("signed-in-beside", pseudonym_of(site, "Idris"))]


def test_the_link_for_the_person_beside_you_ends_after_five_minutes(
    admin: Browser, member: Browser, browser: Browser, site: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, now = beside(admin, site, "Idris"), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 301)

    assert browser.get(path).status_code == 410


def test_who_was_signed_in_beside_somebody_learns_it_by_mail(admin: Browser, member: Browser, site: Station) -> None:
    with site.truth.begin() as connection:
        accounts.set_email(connection, accounts.find_named(connection, "Idris").id, "idris@example.org")
    beside(admin, site, "Idris")

    assert last_letter(site).to == "idris@example.org" and "Nadia" in last_letter(site).text


@pytest.fixture
def circle(app: Flask, site: Station) -> Browser:
    """Give the browser of Rosa, who looks after the gardens. Zoé is in it, Zora in the parties too, Zelda in neither."""
    browser = sign_in(app, site, "Rosa", is_admin=False)
    with site.truth.begin() as connection:
        gardens, parties = (
            groups.add(connection, Group(0, name, name, "", is_open=True)) for name in ("jardins", "fetes")
        )
        for name in ("Zoé", "Zora", "Zelda"):
            accounts.add(connection, name, is_admin=False)
        accounts.add(connection, "Ada", is_admin=True)
        for name, number in [
            ("Rosa", gardens),
            ("Zoé", gardens),
            ("Zora", gardens),
            ("Zora", parties),
            ("Ada", gardens),
        ]:
            groups.enter(connection, number, accounts.find_named(connection, name).id)
        groups.set_referent(connection, gardens, accounts.find_named(connection, "Rosa").id, is_referent=True)
    sign_in_again(browser, site, "Rosa")
    return browser


def test_who_looks_after_a_group_signs_its_members_in_and_nobody_who_sees_more(circle: Browser, site: Station) -> None:
    codes = {name: circle.post(f"{person(site, name)}/beside").status_code for name in ("Zoé", "Zora", "Zelda", "Ada")}

    assert codes == {"Zoé": 200, "Zora": 403, "Zelda": 403, "Ada": 403}


def test_who_looks_after_a_group_blocks_nobody_and_reads_no_address(circle: Browser, site: Station) -> None:
    with site.truth.begin() as connection:
        accounts.set_email(connection, accounts.find_named(connection, "Zoé").id, "zoe@example.org")

    assert circle.post(person(site, "Zoé"), action="block").status_code == 403
    assert "zoe@example.org" not in circle.get(person(site, "Zoé")).text


def test_a_made_up_person_is_not_found(admin: Browser) -> None:
    assert admin.get("/-/people/m-nobodyxx").status_code == 404
    assert admin.post("/-/people/m-nobodyxx/beside").status_code == 404
    assert admin.post("/-/people/%00", action="block").status_code == 404
