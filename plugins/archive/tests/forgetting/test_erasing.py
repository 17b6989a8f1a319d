"""A message that is erased: nothing of it is left, and nothing brings it back."""

import sqlite3
from contextlib import closing
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import select

from app.catalog import searching
from app.station import Station
from plugins.archive import file_texts, forgetting, lists, rebuilding
from plugins.archive.archive import Archive
from plugins.archive.door import door_of
from plugins.archive.forgetting import Forgotten
from plugins.archive.lists import MailList
from plugins.archive.rows import messages, people, texts
from plugins.archive.sources.raw import Raw
from plugins.archive.tables import deeds
from plugins.archive.taking_in import live, take_in
from plugins.archive.tests.forgetting.traces import traces
from plugins.archive.tests.small_list import NOW, PAUL, mail
from tests.web.hands import Browser

LONE = ["zibeline", "xylophage", "quokka", "wombatique", "narvalesque", "ornithorynque"]
BEFORE = "Le secret : zibeline et xylophage dorment sous la grange,\nprès des quokka du moulin.\n"
FILE = b"ornithorynque dans un fichier\n"


def secret() -> EmailMessage:
    """Write a message with words that stand nowhere else: in the subject, the text, the HTML, files of two sizes."""
    message = mail(80, "La wombatique affaire", BEFORE)
    message.add_alternative("<p>zibeline et <b>narvalesque</b></p>", subtype="html")
    message.add_attachment(FILE, maintype="text", subtype="plain", filename="quokka.txt")
    message.add_attachment(FILE * 5000, maintype="application", subtype="octet-stream", filename="grand-quokka.bin")
    return message


def answer() -> EmailMessage:
    """Write an answer that quotes all of it."""
    quoted = "".join(f"> {line}\n" for line in BEFORE.splitlines())
    return mail(81, "Re: La wombatique affaire", f"Je suis contre.\n\nNadia a écrit :\n\n{quoted}", PAUL, 80)


def raw(message: EmailMessage) -> Raw:
    return Raw(bytes(message), "secret", NOW)


@pytest.fixture
def archive(site: Station) -> Archive:
    return door_of(site).archive


@pytest.fixture
def gens(archive: Archive, site: Station) -> MailList:
    """Give the list, with the message and its answer, found by the search."""
    found = lists.find(archive.truth, "vallee")
    assert found is not None
    take_in(archive, found, [raw(secret()), raw(answer())], now=NOW)
    file_texts.read_due(archive)
    searching.follow(site.wiki)
    return found


def row(archive: Archive, number: int) -> Any:
    with archive.rows.connect() as connection:
        return connection.execute(select(messages).where(messages.c.key == f"m{number}@vallee.example")).first()


def erase(archive: Archive, gens: MailList, number: int = 80) -> Forgotten:
    return forgetting.erase(archive, gens, [row(archive, number).id], "nadia")


def test_traces_are_found_before(archive: Archive, gens: MailList, site: Station) -> None:
    found = traces(site.config.instance, LONE)

    assert {word for word in LONE if any(one.endswith(word) for one in found)} == set(LONE)
    assert {one.partition("/")[0].partition(":")[0] for one in found} >= {"mail", "archive.db", "files"}


def test_words_of_an_erased_message_are_nowhere(archive: Archive, gens: MailList, site: Station) -> None:
    erase(archive, gens)

    assert traces(site.config.instance, LONE) == set()


def test_erased_message_does_not_come_back(archive: Archive, gens: MailList, site: Station) -> None:
    erase(archive, gens)

    counts = take_in(archive, gens, [raw(secret()), raw(answer())], now=NOW)
    live(archive, gens, raw(secret()), now=NOW)

    assert (counts.new, counts.kept_away) == (0, 2)
    assert traces(site.config.instance, LONE) == set()


def test_rebuilding_keeps_it_erased(archive: Archive, gens: MailList, site: Station) -> None:
    erase(archive, gens)

    rebuilding.rebuild(archive)

    assert row(archive, 80) is None
    assert traces(site.config.instance, LONE) == set()


def test_answer_stays_with_its_own_words(archive: Archive, gens: MailList, admin: Browser) -> None:
    erase(archive, gens)

    assert "Je suis contre." in admin.get(f"/listes/vallee/m/{row(archive, 81).code}").text


def test_page_that_cites_is_named(archive: Archive, gens: MailList, site: Station, admin: Browser) -> None:
    admin.write("notes", "# Notes\n\nVoir [là](mail:m80@vallee.example).\n")

    assert erase(archive, gens).pages == ("notes",)


def test_log_says_who_and_how_many(archive: Archive, gens: MailList) -> None:
    erase(archive, gens)

    with archive.truth.connect() as connection:
        done = connection.execute(select(deeds)).one()
    assert (done.by, done.what, done.messages) == ("nadia", "Erased", 1)


def test_erased_while_a_reader_has_the_database_open(archive: Archive, gens: MailList, site: Station) -> None:
    with closing(sqlite3.connect(archive.file)) as reader:
        reader.execute("SELECT count(*) FROM messages").fetchone()
        erase(archive, gens)

    assert traces(site.config.instance, LONE) == set()


def test_person_is_erased_with_the_address(archive: Archive, gens: MailList, site: Station) -> None:
    who = row(archive, 81).person_id

    forgetting.erase_person(archive, gens, who, "nadia")

    with archive.rows.connect() as connection:
        assert connection.execute(select(people).where(people.c.id == who)).first() is None
    assert not [one for one in traces(site.config.instance, ["paul.roux@vallee.example"]) if "mail/" in one]


def test_old_messages_go(archive: Archive, gens: MailList) -> None:
    done = forgetting.erase_old(archive, gens, before=NOW)

    with archive.rows.connect() as connection:
        left = connection.execute(select(messages.c.key)).scalars().all()
        assert len(connection.execute(select(texts.c.message_id)).all()) == len(left)
    assert done
    assert set(left) == {"m80@vallee.example", "m81@vallee.example"}
