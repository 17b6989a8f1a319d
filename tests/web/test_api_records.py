"""Records over the API: filtered, added, changed, as the key may; private answers to those who may read them."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.catalog.editing import Edit
from app.people import accounts, tokens
from app.people.viewer import signed_in
from app.station import Station
from tests.records.tables import FORM

OPERATOR = signed_in("", "m-aaaaaaaa", is_admin=True)
HERE = "/-/api/v1/records/lieu"
HALL = {"title": "Salle", "rooms": 2, "kind": "hall", "uses": ["dance"], "key": "chez Nadia", "contact": "n@example.org",
        "mail": "m@example.org", "where": {"lat": "44.7123", "lon": "4.1234", "precision": "blurred"}}  # fmt: skip


@pytest.fixture
def api(app: Flask) -> FlaskClient:
    station: Station = app.extensions["gare"]
    station.door.save(OPERATOR, Edit("_forms/lieu", FORM, None, "m-aaaaaaaa"))
    return app.test_client()


def key(app: Flask, name: str, *, is_admin: bool = False, may_write: bool = True) -> dict[str, str]:
    station: Station = app.extensions["gare"]
    with station.truth.begin() as connection:
        account = accounts.add(connection, name, is_admin=is_admin)
        return {"Authorization": f"Bearer {tokens.make(connection, account.id, 'x', may_write=may_write)}"}


def add(api: FlaskClient, headers: dict[str, str], **changes: Any) -> Any:
    return api.post(HERE, json={"values": HALL | changes, "body": "Un texte."}, headers=headers)


def test_a_record_is_added_and_read_by_who_may(app: Flask, api: FlaskClient) -> None:
    owner = key(app, "Nadia")
    made = add(api, owner)
    address = f"{HERE}/{made.json['id']}"
    anonymous, own = api.get(address), api.get(address, headers=owner)

    assert made.status_code == 201 and made.json["values"]["rooms"] == "2" and made.json["body"] == "Un texte."
    assert not {"key", "contact", "mail"} & anonymous.json["values"].keys() and "44.7123" not in anonymous.text
    assert own.json["values"]["contact"] == "n@example.org" and own.json["values"]["key"] == "chez Nadia"


def test_filters_narrow_the_list(app: Flask, api: FlaskClient) -> None:
    owner = key(app, "Nadia")
    add(api, owner)
    add(api, owner, title="Grange", kind="barn")
    found = [
        api.get(HERE, query_string=query).json
        for query in ({"where": "kind:barn"}, {"q": "gra"}, {"where": "key:chez Nadia"})
    ]

    assert [[one["title"] for one in listed] for listed in found] == [["Grange"], ["Grange"], []]
    assert api.get(HERE, query_string={"where": "kind"}).status_code == 400


def test_a_change_names_the_revision_and_leaves_what_it_does_not_name(app: Flask, api: FlaskClient) -> None:
    owner = key(app, "Nadia")
    made = add(api, owner).json
    address, match = f"{HERE}/{made['id']}", {"If-Match": f'"{made["revision"]}"'}
    changed = api.patch(address, json={"values": {"rooms": 5, "uses": None}}, headers=owner | match)
    late = api.patch(address, json={"values": {"rooms": 6}}, headers=owner | match)
    blind = api.patch(address, json={"values": {"rooms": 6}}, headers=owner)

    assert changed.status_code == 200 and changed.json["values"]["rooms"] == "5"
    assert "uses" not in changed.json["values"] and changed.json["values"]["contact"] == "n@example.org"
    assert (late.status_code, blind.status_code) == (412, 428)


@pytest.mark.parametrize(
    "values", [{"rooms": "beaucoup"}, {"title": ""}, {"kind": "château"}, {"title": [[[[[["x"]]]]]]}]
)
def test_answers_that_do_not_fit_are_refused(app: Flask, api: FlaskClient, values: dict[str, Any]) -> None:
    refused = add(api, key(app, "Nadia"), **values)

    assert refused.status_code == 400 and refused.mimetype == "application/problem+json"


def test_who_has_no_key_that_writes_adds_nothing(app: Flask, api: FlaskClient) -> None:
    assert add(api, {}).status_code == 401
    assert add(api, key(app, "Nadia", may_write=False)).status_code == 403


def test_what_somebody_reads_first_is_not_added_by_a_key(app: Flask, api: FlaskClient) -> None:
    station: Station = app.extensions["gare"]
    base = station.door.find(OPERATOR, "_forms/lieu").revision
    station.door.save(
        OPERATOR,
        Edit("_forms/lieu", FORM.replace("submit: everyone", "submit: everyone\nmoderated: yes"), base, "m-aaaaaaaa"),
    )

    assert add(api, key(app, "Nadia")).status_code == 403
    assert add(api, key(app, "Idris", is_admin=True)).status_code == 201


def test_an_unknown_form_or_record_is_not_found(api: FlaskClient) -> None:
    assert api.get("/-/api/v1/records/personne").status_code == 404
    assert api.get(f"{HERE}/abcdefgh").status_code == 404


def change_form(app: Flask, more: str) -> None:
    """Say more in the form."""
    station: Station = app.extensions["gare"]
    base = station.door.find(OPERATOR, "_forms/lieu").revision
    station.door.save(OPERATOR, Edit("_forms/lieu", f"{more}\n{FORM.lstrip()}", base, "m-aaaaaaaa"))


def test_a_key_adds_no_second_record_where_everybody_has_one(app: Flask, api: FlaskClient) -> None:
    change_form(app, "one_per_person: yes")
    owner = key(app, "Nadia")

    assert [add(api, owner, title=title).status_code for title in ("Salle", "Grange")] == [201, 409]


def test_a_private_answer_that_changed_is_not_taken_for_unchanged(app: Flask, api: FlaskClient) -> None:
    owner = key(app, "Nadia")
    made = add(api, owner).json
    address = f"{HERE}/{made['id']}"
    known = api.get(address, headers=owner).headers["ETag"]
    api.patch(address, json={"values": {"key": "chez Odile"}}, headers=owner | {"If-Match": known})
    again = api.get(address, headers=owner | {"If-None-Match": known})

    assert again.status_code == 200 and again.json["values"]["key"] == "chez Odile"


def test_forms_are_listed_and_their_answers_described_but_private_ones(api: FlaskClient) -> None:
    listed = api.get("/-/api/v1/forms").json
    schema = api.get("/-/api/v1/forms/lieu/schema").json

    assert "lieu" in [one["name"] for one in listed]
    assert "title" in schema["properties"] and not {"key", "contact"} & schema["properties"].keys()
    assert api.get("/-/api/v1/forms/personne/schema").status_code == 404
