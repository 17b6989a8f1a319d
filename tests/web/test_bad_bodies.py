"""Texts that cannot be kept as they are: a sentence says why, and what was typed stands in the form again."""

import re

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder

from app.wiki.frontmatter import parse
from tests.web.hands import Browser, content, edit_address, errors, notices, one, textarea

FORM = "application/x-www-form-urlencoded"


def send_raw(browser: Browser, path: str, body: bytes, kind: str = FORM):  # type: ignore[no-untyped-def]
    headers = {"Origin": "http://localhost"}
    response = browser.client.post(edit_address(path), data=body, content_type=kind, headers=headers)
    assert response.status_code != 500
    return response


def test_a_nul_is_refused_and_the_text_kept(passer_by: Browser) -> None:
    response = passer_by.post(edit_address("nul"), text="avant\0après\n", base="", author="Zoé")

    assert response.status_code == 400 and errors(response)
    assert "avant" in textarea(response) and "après" in textarea(response)
    assert passer_by.get("/nul").status_code == 404


@pytest.mark.parametrize("kind", ["form", "multipart"])
def test_bytes_that_are_no_utf8_are_refused_and_not_kept_half(passer_by: Browser, kind: str) -> None:
    if kind == "form":
        response = send_raw(passer_by, "latin", b"author=Zoe&base=&text=caf%E9+noir")
    else:
        body = b"".join(
            b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % part
            for part in ((b"author", b"Zoe"), (b"base", b""), (b"text", b"caf\xe9 noir"))
        )
        response = send_raw(passer_by, "latin", body + b"--x--\r\n", "multipart/form-data; boundary=x")

    assert response.status_code == 400
    assert "noir" in textarea(response) and errors(response)
    assert passer_by.get("/latin").status_code == 404


def test_line_ends_of_windows_become_those_of_the_wiki(passer_by: Browser) -> None:
    passer_by.write("crlf", "---\r\ntitle: Lignes\r\n---\r\nun\r\n\r\ndeux\r\n")
    head, _, body = passer_by.typed("crlf").partition("---\n")[2].partition("---\n")

    assert ("title: Lignes\n" in head, body, "\r" in head) == (True, "un\n\ndeux\n", False)


def test_a_text_over_the_cap_is_refused_and_kept(passer_by: Browser) -> None:
    text = "mot " * 300_000
    response = passer_by.post(edit_address("long"), text=text, base="", author="Zoé")

    assert response.status_code == 413
    assert "1000" in errors(response)[0] and len(textarea(response)) >= len(text) - 1


def test_a_text_five_megabytes_over_the_cap_is_refused_and_kept(passer_by: Browser) -> None:
    text = "mot " * 1_500_000
    response = passer_by.post(edit_address("long"), text=text, base="", author="Zoé")

    assert response.status_code == 413
    assert len(re.findall("mot ", response.text)) >= 1_500_000 and "6000" in response.text


def test_what_no_form_can_hold_is_refused_with_a_page(passer_by: Browser) -> None:
    response = send_raw(passer_by, "long", b"text=" + b"x" * 22_000_000)

    assert response.status_code == 413
    assert one(response, "main .lead").text


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data", "", "x"])
def test_a_form_of_another_kind_changes_nothing(passer_by: Browser, kind: str) -> None:
    response = send_raw(passer_by, "autre", b'{"text": "x"}', kind)

    assert response.status_code in {400, 413, 415}
    assert passer_by.get("/autre").status_code == 404


def test_a_form_with_ten_thousand_fields_is_refused(passer_by: Browser) -> None:
    body = "&".join(f"f{number}=x" for number in range(10_000)).encode()

    assert send_raw(passer_by, "champs", body).status_code in {400, 413}


def test_an_unfinished_form_is_refused(shared_app: Flask) -> None:
    builder = EnvironBuilder("/-/edit/fini", method="POST", data={"text": "x", "base": "", "author": "Z"})
    environ = builder.get_environ()
    environ["CONTENT_LENGTH"] = "5000"
    builder.close()
    response = shared_app.test_client().open(environ)

    assert response.status_code in {303, 400}


@pytest.mark.parametrize("text", ["", "  \n\n", "---\nid: abcdefgh\n---\n"])
def test_an_empty_text_is_refused_or_is_a_page_without_words(passer_by: Browser, text: str) -> None:
    response = passer_by.post(edit_address("vide"), text=text, base="", author="Zoé")

    assert response.status_code in {400, 303}
    assert response.status_code == 303 or errors(response)


HOSTILE_HEADS = {
    "unclosed": "---\ntitle: a\n\nmots\n",
    "double key": "---\ntitle: a\ntitle: b\n---\nmots\n",
    "anchors": "---\na: &a [x]\nb: *a\n---\nmots\n",
    "merge bomb": "---\na: &a {x: 1}\nb: &b {<<: [*a, *a]}\nc: {<<: [*b, *b]}\n---\nmots\n",
    "tag": "---\na: !!python/object/apply:os.system ['true']\n---\nmots\n",
    "too deep": "---\na: " + "[" * 200 + "]" * 200 + "\n---\nmots\n",
    "too long": "---\na: " + "x" * 70_000 + "\n---\nmots\n",
    "no mapping": "---\n- a\n- b\n---\nmots\n",
    "control": "---\na: \"\\x07\"\n---\nmots\n",
    "script": "---\ntitle: <script>alert(1)</script>\ntags: ['<img src=x onerror=alert(1)>']\nlang: '\"><b>'\n---\nmots\n",
    "types": "---\ntitle: [a, b]\ntags: {a: b}\nid: [x]\naliases: {a: 1}\nredirect: [b]\nform: {}\nlang: []\n---\nmots\n",
    "numbers": "---\ntitle: 07150\nid: 0x1F\ntags: 20:00\n---\nmots\n",
    "byte order mark": "\ufeff---\ntitle: a\n---\nmots\n",
    "long title": "---\ntitle: " + "é" * 5_000 + "\n---\nmots\n",
    "line ends": "---\ntitle: \"a\u2028b\\nc\"\n---\nmots\n",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_HEADS)
def test_a_broken_or_hostile_head_never_hides_the_text(passer_by: Browser, name: str) -> None:
    path, text = f"tete-{name.replace(' ', '-')}", HOSTILE_HEADS[name]
    response = passer_by.post(edit_address(path), text=text, base="", author="Zoé")
    assert response.status_code in {303, 400}
    if response.status_code == 400:
        assert errors(response)
        return
    page = passer_by.get(f"/{path}")

    assert "mots" in content(page).text
    assert parse(text).fault is None or notices(page)
    for address in ("/-/edit/", "/-/history/", "/-/source/", "/-/diff/", "/-/blame/", "/-/links/", "/-/rename/"):
        assert passer_by.get(address + path).status_code == 200
    passer_by.write(path, passer_by.typed(path) + "suite\n")
    assert "suite" in content(passer_by.get(f"/{path}")).text


def test_what_is_nested_too_deep_is_shown_as_its_text(passer_by: Browser) -> None:
    passer_by.write("profond", ">" * 5_000 + " mot\n")
    response = passer_by.get("/profond")

    assert response.status_code == 200 and "mot" in content(response).text


@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
                                    "<a href='vbscript:x'>x</a>", "<style>*{}</style>", "<iframe src=//evil.example></iframe>",
                                    "<form action=//evil.example><button>x</button></form>", "<svg onload=alert(1)>",
                                    "<base href=//evil.example>", "<meta http-equiv=refresh content=0>"])  # fmt: skip
def test_an_attack_in_a_text_is_defused(passer_by: Browser, attack: str) -> None:
    passer_by.write("attaque", f"mots {attack}\n\n{attack}\n")
    page = content(passer_by.get("/attaque"))

    assert not page.select("script, style, iframe, form, svg[onload], base, meta, [onerror], [onload]")
    assert not [tag for tag in page.select("[href]") if ":" in str(tag["href"]).partition("/")[0]]
