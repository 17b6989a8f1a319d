"""`gare serve`: real processes, really killed."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.serving import served_since
from tests.cli.conftest import Gare
from tests.cli.nursery import Nursery
from tests.cli.served import Served, free_port, link_in, serving, wait


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


def test_it_serves_saves_finds_and_ends(gare: Gare, instance: Path, tmp_path: Path) -> None:
    with serving(instance, tmp_path / "log") as served:
        printed = served.output
        is_saved = served.save("compost", "Trois bacs.\n")
        shown = served.get("/compost")[1]
        wait(lambda: "compost" in served.get("/-/search?q=bacs")[1], served, seconds=10)
        link = served.get(link_in(printed))
        later = gare("user", "add", "Nadia").stdout
        since = served_since(instance)
        status = served.end()

        assert since is not None
        assert served_since(instance) is None
        assert f"Gare Centrale is open: {served.address}" in printed
        assert is_saved
        assert "Trois bacs." in shown
        assert link[0] == 200
        assert later.startswith(f"{served.address}/-/signin?token=")
        assert status == 0
        assert served.processes() == []


def test_when_the_job_process_dies_another_one_takes_its_place(
    instance: Path, tmp_path: Path, nursery: Nursery
) -> None:
    with serving(instance, tmp_path / "log", nursery=nursery) as served:
        wait(served.jobs, served)
        first = served.jobs()
        os.kill(first[0], signal.SIGKILL)
        wait(lambda: set(served.jobs()) - set(first), served)

        assert len(set(served.jobs()) - set(first)) == 1


def test_the_job_process_steps_back_for_those_who_wait(instance: Path, tmp_path: Path, nursery: Nursery) -> None:
    with serving(instance, tmp_path / "log", nursery=nursery) as served:
        wait(served.jobs, served)

        (job,) = served.jobs()
        wait(lambda: os.getpriority(os.PRIO_PROCESS, job) > os.getpriority(os.PRIO_PROCESS, 0), served)


def test_when_the_master_is_killed_nothing_stays_behind(instance: Path, tmp_path: Path, nursery: Nursery) -> None:
    with serving(instance, tmp_path / "log", nursery=nursery) as served:
        wait(served.jobs, served)
        served.kill(group=False)
        wait(lambda: served.processes() == [], served)

        assert served.get("/")[0] == 0


def test_a_port_that_is_taken_is_said_with_the_cure(gare: Gare, instance: Path, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        served = Served(instance, port, tmp_path / "log")
        status = served.process.wait(timeout=40)

    assert status == 1
    assert served.output.splitlines()[-1] == (
        f"gare: Nothing can listen at 127.0.0.1:{port}. Choose another place with --bind."
    )


@pytest.mark.slow
def test_killed_30_times_under_writing_it_keeps_every_acknowledged_save(
    gare: Gare, instance: Path, tmp_path: Path, nursery: Nursery
) -> None:
    from threading import Thread

    port, kept = free_port(), []

    def write(served: Served, name: int) -> None:
        number = 0
        while served.save(path := f"tour-{name}-{number}", f"Texte {name} {number}.\n"):
            kept.append(path)
            number += 1

    for turn in range(30):
        with serving(instance, tmp_path / f"log{turn}", port, nursery) as served:
            writers = [Thread(target=write, args=(served, turn * 10 + number)) for number in range(2)]
            for writer in writers:
                writer.start()
            wait(lambda: len(kept) > 5 * turn, served)  # noqa: B023
            served.kill(group=turn % 2 == 0)
            for writer in writers:
                writer.join()
            wait(lambda: served.processes() == [], served)

    with serving(instance, tmp_path / "log", port) as served:
        lost = [path for path in kept if served.get(f"/{path}")[0] != 200]
        is_next_saved = served.save("suite", "Et la suite.\n")
        served.end()
    gare("jobs")
    checked = gare("check")

    assert lost == []
    assert is_next_saved
    assert checked.exit_code == 0, checked.output
