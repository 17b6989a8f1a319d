"""No address of the site, of today or to come, lets a word of a closed page out: the map of addresses is walked."""

import io
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.station import Station
from tests.web.hands import Browser, follow_search

WORD = "zanzibarine"  # stands in the closed page: its title, text, file, summary; and nowhere else
NAME = "coffrefort"  # by which one may ask for it
HIDDEN = f"prive/{NAME}"
QUERIES = ("q=zanz", f"q={NAME}", "page=1", "from={0}&to={0}", "revision={0}", "section=1", f"path={HIDDEN}", f"tag={NAME}",
           "space=prive", f"title={NAME}&template={HIDDEN}", "days=365", "before=99999", "view=list")  # fmt: skip


@pytest.fixture
def revision(admin: Browser, site: Station) -> str:
    head = f"---\ntitle: {NAME} {WORD}\ntags: [{NAME}]\naliases: [autre-{NAME}]\n---\n"
    admin.write("prive/index", "---\naudience: admins\n---\n")
    admin.write(HIDDEN, f"{head}{NAME} {WORD} [[ouvert]] [[{WORD} perdu]]\n", summary=WORD)
    admin.write("prive/parti", f"# {NAME} {WORD}\n", summary=WORD)
    admin.post("/-/delete/prive/parti")
    admin.post(f"/-/files/{HIDDEN}/", file=(io.BytesIO(f"{NAME} {WORD}".encode()), f"{NAME}.txt"))
    admin.write("ouvert", f"Voir [[{HIDDEN}]].\n\n{{{{include page={HIDDEN}}}}}\n\n{{{{pages}}}}\n\n{{{{changes}}}}\n")
    admin.write("index", "Accueil\n")
    follow_search(site)
    return admin.base(HIDDEN)


@pytest.fixture
def stranger(app: Flask) -> Browser:
    """Give a browser that does not check its pages: thousands are asked for here."""
    return Browser(FlaskClient(app, app.response_class))


def addresses(rule: Rule, revision: str) -> Iterator[str]:
    """Fill the places of an address with closed, open and deleted pages and a file; ask in many ways."""
    if not rule.arguments:
        yield from (f"{rule.rule}?{query.format(revision)}" for query in QUERIES)
        return
    for path in (HIDDEN, "prive/parti", "ouvert", "prive", "prive/", f"autre-{NAME}", "Prive/COFFREFORT"):
        address = rule.rule
        for name in rule.arguments:
            converter = "path:" if f"<path:{name}>" in rule.rule else ""
            address = address.replace(f"<{converter}{name}>", f"{NAME}.txt" if name == "name" else path)
        yield address
        if path in {HIDDEN, "prive/parti"}:
            yield from (f"{address}?{query.format(revision)}" for query in QUERIES)


def test_no_get_tells_a_word_of_a_closed_page(app: Flask, stranger: Browser, revision: str) -> None:
    asked = 0
    for rule in app.url_map.iter_rules():
        for address in addresses(rule, revision) if "GET" in (rule.methods or ()) else ():
            text = stranger.get(address, follow_redirects=True).text
            asked += 1
            assert WORD not in text.casefold(), address
    assert asked > 500


def test_no_post_tells_a_word_of_a_closed_page(app: Flask, stranger: Browser, revision: str) -> None:
    fields = {"text": "x", "base": revision, "author": "Zoé", "to": "ailleurs", "with_folder": "1", "revision": revision,
              "title": NAME, "folder": "prive", "template": HIDDEN, "name": f"{NAME}.txt", "token": "x"}  # fmt: skip
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()):
            continue
        for address in (
            rule.rule.replace("<path:path>", path) for path in (HIDDEN, "prive/index", "prive/parti", "ouvert")
        ):
            for action in ("save", "preview", "delete"):
                text = stranger.post(address, **(fields | {"action": action})).text
                assert WORD not in text.casefold(), address
    for page in ("/-/changes", "/-/pages", "/", "/ouvert", "/-/wanted"):
        assert WORD not in stranger.get(page).text.casefold()


def test_the_test_itself_would_notice(admin: Browser, revision: str) -> None:
    for address in ("/-/pages", "/-/changes", f"/{HIDDEN}", f"/-/history/{HIDDEN}", "/ouvert", f"/-/search?q={NAME}"):
        assert WORD in admin.get(address).text.casefold(), address
