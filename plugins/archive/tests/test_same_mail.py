"""The mail that comes by an export and live is one message, however the list had changed it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from plugins.archive import altering, forgetting, lists
from plugins.archive.archive import Archive
from plugins.archive.healing import heal
from plugins.archive.lists import MailList
from plugins.archive.packs import Kept, name_of
from plugins.archive.phrases import Words
from plugins.archive.rebuilding import rebuild
from plugins.archive.rows import messages
from plugins.archive.sources.raw import Raw
from plugins.archive.taking_in import take_in
from plugins.archive.tests.store import BEGUN, NOW, closing_archive, mail, make_list, state

HEAD = b"From: Nadia <nadia@vallee.example>\nDate: Mon, 14 Sep 2020 10:00:00 +0000\nSubject: [gens] Salut\n"
TEXT = b"\nBonjour a tous, rendez-vous mardi.\n"
FOOTER = b"\n____________\ngens mailing list\nhttps://lists.example/listinfo/gens\n"
NAMED = b"Message-ID: <x1@vallee.example>\n"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    yield from closing_archive(tmp_path)


@pytest.fixture
def gens(archive: Archive) -> MailList:
    return make_list(archive)


def take(archive: Archive, list_: MailList, *contents: bytes) -> list[int]:
    """Take mails in, one after the other; gives how many of each are new."""
    return [take_in(archive, list_, [Raw(one, "1", BEGUN)], now=NOW).new for one in contents]


def hidden(archive: Archive) -> list[bool]:
    with archive.rows.connect() as connection:
        return list(connection.execute(select(messages.c.is_hidden).order_by(messages.c.version)).scalars())


@pytest.mark.parametrize("first", [NAMED, b""], ids=["with an identifier", "without"])
@pytest.mark.parametrize(
    "head",
    [HEAD, HEAD.replace(b"[gens] ", b""), HEAD.replace(b"[gens]", b"[gens-vallee]"), b"X-List: gens\n" + HEAD],
    ids=["footer", "no tag", "another tag", "another header"],
)
def test_one_mail_is_one_message(archive: Archive, gens: MailList, first: bytes, head: bytes) -> None:
    assert take(archive, gens, first + HEAD + TEXT, first + head + TEXT + FOOTER) == [1, 0]


@pytest.mark.parametrize("first", [NAMED, b""], ids=["with an identifier", "without"])
def test_one_mail_is_one_message_in_one_file(archive: Archive, gens: MailList, first: bytes) -> None:
    both = [Raw(first + HEAD + TEXT, "1", BEGUN), Raw(first + HEAD + TEXT + FOOTER, "2", BEGUN)]

    counts = take_in(archive, gens, both, now=NOW)

    assert (counts.new, counts.already_there) == (1, 1)


def test_a_list_may_learn_its_address_later(archive: Archive, gens: MailList) -> None:
    munged = HEAD.replace(
        b"Nadia <nadia@vallee.example>", b"Nadia <gens@lists.example>\nReply-To: nadia@vallee.example"
    )
    before = take(archive, gens, NAMED + munged + TEXT)

    told = lists.change(archive.truth, gens, address="gens@lists.example")

    assert (before, take(archive, told, NAMED + munged + TEXT + FOOTER)) == ([1], [0])


def test_a_mail_without_identifier_does_not_come_back_with_a_footer_once_words_are_out(
    archive: Archive, gens: MailList
) -> None:
    take(archive, gens, HEAD + TEXT)
    words = [Words.of(["mardi"])]
    altering.alter(archive, gens, altering.find(archive, gens, words), words)

    assert take(archive, gens, HEAD + TEXT + FOOTER) == [0]


def test_mails_without_words_are_one_by_their_date_and_subject(archive: Archive, gens: MailList) -> None:
    assert take(archive, gens, NAMED + HEAD + b"\n", NAMED + b"X-List: gens\n" + HEAD + b"\n\n") == [1, 0]


def test_the_first_stays_as_it_came(archive: Archive, gens: MailList) -> None:
    take(archive, gens, NAMED + HEAD + TEXT, NAMED + HEAD + TEXT + FOOTER)

    assert [one.content for one in archive.packs(gens).walk()] == [NAMED + HEAD + TEXT]


@pytest.mark.parametrize(
    "other",
    [
        HEAD.replace(b"10:00:00", b"10:00:01") + TEXT,
        HEAD.replace(b"Nadia", b"Paul") + TEXT,
        HEAD.replace(b"Salut", b"Bonsoir") + TEXT,
        HEAD + b"\nJe ne viens pas.\n",
    ],
    ids=["date", "author", "subject", "words"],
)
def test_mails_without_identifier_that_say_something_else_are_two(
    archive: Archive, gens: MailList, other: bytes
) -> None:
    assert take(archive, gens, HEAD + TEXT, other) == [1, 1]
    assert hidden(archive) == [False, False]


@pytest.mark.parametrize("head", [HEAD, HEAD.replace(b"2020", b"2021")], ids=["of that date", "of another date"])
def test_another_mail_under_the_same_identifier_is_kept_and_hidden(
    archive: Archive, gens: MailList, head: bytes
) -> None:
    other = NAMED + head + b"\nUne autre lettre.\n"

    new = take(archive, gens, NAMED + HEAD + TEXT, other, other + FOOTER)

    assert (new, hidden(archive)) == ([1, 1, 0], [False, True])
    assert len(list(archive.packs(gens).walk())) == 2


def test_who_looks_after_the_list_shows_the_other_mail(archive: Archive, gens: MailList) -> None:
    take(archive, gens, NAMED + HEAD + TEXT, NAMED + HEAD.replace(b"2020", b"2021") + b"\nUne autre lettre.\n")
    with archive.rows.connect() as connection:
        other = connection.execute(select(messages.c.id).where(messages.c.version == 1)).scalar_one()

    forgetting.hide(archive, gens, [other], "nadia", is_hidden=False)

    assert hidden(archive) == [False, False]
    before = state(archive)
    rebuild(archive)
    assert state(archive) == before


def test_doubles_that_are_in_a_pack_are_one_message_when_it_is_made_anew(archive: Archive, gens: MailList) -> None:
    take(archive, gens, NAMED + HEAD + TEXT)
    double = NAMED + HEAD + TEXT + FOOTER
    (first,) = archive.packs(gens).walk()
    archive.packs(gens).add([replace(first, sha256=name_of(double), content=double)])

    rebuild(archive)

    assert hidden(archive) == [False, True]
    assert heal(archive, gens, now=NOW) == 0


def test_an_import_of_mails_with_footers_adds_nothing(archive: Archive, gens: MailList) -> None:
    all_ = [mail(number) for number in range(300)]
    take_in(archive, gens, all_, now=NOW, run_id=1)

    counts = take_in(archive, gens, [replace(one, content=one.content + FOOTER) for one in all_], now=NOW, run_id=2)

    assert (counts.new, counts.already_there) == (0, 300)


def test_a_pack_of_before_takes_what_comes_again(archive: Archive, gens: MailList) -> None:
    one = Kept(2020, name_of(NAMED + HEAD + TEXT), NAMED + HEAD + TEXT, BEGUN, 3, "1")
    archive.packs(gens).add([one])

    assert heal(archive, gens, now=NOW) == 1
