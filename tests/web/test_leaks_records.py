"""Records of closed folders, and private answers, are counted, warned of, looked after by whoever may read them alone."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.proposals import enclosures, proposals
from app.proposals.enclosures import Enclosed
from app.proposals.proposals import Draft
from app.records.communes import Commune, store
from app.station import Station
from tests.web import leaking
from tests.web.hands import form, soup
from tests.web.leaking import FOLDERS, MARKS, READABLE, SECRETS, Reader

OWN = {name: {field for field, (_, who) in SECRETS.items() if name in who} for name in READABLE} | {
    "Nadia": set(SECRETS) - {"contact"}
}
# What tells private answers to those who may read them; a true position is told where a table is mended.
TELLING = ("/place/notice", "/annuaire/notice.csv", "/annuaire/notice.json", "/annuaire/notice.xlsx",
           "/annuaire/notice/booklet", "/-/api/v1/records/notice")  # fmt: skip


@pytest.fixture
def instance(leaking_instance: Path) -> Path:
    return leaking_instance


@pytest.fixture
def people(app: Flask, site: Station) -> dict[str, Reader]:
    return leaking.readers(app, site)


@pytest.mark.parametrize("name", READABLE)
def test_private_answers_are_told_to_those_who_may_read_them(people: dict[str, Reader], name: str) -> None:
    told = {address: people[name].told(address) & SECRETS.keys() for address in TELLING}
    usual = OWN[name] - {"lieu.exact", "contact"}

    assert {address: one & {"dedans", "entre", "coffre"} for address, one in told.items()} == dict.fromkeys(
        TELLING, usual
    )
    if name not in {"Rose", "Nadia"}:  # who look after records see where they are
        assert not any("lieu.exact" in one or "contact" in one for one in told.values())


@pytest.mark.parametrize("name", READABLE)
def test_records_are_counted_as_one_may_read_them(people: dict[str, Reader], site: Station, name: str) -> None:
    readable, reader = len(READABLE[name]), people[name]
    listed = soup(reader.browser.get("/annuaire/notice/?view=letters&all=mots"))
    words = {re.sub(r"\s+", " ", box.text).strip() for box in listed.select("label:has([name=mots])")}
    letters = " ".join(listed.select_one("main").text.split())  # type: ignore[union-attr]

    assert reader.fetch("/-/api/v1/records/notice").count('"path"') == readable
    assert any(re.search(rf"^motcle\D*{readable}\b", one) for one in words), words
    assert not [mark for folder, mark in MARKS.items() if folder not in READABLE[name] and mark in letters]


@pytest.mark.parametrize("name", ["anonymous", "Idris", "Chef", "Ana"])
def test_nobody_finds_a_record_by_an_answer_that_he_may_not_read(people: dict[str, Reader], name: str) -> None:
    asked = ("annuaire/notice.json?q={0}", "annuaire/notice.json?{1}={0}", "annuaire/notice.json?f.{1}={0}",
             "-/api/v1/records/notice?q={0}", "-/api/v1/records/notice?where={1}:{0}", "-/api/v1/search?q={0}")  # fmt: skip
    told = {
        address.format(word, field)
        for field, (word, who) in SECRETS.items()
        for address in asked
        if name not in who and people[name].fetch(f"/{address.format(word, field)}")
        != people[name].fetch(f"/{address.format('zanzautre', field)}")
    }  # fmt: skip

    assert told == set(), "whoever guesses it is answered as whoever does not"


@pytest.mark.parametrize("name", ["Idris", "Chef", "Ana", "Nadia"])
def test_a_warning_of_twins_names_what_one_may_read(people: dict[str, Reader], name: str) -> None:
    warned = set()
    for mark in MARKS.values():
        fields = form(people[name].browser.get("/-/record/new/notice"), "form[data-record]")
        typed = {"f.title": f"Titre notice {mark}", "action": "send"}
        said = people[name].browser.post("/-/record/new/notice", **(fields | typed))
        if said.status_code == 200:  # the title is typed again: what counts is the link
            links = {str(link.get("href")).split("/")[1] for link in soup(said).select("main a[href$='/notice']")}
            warned |= links & set(FOLDERS)

    assert warned == READABLE[name]


def test_the_list_of_care_shows_what_one_looks_after(people: dict[str, Reader]) -> None:
    assert people["Nadia"].marks("/-/records/care", with_menu=False) == set(FOLDERS)
    assert people["Rose"].marks("/-/records/care", with_menu=False) == {"potager"}
    for name in ("anonymous", "Idris", "Chef", "Ana"):
        assert people[name].browser.get("/-/records/care").status_code in {302, 303, 403}
        assert people[name].marks("/-/records/care", with_menu=False) == set()


def test_a_proposed_record_is_shown_with_its_private_answers_to_who_decides(
    people: dict[str, Reader], site: Station
) -> None:
    text = "---\ntitle: Moulin zanzproposition\nform: notice\n---\nzanzproposition\n"
    with site.truth.begin() as connection:
        draft = Draft("potager/moulin", None, "Moulin zanzproposition", text, "")
        number = proposals.add(connection, draft, "m-bbbbbbbb")
        enclosures.keep(connection, number, Enclosed({"coffre": "zanzproposition"}))
    addresses = (f"/-/proposals/{number}", f"/-/record/proposal/{number}", "/-/proposals/", f"/-/record/mine/{number}",
                 f"/-/proposal/{number}", "/-/changes", "/-/search?q=zanzproposition&", "/annuaire/notice/",
                 "/annuaire/notice.json", "/-/me", "/-/records/care")  # fmt: skip
    told = {name: {one for one in addresses if "moulin zanz" in people[name].fetch(one)} for name in READABLE}

    assert {name for name, found in told.items() if found} == {"Rose", "Nadia"}
    assert f"/-/record/proposal/{number}" in told["Rose"] & told["Nadia"]


def test_a_mail_or_a_map_of_the_site_names_no_private_answer(people: dict[str, Reader], site: Station) -> None:
    for address in ("/sitemap.xml", "/-/changes.atom", "/annuaire/notice.atom", "/annuaire/notice.jsonld"):
        assert people["anonymous"].told(address) <= {"place"}


def test_the_ground_of_a_site_of_members_is_kept_by_no_shared_cache(people: dict[str, Reader], site: Station) -> None:
    store(site, [Commune("Vernaz", "07000", "07001", 44.6, 3.9)])
    kept: dict[str, Any] = {}
    for reading in ("public", "members"):
        site.store_settings(reading=reading)
        kept[reading] = people["anonymous"].browser.get("/-/map/names.json").headers["Cache-Control"]

    assert kept == {"public": "public, no-cache", "members": "private, no-cache"}
