"""Who sends records, who checks them, whose are published at once; and what no door lets through."""

import pytest

from app.catalog.editing import Edit
from app.catalog.record_rows import RecordQuery
from app.errors import Invalid, NotFound, Refused
from app.people.viewer import ANONYMOUS, READER, Viewer, signed_in
from app.station import Station

ADMIN = signed_in("Ada", "m-adaadaad", is_admin=True)
MEMBER = signed_in("Bo", "m-bobobobo", is_admin=False)
REFERENT = signed_in("Cy", "m-cycycycy", is_admin=False, groups=("t",), referent_of=("t",), spaces=("tools/",))
KEY = signed_in("Di", "m-didididi", is_admin=True, may_write=False)
PEOPLE = {
    "anonymous": ANONYMOUS,
    "a passer-by": READER,  # of a site where only members write
    "a key that reads": KEY,
    "member": MEMBER,
    "referent": REFERENT,
    "admin": ADMIN,
}
FORM = "title: {fr: Outil, en: Tool}\nfolder: tools\nfields:\n  - {name: title, type: text, label: Name}\n"
PRIVATE = f"{FORM}  - {{name: key, type: text, label: Key, readers: members}}\n"


def put(station: Station, more: str = "", path: str = "_forms/tool", text: str = FORM) -> None:
    """Save the form, or another page, as an administrator."""
    page = station.door.find(ADMIN, path) if station.door.may_see(ADMIN, path) and _stands(station, path) else None
    station.door.save(ADMIN, Edit(path, text + more, page.revision if page else None, "m-adaadaad"))


def _stands(station: Station, path: str) -> bool:
    try:
        station.door.find(ADMIN, path)
    except NotFound:
        return False
    return True


def those(may) -> set[str]:
    """Name the people who may."""
    return {name for name, viewer in PEOPLE.items() if may(viewer)}


@pytest.mark.parametrize(
    ("submit", "who"),
    [
        ("everyone", {"anonymous", "a passer-by", "member", "referent", "admin"}),
        ("members", {"member", "referent", "admin"}),
        ("group:t", {"referent", "admin"}),
        ("admins", {"referent", "admin"}),
    ],
)
def test_a_form_says_who_sends_records(station: Station, submit: str, who: set[str]) -> None:
    put(station, f"submit: {submit}\n")

    door = station.door
    assert those(lambda viewer: door.may_submit(viewer, door.form(viewer, "tool"))) == who


def test_records_are_checked_by_those_who_look_after_their_folder(station: Station) -> None:
    put(station)
    put(station, path="tools/s/saw", text="---\nform: tool\ntitle: Saw\n---\n")
    row = station.door.record(ANONYMOUS, "tools/s/saw")

    assert those(lambda viewer: station.door.may_check(viewer, row)) == {"referent", "admin"}
    assert those(lambda viewer: station.door.may_check(viewer, "elsewhere")) == {"admin"}


@pytest.mark.parametrize(
    ("more", "writing", "who"),
    [
        ("submit: everyone\n", "all", {"anonymous", "member", "referent", "admin"}),
        ("submit: everyone\n", "members", {"member", "referent", "admin"}),
        ("submit: members\n", "all", {"member", "referent", "admin"}),
        ("submit: everyone\nmoderated: yes\n", "all", {"referent", "admin"}),
    ],
)
def test_what_is_sent_is_published_at_once_where_nobody_reads_it_first(
    station: Station, more: str, writing: str, who: set[str]
) -> None:
    station.store_settings(writing=writing)
    put(station, more)

    door = station.door
    assert those(lambda viewer: door.is_direct(viewer, door.form(viewer, "tool"))) == who


def test_forms_stand_in_the_order_of_their_titles(station: Station) -> None:
    put(station)
    put(station, path="_forms/a", text=FORM.replace("Outil", "Zone"))
    put(station, path="_forms/z", text=FORM.replace("Outil", "Épave"))

    assert [form.name for form in station.door.all_forms(ANONYMOUS)] == ["z", "tool", "a"]


def test_a_form_of_a_closed_site_is_found_by_nobody_outside(station: Station) -> None:
    put(station)
    put(station, path="tools/saw", text="---\nform: tool\naudience: public\n---\n")
    station.store_settings(reading="members")

    assert station.door.find_form(ANONYMOUS, "tool") is None
    with pytest.raises(NotFound):
        station.door.records(ANONYMOUS, RecordQuery("tool"))
    with pytest.raises(NotFound):
        station.door.facets(ANONYMOUS, RecordQuery("tool"))
    assert station.door.records(MEMBER, RecordQuery("tool"))[1] == 1


def test_a_page_that_is_no_record_is_not_found_as_one(station: Station) -> None:
    put(station, path="tools/words", text="Words.\n")

    with pytest.raises(NotFound):
        station.door.record(ADMIN, "tools/words")


@pytest.mark.parametrize("viewer", [MEMBER, ADMIN], ids=["member", "admin"])
def test_a_private_answer_is_saved_into_no_page(station: Station, viewer: Viewer) -> None:
    put(station, text=PRIVATE)
    leak = "---\nform: tool\ntitle: Saw\nkey: under the stone\n---\n"

    with pytest.raises(Invalid, match="private"):
        station.door.save(viewer, Edit("tools/saw", leak, None, "m-bobobobo"))
    station.door.save(viewer, Edit("tools/saw", leak.replace("form: tool\n", ""), None, "m-bobobobo"))


def test_a_question_that_became_private_lets_its_records_be_changed(station: Station) -> None:
    put(station)
    put(station, path="tools/saw", text="---\nform: tool\ntitle: Saw\nkey: under the stone\n---\n")
    put(station, text=PRIVATE)
    page, text = station.door.text(MEMBER, "tools/saw")
    station.door.save(MEMBER, Edit("tools/saw", text.replace("Saw", "Handsaw"), page.revision, "m-bobobobo"))
    station.door.keep_life(page.id or "", {"state": "archived"}, "m-adaadaad")

    row = station.door.record(ADMIN, "tools/saw")
    assert (row.title, row.state, "key" in row.values) == ("Handsaw", "archived", False)


def test_what_became_private_is_not_changed_in_the_page(station: Station) -> None:
    put(station)
    put(station, path="tools/saw", text="---\nform: tool\ntitle: Saw\nkey: under the stone\n---\n")
    put(station, text=PRIVATE)
    page, text = station.door.text(MEMBER, "tools/saw")

    with pytest.raises(Invalid, match="private"):
        station.door.save(MEMBER, Edit("tools/saw", text.replace("stone", "mat"), page.revision, "m-bobobobo"))


def test_no_editor_leads_past_who_reads_records_first(station: Station) -> None:
    put(station, "moderated: yes\n")
    text = "---\nform: tool\ntitle: Saw\n---\n"

    for writer in (ANONYMOUS, MEMBER):
        with pytest.raises(Refused):
            station.door.save(writer, Edit("tools/saw", text, None, "m-bobobobo"))
    assert station.door.save(REFERENT, Edit("tools/saw", text, None, "m-cycycycy")).is_new


def test_who_takes_the_form_out_of_a_record_does_not_lead_past_them_either(station: Station) -> None:
    put(station, "moderated: yes\n")
    put(station, path="tools/saw", text="---\nform: tool\ntitle: Saw\n---\n")
    page = station.door.find(MEMBER, "tools/saw")

    with pytest.raises(Refused):
        station.door.save(MEMBER, Edit(page.path, "---\ntitle: Mine\n---\n", page.revision, "m-bobobobo"))


def test_no_editor_makes_records_of_a_form_that_is_not_open_to_the_writer(station: Station) -> None:
    put(station, "submit: group:t\n")
    put(station, path="tools/note", text="Rien.\n")
    page, text = station.door.find(ADMIN, "tools/note"), "---\nform: tool\ntitle: Saw\n---\n"

    for path, base in (("tools/saw", None), ("tools/note", page.revision)):
        for writer in (ANONYMOUS, MEMBER):
            with pytest.raises(Refused):
                station.door.save(writer, Edit(path, text, base, "m-bobobobo"))
    assert station.door.save(REFERENT, Edit("tools/saw", text, None, "m-cycycycy")).is_new


def test_a_record_that_is_there_is_changed_by_who_writes_there(station: Station) -> None:
    put(station, "submit: group:t\n")
    put(station, path="tools/saw", text="---\nform: tool\ntitle: Saw\n---\n")
    page = station.door.find(MEMBER, "tools/saw")

    assert station.door.save(MEMBER, Edit(page.path, "---\nform: tool\ntitle: S\n---\n", page.revision, "m-bobobobo"))
