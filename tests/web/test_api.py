"""The JSON API: pages, history, changes and search for programs, with keys, preconditions and problem details."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.people import accounts, tokens
from app.station import Station
from tests.web.hands import Browser, follow_search

API = "/-/api/v1"


@pytest.fixture
def program(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def key(site: Station) -> dict[str, str]:
    """Give the header of Nadia's key; she administers the site."""
    with site.truth.begin() as connection:
        account = accounts.add(connection, "Nadia", is_admin=True)
        return {"Authorization": f"Bearer {tokens.make(connection, account.id, 'x', may_write=True)}"}


def put(program: FlaskClient, key: dict[str, str], text: str, path: str = "a", **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return program.put(f"{API}/pages/{path}", json={"text": text, "summary": "par programme"}, headers=key | named)


def problem(response: TestResponse) -> dict[str, Any]:
    """Read problem details (RFC 9457)."""
    assert response.mimetype == "application/problem+json"
    found: dict[str, Any] = response.json
    assert found["status"] == response.status_code and found["detail"] and found["title"]
    return found


def test_a_page_is_made_read_changed_and_deleted(program: FlaskClient, key: dict[str, str]) -> None:
    made = put(program, key, "# Un\n", If_None_Match="*")
    read = program.get(f"{API}/pages/a")
    changed = put(program, key, read.json["text"] + "deux\n", If_Match=read.headers["ETag"])
    gone = program.delete(f"{API}/pages/a", headers=key | {"If-Match": changed.headers["ETag"]})

    assert [answer.status_code for answer in (made, read, changed, gone)] == [201, 200, 200, 204]
    assert read.json["title"] == "Un" and read.headers["ETag"].strip('"') == read.json["revision"]
    assert "deux" in changed.json["text"]
    assert program.get(f"{API}/pages/a").status_code == 404


def test_what_a_program_writes_is_signed_and_shown(program: FlaskClient, key: dict[str, str], browser: Browser) -> None:
    put(program, key, "# Un\n", If_None_Match="*")

    assert "Nadia" in browser.get("/a").text and "par programme" in browser.get("/-/history/a").text
    [change] = program.get(f"{API}/history/a").json
    assert (change["what"], change["author"], change["summary"]) == ("created", "Nadia", "par programme")
    assert program.get(f"{API}/changes").json[0] | {"title": "Un", "path": "a"} == program.get(f"{API}/changes").json[0]


def test_without_a_precondition_nothing_is_written(program: FlaskClient, key: dict[str, str]) -> None:
    assert problem(put(program, key, "x"))["status"] == 428
    put(program, key, "x", If_None_Match="*")

    assert problem(program.delete(f"{API}/pages/a", headers=key))["status"] == 428


def test_a_page_that_changed_meanwhile_is_not_overwritten(program: FlaskClient, key: dict[str, str]) -> None:
    old = put(program, key, "un\n\ndeux\n", If_None_Match="*").headers["ETag"]
    put(program, key, "UN\n\ndeux\n", If_Match=old)

    assert problem(put(program, key, "un\n\nDEUX\n", If_Match=old))["status"] == 412
    assert problem(put(program, key, "x", If_None_Match="*"))["status"] == 412
    assert problem(program.delete(f"{API}/pages/a", headers=key | {"If-Match": old}))["status"] == 412
    assert "UN\n\ndeux" in program.get(f"{API}/pages/a").json["text"]


def test_a_page_that_changes_just_before_it_is_deleted_stays(
    program: FlaskClient, key: dict[str, str], site: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = put(program, key, "un\n", If_None_Match="*").headers["ETag"]
    delete = site.door.delete

    def delete_late(*arguments: Any) -> None:
        put(program, key, "deux\n", If_Match=tag)
        delete(*arguments)

    monkeypatch.setattr(site.door, "delete", delete_late)

    assert problem(program.delete(f"{API}/pages/a", headers=key | {"If-Match": tag}))["status"] == 412
    assert "deux" in program.get(f"{API}/pages/a").json["text"]


def test_any_version_can_be_asked_for(program: FlaskClient, key: dict[str, str]) -> None:
    put(program, key, "un\n", If_None_Match="*")

    assert put(program, key, "deux\n", If_Match="*").status_code == 200
    assert problem(put(program, key, "x", path="b", If_Match="*"))["status"] == 404


def test_a_page_that_has_not_changed_is_answered_304(program: FlaskClient, key: dict[str, str]) -> None:
    tag = put(program, key, "un\n", If_None_Match="*").headers["ETag"]

    assert program.get(f"{API}/pages/a", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    "said", ["Bearer x", "Bearer ", "Basic eDp4", "x", "Bearer gare_\u00e9", "Bearer " + "x" * 5000]
)
def test_a_key_that_is_not_known_opens_nothing(program: FlaskClient, said: str) -> None:
    for answer in (
        program.get(f"{API}/pages", headers={"Authorization": said}),
        put(program, {"Authorization": said}, "x"),
    ):
        assert problem(answer)["status"] == 401 and answer.headers["WWW-Authenticate"] == "Bearer"


def test_without_a_key_nothing_is_written(program: FlaskClient) -> None:
    assert problem(put(program, {}, "x", If_None_Match="*"))["status"] == 401
    assert problem(program.delete(f"{API}/pages/a"))["status"] == 401


def test_the_browsers_session_counts_for_nothing(admin: Browser) -> None:
    admin.write("secret", "---\naudience: admins\n---\n")

    assert admin.get(f"{API}/pages/secret").status_code == 404
    assert admin.client.put(f"{API}/pages/a", json={"text": "x"}, headers={"If-None-Match": "*"}).status_code == 401


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400), (b"[]", "application/json", 422), (b"{}", "application/json", 422),
        (b'{"text": 1}', "application/json", 422), (b'{"text": "x", "more": 1}', "application/json", 422),
        (b'{"text": "x"}', "text/plain", 422), (b"\xff\xfe", "application/json", 400), (b'{"text": "a\\u0000b"}', "application/json", 400),
        (b'{"text": ""}', "application/json", 400), (b'{"text": "\\ud800"}', "application/json", 400),
    ],
)  # fmt: skip
def test_a_body_that_is_no_good_is_refused(
    program: FlaskClient, key: dict[str, str], body: bytes, kind: str, status: int
) -> None:
    answer = program.put(f"{API}/pages/a", data=body, content_type=kind, headers=key | {"If-None-Match": "*"})

    assert problem(answer)["status"] in {status, 415}
    assert program.get(f"{API}/pages/a").status_code == 404


def test_a_text_over_the_cap_is_refused(program: FlaskClient, key: dict[str, str]) -> None:
    assert problem(put(program, key, "x" * 1_000_001, If_None_Match="*"))["status"] == 413


@pytest.mark.parametrize("path", ["../x", "a%00b", ".git/config", "-/x", "x" * 300, "a//b"])
def test_an_impossible_name_is_refused(program: FlaskClient, key: dict[str, str], path: str) -> None:
    answer = put(program, key, "x", path=path, If_None_Match="*")

    assert problem(answer)["status"] in {400, 404}


def test_pages_are_listed_by_space_and_keyword(program: FlaskClient, browser: Browser) -> None:
    browser.write("jardins/a", "---\ntags: [eau]\n---\n")
    browser.write("b", "---\ntags: [eau, terre]\n---\n")

    assert [page["path"] for page in program.get(f"{API}/pages?space=jardins").json] == ["jardins/a"]
    assert [page["path"] for page in program.get(f"{API}/pages?tag=terre").json] == ["b"]
    assert program.get(f"{API}/pages?page=2").json == []


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=" + "9" * 30, "space=" + "x" * 999, "more=1"])
def test_a_strange_question_is_refused_or_answered(program: FlaskClient, query: str) -> None:
    answer = program.get(f"{API}/pages?{query}")

    assert answer.status_code == 200 or problem(answer)["status"] == 422


def test_search_gives_hits_with_words_around(program: FlaskClient, browser: Browser, site: Station) -> None:
    browser.write("a", "# Compost\n\nOn y met les épluchures.\n")
    follow_search(site)
    found = program.get(f"{API}/search?q=epluchure").json

    assert found["total"] == 1 and found["hits"][0]["path"] == "a" and "épluchures" in found["hits"][0]["snippet"]


def test_what_is_not_there_is_a_problem(program: FlaskClient) -> None:
    for address in ("/pages/nulle-part", "/history/nulle-part", "/nothing"):
        assert problem(program.get(API + address))["status"] == 404
    assert problem(program.get(f"{API}/pages/a/../b"))["status"] in {400, 404}
    assert problem(program.post(f"{API}/pages"))["status"] == 405


def test_the_document_describes_every_address_and_its_errors(program: FlaskClient, app: Flask) -> None:
    document = program.get(f"{API}/openapi.json").json

    described = {
        path.replace("{path}", "<path:path>").replace("{", "<").replace("}", ">") for path in document["paths"]
    }
    assert described == {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api_")}
    assert (
        document["openapi"].startswith("3.")
        and document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    )
