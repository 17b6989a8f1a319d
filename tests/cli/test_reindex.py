"""`gare reindex`."""

import fcntl
import threading
import time
from collections.abc import Callable

from app.catalog import searching
from app.cli.reindex import rebuild
from app.people.search import SearchQuery, search
from app.people.viewer import READER
from app.station import Station
from tests.cli.conftest import Gare

Done = Callable[..., str]


def test_lists_and_search_are_there_after_both_were_lost(done: Done, station: Station) -> None:
    done("page", "put", "compost", "--author", "Nadia", input="Trois bacs.\n")
    station.wiki.search.clear()
    station.wiki.catalog.file.unlink()
    done("reindex")

    found, _results = search(station.wiki, READER, SearchQuery("bacs"))
    assert [one.row.path for one in found] == ["compost"]


def test_where_another_process_builds_the_lists_it_says_so(gare: Gare, station: Station) -> None:
    with (station.config.instance / "catalog-writer").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = gare("reindex")

    assert result.stderr == "gare: The lists are being built anew already. Wait for the end.\n"


def test_it_waits_for_the_process_that_writes_the_search_index(station: Station) -> None:
    """The job process, which holds the index for a batch at a time."""
    ended: list[float] = []
    with searching.single_writer(station.wiki) as is_mine:
        thread = threading.Thread(
            target=lambda: ended.append(rebuild(station.wiki, lambda *_: None) or time.monotonic())
        )
        thread.start()
        time.sleep(0.3)
        freed = time.monotonic()
    thread.join()

    assert is_mine
    assert ended[0] > freed


def test_it_is_quiet_in_a_pipe(gare: Gare) -> None:
    assert gare("reindex").output == ""
