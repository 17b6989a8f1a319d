"""`gare export html`."""

import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from app.config import load
from app.hooks import Hooks
from app.people.viewer import signed_in
from app.station import open_station
from app.wiki.uploads import prepare_upload
from tests.checked_client import find_faults
from tests.cli.conftest import Gare, runner_for

OPERATOR = signed_in("x", "m-aaaaaaaa", is_admin=True)


@pytest.fixture(scope="module")
def site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of a home page, a space with a file and an accent, and a page that is not for everybody."""
    folder = tmp_path_factory.mktemp("export")
    instance = Path(shutil.copytree(prepared, folder / "instance"))
    done = runner_for(instance)
    done("page", "put", "index", input="[[Le compost]], [[pas écrit]], [dehors](https://example.org/x)\n")
    compost = "---\ntitle: Le compost\n---\n\n[plan](plan.txt) et [l’été](été.md)\n\n{{pages space=jardins}}\n"
    done("page", "put", "jardins/compost", input=compost)
    done("page", "put", "jardins/été", input="[[index|retour]] [[Réserve]]\n\n## Un titre\n\n[en haut](#un-titre)\n")
    done("page", "put", "réserve", input="---\naudience: members\n---\n\nentre nous\n")
    upload = prepare_upload("plan.txt", b"un plan\n", max_bytes=1000)
    station = open_station(load(instance), Hooks())
    station.door.attach(OPERATOR, "jardins/compost", [upload], "m-aaaaaaaa")
    station.close()
    assert done("export", "html", folder / "site").exit_code == 0
    return folder / "site"


def _pages(site: Path) -> dict[str, str]:
    return {file.relative_to(site).as_posix(): file.read_text() for file in site.rglob("*.html")}


def _links(site: Path) -> list[tuple[Path, str]]:
    return [
        (site / name, link)
        for name, html in _pages(site).items()
        for link in re.findall(r' (?:href|src)="([^"]*)"', html)
    ]


def test_only_what_everybody_may_read_is_written(site: Path) -> None:
    assert sorted(_pages(site)) == ["index.html", "jardins/compost.html", "jardins/été.html"]
    assert not any("entre nous" in html for html in _pages(site).values())


def test_every_link_leads_to_a_file_that_is_there(site: Path) -> None:
    inner = [(page, urlsplit(link).path) for page, link in _links(site) if not link.startswith(("http", "#"))]
    broken = [(page.name, path) for page, path in inner if not (page.parent / unquote(path)).is_file()]

    assert len(inner) > 8
    assert broken == []


def test_no_link_is_absolute_or_of_the_editor(site: Path) -> None:
    assert [link for _, link in _links(site) if link.startswith("/") or "gc-export" in link or "/new" in link] == []


def test_links_to_pages_that_are_not_there_are_plain_words(site: Path) -> None:
    assert re.search(r"<a[^>]*>pas écrit</a>", _pages(site)["index.html"])
    assert not re.search(r"<a[^>]*href[^>]*>pas écrit</a>", _pages(site)["index.html"])


def test_files_are_copied(site: Path) -> None:
    assert (site / "-/files/jardins/compost/plan.txt").read_bytes() == b"un plan\n"


def test_pages_are_valid(site: Path) -> None:
    assert {name: faults for name, html in _pages(site).items() if (faults := find_faults(html))} == {}


def test_a_folder_that_is_not_empty_is_refused(gare: Gare, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")

    assert "is not empty" in gare("export", "html", tmp_path).stderr
