"""A list that is removed leaves nothing, and whoever still holds it writes nowhere."""

import pytest

from app.catalog import searching
from app.errors import Invalid, NotFound
from app.station import Station
from plugins.archive import lists, retention, spool
from plugins.archive.door import door_of
from plugins.archive.sources.raw import Raw
from plugins.archive.taking_in import take_in
from plugins.archive.tests.small_list import NOW, mail
from tests.web.hands import Browser


def remove(admin: Browser, site: Station) -> None:
    admin.post("/listes/vallee/remove", name="vallee")
    searching.follow(site.wiki)


def test_who_still_holds_it_writes_into_no_other_list(admin: Browser, site: Station) -> None:
    archive, held = door_of(site).archive, lists.find(site.truth, "vallee")
    assert held is not None
    remove(admin, site)
    again = lists.make(site.truth, "vallee", "Une autre", now=NOW, audience="public", is_shown=True)

    with pytest.raises(NotFound):
        take_in(archive, held, [Raw(bytes(mail(70, "Secret", "Rien.")), "a", NOW)], now=NOW)
    assert again.id != held.id


def test_what_waited_for_it_is_gone_and_comes_into_no_other_list(admin: Browser, site: Station) -> None:
    archive, held = door_of(site).archive, lists.find(site.truth, "vallee")
    assert held is not None
    spool.put(archive, held, bytes(mail(70, "Secret", "Rien.")))
    remove(admin, site)

    again = lists.make(site.truth, "vallee", "Une autre", now=NOW)

    assert (spool.take_waiting(archive, again), spool.waiting(archive, held)) == (0, [])


def test_search_finds_nothing_of_it(admin: Browser, site: Station) -> None:
    searching.follow(site.wiki)
    assert site.wiki.search.keys("mail:")

    remove(admin, site)

    assert not site.wiki.search.keys("mail:")


@pytest.mark.parametrize("name", ["spool", "passwords", "rows", "rebuild", "requests", "demo", "forget"])
def test_no_list_is_called_as_the_archives_own_files(site: Station, name: str) -> None:
    with pytest.raises(Invalid):
        lists.make(site.truth, name, "Liste", now=NOW)


def test_two_lists_have_not_one_address(admin: Browser, site: Station) -> None:
    lists.make(site.truth, "autre", "Autre", now=NOW, address="autre@vallee.example")

    sent = admin.post("/listes/vallee/settings", title="Vallée", address="AUTRE@vallee.example", audience="members")

    assert sent.status_code == 400
    assert "Another list has this address" in sent.text


def test_shorter_time_of_keeping_is_asked_about_first(admin: Browser, site: Station) -> None:
    typed = {"title": "Vallée", "audience": "public", "is_shown": "1", "keep_months": "1"}
    asked = admin.post("/listes/vallee/settings", **typed)
    before = lists.load(site.truth)[0].keep_months

    assert (asked.status_code, before) == (400, 0)
    assert "would be erased for good" in asked.text
    admin.post("/listes/vallee/settings", **typed, erases="1")
    assert lists.load(site.truth)[0].keep_months == 1


def test_nothing_is_put_down_for_a_list_that_was_removed(admin: Browser, site: Station) -> None:
    archive, held = door_of(site).archive, lists.find(site.truth, "vallee")
    assert held is not None
    remove(admin, site)

    with pytest.raises(NotFound):
        spool.put(archive, held, bytes(mail(70, "Secret", "Rien.")))


def test_what_was_left_for_a_list_that_was_removed_is_tidied(admin: Browser, site: Station) -> None:
    archive, held = door_of(site).archive, lists.find(site.truth, "vallee")
    assert held is not None
    kept = lists.make(site.truth, "autre", "Une autre", now=NOW)
    staying = spool.put(archive, kept, bytes(mail(71, "Attend", "Rien.")))
    remove(admin, site)
    left = archive.spool(held)
    left.mkdir(parents=True)
    (left / "1.eml").write_bytes(b"Secret")

    retention.run_due(archive)

    assert (left.exists(), staying.exists()) == (False, True)
