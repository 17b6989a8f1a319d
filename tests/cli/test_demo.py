"""`gare demo`."""

from collections.abc import Callable

from app.catalog.history import ChangeQuery
from app.people.viewer import READER, signed_in
from app.shipped import content
from app.station import Station
from app.wiki.uploads import prepare_upload

Done = Callable[..., str]
OPERATOR = signed_in("x", "m-aaaaaaaa", is_admin=True)
DEMO = content.demo("fr")


def test_the_demo_has_at_least_15_pages() -> None:
    assert len(DEMO.pages) >= 15


def test_loading_brings_every_page_and_file_in_one_change(done: Done, station: Station) -> None:
    done("demo", "load")

    changes = station.door.changes(READER, ChangeQuery(limit=100))
    files = {(path, file.name) for path in DEMO.pages for file in station.door.files(READER, path)}
    assert done("page", "list").split() and set(DEMO.pages) <= set(done("page", "list").split())
    assert len({change.revision for change in changes}) == 1
    assert files == set(DEMO.files)


def test_loading_again_changes_nothing(done: Done, station: Station) -> None:
    done("demo", "load")
    tip = station.wiki.store.tip()
    done("demo", "load")

    assert station.wiki.store.tip() == tip


def test_loading_leaves_a_page_of_that_name_alone(done: Done) -> None:
    done("page", "put", "charte", input="Notre charte à nous.\n")
    printed = done("demo", "load")

    assert done("page", "get", "charte").endswith("Notre charte à nous.\n")
    assert printed.splitlines()[-1] == "  charte"


def test_removing_takes_out_every_page_and_file_that_is_as_it_came(done: Done, station: Station) -> None:
    done("demo", "load")
    done("demo", "remove")

    left = [path for path in DEMO.pages if station.door.files(READER, path)]
    assert done("page", "list").split() == ["index"]
    assert left == []


def test_removing_brings_the_first_home_page_back(done: Done) -> None:
    done("demo", "load")
    done("demo", "remove")

    assert content.is_same(done("page", "get", "index"), content.starter("fr").pages["index"])


def test_removing_keeps_and_names_what_somebody_changed(done: Done, station: Station) -> None:
    done("demo", "load")
    done("page", "put", "charte", input="Notre charte à nous.\n")
    upload = prepare_upload("notes.txt", b"du jour\n", max_bytes=1000)
    station.door.attach(OPERATOR, "jardins/compost", [upload], "m-aaaaaaaa")
    printed = done("demo", "remove")

    assert sorted(line.strip() for line in printed.splitlines()[2:]) == ["charte", "jardins/compost"]
    assert sorted(done("page", "list").split()) == ["charte", "index", "jardins/compost"]
