"""What people who are not signed in may upload a day: one sum for the whole site, whoever counts."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.config import load
from app.errors import Refused
from app.hooks import Hooks
from app.people.allowance import PROPOSALS, spend
from app.people.viewer import ANONYMOUS, signed_in
from app.station import Station, open_station
from app.wiki.uploads import Prepared

TODAY, TOMORROW = "2026-03-12", "2026-03-13"
CAP = 100
MEMBER = signed_in("Idris", "m-idrisabc", is_admin=False)


def is_taken(station: Station, size: int, day: str = TODAY) -> bool:
    try:
        spend(station.truth, size, cap=CAP, day=day)
    except Refused:
        return False
    return True


@contextmanager
def opened(instance: Path, cap: int) -> Iterator[Station]:
    station = open_station(load(instance, {"GARE_ANONYMOUS_UPLOAD_BYTES": str(cap)}), Hooks())
    yield station
    station.close()


def send(station: Station, viewer: object, content: bytes) -> list[str]:
    upload = Prepared("notes.txt", content, "text")
    return station.door.attach(viewer, "a", [upload], "m-aaaaaaaa")  # type: ignore[arg-type]


def test_a_day_holds_as_much_as_the_cap_and_no_byte_more(station: Station) -> None:
    assert [is_taken(station, size) for size in (60, 41, 40, 1)] == [True, False, True, False]


def test_the_next_day_begins_anew(station: Station) -> None:
    is_taken(station, CAP)

    assert is_taken(station, CAP, TOMORROW)


def test_a_restart_forgets_nothing(instance: Path) -> None:
    with opened(instance, CAP) as first:
        is_taken(first, CAP)

    with opened(instance, CAP) as second:
        assert not is_taken(second, 1)


def test_many_at_once_are_counted_one_by_one(instance: Path) -> None:
    with opened(instance, CAP) as one, opened(instance, CAP) as other, ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda number: is_taken((one, other)[number % 2], 10), range(30)))

    assert sum(taken) == CAP // 10


def test_over_the_cap_nothing_is_stored_and_the_cure_is_said(instance: Path) -> None:
    with opened(instance, CAP) as station:
        send(station, ANONYMOUS, b"x" * CAP)
        before = list(station.wiki.files.list_oids())

        with pytest.raises(Refused, match="Sign in, or come back tomorrow"):
            send(station, ANONYMOUS, b"y")
        assert list(station.wiki.files.list_oids()) == before


def test_who_is_signed_in_is_not_counted(instance: Path) -> None:
    with opened(instance, CAP) as station:
        send(station, MEMBER, b"x" * 2 * CAP)

        assert send(station, ANONYMOUS, b"y" * CAP)


def test_files_and_proposals_are_counted_apart(station: Station) -> None:
    is_taken(station, CAP)
    spend(station.truth, CAP, cap=CAP, day=TODAY, what=PROPOSALS)

    with pytest.raises(Refused, match="Too much was sent"):
        spend(station.truth, 1, cap=CAP, day=TODAY, what=PROPOSALS)
