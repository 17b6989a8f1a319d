"""A copy of one's own data: all that the database knows of a member, words and a file for programs, no secret in it."""

import io
import json
import zipfile
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Table, insert, select
from sqlalchemy.sql.util import find_tables
from werkzeug.test import TestResponse

from app.catalog.editing import Edit
from app.comments.tables import comments
from app.database.truth import metadata
from app.own_rows import PARTS
from app.people import accounts, groups, sessions, tokens, visitors
from app.people.groups import Group
from app.people.viewer import signed_in
from app.proposals.tables import proposals
from app.station import Station
from tests.web.hands import Browser, soup
from tests.web.proposing import propose

# Tables that refer to people and are not in the copy, each with its reason.
LEFT_OUT = {
    "authors": "holds the name, which the account's part says",
    "login_links": "secrets that end within a day",
    "signin_codes": "secrets that end within half an hour",
    "visitor_links": "secrets",
    "attempts": "digests that end within a day",
    "mails": "went to the person, and are forgotten within a day",
    "reviewed": "what moderators have looked at",
}


def unpacked(response: TestResponse) -> tuple[dict[str, Any], str]:
    with zipfile.ZipFile(io.BytesIO(response.data)) as file:
        (words,) = (name for name in file.namelist() if name.endswith(".txt"))
        return json.loads(file.read("data.json")), file.read(words).decode("utf-8-sig")


def test_the_copy_holds_what_the_site_knows_of_one(member: Browser, site: Station) -> None:
    with site.truth.begin() as connection:
        idris = accounts.find_named(connection, "Idris")
        accounts.set_email(connection, idris.id, "idris@example.org")
        groups.enter(connection, groups.add(connection, Group(0, "jardin", "Jardin", "", is_open=True)), idris.id)
        tokens.make(connection, idris.id, "mairie", may_write=True)
        visitor, _ = visitors.add(connection, "Idris d'avant", "Idris@example.org")
        row = {"pseudonym": idris.pseudonym, "path": "jardin", "title": "Jardin", "text": "Mon projet", "summary": "",
               "state": "waiting", "created_at": 1, "changed_at": 1}  # fmt: skip
        connection.execute(insert(proposals), [row | {"account_id": idris.id, "visitor_id": None},
                                               row | {"account_id": None, "visitor_id": visitor.id}])  # fmt: skip
        connection.execute(insert(comments), {"page_id": "x", "pseudonym": idris.pseudonym, "text": "Bravo",
                                              "state": "shown", "is_answered": False, "created_at": 1,
                                              "moderator": "", "reason": ""})  # fmt: skip
    member.write("jardin", "# Jardin\n\nTomates", summary="Tomates")
    response = member.get("/-/me/data")
    data, words = unpacked(response)

    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="my-data-20')
    assert (data["account"][0]["name"], data["account"][0]["email"]) == ("Idris", "idris@example.org")
    assert [one["title"] for one in data["groups"]] == ["Jardin"] and len(data["devices"]) == 1
    assert [one["name"] for one in data["keys"]] == ["mairie"]
    assert [one["text"] for one in data["proposals"]] == ["Mon projet"] * 2
    assert [one["text"] for one in data["comments"]] == ["Bravo"]
    assert [(one["summary"], one["title"]) for one in data["changes"]] == [("Tomates", "Jardin")]
    assert data["changes"][0]["address"].startswith("http://localhost/")
    assert all(word in words for word in ("Name: Idris", "mairie", "Bravo", "Mon projet", "Jardin", "Tomates"))


def test_the_copy_says_nothing_of_others(admin: Browser, member: Browser, site: Station) -> None:
    admin.write("jardin", "# Jardin\n\nNavets", summary="de Nadia")
    data, words = unpacked(member.get("/-/me/data"))

    assert data["changes"] == [] and "Nadia" not in words + json.dumps(data)


def test_the_copy_holds_no_secret(member: Browser, site: Station) -> None:
    with site.truth.begin() as connection:
        idris = accounts.find_named(connection, "Idris")
        tokens.make(connection, idris.id, "x", may_write=True)
        accounts.make_link(connection, idris.id)
        kept = [*connection.execute(select(metadata.tables["tokens"].c.digest)).scalars(),
                *(one.digest for one in sessions.list_sessions(connection, idris.id))]  # fmt: skip
    data, words = unpacked(member.get("/-/me/data"))

    assert len(kept) == 2 and not [secret for secret in kept if secret in words + json.dumps(data)]


def test_changes_of_pages_that_one_may_no_longer_read_are_left_out(member: Browser, site: Station) -> None:
    member.write("jardin", "# Jardin secret\n\nTomates")
    operator = signed_in("Gare", "m-aaaaaaaa", is_admin=True)
    row, text = site.door.text(operator, "jardin")
    site.door.save(operator, Edit("jardin", f"---\naudience: admins\n---\n{text}", row.revision, "m-aaaaaaaa"))
    data, words = unpacked(member.get("/-/me/data"))

    assert data["changes"] == [] and "secret" not in words


def test_proposals_for_pages_that_one_may_no_longer_read_are_told_without_their_words(
    admin: Browser, member: Browser, site: Station
) -> None:
    admin.write("jardin", "---\ntitle: Jardin secret\neditors: admins\n---\n\nTomates")
    admin.write("verger", "---\ntitle: Verger\neditors: admins\n---\n\nPommes")
    for path, old in (("jardin", "Tomates"), ("verger", "Pommes")):
        assert propose(member, site, path, old, f"{old} mûres").status_code == 303
    open_data, _ = unpacked(member.get("/-/me/data"))
    admin.write("jardin", "---\naudience: admins\n---\n# Autre\n")
    data, words = unpacked(member.get("/-/me/data"))

    assert [one["title"] for one in open_data["proposals"]] == ["Jardin secret", "Verger"]
    closed = data["proposals"][0]
    assert (closed["title"], closed["text"], closed["path"]) == ("A page that is closed to you", "", "")
    assert "Pommes" in words and "secret" not in words + json.dumps(data) and "Tomates" not in words + json.dumps(data)


def test_long_histories_come_whole(member: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.own_data.CHANGES_AT_ONCE", 2)
    for number in range(5):
        member.write("jardin", f"# Jardin\n\nLigne {number}", summary=f"n{number}")
    data, _ = unpacked(member.get("/-/me/data"))

    assert "".join(one["summary"] for one in data["changes"]) == "n4n3n2n1n0"


def test_only_who_is_signed_in_gets_a_copy(browser: Browser) -> None:
    assert browser.get("/-/me/data").status_code == 403


def test_ones_own_page_leads_to_the_copy_and_to_the_way_out(member: Browser) -> None:
    links = {link["href"] for link in soup(member.get("/-/me")).select("main a")}

    assert {"/-/me/data", "/-/me/erase"} <= links


def test_every_table_that_refers_to_people_is_in_the_copy_or_left_out_for_a_reason(app: Flask, site: Station) -> None:
    account = accounts.Account(1, "m-aaaaaaaa", "Zoé", False, "zoe@example.org")
    copied = {table.name for part in PARTS for table in find_tables(part.query(account), include_joins=True)}
    people = {"accounts", "authors", "visitors"}

    def refers(table: Table) -> bool:
        keys = {key.column.table.name for key in table.foreign_keys}
        return bool(keys & people) or any(word in column.name for column in table.c for word in ("pseudonym", "email"))

    unsaid = {table.name for table in metadata.sorted_tables if refers(table)} - copied - LEFT_OUT.keys()
    assert unsaid == set(), "say in PARTS of app/own_rows.py how they are copied, or here why not"


def test_words_of_the_database_are_said_in_words_of_people(member: Browser, site: Station) -> None:
    with site.truth.begin() as connection:
        idris = accounts.find_named(connection, "Idris")
        assert idris
        groups.enter(connection, groups.add(connection, Group(0, "jardin", "Jardin", "", is_open=True)), idris.id)
        tokens.make(connection, idris.id, "mairie", may_write=True)
    member.client.set_cookie("gare_display", "auto.normal.fr")
    _, words = unpacked(member.get("/-/me/data"))

    assert "membre" in words and "clé d’accès" in words
    assert "member" not in words and ": api" not in words
