"""A mail says a word in the pages of each audience to whoever may read it, and to nobody else."""

import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.catalog.editing import Edit
from app.follow import telling
from app.people import groups
from app.station import Station
from tests.web import leaking, leaking_mails
from tests.web.leaking import OPERATOR, READABLE

SOMEBODY = READABLE.keys() - {"anonymous"}


@pytest.fixture
def instance(leaking_instance: Path) -> Path:
    return leaking_instance


@pytest.fixture(autouse=True)
def _people(app: Flask, site: Station) -> None:
    leaking.readers(app, site)


def test_mails_name_what_their_receiver_may_read(site: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    leaking_mails.follow_everything(site, "now")
    in_two_hours = time.time() + 7200
    monkeypatch.setattr("time.time", lambda: in_two_hours)
    told = {"now": leaking_mails.mailed(site)}
    for how_often in ("daily", "weekly"):
        leaking_mails.begin_anew(site, how_often)
        told[how_often] = leaking_mails.mailed(site)

    assert all(said == {name: READABLE[name] for name in SOMEBODY} for said in told.values())


def test_mails_name_nothing_of_a_folder_that_was_narrowed_just_before(site: Station) -> None:
    leaking_mails.follow_everything(site, "weekly")
    row, text = site.door.text(OPERATOR, "place/index")
    closed = text.replace("audience: public", "audience: group:jardin")
    site.door.save(OPERATOR, Edit(row.path, closed, row.revision, "m-aaaaaaaa"))
    told = leaking_mails.mailed(site)

    assert {name for name, folders in told.items() if "place" in folders} == {"Ana", "Rose", "Nadia"}
    assert set(told) == SOMEBODY


def test_mails_name_nothing_of_a_folder_that_was_narrowed_while_they_are_written(
    site: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaking_mails.follow_everything(site, "daily")
    queue, narrowed = telling.queue, []

    def narrow_after_the_first(*arguments: Any) -> int:
        if not narrowed:
            row, text = site.door.text(OPERATOR, "maison/index")
            closed = text.replace("audience: members", "audience: admins")
            site.door.save(OPERATOR, Edit(row.path, closed, row.revision, "m-aaaaaaaa"))
            narrowed.append(arguments[1].to)
        return queue(*arguments)

    monkeypatch.setattr(telling, "queue", narrow_after_the_first)
    told = leaking_mails.mailed(site)

    assert {name for name, folders in told.items() if "maison" in folders} <= {
        "Nadia",
        narrowed[0].split("@")[0].title(),
    }
    assert set(told) == SOMEBODY


def test_who_left_a_group_is_mailed_nothing_of_it(site: Station) -> None:
    leaking_mails.follow_everything(site, "weekly")
    with site.truth.begin() as connection:
        groups.leave(connection, groups.get(connection, "jardin").id, leaking_mails.account_of(site, "Ana").id)

    assert leaking_mails.mailed(site)["Ana"] == READABLE["Idris"]
