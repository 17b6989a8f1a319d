"""Reading starts no process and writes nothing: page views, lists, history and search are queries of the catalog."""

import subprocess
from collections.abc import Iterator

import pytest

from app.station import Station
from tests.web.hands import Browser, follow_search

READ = ("/", "/jardins/a", "/jardins/", "/nulle-part", "/ancien", "/-/history/jardins/a", "/-/changes", "/-/changes.atom", "/-/pages",
        "/-/wanted", "/-/orphans", "/-/links/jardins/a", "/-/comments/jardins/a", "/-/search?q=mots", "/sitemap.xml", "/-/api/v1/pages", "/-/titles?q=a",
        "/-/health", "/-/new")  # fmt: skip


@pytest.fixture
def filled(admin: Browser, browser: Browser, site: Station) -> Browser:
    admin.write("index", "[[jardins/a]] [[rien]]\n\n{{changes}}\n\n{{pages}}\n\n{{include page=jardins/a}}\n")
    admin.write("jardins/a", "---\naliases: [ancien]\n---\nmots\n")
    follow_search(site)
    browser.get("/")
    return browser


@pytest.fixture
def no_processes(filled: Browser, site: Station, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*arguments: object, **_: object) -> None:
        raise AssertionError(f"a process was started: {arguments}")

    site.wiki.store.close()
    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "Popen", refuse)
        yield


@pytest.mark.usefixtures("no_processes")
def test_no_reading_starts_a_process(filled: Browser) -> None:
    for address in READ:
        response = filled.get(address)
        assert response.status_code in {200, 302, 404}, address


def test_no_reading_changes_a_file(filled: Browser, site: Station) -> None:
    def state() -> dict[str, tuple[int, int]]:
        found = {}
        for file in site.config.instance.rglob("*"):
            if file.is_file() and not file.name.endswith(("-wal", "-shm")):
                found[str(file)] = (file.stat().st_mtime_ns, file.stat().st_size)
        return found

    before = state()
    for address in READ:
        filled.get(address)

    assert state() == before
