"""A word in the pages of each audience is said by an address of the site to whoever may read it, and to nobody else."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Map, Rule

from app.catalog.editing import Edit
from app.cli.site import write_site
from app.people import accounts, groups
from app.people.search import SearchQuery
from app.station import Station
from tests.web import leaking
from tests.web.hands import soup
from tests.web.leaking import FOLDERS, MARKS, OPEN, OPERATOR, READABLE, SECRETS, Reader, every_address

# Addresses that say the word of every folder that somebody may read.
TELLING = (f"/{OPEN}", "/-/pages", "/-/changes", "/-/search?q=titre", "/-/wanted", "/-/titles?q=titre", f"/-/links/{OPEN}",
           "/annuaire/notice/", "/annuaire/notice/?view=table", "/annuaire/notice/?view=letters", "/annuaire/notice/booklet",
           "/annuaire/notice/embed", "/annuaire/notice.atom", "/annuaire/notice/points.json", "/annuaire/notice.xlsx",
           "/annuaire/notice.csv", "/annuaire/notice.geojson", "/annuaire/notice.gogocarto.json", "/annuaire/notice.jsonld",
           "/agenda/", "/agenda/?view=week", "/agenda/?paper=month", "/agenda/?paper=list", "/agenda/embed", "/agenda/points.json",
           "/agenda.ics", "/agenda.atom", "/agenda.jsonld", "/-/api/v1/events", "/-/api/v1/pages", "/-/api/v1/changes", "/-/api/v1/search?q=titre")  # fmt: skip
# Those that say it of the folder asked for.
OF_FOLDER = ("/{0}/fiche", "/{0}/", "/-/history/{0}/fiche", "/-/diff/{0}/fiche", "/-/source/{0}/fiche", "/-/edit/{0}/fiche",
             "/-/version/{0}/fiche", "/-/blame/{0}/fiche", "/-/files/{0}/fiche/", "/-/files/{0}/fiche/plan.txt",
             "/-/rename/{0}/fiche", "/-/comments/{0}/fiche", "/-/delete/{0}/fiche", "/{0}/partie", "/-/history/{0}/partie",
             "/agenda/poster/{0}/notice", "/agenda/{0}/notice.ics", "/agenda/{0}/notice.jsonld", "/-/api/v1/pages/{0}/fiche", "/-/api/v1/history/{0}/fiche")  # fmt: skip
PATHS_OF_GARDEN = ("potager/fiche", "potager/index", "potager/partie", "potager/neuf")
FOR_EVERYBODY = ("/sitemap.xml", "/-/changes.atom")
PRIVATE = (
    "/-/changes.atom?key={feed}",
    "/agenda.ics?key={feed}",
    "/agenda.atom?key={feed}",
)  # they tell whoever asks what the owner of the key may read


@pytest.fixture
def instance(leaking_instance: Path) -> Path:
    return leaking_instance


@pytest.fixture
def people(app: Flask, site: Station) -> dict[str, Reader]:
    return leaking.readers(app, site)


@pytest.mark.parametrize("name", ["anonymous", "Idris", "Chef", "Ana"])
def test_no_address_says_what_somebody_may_not_read(app: Flask, people: dict[str, Reader], name: str) -> None:
    own = READABLE[name] | {field for field, (_, who) in SECRETS.items() if name in who}
    told = {address: people[name].told(address) - own for address in every_address(app)}

    assert {address: folders for address, folders in told.items() if folders} == {}
    assert len(told) > 250


@pytest.mark.parametrize("name", READABLE)
def test_every_reader_is_told_what_he_may_read(people: dict[str, Reader], name: str) -> None:
    reader = people[name]

    assert {address: reader.marks(address, with_menu=False) for address in TELLING} == dict.fromkeys(
        TELLING, READABLE[name]
    )
    for folder in FOLDERS:
        for address in (one.format(folder) for one in OF_FOLDER):
            told = reader.marks(address, with_menu=False)
            assert told <= READABLE[name] and (folder in told) == (folder in READABLE[name]), address
    for address in FOR_EVERYBODY:
        assert reader.marks(address) <= {"place"}
    for address in PRIVATE if reader.feed else ():
        assert reader.marks(address) == READABLE[name]


@pytest.mark.parametrize("name", READABLE)
def test_the_search_counts_and_suggests_what_one_may_read(people: dict[str, Reader], site: Station, name: str) -> None:
    page = soup(people[name].browser.get("/-/search?q=titre"))
    spaces = {link["href"].partition("space=")[2] for link in page.select("a[href*='space=']")}
    suggested = [people[name].fetch(f"/-/search?q={mark[:-1]}x") for mark in MARKS.values()]

    assert spaces & set(FOLDERS) == (READABLE[name] if len(READABLE[name]) > 1 else set())  # one is no choice
    assert {folder for folder, mark in MARKS.items() if any(mark in said for said in suggested)} <= READABLE[name]
    total = re.search(r'"total": *(\d+)', people[name].fetch("/-/api/v1/search?q=fiche"))
    assert total and int(total[1]) == 2 * len(READABLE[name]) + 1  # of each a page and its file; and the one with links


@pytest.mark.parametrize("name", [name for name in READABLE if name != "anonymous"])
def test_a_private_address_tells_a_passer_by_what_its_owner_may_read_and_nobody_by_the_key_of_a_program(
    people: dict[str, Reader], name: str
) -> None:
    anybody = people["anonymous"]
    own, wrong = replace(anybody, feed=people[name].feed), replace(anybody, feed=people[name].key)

    assert {address: own.marks(address) for address in PRIVATE} == dict.fromkeys(PRIVATE, READABLE[name])
    assert not any(wrong.marks(address, with_menu=False) for address in PRIVATE)
    assert own.marks("/-/changes") == own.marks("/-/changes?key={feed}") == READABLE["anonymous"]


def test_an_address_of_a_kind_that_nobody_filled_in_fails_the_walk() -> None:
    (rule,) = Map([Rule("/-/new/<thing>", endpoint="new.thing")]).iter_rules()

    with pytest.raises(KeyError, match="VALUES"):
        list(leaking.addresses(rule))


def test_a_folder_that_is_narrowed_is_told_of_no_more_from_the_same_moment_on(
    app: Flask, people: dict[str, Reader], site: Station
) -> None:
    every = [
        address for address in every_address(app) if not any(f"{one}/" in address for one in set(FOLDERS) - {"place"})
    ]
    for address in every:
        people["anonymous"].fetch(address)  # so that answers are kept
    row, text = site.door.text(OPERATOR, "place/index")
    closed = text.replace("audience: public", "audience: group:jardin")
    site.door.save(OPERATOR, Edit(row.path, closed, row.revision, "m-aaaaaaaa"))

    for name in ("anonymous", "Chef"):
        assert {address for address in every if "place" in people[name].marks(address)} == set()
    assert {address for address in PRIVATE if "place" in people["Chef"].marks(address)} == set()
    assert "place" in people["Ana"].marks("/place/fiche", with_menu=False)


def test_a_site_that_is_narrowed_as_a_whole_tells_nothing(people: dict[str, Reader], site: Station) -> None:
    row, text = site.door.text(OPERATOR, "place/index")
    site.door.save(OPERATOR, Edit(row.path, text.replace("audience: public\n", ""), row.revision, "m-aaaaaaaa"))
    site.store_settings(reading="members")

    asked = [*TELLING, *FOR_EVERYBODY, *(one.format("place") for one in OF_FOLDER)]
    assert {address for address in asked if people["anonymous"].marks(address)} == set()
    assert "place" in people["Idris"].marks("/place/fiche", with_menu=False)


def test_what_a_browser_kept_is_of_no_use_after_leaving_or_signing_out(
    people: dict[str, Reader], site: Station
) -> None:
    kept = {}
    for address in (
        "/potager/fiche",
        f"/{OPEN}",
        "/-/pages",
        "/-/history/potager/fiche",
        "/-/files/potager/fiche/plan.txt",
    ):
        people["Ana"].browser.get(address)
        response = people["Ana"].browser.get(address)
        assert response.headers["Cache-Control"].startswith(("private", "no-store"))
        kept[address] = response.headers.get("ETag", '"none"')
    with site.truth.begin() as connection:
        account = accounts.find_by_pseudonym(connection, site.door.authors_named("Ana")[0])
        groups.leave(connection, groups.get(connection, "jardin").id, account.id)

    for reader in (people["Ana"], people["anonymous"]):
        for address, etag in kept.items():
            response = reader.browser.get(address, headers={"If-None-Match": etag})
            assert response.status_code != 304 and MARKS["potager"] not in response.text.casefold(), address
    people["Rose"].browser.get("/potager/fiche")
    etag = people["Rose"].browser.get("/potager/fiche").headers["ETag"]
    people["Rose"].browser.post("/-/signout", sure="1")
    response = people["Rose"].browser.get("/potager/fiche", headers={"If-None-Match": etag})
    assert response.status_code == 404 and MARKS["potager"] not in response.text


def test_no_form_says_what_somebody_may_not_read_nor_changes_it(
    app: Flask, people: dict[str, Reader], site: Station
) -> None:
    chef, (row, before) = people["Chef"], site.door.text(OPERATOR, "potager/fiche")
    fields = {"text": "x", "base": row.revision, "to": "ailleurs", "with_folder": "1", "revision": row.revision,
              "title": "Titre fiche", "folder": "potager", "template": "potager/fiche", "name": "plan.txt"}  # fmt: skip
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ()) and "path" in rule.arguments]
    for address in (rule.rule.replace("<path:path>", path) for rule in rules for path in PATHS_OF_GARDEN):
        for action in ("save", "preview", "delete"):
            said = chef.browser.post(address, **(fields | {"action": action})).text.casefold()
            assert MARKS["potager"] not in said, address

    assert len(rules) >= 8
    assert site.door.text(OPERATOR, "potager/fiche")[1] == before
    assert chef.marks("/-/pages") | chef.marks("/-/changes") <= READABLE["Chef"]


def test_an_export_holds_what_everybody_may_read(people: dict[str, Reader], site: Station, tmp_path: Path) -> None:
    write_site(site.config, tmp_path / "out", lambda *_: None)
    written = "".join(file.read_text("utf-8", "replace") for file in (tmp_path / "out").rglob("*") if file.is_file())

    assert {folder for folder, mark in MARKS.items() if mark in written.casefold()} == {"place"}
    assert site.door.search(OPERATOR, SearchQuery("titre"))[1].total > 5
