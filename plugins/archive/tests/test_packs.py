"""Messages come back from their packs byte by byte, and big files of theirs are kept once, beside them."""

import base64
import random
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import NotFound
from plugins.archive import lists
from plugins.archive.archive import Archive
from plugins.archive.healing import keeps
from plugins.archive.packs import Kept, name_of
from plugins.archive.taking_in import take_in
from plugins.archive.tests.store import NOW, closing_archive, mail, make_list

BIG = random.Random(1).randbytes(100_000)
YEAR = 2026


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    yield from closing_archive(tmp_path)


def _in_base64(content: bytes, line: int, ending: str) -> bytes:
    lines = textwrap.wrap(base64.b64encode(content).decode(), line)
    return (f"Subject: x{ending}{ending}" + ending.join(lines) + ending).encode()


def _keep(archive: Archive, raw: bytes, *files: bytes) -> int:
    """Keep a message, and give how many bytes its pack has."""
    archive.generation()  # archive.db is there before the packs
    packs = archive.packs(make_list(archive))
    packs.add([Kept(YEAR, name_of(raw), raw, NOW, 0, "", files)])
    return (packs.folder / f"raw-{YEAR}.sqlite").stat().st_size


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("line", [60, 64, 72, 76, 998])
def test_a_big_file_is_cut_out_and_put_back(archive: Archive, line: int, ending: str) -> None:
    raw = _in_base64(BIG, line, ending)

    size = _keep(archive, raw, BIG)

    list_ = lists.load(archive.truth)[0]
    assert archive.packs(list_).read(YEAR, name_of(raw)) == raw
    assert size < len(BIG) // 2 and archive.files.has(name_of(BIG))


def test_a_file_that_stands_there_twice_is_put_back_twice(archive: Archive) -> None:
    raw = _in_base64(BIG, 76, "\n") + b"--\n" + _in_base64(BIG, 72, "\n")

    _keep(archive, raw, BIG)

    assert archive.packs(lists.load(archive.truth)[0]).read(YEAR, name_of(raw)) == raw


def test_what_would_not_come_back_exactly_stays_whole(archive: Archive) -> None:
    raw = _in_base64(BIG, 76, "\n").replace(b"\n", b" \n", 900)

    size = _keep(archive, raw, BIG)

    assert archive.packs(lists.load(archive.truth)[0]).read(YEAR, name_of(raw)) == raw
    assert size > len(BIG)


def test_a_file_that_a_pack_needs_is_kept_even_where_no_row_names_it(archive: Archive) -> None:
    _keep(archive, _in_base64(BIG, 76, "\n"), BIG)

    assert keeps(archive, {name_of(BIG), "0" * 64}) == {name_of(BIG)}


def test_nothing_is_needed_of_what_was_erased(archive: Archive) -> None:
    raw = _in_base64(BIG, 76, "\n")
    _keep(archive, raw, BIG)
    packs = archive.packs(lists.load(archive.truth)[0])

    packs.erase(YEAR, [name_of(raw)])

    assert keeps(archive, {name_of(BIG)}) == set()
    with pytest.raises(NotFound):
        packs.read(YEAR, name_of(raw))


def test_all_files_are_kept_while_rows_are_missing(archive: Archive) -> None:
    take_in(archive, make_list(archive), [mail(1)], now=NOW)
    archive.close()

    archive.file.unlink()

    assert keeps(archive, {"0" * 64}) == {"0" * 64}


def test_what_takes_the_place_of_a_message_has_its_place_in_the_order(archive: Archive) -> None:
    packs = archive.packs(make_list(archive))
    packs.add([Kept(year, name_of(word), word, 5, 0, "") for year, word in ((2024, b"one"), (2023, b"two"))])

    packs.replace(2024, [(name_of(b"one"), Kept(2024, name_of(b"new"), b"new", 5, 0, ""))])
    packs.add([Kept(2022, name_of(b"three"), b"three", 5, 0, "")])

    assert [one.content for one in packs.walk()] == [b"new", b"two", b"three"]


def test_a_lost_file_takes_no_other_message_with_it(archive: Archive) -> None:
    list_ = make_list(archive)
    take_in(archive, list_, [mail(1, files=[BIG]), mail(2)], now=NOW)
    archive.files.remove(name_of(BIG))

    left = [one.place for one in archive.packs(list_).walk()]

    assert left == ["2"]


def test_packs_and_files_are_smaller_than_the_messages(archive: Archive, tmp_path: Path) -> None:
    mails = [mail(number, files=[random.Random(number % 8).randbytes(60_000)]) for number in range(20)]

    take_in(archive, make_list(archive), mails, now=NOW)

    kept = [one for name in ("mail", "files", "archive.db") for one in (tmp_path / name, *(tmp_path / name).rglob("*"))]
    size = sum(one.stat().st_size for one in kept if one.is_file())
    assert size < sum(len(one.content) for one in mails)
