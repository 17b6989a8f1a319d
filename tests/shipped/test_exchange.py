"""The pages that came with the program are exchanged for others, as long as nobody has changed them."""

from app.catalog.editing import Edit
from app.cli.pages import every_page
from app.hooks import Deleted, Saved
from app.people.authors import SYSTEM
from app.people.viewer import READER, signed_in
from app.shipped import demo
from app.shipped.content import Content
from app.station import Station

NADIA = signed_in("Nadia", "m-aaaaaaaa", is_admin=True)
NOTHING = Content({}, {})
FRENCH, ENGLISH = demo.pages_of("fr", has_demo=True), demo.pages_of("en", has_demo=True)


def paths(station: Station) -> set[str]:
    return {row.path for row in every_page(station, NADIA, with_templates=True)}


def test_another_language_takes_the_place_of_the_first(station: Station) -> None:
    demo.exchange(station.wiki, NOTHING, FRENCH)
    done = demo.exchange(station.wiki, FRENCH, ENGLISH)

    assert paths(station) == set(ENGLISH.pages)
    assert not done.left


def test_a_page_that_somebody_changed_is_left_and_named(station: Station) -> None:
    demo.exchange(station.wiki, NOTHING, FRENCH)
    page, text = station.door.text(READER, "charte")
    station.door.save(NADIA, Edit("charte", f"{text}\nEt du pain.\n", page.revision, "m-aaaaaaaa"))
    done = demo.exchange(station.wiki, FRENCH, ENGLISH)

    assert done.left == ("charte",)
    assert paths(station) == set(ENGLISH.pages) | {"charte"}


def test_nothing_is_written_where_nothing_differs(station: Station) -> None:
    demo.exchange(station.wiki, NOTHING, FRENCH)
    tip = station.wiki.store.tip()

    assert demo.exchange(station.wiki, FRENCH, FRENCH).changed == ()
    assert station.wiki.store.tip() == tip


def test_a_page_stays_the_same_page_when_the_demo_comes_and_goes(station: Station) -> None:
    demo.exchange(station.wiki, NOTHING, demo.pages_of("fr", has_demo=False))
    first = station.door.find(READER, "index").id
    demo.add(station.wiki, station.truth, "fr")
    with_demo = station.door.find(READER, "index").id
    demo.take_out(station.wiki, station.truth, "fr")

    assert first and first == with_demo == station.door.find(READER, "index").id


def test_those_who_hear_of_changes_hear_of_pages_that_come_and_go(station: Station) -> None:
    demo.exchange(station.wiki, NOTHING, demo.pages_of("fr", has_demo=False))
    home = station.door.text(READER, "index")[1]
    saved: list[Saved] = []
    deleted: list[Deleted] = []
    station.wiki.hooks.saved.append(saved.append)
    station.wiki.hooks.deleted.append(deleted.append)
    demo.add(station.wiki, station.truth, "fr")
    known = {one.path: one for one in saved}
    page, text = station.door.text(READER, "index")
    demo.take_out(station.wiki, station.truth, "fr")

    assert known["index"] == Saved("index", text, home, SYSTEM, page.revision)
    assert known["charte"].old_text is None
    assert {one.path for one in deleted} == known.keys() - {"index"}
