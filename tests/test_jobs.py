"""The jobs: what is derived heals and follows by itself."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.catalog.editing import Edit
from app.catalog.tables import revisions
from app.hooks import Job
from app.jobs import Runner, lanes, maintain
from app.people.search import SearchQuery, search
from app.people.viewer import READER, signed_in
from app.results import read_results
from app.station import Station
from app.web.checkup import JOBS
from app.wiki.store import Change

OPERATOR = signed_in("x", "m-aaaaaaaa", is_admin=True)
NOON = time.mktime((2026, 3, 12, 12, 0, 0, 0, 0, -1))
NIGHT = time.mktime((2026, 3, 13, 3, 0, 0, 0, 0, -1))
DAY = 86_400


def _save(station: Station, path: str, text: str) -> None:
    station.door.save(OPERATOR, Edit(path, text, None, "m-aaaaaaaa"))


def _found(station: Station, word: str) -> list[str]:
    return [one.row.path for one in search(station.wiki, READER, SearchQuery(word))[0]]


def _ready(station: Station) -> Runner:
    """A runner for which everything is due."""
    (station.config.instance / "jobs.json").unlink(missing_ok=True)
    return Runner(station)


def _wait(is_true: Callable[[], bool], seconds: float = 10) -> float:
    start = time.monotonic()
    while not is_true():
        assert time.monotonic() - start < seconds, "it did not come about"
        time.sleep(0.02)
    return time.monotonic() - start


def test_the_search_follows_a_save(station: Station) -> None:
    _save(station, "compost", "Trois bacs.\n")
    _ready(station).once()

    assert _found(station, "bacs") == ["compost"]


def test_a_push_from_outside_is_noticed(station: Station) -> None:
    with station.wiki.store.writing() as writer:
        writer.commit([Change("pousse.md", b"Une pousse.\n")], author="m-bbbbbbbb", summary="")
    _ready(station).once()

    assert station.door.find(READER, "pousse").author == "m-bbbbbbbb"
    assert _found(station, "pousse") == ["pousse"]


def _delete(file: Path) -> None:
    for name in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        name.unlink(missing_ok=True)


def _garble(file: Path) -> None:
    _delete(file)
    file.write_bytes(b"this is no database" * 500)


@pytest.mark.parametrize("harm", [_delete, _garble])
def test_a_catalog_that_is_gone_or_damaged_is_built_anew(station: Station, harm: Callable[[Path], None]) -> None:
    _save(station, "compost", "Trois bacs.\n")
    harm(station.wiki.catalog.file)
    _ready(station).once()

    assert station.door.find(READER, "compost").title == "Compost"
    assert station.wiki.catalog.is_sound()


def test_a_search_index_that_is_gone_is_built_anew(station: Station) -> None:
    _save(station, "compost", "Trois bacs.\n")
    _ready(station).once()
    station.wiki.search.clear()
    _ready(station).once()

    assert _found(station, "bacs") == ["compost"]


def _failing() -> str:
    raise RuntimeError("the mailbox is on fire")


@pytest.mark.filterwarnings("default")
def test_a_job_that_fails_stops_no_other_and_is_reported(station: Station) -> None:
    done: list[str] = []
    station.hooks.jobs += [Job("mailbox", 1, _failing), Job("digest", 1, lambda: done.append("sent"))]
    _ready(station).once()

    assert done == ["sent"]
    assert read_results(station.config.instance)["mailbox"].error == "RuntimeError: the mailbox is on fire"


def test_what_ran_is_not_due_again_before_its_time_even_after_a_restart(station: Station) -> None:
    runs: list[int] = []
    station.hooks.jobs.append(Job("digest", 3600, lambda: runs.append(1)))
    Runner(station).once()
    Runner(station).once()

    assert runs == [1]


def test_a_clock_that_was_set_back_does_not_stop_the_jobs(station: Station) -> None:
    runs: list[int] = []
    station.hooks.jobs.append(Job("digest", 3600, lambda: runs.append(1)))
    Runner(station).once()
    report = station.config.instance / "jobs.json"
    report.write_text(report.read_text().replace('"at": 1', '"at": 9'))
    Runner(station).once()

    assert runs == [1, 1]


def test_a_damaged_report_counts_as_none(station: Station) -> None:
    (station.config.instance / "jobs.json").write_text("{]")
    Runner(station).once()

    assert "catalog" in read_results(station.config.instance)


@pytest.mark.parametrize(
    ("last", "now", "is_due"),
    [
        (NIGHT - DAY, NIGHT, True),
        (NIGHT - DAY / 2, NIGHT, False),
        (NOON - DAY, NOON, False),
        (NOON - 4 * DAY, NOON, True),
    ],
)
def test_git_is_packed_at_night_or_when_it_was_long_ago(
    station: Station, last: float, now: float, is_due: bool
) -> None:
    mark = station.config.instance / "upkeep"
    mark.touch()
    os.utime(mark, (last, last))

    assert maintain(station.wiki, station.config.instance, now) == ("packed" if is_due else None)


def test_in_the_loop_a_save_is_found_within_2_seconds(station: Station) -> None:
    stop = threading.Event()
    loop = threading.Thread(target=Runner(station).loop, args=(stop,))
    loop.start()
    _save(station, "compost", "Trois bacs.\n")
    seconds = _wait(lambda: _found(station, "bacs") == ["compost"])
    stop.set()
    loop.join()

    assert seconds < 2


def test_a_slow_job_does_not_delay_the_search(station: Station) -> None:
    stop, go = threading.Event(), threading.Event()
    station.hooks.jobs.append(Job("mailbox", 1, lambda: str(go.wait(20))))
    loop = threading.Thread(target=_ready(station).loop, args=(stop,))
    loop.start()
    _save(station, "compost", "Trois bacs.\n")
    seconds = _wait(lambda: _found(station, "bacs") == ["compost"])
    go.set()
    stop.set()
    loop.join()

    assert seconds < 2


def test_the_loop_ends_with_its_parent(station: Station) -> None:
    loop = threading.Thread(target=Runner(station).loop, args=(threading.Event(), lambda: True))
    loop.start()
    loop.join(timeout=5)

    assert not loop.is_alive()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_the_loop_ends_when_a_lane_has_died(station: Station) -> None:
    station.hooks.jobs.append(Job("fatal", 1, _ending_its_thread))
    loop = threading.Thread(target=_ready(station).loop, args=(threading.Event(),))
    loop.start()
    loop.join(timeout=5)

    assert not loop.is_alive()


def _ending_its_thread() -> str:
    raise SystemExit


def test_a_report_that_a_full_disk_refuses_stops_no_job(station: Station) -> None:
    runner = _ready(station)
    draft = station.config.instance / f"jobs.json.{os.getpid()}"
    draft.symlink_to("/dev/full")  # ENOSPC from the kernel itself
    ran = [name for name, _result in runner.once()]

    assert ran == [job.name for lane in lanes(station) for job in lane]
    assert not draft.is_symlink()


def test_each_job_has_a_name_in_plain_words(station: Station) -> None:
    assert {job.name for lane in lanes(station) for job in lane} == JOBS.keys()


def test_a_rebuilt_catalog_keeps_history(station: Station) -> None:
    for number in range(3):
        page = station.door.find_view(READER, "compost")
        base = page[0].revision if page else None
        station.door.save(OPERATOR, Edit("compost", f"Bac {number}.\n", base, "m-aaaaaaaa"))
    _delete(station.wiki.catalog.file)
    _ready(station).once()
    with station.wiki.catalog.reading() as connection:
        kept = connection.execute(revisions.select().where(revisions.c.path == "compost")).all()

    assert [row.what for row in kept] == ["created", "edited", "edited"]
