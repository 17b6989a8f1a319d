"""Looking after a group over the web: what one referent may not do to another, what is written down."""

import pytest
from flask import Flask

from app.people import accounts, acts, groups
from app.people.groups import Group
from app.station import Station
from tests.web.conftest import sign_in, sign_in_again
from tests.web.hands import Browser, errors, form, soup


@pytest.fixture
def people(app: Flask, site: Station, admin: Browser) -> dict[str, Browser]:
    """Give Rosa and Rémi, who look after the gardens, and Mona, who is in the group."""
    made = {name: sign_in(app, site, name, is_admin=False) for name in ("Rosa", "Rémi", "Mona")}
    with site.truth.begin() as connection:
        number = groups.add(connection, Group(0, "jardins", "Jardins", "jardins", is_open=True))
        for name in made:
            groups.enter(connection, number, _account(site, name))
            groups.set_referent(connection, number, _account(site, name), is_referent=name != "Mona")
    for name in ("Rosa", "Rémi"):
        sign_in_again(made[name], site, name)
    return made


def _account(site: Station, name: str) -> int:
    with site.truth.connect() as connection:
        account = accounts.find_named(connection, name)
    assert account
    return account.id


def pseudonym(site: Station, name: str) -> str:
    with site.truth.connect() as connection:
        account = accounts.find_named(connection, name)
    assert account
    return account.pseudonym


def do(browser: Browser, action: str, person: str) -> int:
    return browser.post("/-/groups/jardins", action=action, person=person).status_code


def members(site: Station) -> dict[str, bool]:
    with site.truth.connect() as connection:
        return {one.name: one.is_referent for one in groups.list_members(connection, 1)}


@pytest.mark.parametrize("action", ["no-referent", "remove"])
def test_a_referent_makes_no_member_of_another_to_sign_in_as_him(
    people: dict[str, Browser], site: Station, action: str
) -> None:
    remi = pseudonym(site, "Rémi")

    assert do(people["Rosa"], action, remi) == 403
    assert people["Rosa"].post(f"/-/people/{remi}/beside").status_code == 403
    assert members(site)["Rémi"]
    assert not soup(people["Rosa"].get("/-/groups/jardins")).select(f"input[value={remi}]")


def test_who_looks_after_a_group_gives_it_back_and_administrators_take_it_back(
    people: dict[str, Browser], admin: Browser, site: Station
) -> None:
    assert do(people["Rosa"], "no-referent", pseudonym(site, "Rosa")) == 303
    assert do(admin, "no-referent", pseudonym(site, "Rémi")) == 303
    assert not any(members(site).values())


def test_what_is_done_to_members_is_written_down(people: dict[str, Browser], admin: Browser, site: Station) -> None:
    mona = pseudonym(site, "Mona")
    for action in ("referent", "no-referent", "remove", "add"):
        do(admin, action, mona)
    with site.truth.connect() as connection:
        noted = [(one.what, one.object) for one in acts.list_acts(connection)]

    assert noted == [(what, mona) for what in ("let-in", "took-out", "unnamed-referent", "named-referent")]
    assert "took somebody out of a group" in admin.get("/-/admin/health").text


def test_an_administrator_takes_somebody_in_from_the_page_of_the_group(
    app: Flask, people: dict[str, Browser], admin: Browser, site: Station
) -> None:
    sign_in(app, site, "Zoé", is_admin=False)
    fields = form(admin.get("/-/groups/jardins"), "form:has(select)") | {"person": pseudonym(site, "Zoé")}
    admin.post("/-/groups/jardins", **fields, action="add")

    assert "Zoé" in members(site)
    assert do(people["Rosa"], "add", pseudonym(site, "Nadia")) == 403
    assert not soup(people["Rosa"].get("/-/groups/jardins")).select("main select")


def test_a_group_that_cannot_be_says_at_each_field_why(admin: Browser) -> None:
    refused = admin.post("/-/groups/", name="Jardin Partagé", title="", space="a//..b", entry="open")

    assert refused.status_code == 400 and len(errors(refused)) == 3
    assert {link["href"] for link in soup(refused).select("#gc-errors a")} == {
        "#gc-field-name", "#gc-field-title", "#gc-field-space",
    }  # fmt: skip


def test_a_name_that_no_group_can_bear_is_not_found(browser: Browser) -> None:
    assert browser.get("/-/groups/a%00b").status_code == 404
