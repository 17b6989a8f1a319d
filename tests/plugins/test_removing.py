"""What is removed leaves the store of files and the search, unless somebody still names it."""

import sys
from hashlib import sha256
from pathlib import Path

import pytest

from app.catalog import attaching, searching
from app.catalog.editing import Edit
from app.cli import erasing
from app.people.authors import SYSTEM
from app.people.viewer import ANONYMOUS, OPERATOR
from app.plugin import forget_in_search, remove_files, search_own
from app.proposals import enclosures, proposals, waiting
from app.proposals.enclosures import Enclosed
from app.proposals.proposals import Draft
from app.station import Station
from app.wiki.uploads import Prepared
from tests.plugins.written import small, write_plugin

BODY = """
def keeps(self, oids):
    return {oid for oid in oids if self.station.wiki.files.path(oid).read_bytes() == b"of a letter"}
def search_documents(self):
    return Letters()
"""
LETTERS = """

from datetime import UTC, datetime

from app.plugin import Document, FoundThing

WAITING = []


class Letters:
    kind, label, prefix = "letter", "Letters", "letter:"

    def audiences(self, viewer):
        return frozenset({"letters"})

    def waiting(self, limit):
        return (), tuple(WAITING), None

    def done(self, mark):
        WAITING.clear()

    def everything(self):
        for word in ("mirabelles", "rumpelstilzchen"):
            yield Document(f"letter:{word}", "letter", "", word, "", "", (), "", "letters", "fr",
                           datetime.fromtimestamp(0, UTC))

    def found(self, viewer, keys):
        return {key: FoundThing(key, "/", key, 0) for key in keys}
"""


@pytest.fixture
def bells(instance: Path) -> Path:
    """Put a plugin into the instance that keeps a file and letters, instead of the one with bells."""
    return write_plugin(instance, "bells", plugin=small(BODY, "bells", "cloches") + LETTERS)


def put(site: Station, content: bytes) -> str:
    return site.wiki.files.put(content).oid


def oid_of(content: bytes) -> str:
    return sha256(content).hexdigest()


def attach(site: Station, page: str, content: bytes) -> None:
    attaching.attach(site.wiki, page, [Prepared("a.txt", content, "text")], SYSTEM)


def traces(site: Station, word: bytes) -> list[str]:
    return [file.name for file in (site.config.instance / "search").rglob("*") if word in _bytes(file)]


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def test_a_file_that_nothing_names_is_removed(site: Station) -> None:
    oid = put(site, b"lost")

    assert remove_files(site, [oid]) == {oid} and not site.wiki.files.has(oid)


def test_a_file_that_a_page_had_stays(site: Station) -> None:
    attach(site, "jardin", b"of a page")
    attaching.detach(site.wiki, "jardin", "a.txt", SYSTEM)

    assert remove_files(site, [put(site, b"of a page")]) == set()


def test_a_file_that_a_proposal_names_stays(site: Station) -> None:
    pointer = site.wiki.files.put(b"proposed")
    with site.truth.begin() as connection:
        number = proposals.add(connection, Draft("x", None, "X", "x"), SYSTEM)
        enclosures.keep(connection, number, Enclosed(files={"x.txt": pointer}))

    assert remove_files(site, [pointer.oid]) == set()


def test_a_file_that_a_plugin_names_stays(site: Station) -> None:
    oid = put(site, b"of a letter")

    assert remove_files(site, [oid]) == set() and site.wiki.files.has(oid)


def test_a_file_that_a_plugin_names_outlives_the_page_that_had_it(site: Station) -> None:
    for page, content in (("jardin", b"of a letter"), ("verger", b"of a page")):
        site.door.save(OPERATOR, Edit(page, "Des mots.\n", None, SYSTEM))
        attach(site, page, content)
        erasing.erase(site, page, lambda *_: None)

    assert [site.wiki.files.has(oid_of(content)) for content in (b"of a letter", b"of a page")] == [True, False]


def test_a_file_that_a_plugin_names_outlives_the_form_that_it_was_sent_with(
    site: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    oid = put(site, b"of a letter")
    with site.truth.begin() as connection:
        waiting.note(connection, oid)
    monkeypatch.setattr(waiting, "KEPT_SECONDS", -1)

    assert waiting.remove_over(site) is None and site.wiki.files.has(oid)


def test_what_is_forgotten_in_the_search_is_in_none_of_its_files(site: Station) -> None:
    searching.follow(site.wiki)
    before = traces(site, b"rumpelstilzchen")
    plugin = next(one for one in site.hooks.plugins if one.name == "bells")
    sys.modules[type(plugin).__module__].WAITING.append("letter:rumpelstilzchen")
    forget_in_search(site)

    assert before
    assert traces(site, b"rumpelstil") == []
    assert [one.key for one in search_own(site, ANONYMOUS, "mirabelles", kind="letter")[0]] == ["letter:mirabelles"]


def test_what_a_stopped_rebuild_left_is_forgotten_too(site: Station) -> None:
    searching.follow(site.wiki)
    left = site.config.instance / "search/build-000009.new/words"
    left.parent.mkdir()
    left.write_text("rumpelstilzchen")
    forget_in_search(site)

    assert not left.exists()


def test_a_damaged_index_is_forgotten_as_a_whole(site: Station) -> None:
    searching.follow(site.wiki)
    (site.config.instance / "search/damaged").touch()
    forget_in_search(site)

    assert traces(site, b"mirabelles") == []
    assert searching.follow(site.wiki) > 0
