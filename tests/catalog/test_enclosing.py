"""What comes with a new record: files in the same commit, and readers that a form says, never more than the folder's."""

import pytest

from app.catalog import finding
from app.catalog.editing import Edit, save
from app.catalog.readers import EVERYTHING
from app.errors import Conflict
from app.people.authors import SYSTEM
from app.station import Station

TEXT = "---\nform: place\n---\n\nUn four.\n"


def audience(station: Station, path: str) -> str:
    with station.wiki.catalog.reading() as connection:
        page = finding.find_page(connection, path, EVERYTHING)
    assert page
    return page.audience


def test_a_file_comes_with_its_page_in_one_commit(station: Station) -> None:
    pointer, before = station.wiki.files.put(b"plan"), station.wiki.store.tip()
    made = save(station.wiki, Edit("lieux/four", TEXT, None, SYSTEM, files={"plan.txt": pointer}))

    assert station.wiki.store.tip() == made.revision and station.wiki.store.parent(made.revision) == before
    with station.wiki.catalog.reading() as connection:
        assert [one.oid for one in finding.list_attachments(connection, "lieux/four")] == [pointer.oid]


def test_a_file_alone_is_a_change_and_a_name_that_is_taken_is_said(station: Station) -> None:
    made = save(station.wiki, Edit("lieux/four", TEXT, None, SYSTEM))
    text = station.wiki.store.read("lieux/four.md", made.revision) or b""
    files = {"plan.txt": station.wiki.files.put(b"plan")}
    added = save(station.wiki, Edit("lieux/four", text.decode(), made.revision, SYSTEM, files=files))
    assert added.is_changed

    other = {"Plan.txt": station.wiki.files.put(b"other")}
    with pytest.raises(Conflict):
        save(station.wiki, Edit("lieux/four", text.decode(), added.revision, SYSTEM, files=other))


def test_a_form_says_who_reads_its_new_records(station: Station) -> None:
    save(station.wiki, Edit("lieux/four", TEXT, None, SYSTEM, readers="members", may_administer=False))

    assert audience(station, "lieux/four") == "members"


def test_a_form_opens_no_folder(station: Station) -> None:
    save(station.wiki, Edit("lieux/index", "---\naudience: members\n---\n\nIci.\n", None, SYSTEM))
    save(station.wiki, Edit("lieux/four", TEXT, None, SYSTEM, readers="public"))

    assert audience(station, "lieux/four") == "members"


def test_what_the_page_says_itself_goes_before(station: Station) -> None:
    text = TEXT.replace("form: place", "form: place\naudience: group:caves")
    save(station.wiki, Edit("lieux/four", text, None, SYSTEM, readers="members"))

    assert audience(station, "lieux/four") == "group:caves"
