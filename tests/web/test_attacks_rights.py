"""Attacks on rights: fields that no form has, keys outside what they are for, caches that keep what is closed."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app.database.settings import table as settings
from app.people import accounts, groups, invitations, tables, tokens
from app.people.group_tables import groups as group_table
from app.people.group_tables import memberships
from app.people.groups import Group
from app.station import Station
from tests.web.hands import Browser
from tests.web.walking import ROOT, addresses, enter, forms, swift

CLOSED = "---\ntitle: Trésor\naudience: admins\n---\nZanzibar\n"
GROUP = Group(0, "jardin", "Jardin", "jardin", is_open=False)
# What is the same for everybody, and may be kept by everybody.
SHARED = ("static.", "logo.", "health.", "feeds.robots")
# What a press of a button or a choice in a form can be, wherever it stands.
PRESSED = re.compile(r'"action", "([\w-]+)"|name="action" value="([\w-]+)"|press\("([\w-]+)"')


def pressed() -> list[str]:
    found = {next(filter(None, one)) for file in ROOT.rglob("*.html") for one in PRESSED.findall(file.read_text())}
    return sorted({*found, "add", "block", "accept"})


@pytest.fixture
def admin(app: Flask, site: Station) -> Browser:
    """Give the browser of Nadia, who administers a site with a closed page and a closed group."""
    browser = enter(app, site, "Nadia", is_admin=True)
    browser.write("a", CLOSED)
    browser.write("jardin/index", CLOSED)
    with site.truth.begin() as connection:
        nadia = accounts.find_named(connection, "Nadia")
        assert nadia
        groups.enter(connection, groups.add(connection, GROUP), nadia.id)
        accounts.set_email(connection, nadia.id, "nadia@example.org")
    return browser


def powers(site: Station, but: str) -> list[object]:
    """Give all that says who may do what, but for what somebody may say of himself."""
    people, members = tables.accounts, memberships
    queries = (
        select(people.c.id, people.c.is_admin, people.c.is_blocked).order_by(people.c.id),
        select(people.c.id, people.c.email, people.c.password).where(people.c.pseudonym != but).order_by(people.c.id),
        select(members.c.group_id, members.c.account_id, members.c.is_referent).where(members.c.state == "member"),
        select(tables.invitations.c.id, tables.invitations.c.group_id),
        select(tables.tokens.c.account_id, tables.tokens.c.may_write).join(people).where(people.c.pseudonym != but),
        select(group_table),
        select(settings)
        .where(settings.c.key.not_in(["anonymous_uploads", "anonymous_proposals"]))
        .order_by(settings.c.key),
    )
    with site.truth.connect() as connection:
        return [connection.execute(query).all() for query in queries]


def crafted(mine: str, other: str) -> Iterator[dict[str, str]]:
    for person in (other, mine):
        yield {
            "is_admin": "1", "admin": "1", "role": "admin", "may_administer": "1", "may_write": "1", "is_referent": "1",
            "referent": "1", "account_id": "1", "account": "1", "user_id": "1", "made_by": "1", "id": "1", "number": "1",
            "person": person, "pseudonym": person, "by": person, "name": "jardin", "title": "Autre", "space": "",
            "group": "jardin", "link-group": "jardin", "entry": "open", "groups": "jardin", "referent_of": "jardin",
            "spaces": "/", "audience": "public", "editors": "all", "reading": "public", "writing": "all",
            "state": "member", "is_blocked": "", "days": "7", "ceiling": "9", "email": "mallory@example.org",
            "password": "un mot de passe bien long", "scope": "api", "review_first": "0", "is_set_up": "",
        }  # fmt: skip


def pseudonym(site: Station, name: str) -> str:
    with site.truth.connect() as connection:
        account = accounts.find_named(connection, name)
    assert account
    return account.pseudonym


@pytest.mark.slow
@pytest.mark.parametrize("who", ["Idris", ""])
def test_fields_that_no_form_has_give_nobody_more_power(app: Flask, site: Station, admin: Browser, who: str) -> None:
    browser = enter(app, site, who) if who else swift(app)
    mine, nadia = pseudonym(site, who) if who else "m-zzzzzzzz", pseudonym(site, "Nadia")
    before, changed = powers(site, mine), []
    for fields in crafted(mine, nadia):
        is_own = fields["person"] == mine
        for address in forms(app, pseudonym=fields["person"]):
            if is_own and not address.startswith(("/-/groups/", "/-/people/")):
                continue  # no other form names anybody
            if address == "/-/me/erase":
                continue  # one may have taken the name that is typed here, and whoever erases himself has no power left
            for action in ("no such button", *pressed()):
                if who and not browser.client.get_cookie("session"):
                    browser = enter(app, site, who)
                response = browser.post(address, **(fields | {"action": action}))
                if action == "no such button" and response.status_code in {401, 403, 404, 410}:
                    break  # it is refused whatever is pressed
                if "Clear-Site-Data" in response.headers:
                    browser = swift(app)
            if powers(site, mine) != before:
                changed.append(address)
                before = powers(site, mine)

    assert changed == []
    assert (admin.get("/a").status_code, browser.get("/a").status_code) == (200, 404)


def test_who_accepts_an_invitation_becomes_a_member_and_no_more(app: Flask, site: Station, admin: Browser) -> None:
    with site.truth.begin() as connection:
        secret = invitations.make(connection, 1, ceiling=5)
    more = next(crafted("m-zzzzzzzz", pseudonym(site, "Nadia")))
    newcomer = swift(app)
    entered = newcomer.post(f"/-/invite/{secret}", **(more | {"name": "Zoé", "email": ""}))
    with site.truth.connect() as connection:
        account = accounts.find_named(connection, "Zoé")
        assert account
        seen = groups.viewer_of(connection, account)

    assert entered.status_code == 303
    assert (seen.is_admin, seen.groups, seen.referent_of, account.email) == (False, (), (), None)


def key(site: Station, **more: str | bool) -> dict[str, str]:
    with site.truth.begin() as connection:
        secret = tokens.make(connection, 1, "x", **({"may_write": True} | more))  # type: ignore[arg-type]
    return {"Authorization": f"Bearer {secret}"}


def test_a_key_for_programs_opens_the_api_and_nothing_else(app: Flask, site: Station, admin: Browser) -> None:
    headers, browser = key(site), swift(app)
    apart = [address for address in addresses(app, "GET") if not address.startswith("/-/api/")]
    alike = {
        address: (browser.get(address).status_code, browser.get(address, headers=headers).status_code)
        for address in apart
    }

    assert {address: codes for address, codes in alike.items() if codes[0] != codes[1]} == {}
    assert browser.get("/a", headers=headers).status_code == 404
    assert browser.get("/-/api/v1/pages/a", headers=headers).status_code == 200
    for address in ("/-/admin/", "/-/people/", "/-/me"):
        assert browser.post(address, headers=headers).status_code in {403, 405}


def test_the_key_of_a_feed_opens_no_api_and_a_key_for_programs_no_feed(
    app: Flask, site: Station, admin: Browser
) -> None:
    feed, api, browser = key(site, scope=tokens.FEED, may_write=False), key(site), swift(app)
    secret = api["Authorization"].split()[1]

    assert browser.get("/-/api/v1/pages/a", headers=feed).status_code == 401
    assert "Trésor" not in browser.get(f"/-/changes.atom?key={secret}").text


@pytest.mark.parametrize("who", ["Nadia", "Idris"])
def test_no_shared_cache_keeps_what_somebody_signed_in_was_shown(
    app: Flask, site: Station, admin: Browser, who: str
) -> None:
    browser = enter(app, site, who)
    kept = {}
    for path in ("a", "jardin/index", "nulle-part"):
        for address, endpoint in addresses(app, "GET", path=path).items():
            said = browser.get(address).headers.get("Cache-Control", "")
            is_own = "no-store" in said or ("private" in said and "public" not in said)
            if not is_own and not endpoint.startswith(SHARED):
                kept[address] = said

    assert kept == {}


@pytest.mark.parametrize("who", ["Nadia", ""])
def test_every_answer_bears_the_headers_that_protect_it(app: Flask, site: Station, admin: Browser, who: str) -> None:
    browser, bare = enter(app, site, who) if who else swift(app), []
    for address in addresses(app, "GET"):
        headers = browser.get(address).headers
        policy = headers.get("Content-Security-Policy", "")
        is_strict = "default-src 'none'" in policy and "unsafe" not in policy and "*" not in policy
        names = ("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy")
        if not is_strict or not all(name in headers for name in names):
            bare.append(address)

    assert bare == []
