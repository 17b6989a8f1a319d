"""No address of the site, of today or to come, lets a word of a closed page out: the map of addresses is walked."""

import io
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.station import Station
from tests.web.hands import Browser, follow_search

WORD = "zanzibarine"  # stands in the closed page, its title, its file, its summary and its author's name, and nowhere else
HIDDEN = "prive/coffre"
QUERIES = ("", "q=zanz", "q=coffre", "page=1", "from={0}&to={0}", "revision={0}", "section=1", "path=" + HIDDEN, "tag=" + WORD,
           "space=prive", "author=" + WORD, "title=coffre", "template=" + HIDDEN)  # fmt: skip


@pytest.fixture
def revision(admin: Browser, site: Station) -> str:
    head = f"---\ntitle: Coffre {WORD}\ntags: [{WORD}]\naliases: [{WORD}-alias]\n---\n"
    admin.write("prive/index", "---\naudience: admins\n---\n")
    admin.write(HIDDEN, f"{head}{WORD} [[ouvert]] [[{WORD} perdu]]\n", summary=WORD)
    admin.write("prive/parti", f"# {WORD}\n", summary=WORD)
    admin.post("/-/delete/prive/parti")
    admin.post(f"/-/files/{HIDDEN}/", file=(io.BytesIO(WORD.encode()), f"{WORD}.txt"))
    admin.write("ouvert", "Voir [[prive/coffre]].\n\n{{include page=prive/coffre}}\n\n{{pages}}\n\n{{changes}}\n")
    admin.write("index", "Accueil\n")
    follow_search(site)
    return admin.base(HIDDEN)


def addresses(rule: Rule) -> Iterator[str]:
    """Fill the places of an address with a closed page, an open one, a deleted one, a file."""
    if not rule.arguments:
        yield rule.rule
        return
    for path in (HIDDEN, "prive", "prive/", "prive/parti", "ouvert", f"{HIDDEN}.files", "Prive/COFFRE"):
        address = rule.rule
        for name in rule.arguments:
            converter = "path:" if f"<path:{name}>" in rule.rule else ""
            value = path if name == "path" else f"{WORD[:4]}.txt" if name == "name" else path
            address = address.replace(f"<{converter}{name}>", value)
        yield address


def test_no_get_tells_a_word_of_a_closed_page(app: Flask, browser: Browser, revision: str) -> None:
    asked = 0
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        for address in addresses(rule):
            for query in QUERIES:
                text = browser.get(f"{address}?{query.format(revision)}".rstrip("?"), follow_redirects=True).text
                asked += 1
                said = text.casefold().replace(query.casefold(), "").replace(f'value="{WORD}"', "").replace(f"author={WORD}", "")
                assert WORD not in said, f"{address}?{query}"
    assert asked > 200


def test_no_post_tells_a_word_of_a_closed_page(app: Flask, browser: Browser, revision: str) -> None:
    fields = {"text": "x", "base": revision, "author": "Zoé", "to": "ailleurs", "with_folder": "1", "revision": revision,
              "title": "Coffre", "folder": "prive", "template": HIDDEN, "action": "save", "name": f"{WORD[:4]}.txt"}  # fmt: skip
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()):
            continue
        for address in addresses(rule):
            for action in ("save", "preview", "delete", "upload"):
                response = browser.post(address, **(fields | {"action": action}))
                assert WORD not in response.text.casefold(), address
    for page in ("/-/changes", "/-/pages", "/", "/ouvert"):
        assert WORD not in browser.get(page).text.casefold()


def test_the_test_itself_would_notice(admin: Browser, revision: str) -> None:
    for address in ("/-/pages", "/-/changes", f"/{HIDDEN}", f"/-/history/{HIDDEN}", "/ouvert", "/-/search?q=coffre"):
        assert WORD in admin.get(address).text.casefold(), address
