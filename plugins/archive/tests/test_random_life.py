"""Whatever happens to a list, it says what the slow way says, and says it again when it is made anew."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from plugins.archive import rows, tables
from plugins.archive.archive import Archive
from plugins.archive.healing import heal, heal_all
from plugins.archive.lists import MailList, hash_of
from plugins.archive.rebuilding import rebuild
from plugins.archive.taking_in import take_in
from plugins.archive.tests.naive import Mail, Naive
from plugins.archive.tests.store import BEGUN, DAY, NOW, closing_archive, mail, make_list, state, threads_of

STEPS, MAILS, PEOPLE = 20, 80, ("nadia", "paul", "idris")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    yield from closing_archive(tmp_path)


def _chosen(number: int, chance: random.Random) -> tuple[Any, Mail]:
    references = chance.sample([one for one in range(MAILS) if one != number], chance.choice((0, 0, 1, 1, 2, 3)))
    subject, is_reply = f"Sujet {chance.randrange(12)}", chance.random() < 0.4
    day, who = chance.randrange(400), chance.choice(PEOPLE)
    raw = mail(number, references, subject=f"{'Re: ' if is_reply else ''}{subject}", day=day, who=who)
    keys = [f"m{one}" for one in references]
    return raw, Mail(f"m{number}", keys, subject, is_reply, BEGUN + day * DAY, who)


def _hide(archive: Archive, list_: MailList, one: Mail) -> None:
    key = f"{one.key}@vallee.example"
    own = (tables.marks.c.list_id == list_.id, tables.marks.c.hash == hash_of(list_, key))
    values = {"list_id": list_.id, "hash": hash_of(list_, key), "what": "hidden", "at": NOW}
    with archive.truth.begin() as connection:
        connection.execute(insert(tables.marks).values(values) if one.is_hidden else delete(tables.marks).where(*own))
    heal(archive, list_, now=NOW)


def _parents(archive: Archive) -> dict[str, str | None]:
    above = rows.messages.alias()
    own = select(rows.messages.c.key, above.c.key.label("above"))
    own = own.join(above, above.c.id == rows.messages.c.parent_id, isouter=True)
    with archive.rows.connect() as connection:
        return {x.key.partition("@")[0]: x.above and x.above.partition("@")[0] for x in connection.execute(own)}


def _check(archive: Archive, naive: Naive) -> None:
    assert threads_of(archive) == naive.threads()
    assert _parents(archive) == {one.key: one.parent for one in naive.mails.values()}
    with archive.rows.connect() as connection:
        months = connection.execute(select(rows.months.c.month, rows.months.c.messages))
        assert {row.month: row.messages for row in months} == naive.months()
        totals = connection.execute(select(rows.threads.c.messages, rows.threads.c.people))
        assert sorted(map(tuple, totals)) == naive.totals()


@pytest.mark.parametrize("seed", range(3))
def test_a_random_life_is_as_the_slow_way_says(archive: Archive, seed: int) -> None:
    chance, list_, naive = random.Random(seed), make_list(archive), Naive()
    all_ = [_chosen(number, chance) for number in range(MAILS)]

    for _ in range(STEPS):
        deed = chance.choice(("take", "take", "take", "hide", "rebuild"))
        if deed == "take":
            some = chance.sample(all_, chance.randrange(1, 8))
            take_in(archive, list_, [raw for raw, _ in some], now=NOW)
            for _, one in some:
                naive.arrive(one)
        elif deed == "hide" and naive.mails:
            one = chance.choice(list(naive.mails.values()))
            one.is_hidden = not one.is_hidden
            _hide(archive, list_, one)
        else:
            before = state(archive)
            rebuild(archive)
            assert state(archive) == before
        _check(archive, naive)


def test_what_was_erased_does_not_come_back(archive: Archive) -> None:
    list_, one = make_list(archive), mail(1)
    take_in(archive, list_, [one, mail(2, [1])], now=NOW)
    kept = archive.packs(list_).order()[0]
    values = {"list_id": list_.id, "hash": hash_of(list_, "m1@vallee.example"), "what": "erased", "at": NOW}
    with archive.truth.begin() as connection:
        connection.execute(insert(tables.marks).values(values))
    archive.packs(list_).erase(kept.year, [kept.sha256])
    heal_all(archive)

    counts = take_in(archive, list_, [one], now=NOW)

    rebuild(archive)
    assert (counts.new, counts.kept_away) == (0, 1)
    assert threads_of(archive) == {frozenset({"m2"})}


def test_versions_are_kept_beside_each_other_and_come_back_the_same(archive: Archive) -> None:
    list_ = make_list(archive)
    texts = ["Un.\n", "Deux.\n", "Trois.\n"]
    counts = [take_in(archive, list_, [mail(1, text=text)], now=NOW) for text in (*texts, texts[0])]
    before = state(archive)

    rebuild(archive)

    assert [one.new for one in counts] == [1, 1, 1, 0]
    assert sum(one.other_version for one in counts) == 2
    assert state(archive) == before


def test_a_message_that_came_while_rows_were_wrongly_shown_is_put_right(archive: Archive) -> None:
    list_ = make_list(archive)
    take_in(archive, list_, [mail(1)], now=NOW)
    with archive.changing() as connection:
        connection.execute(update(rows.messages).values(is_hidden=True))

    heal(archive, list_, now=NOW)

    assert "False" in state(archive)["messages"][0]
