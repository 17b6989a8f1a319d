"""`gare check`: each fault is found and said with its cure."""

import gettext
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import which

import pytest
from babel.messages.mofile import write_mo

from app.backup.reading import SECRETS
from app.catalog import searching
from app.cli.language import _CATALOGUES
from app.people.viewer import signed_in
from app.serving import marked, note
from app.station import Station
from app.wiki.uploads import prepare_upload
from tests.cli.conftest import Gare
from tests.web.catalogues import catalogue

Done = Callable[..., str]
OPERATOR = signed_in("x", "m-aaaaaaaa", is_admin=True)
WEEKS = 20 * 86_400  # seconds


@pytest.fixture
def written(done: Done, station: Station) -> None:
    """An instance with a page that has a file, all in step."""
    done("page", "put", "jardins/compost", input="Trois bacs.\n")
    upload = prepare_upload("plan.txt", b"un plan\n", max_bytes=1000)
    station.door.attach(OPERATOR, "jardins/compost", [upload], "m-aaaaaaaa")
    searching.follow(station.wiki)


def _care(gare: Gare) -> list[str]:
    result = gare("check")
    found = [line.removeprefix("CARE  ") for line in result.stdout.splitlines() if line.startswith("CARE")]
    assert result.exit_code == (1 if found else 0), result.output
    return found


@pytest.mark.usefixtures("written")
def test_a_sound_instance_needs_no_care(gare: Gare) -> None:
    assert _care(gare) == []


def _git_of_version(version: str, folder: Path) -> str:
    """Give a PATH on which git says that it is of this version, and does all else as the real one."""
    folder.mkdir()
    script = folder / "git"
    script.write_text(
        f'#!/bin/sh\n[ "$1" = version ] && echo "git version {version}" && exit\nexec {which("git")} "$@"\n'
    )
    script.chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    ("version", "found"),
    [
        ("2.35.8", ["Programs: git 2.35.8 is too old: a power cut could take changes away. Install 2.36."]),
        ("2.36.0", []),
        ("2.100.1 (Apple Git-154)", []),
        ("10.0-rc1", []),
    ],
)
def test_a_git_that_is_too_old_is_found(
    gare: Gare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, found: list[str]
) -> None:
    monkeypatch.setenv("PATH", _git_of_version(version, tmp_path / "bin"))

    assert _care(gare) == found


NO_ADDRESS = "Address: not set: links go wrong. Type it in the settings, “Mail server”, or in gare.toml."


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    ("bound", "found"),
    [
        ("http://127.0.0.1:8000", []),
        ("http://127.0.1.1:8000", []),
        ("http://[::1]:8000", []),
        ("http://0.0.0.0:8000", [NO_ADDRESS]),
        ("http://[::]:8000", [NO_ADDRESS]),
        ("http://192.168.1.20:8000", [NO_ADDRESS]),
        ("unix:/run/gare.sock", [NO_ADDRESS]),
    ],
)
def test_a_site_that_others_reach_needs_an_address(gare: Gare, instance: Path, bound: str, found: list[str]) -> None:
    with marked(instance):
        note(instance, bound)

        assert _care(gare) == found


@pytest.mark.usefixtures("written")
def test_a_site_behind_a_proxy_needs_an_address(gare: Gare, instance: Path) -> None:
    (instance / "gare.toml").write_text("trusted_proxies = 1\n")
    without = _care(gare)
    (instance / "gare.toml").write_text('trusted_proxies = 1\naddress = "https://wiki.example.org"\n')

    assert (without, _care(gare)) == ([NO_ADDRESS], [])


@pytest.mark.usefixtures("written")
def test_a_damaged_object_of_git_is_found(gare: Gare, instance: Path) -> None:
    largest = max(
        (instance / "content.git/objects").rglob("*"), key=lambda file: file.is_file() and file.stat().st_size
    )
    largest.chmod(0o644)
    largest.write_bytes(largest.read_bytes()[:-30] + b"x" * 30)

    assert any(line.startswith("Pages: damaged (") for line in _care(gare))


@pytest.mark.usefixtures("written")
def test_what_was_pushed_meanwhile_is_taken_in_first(gare: Gare, station: Station) -> None:
    with station.wiki.store.writing() as writer:
        writer.commit([_change("neuf.md", "# Neuf\n")], author="m-bbbbbbbb", summary="")

    assert not any(line.startswith("Lists") for line in _care(gare))


def _change(file: str, text: str):  # type: ignore[no-untyped-def]
    from app.wiki.store import Change

    return Change(file, text.encode())


@pytest.mark.usefixtures("written")
def test_lists_that_are_not_in_step_are_found(gare: Gare, station: Station) -> None:
    with station.wiki.catalog.changing() as connection:
        connection.exec_driver_sql("DELETE FROM pages")

    assert "Lists: not in step with the pages. Build them anew: gare reindex" in _care(gare)


@pytest.mark.usefixtures("written")
def test_a_missing_search_index_is_found(gare: Gare, station: Station) -> None:
    station.wiki.search.clear()

    assert _care(gare) == ["The search: damaged or missing. It is built anew by: gare jobs"]


@pytest.mark.usefixtures("written")
def test_a_search_index_without_a_page_is_found(gare: Gare, station: Station) -> None:
    station.wiki.search.update([], ["jardins/compost"])

    assert _care(gare) == ["The search: not in step with the pages. Build it anew: gare reindex"]


@pytest.mark.usefixtures("written")
def test_pages_that_wait_for_the_search_too_long_are_found(gare: Gare, station: Station) -> None:
    with station.wiki.catalog.changing() as connection:
        connection.exec_driver_sql("INSERT INTO search_queue VALUES ('jardins/compost', 0, 1)")

    assert _care(gare) == ["The search: 1 pages wait. They are read by: gare jobs"]


@pytest.mark.usefixtures("written")
def test_a_missing_file_is_found(gare: Gare, station: Station) -> None:
    for oid in station.wiki.files.list_oids():
        station.wiki.files.path(oid).unlink()

    assert _care(gare) == ["Files: plan.txt of jardins/compost is missing. Add it again."]


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("name", SECRETS)
def test_a_key_or_password_that_others_can_read_is_found(gare: Gare, instance: Path, name: str) -> None:
    (instance / name).touch()
    (instance / name).chmod(0o644)
    while_open = _care(gare)
    (instance / name).chmod(0o600)

    assert while_open == [f"Secret key: others can read it. Close it: chmod 600 {instance / name}"]
    assert _care(gare) == []


@pytest.mark.usefixtures("written")
def test_an_old_instance_without_a_backup_is_found(gare: Gare, instance: Path) -> None:
    os.utime(instance / "secret.key", (time.time() - WEEKS,) * 2)

    assert _care(gare) == ["Backup: none yet. Make one: gare backup FILE"]


@pytest.mark.usefixtures("written")
def test_a_fresh_backup_counts(gare: Gare, done: Done, instance: Path, tmp_path: Path) -> None:
    os.utime(instance / "secret.key", (time.time() - WEEKS,) * 2)
    done("backup", tmp_path / "b.tar")

    assert _care(gare) == []


@pytest.mark.usefixtures("written")
def test_a_job_that_fails_is_found(gare: Gare, instance: Path) -> None:
    (instance / "jobs.json").write_text('{"mailbox": {"at": 1.0, "seconds": 0.1, "said": null, "error": "no route"}}')

    assert _care(gare) == ["Jobs: mailbox: no route"]


def _age(file: Path, seconds: float) -> None:
    os.utime(file, (time.time() - seconds,) * 2)


def _report(instance: Path, seconds: float) -> None:
    """Write the report of a job that ran that long ago."""
    result = {"at": time.time() - seconds, "seconds": 0.1, "said": None, "error": None}
    (instance / "jobs.json").write_text(json.dumps({"search": result}))


@pytest.mark.usefixtures("written")
def test_a_job_process_that_is_dead_while_the_site_is_served_is_found(gare: Gare, instance: Path) -> None:
    _report(instance, 200)
    with marked(instance):
        _age(instance / "serving", 1000)
        found = _care(gare)

    assert found == ["Jobs: nothing has run for 3 minutes. Restart the site: gare serve"]


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(("served", "ran"), [(1000, 30), (30, 1000)])
def test_a_job_process_that_lives_or_has_just_begun_needs_no_care(
    gare: Gare, instance: Path, served: float, ran: float
) -> None:
    _report(instance, ran)
    with marked(instance):
        _age(instance / "serving", served)

        assert _care(gare) == []


@pytest.mark.usefixtures("written")
def test_jobs_that_rest_while_nothing_is_served_need_no_care(gare: Gare, instance: Path) -> None:
    _report(instance, 1000)
    with marked(instance):
        _age(instance / "serving", 1000)

    assert _care(gare) == []


@pytest.mark.usefixtures("written")
def test_a_clock_that_is_behind_is_found(gare: Gare, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - WEEKS)

    assert "Clock: behind by days. Set the clock of this machine." in _care(gare)


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the terminal be French, with the sentences as they stand in the catalogue now."""
    home = tmp_path / "translations/fr/LC_MESSAGES"
    home.mkdir(parents=True)
    with (home / "messages.mo").open("wb") as file:
        write_mo(file, catalogue("fr"))
    monkeypatch.setenv("LANGUAGE", "fr")
    gettext.bindtextdomain("messages", str(tmp_path / "translations"))
    yield
    gettext.bindtextdomain("messages", str(_CATALOGUES))


@pytest.mark.usefixtures("written", "french")
def test_a_french_terminal_is_answered_in_french(gare: Gare, instance: Path) -> None:
    (instance / "secret.key").chmod(0o644)
    lines = gare("check").stdout.splitlines()

    assert "ok      Horloge\u00a0: à l’heure" in lines
    assert (
        f"À VOIR  Clé secrète\u00a0: d’autres peuvent la lire. Protégez-la\u00a0: chmod 600 {instance}/secret.key"
        in lines
    )
