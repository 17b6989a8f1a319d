"""Attacks on forms, on every address that takes one: from other sites, too many, too large, in no form at all."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.station import Station
from tests.web.test_protection import limited
from tests.web.walking import addresses, enter, fields, forms, grow, swift

EVIL = {"Origin": "https://evil.example"}
HERE = {"Origin": "http://localhost"}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
FORM = "application/x-www-form-urlencoded"
# What comes of a form in somebody else's place: nothing that a view has looked at.
ASIDE = re.compile("This form is too old|This form came from another site|You have signed in again since")
HELPING = "tools."  # what the editor asks for while one types is counted apart: it shall not use up the right to save


@pytest.mark.parametrize("is_admin", [True, False])
def test_no_form_of_somebody_signed_in_is_taken_without_the_token(app: Flask, site: Station, is_admin: bool) -> None:
    browser = enter(app, site, "Nadia", is_admin=is_admin)
    answers = {
        (address, token): browser.client.post(address, data={"csrf_token": token} if token else {}, headers=HERE)
        for address in forms(app)
        for token in ("", "IjAi.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    }

    assert [where for where, one in answers.items() if one.status_code != 400 or not ASIDE.search(one.text)] == []
    assert browser.get("/-/me").status_code == 200, "nothing was signed out"


def test_no_form_of_another_site_is_taken_with_the_token_of_somebody_else(app: Flask, site: Station) -> None:
    nadia, mallory = (enter(app, site, name, is_admin=True) for name in ("Nadia", "Mallory"))
    token = mallory._token()
    answers = {address: nadia.client.post(address, data=token, headers=HERE) for address in forms(app)}

    assert [where for where, one in answers.items() if one.status_code != 400 or not ASIDE.search(one.text)] == []


@pytest.mark.parametrize("headers", [EVIL, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}])
def test_no_form_of_another_site_is_taken_not_even_of_a_passer_by(
    app: Flask, site: Station, headers: dict[str, str]
) -> None:
    member, passer_by = enter(app, site, "Idris"), swift(app)
    token = member._token()
    answers = {
        (address, browser is member): browser.client.post(address, data=token, headers=headers)
        for address in forms(app)
        for browser in (member, passer_by)
    }

    assert [where for where, one in answers.items() if one.status_code != 403 or not ASIDE.search(one.text)] == []


def test_the_press_of_a_mail_program_opens_the_forms_that_end_mails_alone(app: Flask, site: Station) -> None:
    """RFC 8058: programs that stand in a browser send it from their own site; the secret in the address is the proof."""
    browser = enter(app, site, "Nadia", is_admin=True)
    answers = {address: browser.client.post(address, data=ONE_CLICK, headers=EVIL) for address in forms(app)}

    opened = {where: one.status_code for where, one in answers.items() if one.status_code != 403}
    assert opened == {"/-/unsubscribe/x": 410, "/-/answer/stop/x": 410}


def test_the_api_knows_no_session(app: Flask, site: Station) -> None:
    admin = enter(app, site, "Nadia", is_admin=True)
    admin.write("a", "---\naudience: admins\n---\nmots\n")
    codes = {
        (method, address): admin.client.open(address, method=method, json={"text": "x"}).status_code
        for method in ("POST", "PUT", "DELETE", "PATCH")
        for address in addresses(app, method)
        if address.startswith("/-/api/")
    }

    assert codes and all(code in {401, 403, 404, 412, 422, 428} for code in codes.values()), codes
    assert "mots" in admin.typed("a")


def test_every_form_and_every_program_waits_who_sends_too_often(instance: Path, make_app: Callable[[], Flask]) -> None:
    limited(instance, make_app, 'write_rate = "3 per hour"\n')
    app = make_app()
    browser = swift(app)
    for _ in range(4):
        for address in ("/-/display", "/-/convert"):
            browser.client.post(address, headers=HERE)
    codes = {
        (endpoint, path): browser.client.open(address, method=method, headers=HERE).status_code
        for method in ("POST", "PUT", "DELETE", "PATCH")
        for path in ("a", "a//..b")
        for address, endpoint in addresses(app, method, path=path).items()
    }

    assert {where: code for where, code in codes.items() if code != 429} == {}
    assert [endpoint for endpoint, _ in codes if endpoint.startswith(HELPING)], (
        "they have a count of their own, which ends"
    )


MALFORMED: dict[str, Callable[[str], dict[str, object]]] = {
    "a program's": lambda token: {"data": b'{"a": 1}', "content_type": "application/json", "headers": {"X-CSRFToken": token}},
    "no kind": lambda token: {"data": b"\0\xff", "content_type": "", "headers": {"X-CSRFToken": token}},
    "a border that never comes": lambda token: {
        "data": b"--x\r\nContent-Disposition: form-data; name=text\r\n\r\nmots", "headers": {"X-CSRFToken": token},
        "content_type": "multipart/form-data; boundary=x",
    },
    "no border": lambda token: {"data": b"x", "content_type": "multipart/form-data", "headers": {"X-CSRFToken": token}},
    "bytes of another script": lambda token: {"data": b"text=caf%E9&title=%FF%FE&csrf_token=" + token.encode()},
    "halves of escapes": lambda token: {"data": b"%=%&text=%u0041&title=%G1&=&csrf_token=" + token.encode()},
    "too many fields": lambda token: {"data": f"csrf_token={token}&" + "&".join(f"f{n}=x" for n in range(3000))},
    "larger than it may be": lambda token: {
        "data": f"csrf_token={token}", "environ_overrides": {"CONTENT_LENGTH": "99999999999"}},
    "a length that is none": lambda token: {"data": f"csrf_token={token}", "environ_overrides": {"CONTENT_LENGTH": "x"}},
}  # fmt: skip


ROUNDS = 2


def broken_by(app: Flask, site: Station, who: str, sent: Callable[[int, str], dict[str, object]]) -> list[object]:
    """Send something to every address that takes a form; give where it broke. `sent` gets a number and the token."""
    grow(site)
    browser, found = swift(app), []
    for number, address in enumerate(forms(app)):
        if who and not browser.client.get_cookie("session"):
            browser = enter(app, site, who, is_admin=True)
        made = sent(number, browser._token().get("csrf_token", ""))
        made["headers"] = HERE | dict(made.get("headers", {}))  # type: ignore[call-overload]
        response = browser.client.post(address, **made)  # type: ignore[arg-type]
        found += [(address, number, response.status_code)] if response.status_code >= 500 else []
        if "Clear-Site-Data" in response.headers:
            browser = swift(app)
    return found


@pytest.mark.parametrize("turn", range(ROUNDS))
@pytest.mark.parametrize("who", ["Nadia", ""])
def test_a_malformed_form_breaks_nothing_anywhere(app: Flask, site: Station, turn: int, who: str) -> None:
    kinds = list(MALFORMED.values())

    def malformed(number: int, token: str) -> dict[str, object]:
        return {"content_type": FORM} | kinds[(number * ROUNDS + turn) % len(kinds)](token)

    assert broken_by(app, site, who, malformed) == []


STRANGE = ("\0", "\u00b2", "-1", "9" * 30, "\U0001f600" * 2, "../../etc/passwd", "%00\r\nX: y", "[]", "\u202e\ufeff",
           "x" * 70_000, "")  # fmt: skip


@pytest.mark.parametrize("turn", range(ROUNDS))
@pytest.mark.parametrize("who", ["Nadia", ""])
def test_strange_values_in_every_field_break_nothing_anywhere(app: Flask, site: Station, turn: int, who: str) -> None:
    names = fields()
    assert 50 < len(names) < 500

    def strange(number: int, token: str) -> dict[str, object]:
        values = {name: STRANGE[(number + turn + place) % len(STRANGE)] for place, name in enumerate(names)}
        return {"data": values | {"csrf_token": token}}

    assert broken_by(app, site, who, strange) == []


QUERIES = ("%00", "%FF", "%F0%9F%98%80", "9" * 30, "-1", "%C2%B2", "..%2f..%2f", "", "javascript:x", "1")


@pytest.mark.slow
@pytest.mark.parametrize(("who", "turn"), [("Nadia", 0), ("", 1)])
def test_a_strange_query_breaks_nothing_anywhere(app: Flask, site: Station, who: str, turn: int) -> None:
    admin = enter(app, site, "Nadia", is_admin=True)
    grow(site)
    admin.post("/-/groups/", name="jardin", title="Jardin", space="jardin", entry="open")
    client, broken = (admin if who else swift(app)).client, []
    for number, address in enumerate(addresses(app, "GET")):
        pairs = (f"{name}={QUERIES[(number + turn + place) % len(QUERIES)]}" for place, name in enumerate(fields()))
        status = client.get(f"{address}?{'&'.join([*pairs, '_external=1', '_scheme=x', '_anchor=x'])}").status_code
        broken += [(address, status)] if status >= 500 else []

    assert broken == []
