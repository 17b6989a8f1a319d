"""Killed, without room, or side by side: no message is lost, none is there twice."""

import multiprocessing
import os
import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.errors import StorageFull
from plugins.archive import lists, rows, taking_in
from plugins.archive.archive import Archive
from plugins.archive.healing import heal_all, is_healed
from plugins.archive.rebuilding import rebuild
from plugins.archive.taking_in import take_in
from plugins.archive.tests.store import NOW, closing_archive, mail, make_list, open_archive, state
from tests.wiki.store_faults import start_child

MAILS = [mail(number, [number - 1] if number % 5 else ()) for number in range(1, 451)]
BIG = bytes(range(256)) * 400


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    yield from closing_archive(tmp_path)


def _in_child(folder: Path, work: Callable[[Archive], None]) -> int:
    """Do work in a process of its own, and give how it ended."""

    def try_it() -> None:
        try:
            work(open_archive(folder))
        except StorageFull:
            os._exit(7)

    return os.waitstatus_to_exitcode(os.waitpid(start_child(try_it), 0)[1])


def _take_all(archive: Archive) -> None:
    take_in(archive, lists.load(archive.truth)[0], MAILS, now=NOW)


def _expected(folder: Path) -> dict[str, object]:
    """Give what there is where nothing happened, but for what is of one list only."""
    folder.mkdir()
    archive = open_archive(folder)
    make_list(archive)
    _take_all(archive)
    found = _shown(archive)
    archive.close()
    archive.truth.dispose()
    return found


def _shown(archive: Archive) -> dict[str, object]:
    return {name: rows for name, rows in state(archive).items() if name != "people"}  # their codes are keyed


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _killed_at(number: int) -> Callable[[Archive], None]:
    """Kill the process between packs and rows of a batch."""

    def work(archive: Archive) -> None:
        write, calls = taking_in._write, []

        def dying(*given: object) -> None:
            calls.append(1)
            if len(calls) == number:
                _die()
            write(*given)  # type: ignore[arg-type]

        taking_in._write = dying  # type: ignore[assignment]
        _take_all(archive)

    return work


@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_a_killed_import_left_is_healed(archive: Archive, tmp_path: Path, number: int) -> None:
    make_list(archive)
    archive.truth.dispose()
    ended = _in_child(tmp_path, _killed_at(number))

    healed = heal_all(archive)
    _take_all(archive)

    assert (ended, healed) == (-signal.SIGKILL, 200 if number < 3 else 50)
    assert _shown(archive) == _expected(tmp_path / "whole")


def test_an_import_that_was_killed_goes_on_without_healing(archive: Archive, tmp_path: Path) -> None:
    make_list(archive)
    archive.truth.dispose()
    _in_child(tmp_path, _killed_at(2))

    _take_all(archive)

    assert _shown(archive) == _expected(tmp_path / "whole")


def test_a_killed_rebuild_changes_nothing_and_goes_on(archive: Archive, tmp_path: Path) -> None:
    make_list(archive)
    _take_all(archive)
    before = state(archive)
    archive.close()
    archive.truth.dispose()

    def work(archive: Archive) -> None:
        rebuild(archive, lambda *_: None)

    def dying(archive: Archive) -> None:
        write = taking_in._write

        def once(*given: object) -> None:
            write(*given)  # type: ignore[arg-type]
            _die()

        taking_in._write = once  # type: ignore[assignment]
        rebuild(archive)

    assert _in_child(tmp_path, dying) == -signal.SIGKILL
    assert state(archive) == before
    archive.close()
    archive.truth.dispose()
    assert _in_child(tmp_path, work) == 0
    assert state(archive) == before


def test_a_full_disk_is_said_and_the_import_goes_on_later(archive: Archive, tmp_path: Path) -> None:
    make_list(archive)
    archive.generation()
    archive.close()
    archive.truth.dispose()

    def work(archive: Archive) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        _take_all(archive)

    assert _in_child(tmp_path, work) == 7
    heal_all(archive)
    _take_all(archive)
    assert _shown(archive) == _expected(tmp_path / "whole")


def _half(folder: Path, begin: int) -> None:
    archive = open_archive(folder)
    take_in(archive, lists.load(archive.truth)[0], MAILS[begin::2] + MAILS[:50], now=NOW)


def test_two_processes_write_to_one_list(archive: Archive, tmp_path: Path) -> None:
    make_list(archive)
    archive.truth.dispose()
    context = multiprocessing.get_context("fork")
    both = [context.Process(target=_half, args=(tmp_path, begin)) for begin in (0, 1)]

    for one in both:
        one.start()
    for one in both:
        one.join(120)

    with archive.rows.connect() as connection:
        keys = list(connection.execute(select(rows.messages.c.key)).scalars())
        threads = connection.execute(select(rows.threads.c.messages)).scalars().all()
    assert [one.exitcode for one in both] == [0, 0]
    assert len(keys) == len(set(keys)) == len(MAILS) == sum(threads)


def test_a_rebuild_beside_a_writer_loses_nothing(archive: Archive, tmp_path: Path) -> None:
    list_ = make_list(archive)
    take_in(archive, list_, MAILS[:100], now=NOW)
    archive.close()
    archive.truth.dispose()
    writer = multiprocessing.get_context("fork").Process(target=_half, args=(tmp_path, 1))
    writer.start()

    for _ in range(3):
        rebuild(archive)

    writer.join(120)
    there = {one.raw for one in archive.rows.connect().execute(select(rows.messages.c.raw))}
    assert there == {one.sha256 for one in archive.packs(list_).order()}
    assert len(there) == len({one.content for one in (*MAILS[:100], *MAILS[1::2])})


def test_rows_of_what_is_not_kept_any_more_go(archive: Archive) -> None:
    list_ = make_list(archive)
    take_in(archive, list_, [mail(1), mail(2, [1])], now=NOW)
    first = archive.packs(list_).order()[0]
    archive.packs(list_).erase(first.year, [first.sha256])

    heal_all(archive)

    with archive.rows.connect() as connection:
        assert list(connection.execute(select(rows.messages.c.key)).scalars()) == ["m2@vallee.example"]


@pytest.mark.parametrize("damage", [lambda file: file.unlink(), lambda file: file.write_bytes(b"no database" * 999)])
def test_a_lost_archive_db_comes_back(archive: Archive, damage: Callable[[Path], object]) -> None:
    list_ = make_list(archive)
    take_in(archive, list_, [*MAILS[:20], mail(999, files=[BIG])], now=NOW)
    before = state(archive)
    archive.close()
    for end in ("-wal", "-shm"):
        archive.file.with_name(archive.file.name + end).unlink(missing_ok=True)
    damage(archive.file)

    was_healed = is_healed(archive)
    heal_all(archive)

    assert (was_healed, is_healed(archive)) == (False, True)
    assert state(archive) == before
