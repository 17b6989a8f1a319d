"""A proposal says nothing of a page to those who may not read it, also after its folder was closed."""

from pathlib import Path

import pytest
from flask import Flask

from app.catalog.editing import Edit
from app.people import visitors
from app.people.authors import SYSTEM
from app.proposals import proposals
from app.proposals.proposals import Draft
from app.station import Station
from tests.web import leaking
from tests.web.hands import edit_address
from tests.web.leaking import FOLDERS, OPERATOR, READABLE, Reader


@pytest.fixture
def instance(leaking_instance: Path) -> Path:
    return leaking_instance


@pytest.fixture
def people(app: Flask, site: Station) -> dict[str, Reader]:
    """Give the readers of a wiki where something is proposed for a page of each audience, numbered in their order."""
    site.store_settings(writing="admins")
    return leaking.readers(app, site)


@pytest.mark.parametrize("name", READABLE)
def test_only_those_who_look_after_a_page_see_what_is_proposed(people: dict[str, Reader], name: str) -> None:
    seen = set(FOLDERS) if name == "Nadia" else set()
    told = {
        address: people[name].marks(address, with_menu=False)
        for number, folder in enumerate(FOLDERS, 1)
        for address in (f"/-/proposals/{number}", f"/-/proposals/{number}/edit", f"/-/proposals/mine/{number}")
    }

    assert people[name].marks("/-/proposals/", with_menu=False) == seen
    assert set().union(*told.values()) == seen
    assert people[name].marks("/-/proposals/mine/", with_menu=False) == set()


def test_the_editor_of_proposals_opens_what_one_reads_and_nothing_else(people: dict[str, Reader]) -> None:
    for name, reader in people.items():
        for folder in FOLDERS:
            said = reader.marks(f"/-/propose/{folder}/fiche", with_menu=False)
            expected = {folder} if folder in READABLE[name] and name != "Nadia" else set()
            assert said == expected, (name, folder)


def test_a_page_that_is_closed_is_not_shown_to_its_proposer_any_more(people: dict[str, Reader], site: Station) -> None:
    row, text = site.door.text(OPERATOR, "place/fiche")
    with site.truth.begin() as connection:
        visitor, secret = visitors.add(connection, "Lou", "lou@example.org")
        draft = Draft(row.path, row.revision, row.title, text + "plus\n")
        proposals.add(connection, draft, visitor.pseudonym, visitor_id=visitor.id)
    own = f"/-/proposals/mine/{secret}"
    assert people["anonymous"].marks(own, with_menu=False) == {"place"}
    index, before = site.door.text(OPERATOR, "place/index")
    site.door.save(
        OPERATOR, Edit(index.path, before.replace("audience: public", "audience: admins"), index.revision, SYSTEM)
    )

    assert people["anonymous"].marks(own, with_menu=False) == set()
    assert "closed to you" in people["anonymous"].fetch(own)


def test_nothing_is_proposed_where_nothing_is_read(people: dict[str, Reader], site: Station) -> None:
    for folder in set(FOLDERS) - {"place"}:
        for path in (f"{folder}/fiche", f"{folder}/neuf", f"{folder}/partie"):
            refused = people["anonymous"].browser.post(
                f"/-/propose/{path}", text="x", base="", author="Z", email="z@b.org"
            )
            assert refused.status_code == 403, path
    assert people["anonymous"].browser.get("/-/propose/_forms/x").status_code == 403
    with site.truth.connect() as connection:
        assert len(proposals.list_open(connection)) == len(FOLDERS)


def test_a_page_that_nobody_may_write_is_still_refused_to_the_editor(people: dict[str, Reader]) -> None:
    assert people["anonymous"].browser.get(edit_address("place/fiche")).status_code == 403


def test_nobody_learns_by_proposing_which_pages_a_closed_folder_has(people: dict[str, Reader]) -> None:
    anonymous = people["anonymous"].browser
    for folder in set(FOLDERS) - {"place"}:
        asked = ("fiche", "rien", "Fiche", "index")
        answers = {anonymous.get(f"/-/propose/{folder}/{name}").status_code for name in asked}
        twin = anonymous.get(f"/-/propose/{folder}")  # of its home page

        assert answers == {403}, folder
        assert twin.status_code == 403 and "There is a page" not in twin.text
