"""How the arrangement of the home page is kept: a list of blocks in one setting."""

import json

import pytest

from app.web.board.arrangement import MAX_TITLE, MOST_ENTRIES, Entry, completed, moved, read, write

SOME = (Entry("agenda"), Entry("desk", "Le guichet", page="guichet"), Entry("page", is_hidden=True, page="charte"))


def test_what_is_written_is_read_back() -> None:
    assert read(write(SOME)) == SOME


@pytest.mark.parametrize(
    "kept",
    ["", "{", "7", "null", '[{"block": "page"}]', '"agenda"', '{"block": "agenda"}', '[1, null, {}, {"block": 7}]',
     "[" * 5000],
)  # fmt: skip
def test_what_is_no_arrangement_is_read_as_none(kept: str) -> None:
    assert read(kept) == ()


def test_a_block_is_read_once_and_pages_as_often_as_there_are_pages() -> None:
    kept = write([Entry("desk"), Entry("desk", "autre"), Entry("page", page="a"), Entry("page", page="b")])

    assert read(kept) == (Entry("desk"), Entry("page", page="a"), Entry("page", page="b"))


def test_what_is_too_much_is_left_out() -> None:
    kept = json.dumps([{"block": f"b{number}", "title": "x" * 500} for number in range(10_000)])
    found = read(kept)

    assert (len(found), {len(one.title) for one in found}) == (MOST_ENTRIES, {MAX_TITLE})


def test_blocks_that_nobody_arranged_come_last_as_they_are() -> None:
    found = completed(SOME, {"agenda": False, "arrivals": False, "desk": False, "threads": True})

    assert found == (*SOME, Entry("arrivals"), Entry("threads", is_hidden=True))


@pytest.mark.parametrize(("number", "step", "expected"), [
    (1, -1, "bac"), (0, 1, "bac"), (0, -1, "abc"), (2, 1, "abc"), (-1, 1, "abc"), (99, -1, "abc"),
])  # fmt: skip
def test_a_block_moves_by_one_and_stays_at_the_edge(number: int, step: int, expected: str) -> None:
    assert "".join(one.block for one in moved([Entry(name) for name in "abc"], number, step)) == expected
