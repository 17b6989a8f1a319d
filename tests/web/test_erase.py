"""Leaving the site, and erasing somebody: the name is typed first; everything but what was written is gone at once."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from app.backup.series import series_of
from app.people import accounts, acts, tokens
from app.station import Station
from tests.web.conftest import sign_in
from tests.web.hands import Browser, errors, form, one, soup


def pseudonym_of(site: Station, name: str) -> str:
    with site.truth.connect() as connection:
        return accounts.find_named(connection, name).pseudonym


def names(site: Station) -> list[str]:
    with site.truth.connect() as connection:
        return [account.name for account in accounts.list_all(connection)]


def noted(site: Station) -> list[tuple[str, str, str]]:
    with site.truth.connect() as connection:
        return [(act.pseudonym, act.what, act.object) for act in acts.list_acts(connection)]


def test_who_leaves_is_signed_out_and_called_a_former_member(admin: Browser, member: Browser, site: Station) -> None:
    member.write("jardin", "# Jardin\n\nTomates")
    before = "Idris" in admin.get("/-/history/jardin").text
    page = member.get("/-/me/erase")
    done = member.post("/-/me/erase", **(form(page, "main form") | {"name": "  idris "}))
    history = admin.get("/-/history/jardin").text

    assert before and one(page, "#gc-hint-name").text == "The name is: Idris"
    assert (done.status_code, one(done, "h1").text) == (200, "You have left this site")
    assert done.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert member.get("/-/me").status_code == 403
    assert "Idris" not in history and "former member" in history
    assert names(site) == ["Nadia"]


def test_the_page_after_leaving_is_one_for_passers_by(member: Browser, admin: Browser) -> None:
    done = member.post("/-/me/erase", name="Idris")

    assert "Sign in" in one(done, ".desk").text and "Idris" not in one(done, ".desk").text


@pytest.mark.parametrize("typed", ["", "Nadia", "Idris!!x", "*"])
def test_nobody_leaves_without_typing_the_name(member: Browser, admin: Browser, site: Station, typed: str) -> None:
    response = member.post("/-/me/erase", name=typed)

    assert response.status_code == 400
    assert errors(response) == ["This is not the name. Type it as it stands here."]
    assert "Idris" in names(site)


def test_whose_session_is_old_and_has_a_password_types_it_to_leave(
    member: Browser, admin: Browser, site: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    member.post("/-/me/password", password="quatre mots bien connus")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3600)
    page = member.get("/-/me/erase")
    without = member.post("/-/me/erase", name="Idris")
    with_it = member.post("/-/me/erase", name="Idris", old="quatre mots bien connus")

    assert one(page, "main input[type=password]")["name"] == "old"
    assert (without.status_code, with_it.status_code) == (400, 200) and names(site) == ["Nadia"]


def test_the_only_administrator_is_told_why_he_cannot_leave(admin: Browser, site: Station) -> None:
    page = admin.get("/-/me/erase")
    tried = admin.post("/-/me/erase", name="Nadia")

    assert "only one who administers" in one(page, "main .notice").text and not soup(page).select("main form")
    assert tried.status_code == 403 and names(site) == ["Nadia"]


def test_an_administrator_erases_somebody_devices_and_keys_included(
    admin: Browser, member: Browser, site: Station
) -> None:
    with site.truth.begin() as connection:
        key = tokens.make(connection, accounts.find_named(connection, "Idris").id, "x", may_write=True)
    nadia, idris = pseudonym_of(site, "Nadia"), pseudonym_of(site, "Idris")
    link = soup(admin.get(f"/-/people/{idris}")).select_one("a[href$='/erase']")["href"]
    done = admin.post(link, **(form(admin.get(link), "main form") | {"name": "Idris"}))

    assert one(done, "h1").text == "Idris is erased" and names(site) == ["Nadia"]
    assert member.get("/-/me").status_code == 403
    assert member.client.get("/-/api/v1/pages", headers={"Authorization": f"Bearer {key}"}).status_code == 401
    assert noted(site) == [(nadia, "erased", idris)]
    assert admin.get("/-/admin/health").status_code == 200


def test_members_and_passers_by_erase_nobody(app: Flask, member: Browser, browser: Browser, site: Station) -> None:
    sign_in(app, site, "Zora", is_admin=False)
    address = f"/-/people/{pseudonym_of(site, 'Zora')}/erase"
    codes = {looker.post(address, name="Zora").status_code for looker in (member, browser)}
    codes |= {looker.get(address).status_code for looker in (member, browser)}

    assert codes == {403} and "Zora" in names(site)
    assert browser.post("/-/me/erase", name="Zora").status_code == 403


def test_an_administrator_leaves_on_his_own_page_and_finds_no_made_up_person(admin: Browser, site: Station) -> None:
    own = f"/-/people/{pseudonym_of(site, 'Nadia')}/erase"

    assert {admin.get(own).headers["Location"], admin.post(own, name="Nadia").headers["Location"]} == {"/-/me/erase"}
    assert admin.post("/-/people/m-nobodyxx/erase", name="x").status_code == 404


def test_the_name_is_forgotten_in_every_list_at_once(admin: Browser, member: Browser, browser: Browser) -> None:
    member.write("jardin", "# Jardin\n\nTomates")
    asked = ("/-/changes", "/-/changes.atom", "/-/blame/jardin", "/-/history/jardin", "/-/api/v1/changes", "/jardin")
    told = [address for address in asked if "Idris" in browser.get(address).text]
    member.post("/-/me/erase", name="Idris")

    assert len(told) >= 4
    assert [address for address in asked if "Idris" in browser.get(address).text] == []


def test_backups_that_still_hold_somebody_are_told_with_their_end(
    admin: Browser, member: Browser, site: Station, instance: Path
) -> None:
    folder = instance / "backups"
    folder.mkdir()
    for name in (series_of(site.config).name_of(datetime.now(UTC).date()), "by-hand.tar.gz"):
        (folder / name).touch()
    mine = " ".join(one(member.get("/-/me/erase"), "main").text.split())
    files = admin.get(f"/-/people/{pseudonym_of(site, 'Idris')}/erase").text
    done = " ".join(one(member.post("/-/me/erase", name="Idris"), "main").text.split())

    assert "Backups still hold it until" in mine and "1 backup holds it until somebody deletes that file" in done
    assert "by-hand.tar.gz" not in mine + done and "by-hand.tar.gz" in files
