"""Records from a file, in the browser: looked at first, then done, by those who look after them."""

import io
from pathlib import Path

import pytest
from flask import Flask

from app.catalog.editing import Edit
from app.catalog.record_rows import RecordQuery
from app.people.viewer import signed_in
from app.station import Station
from tests.records.tables import FORM
from tests.web.hands import Browser, errors, form, notices, soup

TABLE = "Nom;Salles;Couleur\nFour;2;rouge\nMoulin;beaucoup;bleu\n<b>Salle</b>;3;vert\n"
OPERATOR = signed_in("", "m-aaaaaaaa", is_admin=True)


@pytest.fixture(autouse=True)
def _form(site: Station) -> None:
    site.door.save(OPERATOR, Edit("_forms/lieu", FORM, None, "m-aaaaaaaa"))


def send(browser: Browser, content: str | bytes = TABLE, **others: str):  # type: ignore[no-untyped-def]
    raw = content.encode() if isinstance(content, str) else content
    return browser.post("/-/import/lieu", file=(io.BytesIO(raw), "lieux.csv"), **others)


def titles(site: Station) -> list[str]:
    return [row.title for row in site.door.records(OPERATOR, RecordQuery("lieu"))[0]]


def test_a_file_is_looked_at_before_anything_is_saved(admin: Browser, site: Station) -> None:
    shown = send(admin)

    assert shown.status_code == 200 and titles(site) == []
    assert "Line 3" in shown.text and "Couleur" in shown.text and "&lt;b&gt;Salle&lt;/b&gt;" in shown.text


def test_what_was_looked_at_is_taken_in_with_one_press(admin: Browser, site: Station) -> None:
    fields = form(send(admin), "main form")
    done = admin.post("/-/import/lieu", **fields)

    assert done.status_code == 303 and titles(site) == ["<b>Salle</b>", "Four"]
    assert notices(admin.get("/")) == ["2 records have been taken in."]
    assert list((Path(site.config.instance) / "imports").iterdir()) == []


def test_the_same_file_again_has_nothing_to_take_in(admin: Browser) -> None:
    admin.post("/-/import/lieu", **form(send(admin), "main form"))
    again = send(admin)

    assert "There is nothing to import." in again.text and not soup(again).select("main form")


def test_a_press_after_the_file_has_gone_asks_for_it_again(admin: Browser, site: Station) -> None:
    fields = form(send(admin), "main form")
    for file in (Path(site.config.instance) / "imports").iterdir():
        file.unlink()
    gone = admin.post("/-/import/lieu", **fields)

    assert gone.status_code == 404 and errors(gone) == ["The file has gone from here meanwhile. Send it again."]


def test_what_somebody_else_looked_at_is_not_taken_in(admin: Browser, member: Browser, site: Station) -> None:
    fields = form(send(admin), "main form")
    refused = member.post("/-/import/lieu", proof=fields["proof"])

    assert refused.status_code == 403 and titles(site) == []


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0old office", b"%PDF-1.7", b"Couleur\nrouge\n"])
def test_a_file_that_cannot_be_read_says_what_to_do(admin: Browser, content: bytes) -> None:
    answer = send(admin, content)

    assert answer.status_code == 400 and len(errors(answer)) == 1


def test_only_who_looks_after_the_records_may_import(app: Flask, member: Browser) -> None:
    assert app.test_client().get("/-/import/lieu").status_code == 403
    assert member.get("/-/import/lieu").status_code == 403


def test_the_empty_table_has_the_columns_of_the_form_and_comes_in(admin: Browser, site: Station) -> None:
    table = admin.get("/-/import/lieu/template.csv")
    admin.post("/-/import/lieu", **form(send(admin, table.data), "main form"))

    assert table.text.startswith("\ufeffName") and titles(site) == ["…"]


def test_a_form_that_is_not_there_has_no_import(admin: Browser) -> None:
    assert admin.get("/-/import/personne").status_code == 404
