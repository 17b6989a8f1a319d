"""Who answers whom, and what belongs together, whatever the order in which messages come."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from plugins.archive import moving, rows
from plugins.archive.archive import Archive
from plugins.archive.rebuilding import rebuild
from plugins.archive.taking_in import take_in
from plugins.archive.tests.store import NOW, closing_archive, mail, make_list, shuffled, state, threads_of, together

DEEP = 5_000
MOST_SECONDS = 40  # of the processor; a walk to the top for each message would take many times that


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    yield from closing_archive(tmp_path)


def _ids(archive: Archive) -> dict[str, int]:
    with archive.rows.connect() as connection:
        found = connection.execute(select(rows.messages.c.key, rows.messages.c.id))
        return {row.key.partition("@")[0]: row.id for row in found}


@pytest.mark.parametrize("seed", range(4))
def test_a_thread_is_the_same_in_any_order(archive: Archive, seed: int) -> None:
    mails = [mail(1), mail(2, [1]), mail(3, [1, 2]), mail(4, [1, 2, 3]), mail(5, [1]), mail(6), mail(7, [6])]

    take_in(archive, make_list(archive), shuffled(mails, seed), now=NOW)

    assert threads_of(archive) == together("m1 m2 m3 m4 m5", "m6 m7")


def test_answers_to_what_never_came_stand_together(archive: Archive) -> None:
    take_in(archive, make_list(archive), [mail(2, [1]), mail(3, [1]), mail(4, [9])], now=NOW)

    assert threads_of(archive) == together("m2 m3", "m4")


def test_what_comes_late_joins_its_threads_and_old_addresses_lead_on(archive: Archive) -> None:
    list_ = make_list(archive)
    take_in(archive, list_, [mail(2, [1])], now=NOW)
    take_in(archive, list_, [mail(4, [3])], now=NOW)

    take_in(archive, list_, [mail(3, [1])], now=NOW)

    assert threads_of(archive) == together("m2 m3 m4")
    assert len(state(archive)["old"]) == 1


def test_a_circle_of_references_ends(archive: Archive) -> None:
    take_in(archive, make_list(archive), [mail(1, [3]), mail(2, [1]), mail(3, [2]), mail(4, [4])], now=NOW)

    with archive.rows.connect() as connection:
        tops = connection.execute(select(rows.messages.c.key).where(rows.messages.c.parent_id.is_(None))).all()

    assert threads_of(archive) == together("m1 m2 m3", "m4")
    assert len(tops) == 2


@pytest.mark.parametrize(("days", "expected"), [(60, ["m1 m2"]), (60.01, ["m1", "m2"])])
def test_a_reply_without_references_belongs_to_its_subject_for_60_days(
    archive: Archive, days: float, expected: list[str]
) -> None:
    mails = [mail(1, subject="Le four", day=0), mail(2, subject="Re: Le four", day=days)]

    take_in(archive, make_list(archive), mails, now=NOW)

    assert threads_of(archive) == together(*expected)


def test_a_new_message_with_an_old_subject_begins_a_thread(archive: Archive) -> None:
    take_in(archive, make_list(archive), [mail(1, subject="Le four"), mail(2, subject="Le four")], now=NOW)

    assert threads_of(archive) == together("m1", "m2")


def test_subjects_of_another_list_join_nothing(archive: Archive) -> None:
    take_in(archive, make_list(archive, "autres"), [mail(1, subject="Le four")], now=NOW)

    take_in(archive, make_list(archive), [mail(2, subject="Re: Le four")], now=NOW)

    assert threads_of(archive) == together("m1", "m2")


@pytest.mark.parametrize("is_backwards", [False, True])
def test_a_chain_of_5000_is_one_thread_and_takes_seconds(archive: Archive, is_backwards: bool) -> None:
    mails = [mail(number, [number - 1] if number else (), day=number / 100) for number in range(DEEP)]
    begun = time.process_time()

    take_in(archive, make_list(archive), mails[::-1] if is_backwards else mails, now=NOW)

    assert time.process_time() - begun < MOST_SECONDS
    assert [len(one) for one in threads_of(archive)] == [DEEP]


# -- moved -----------------------------------------------------------------------------------------------------------


def test_what_was_split_stays_apart_with_its_answers(archive: Archive) -> None:
    list_ = make_list(archive)
    take_in(archive, list_, [mail(1, [0]), mail(2, [0, 1]), mail(3, [0, 1, 2])], now=NOW)
    moving.move(archive, list_, _ids(archive)["m2"], None, "m-abcdefgh", now=NOW)

    take_in(archive, list_, [mail(4, [0, 1, 2, 3]), mail(5, [0, 1])], now=NOW)

    assert threads_of(archive) == together("m1 m5", "m2 m3 m4")


def test_what_was_moved_stands_there_after_a_rebuild(archive: Archive) -> None:
    list_ = make_list(archive)
    take_in(archive, list_, [mail(1), mail(2, [1]), mail(3, [2]), mail(4), mail(5, [4])], now=NOW)
    moving.move(archive, list_, _ids(archive)["m2"], _ids(archive)["m5"], "m-abcdefgh", now=NOW)
    before = state(archive)

    rebuild(archive)

    assert threads_of(archive) == together("m1", "m2 m3 m4 m5")
    assert state(archive) == before


def test_a_thread_that_was_moved_as_a_whole_leads_on(archive: Archive) -> None:
    list_ = make_list(archive)
    take_in(archive, list_, [mail(1), mail(2), mail(3, [2])], now=NOW)

    moving.move(archive, list_, _ids(archive)["m2"], _ids(archive)["m1"], "m-abcdefgh", now=NOW)

    assert threads_of(archive) == together("m1 m2 m3")
    assert len(state(archive)["old"]) == 1


def test_nothing_stands_under_its_own_answer(archive: Archive) -> None:
    list_ = make_list(archive)
    take_in(archive, list_, [mail(1), mail(2, [1])], now=NOW)

    with pytest.raises(Exception, match="under its own answer"):
        moving.move(archive, list_, _ids(archive)["m1"], _ids(archive)["m2"], "m-abcdefgh", now=NOW)
