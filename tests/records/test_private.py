"""Private fields: kept by the identity of the page, and gone with whoever gave them."""

import pytest

from app.errors import NotFound
from app.people import accounts, erasing, visitors
from app.records import private
from app.records.private import Giver
from app.station import Station

VALUES = {"phone": "+33475000001", "place.exact": {"lat": "44.5", "lon": "4.4"}, "who": ["a", "b"]}


def test_values_of_every_shape_come_back(station: Station) -> None:
    with station.truth.begin() as connection:
        assert private.store(connection, "k7q2m9x4", VALUES)
        private.store(connection, "other234", {"phone": "1"})

        assert private.load(connection, ["k7q2m9x4", "missing2"]) == {"k7q2m9x4": VALUES}


def test_what_is_not_named_stays_and_none_forgets(station: Station) -> None:
    with station.truth.begin() as connection:
        private.store(connection, "k7q2m9x4", VALUES)
        private.store(connection, "k7q2m9x4", {"phone": None, "who": ["c"]})

        assert private.load(connection, ["k7q2m9x4"])["k7q2m9x4"] == {
            "place.exact": VALUES["place.exact"], "who": ["c"],
        }  # fmt: skip
        assert not private.store(connection, "k7q2m9x4", {"who": ["c"], "phone": None})
        private.forget(connection, "k7q2m9x4")
        assert private.load(connection, ["k7q2m9x4"]) == {}


def test_more_pages_than_one_question_holds_are_found(station: Station) -> None:
    ids = [f"id{number:06}" for number in range(private.BATCH + 1)]
    with station.truth.begin() as connection:
        for page_id in (ids[0], ids[-1]):
            private.store(connection, page_id, {"phone": page_id})

        assert private.load(connection, ids) == {page_id: {"phone": page_id} for page_id in (ids[0], ids[-1])}


def test_who_is_erased_takes_his_private_answers_along(station: Station) -> None:
    with station.truth.begin() as connection:
        idris = accounts.add(connection, "Idris", is_admin=False)
        visitor, _ = visitors.add(connection, "Zoé", "zoe@example.org")
        private.store(connection, "k7q2m9x4", {"phone": "1"}, Giver(idris.id))
        private.store(connection, "k7q2m9x4", {"mail": "2"}, Giver(visitor_id=visitor.id))
        private.store(connection, "k7q2m9x4", {"phone": "3", "other": "4"})  # a moderator corrects and adds
        erasing.erase(connection, idris)
        assert private.load(connection, ["k7q2m9x4"]) == {"k7q2m9x4": {"mail": "2", "other": "4"}}
        erasing.erase_address(connection, "zoe@example.org")

        assert private.load(connection, ["k7q2m9x4"]) == {"k7q2m9x4": {"other": "4"}}


def test_a_page_that_is_erased_loses_its_private_answers(station: Station) -> None:
    from app.catalog.editing import Edit, save
    from app.cli.erasing import erase
    from app.people.authors import SYSTEM

    save(station.wiki, Edit("carte", "---\nid: k7q2m9x4\n---\n\nNadia\n", None, SYSTEM))
    with station.truth.begin() as connection:
        private.store(connection, "k7q2m9x4", VALUES)
    erase(station, "carte", lambda *_: None)

    with station.truth.connect() as connection:
        assert private.load(connection, ["k7q2m9x4"]) == {}
    with pytest.raises(NotFound):
        erase(station, "carte", lambda *_: None)
