"""A form that has records is opened to nobody new but by administrators: answers were given to those it named."""

import pytest

from app.catalog.editing import Edit
from app.errors import NotFound, Refused
from app.people.viewer import Viewer, signed_in
from app.station import Station

ADMIN = signed_in("Ada", "m-adaadaad", is_admin=True)
REFERENT = signed_in("Cy", "m-cycycycy", is_admin=False, groups=("t",), referent_of=("t",), spaces=("tools/",))
FORM = """title: Outil
folder: tools
fields:
  - {name: title, type: text, label: Nom}
  - {name: key, type: text, label: Clef, readers: "group:t"}
  - {name: to, type: contact, label: Contact}
"""
KEY, CONTACT = '{name: key, type: text, label: Clef, readers: "group:t"}', "{name: to, type: contact, label: Contact}"


def save(station: Station, viewer: Viewer, path: str, text: str) -> None:
    try:
        base = station.door.find(ADMIN, path).revision
    except NotFound:  # it is not there yet
        base = None
    station.door.save(viewer, Edit(path, text, base, viewer.pseudonym))


def has_record(station: Station) -> None:
    save(station, ADMIN, "_forms/tool", FORM)
    save(station, ADMIN, "tools/s/scie", "---\ntitle: Scie\nform: tool\n---\n")


OPENING = [
    FORM.replace('readers: "group:t"', "readers: members"),
    FORM.replace(', readers: "group:t"', ""),
    FORM.replace(f"  - {KEY}\n", ""),
    FORM.replace("type: contact", "type: text, readers: members"),
    FORM.replace(f"  - {CONTACT}\n", ""),
]


@pytest.mark.parametrize("text", OPENING)
def test_who_looks_after_a_group_opens_no_answers_that_were_given(station: Station, text: str) -> None:
    has_record(station)
    with pytest.raises(Refused, match="administrator"):
        save(station, REFERENT, "_forms/tool", text)
    save(station, ADMIN, "_forms/tool", text)


def test_he_does_not_delete_such_a_form_nor_make_another_in_its_place(station: Station) -> None:
    has_record(station)
    with pytest.raises(Refused):
        station.door.delete(REFERENT, "_forms/tool", "m-cycycycy")
    station.door.delete(ADMIN, "_forms/tool", "m-adaadaad")
    with pytest.raises(Refused):
        save(station, REFERENT, "_forms/tool", FORM.replace('readers: "group:t"', "readers: members"))


@pytest.mark.parametrize("text", [FORM.replace("Clef", "Où est la clef"), FORM.replace('"group:t"', "admins")])
def test_what_opens_nothing_is_his_to_change(station: Station, text: str) -> None:
    has_record(station)
    save(station, REFERENT, "_forms/tool", text)

    assert station.door.text(ADMIN, "_forms/tool")[1] == text


def test_a_form_without_records_is_his_to_change(station: Station) -> None:
    save(station, ADMIN, "_forms/tool", FORM)
    save(station, REFERENT, "_forms/tool", OPENING[0])

    assert station.door.text(ADMIN, "_forms/tool")[1] == OPENING[0]
