"""The blocks of the home page say a word of each folder to whoever may read it, and to nobody else."""

import json
from pathlib import Path

import pytest
from flask import Flask

from app.catalog.editing import Edit
from app.people.authors import SYSTEM
from app.station import Station
from tests.web import leaking
from tests.web.leaking import ACCOUNTS, FOLDERS, MARKS, OPERATOR, READABLE, Reader

ZOE = "m-zzzzzzzz"
TOOL = """\
title: Outil
fields:
  - {name: title, type: text, label: Nom}
  - {name: rule, type: long_text, label: Règle}
"""
BLOCKS = ("arrivals", "platforms", "tools")


@pytest.fixture
def instance(leaking_instance: Path) -> Path:
    return leaking_instance


@pytest.fixture
def people(app: Flask, site: Station) -> dict[str, Reader]:
    """Let each folder have a new page and a tool, and the home page a block of each kind for it."""
    found = leaking.readers(app, site)
    _write(site, "index", "# Accueil\n", SYSTEM)
    _write(site, "_forms/tool", TOOL, SYSTEM)
    for folder, mark in MARKS.items():
        _write(site, f"{folder}/neuf", f"# Neuf {mark}\n", ZOE)
        _write(site, f"{folder}/outil", f"---\ntitle: Outil {mark}\nform: tool\nrule: {mark}\n---\n", SYSTEM)
        _write(site, f"{folder}/coin", f"---\ntitle: Coin\n---\n{mark}\n\n## Partie\n", SYSTEM)
    return found


def _write(site: Station, path: str, text: str, author: str) -> None:
    row = site.door.find_view(OPERATOR, path)
    site.door.save(OPERATOR, Edit(path, text, row[0].revision if row else None, author))


@pytest.mark.parametrize("block", [*BLOCKS, "page"])
def test_a_block_tells_each_reader_of_his_own(people: dict[str, Reader], site: Station, block: str) -> None:
    shown = (
        [{"block": block, "page": f"{folder}/coin"} for folder in FOLDERS] if block == "page" else [{"block": block}]
    )
    hidden = [{"block": name, "is_hidden": True} for name in BLOCKS if name != block]
    site.store_settings(home=json.dumps([*shown, *hidden]))

    assert {name: people[name].marks("/", with_menu=False) for name in READABLE} == READABLE


@pytest.mark.parametrize("corner", ["newcomers", "desk"])
def test_a_corner_shows_a_page_to_its_readers(people: dict[str, Reader], site: Station, corner: str) -> None:
    hidden = [{"block": name, "is_hidden": True} for name in BLOCKS]
    told: dict[str, set[str]] = {name: set() for name in READABLE}
    for folder, mark in MARKS.items():
        shown = {"block": corner, "title": f"Le coin {mark}", "page": f"{folder}/coin"}
        site.store_settings(home=json.dumps([shown, *hidden]))
        told = {name: found | people[name].marks("/", with_menu=False) for name, found in told.items()}

    assert told == READABLE


def test_names_of_members_are_told_to_members(people: dict[str, Reader], site: Station) -> None:
    site.store_settings(home='[{"block": "arrivals"}]')
    told = {name: {one for one in ACCOUNTS if one.casefold() in people[name].fetch("/")} for name in READABLE}

    assert told["anonymous"] == set() and told["Idris"] == told["Nadia"] == set(ACCOUNTS)


def test_a_folder_that_is_narrowed_is_told_of_no_more(people: dict[str, Reader], site: Station) -> None:
    before = people["anonymous"].marks("/", with_menu=False)
    _write(site, "place/index", f"---\ntitle: {MARKS['place']}\naudience: group:jardin\n---\nUn.\n", SYSTEM)

    assert before == {"place"} and people["anonymous"].marks("/") == set()
