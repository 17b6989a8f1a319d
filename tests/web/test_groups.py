"""Groups over the web: made by administrators, joined, asked for, looked after; and what they open at once."""

import pytest

from app.people import groups
from app.station import Station
from tests.web.conftest import sign_in_again
from tests.web.hands import Browser, edit_address, errors, form, soup


def make(admin: Browser, name: str = "jardin", **more: str) -> None:
    fields = {"name": name, "title": "Jardin partagé", "space": "jardin", "entry": "open"} | more
    assert admin.post("/-/groups/", **fields).status_code == 303


def do(browser: Browser, action: str, person: str = "") -> int:
    return browser.post("/-/groups/jardin", action=action, person=person).status_code


def pseudonym(site: Station, name: str) -> str:
    with site.truth.connect() as connection:
        (found,) = [one for one in groups.list_members(connection, 1) if one.name == name]
    return found.pseudonym


def test_everybody_sees_the_groups_and_who_looks_after_them(
    admin: Browser, member: Browser, browser: Browser, site: Station
) -> None:
    make(admin)
    do(member, "join")
    do(admin, "referent", pseudonym(site, "Idris"))

    for address in ("/-/groups/", "/-/groups/jardin"):
        shown = browser.get(address).text
        assert "Jardin partagé" in shown and "Idris" in shown


def test_whom_to_talk_to_is_said_where_nobody_of_those_who_look_after_it_has_an_account(
    admin: Browser, browser: Browser
) -> None:
    make(admin, contact="Léa,\n 01 99 00 12 71")
    for address in ("/-/groups/", "/-/groups/jardin"):
        assert "Looked after by Léa, 01 99 00 12 71" in browser.get(address).text
    fields = form(admin.get("/-/groups/jardin/change"), "form[action='/-/groups/jardin/change']")
    refused = admin.post("/-/groups/jardin/change", **(fields | {"contact": "x" * 201}))
    admin.post("/-/groups/jardin/change", **(fields | {"contact": ""}))

    assert fields["contact"] == "Léa, 01 99 00 12 71" and errors(refused) == ["Type at most 200 letters."]
    assert "Nobody looks after it yet." in browser.get("/-/groups/jardin").text


def test_members_are_named_to_members_only(admin: Browser, member: Browser, browser: Browser) -> None:
    make(admin)
    do(member, "join")

    assert "Idris" not in browser.get("/-/groups/jardin").text
    assert "Idris" in admin.get("/-/groups/jardin").text


def test_whoever_joins_reads_at_once_and_whoever_leaves_no_more(
    admin: Browser, member: Browser, browser: Browser
) -> None:
    make(admin)
    admin.write("jardin/index", "---\naudience: group:jardin\n---\nZanzibar\n")
    assert member.get("/jardin/").status_code == 404
    do(member, "join")
    member.get("/jardin/")  # where the sentence about joining is shown, once
    shown = member.get("/jardin/")
    etag = {"If-None-Match": shown.headers["ETag"]}

    assert "Zanzibar" in shown.text and member.get("/jardin/", headers=etag).status_code == 304
    do(member, "leave")
    assert member.get("/jardin/", headers=etag).status_code == 404
    assert browser.get("/jardin/").status_code == 404


def test_who_asks_waits_until_somebody_of_the_group_answers(admin: Browser, member: Browser, site: Station) -> None:
    make(admin, entry="asked")
    admin.write("jardin/index", "---\naudience: group:jardin\n---\nZanzibar\n")
    do(member, "join")

    assert member.get("/jardin/").status_code == 404
    assert do(member, "accept", pseudonym(site, "Idris")) == 403
    do(admin, "accept", pseudonym(site, "Idris"))
    assert member.get("/jardin/").status_code == 200


def test_a_referent_says_who_reads_the_pages_of_the_group(admin: Browser, member: Browser, site: Station) -> None:
    make(admin)
    do(member, "join")
    do(admin, "referent", pseudonym(site, "Idris"))
    sign_in_again(member, site, "Idris")
    member.write("jardin/plan", "---\naudience: group:jardin\n---\nmots\n")
    member.write("ailleurs", "---\naudience: group:jardin\n---\nmots\n")

    assert "audience: group:jardin" in member.typed("jardin/plan")
    assert "audience" not in member.typed("ailleurs")


def test_who_reads_and_changes_a_page_is_chosen_in_its_editor(
    admin: Browser, member: Browser, browser: Browser
) -> None:
    make(admin)
    admin.write("a", "---\ntitle: Plan\n---\nmots\n")
    fields = form(admin.get(edit_address("a")), "form[data-editor]")
    admin.post(edit_address("a"), **(fields | {"audience": "group:jardin", "editors": "admins"}))

    assert "audience: group:jardin\neditors: admins\n" in admin.typed("a")
    assert [one.get("/a").status_code for one in (admin, member, browser)] == [200, 404, 404]
    do(member, "join")
    assert member.get("/a").status_code == 200 and not soup(member.get("/a")).select("a[href^='/-/edit/a']")
    assert member.get(edit_address("a")).status_code == 403
    fields = form(admin.get(edit_address("a")), "form[data-editor]")
    assert (fields["audience"], fields["editors"]) == ("group:jardin", "admins")
    admin.post(edit_address("a"), **(fields | {"audience": "", "editors": ""}))
    assert browser.get("/a").status_code == 200


def test_who_does_not_administer_a_page_is_offered_no_choice_and_his_fields_do_not_count(
    admin: Browser, member: Browser, browser: Browser
) -> None:
    make(admin)
    member.write("a", "---\ntitle: Plan\n---\nmots\n")
    fields = form(member.get(edit_address("a")), "form[data-editor]")
    assert not {"audience", "editors"} & fields.keys()
    member.post(edit_address("a"), **(fields | {"audience": "group:jardin", "audience_was": ""}))

    assert browser.get("/a").status_code == 200


def test_only_administrators_make_and_change_groups(admin: Browser, member: Browser, browser: Browser) -> None:
    make(admin)
    do(member, "join")

    for one in (member, browser):
        assert one.post("/-/groups/", name="autre", title="Autre", entry="open").status_code == 403
        assert one.post("/-/groups/jardin/change", title="Autre", space="autre").status_code == 403
        assert one.get("/-/groups/jardin/change").status_code == 403
    assert browser.post("/-/groups/jardin", action="join").status_code == 403
    assert not soup(member.get("/-/groups/")).select("input[name=name]")
    assert admin.post("/-/groups/jardin/change", title="Potager", space="potager", entry="asked").status_code == 303
    assert "Potager" in browser.get("/-/groups/jardin").text


@pytest.mark.parametrize("fields", [
    {"name": "Jardin Partagé"}, {"name": ""}, {"name": "jardin", "space": "autre"}, {"name": "autre", "space": "jardin"},
    {"name": "autre", "title": ""}, {"name": "autre", "title": "x" * 121}, {"name": "autre", "space": "a//..b"},
])  # fmt: skip
def test_a_group_that_cannot_be_is_refused_with_its_cure(admin: Browser, fields: dict[str, str]) -> None:
    make(admin)
    refused = admin.post("/-/groups/", **({"title": "Titre", "space": "", "entry": "open"} | fields))

    assert refused.status_code in {400, 409}
    assert len(errors(refused)) == 1


def test_a_group_that_is_not_there_is_not_found(browser: Browser, admin: Browser) -> None:
    assert browser.get("/-/groups/rien").status_code == 404
    assert admin.post("/-/groups/rien", action="join").status_code == 404
