"""Files that came beside a message, as those of pipermail, stay with it whatever is made anew."""

from typing import Any

import pytest
from sqlalchemy import select

from app.station import Station
from plugins.archive import forgetting, lists, rebuilding
from plugins.archive.altering import mark
from plugins.archive.archive import Archive
from plugins.archive.door import door_of
from plugins.archive.healing import heal
from plugins.archive.lists import MailList
from plugins.archive.packs import name_of
from plugins.archive.rows import attachments, messages
from plugins.archive.sources.raw import Raw
from plugins.archive.taking_in import take_in
from plugins.archive.tests.small_list import NOW, mail

PLAN = b"Le plan de la grange, mesure le 12 mars.\n" * 3


@pytest.fixture
def archive(site: Station) -> Archive:
    return door_of(site).archive


@pytest.fixture
def list_(archive: Archive) -> MailList:
    found = lists.find(archive.truth, "vallee")
    assert found is not None
    raw = Raw(bytes(mail(20, "Le plan", "Voir le zibeline plan.")), "a", NOW, (("plan.txt", PLAN),))
    take_in(archive, found, [raw], now=NOW)
    return found


def row(archive: Archive) -> Any:
    with archive.rows.connect() as connection:
        return connection.execute(select(messages).where(messages.c.key == "m20@vallee.example")).first()


def names(archive: Archive) -> list[str]:
    with archive.rows.connect() as connection:
        own = select(attachments.c.name).where(attachments.c.message_id == row(archive).id)
        return list(connection.execute(own).scalars())


def test_they_are_there_again_when_all_is_made_anew(archive: Archive, list_: MailList) -> None:
    rebuilding.rebuild(archive)

    assert names(archive) == ["plan.txt"]
    assert archive.packs(list_).keeps([name_of(PLAN)]) == {name_of(PLAN)}


def test_they_stay_when_words_are_taken_out(archive: Archive, list_: MailList) -> None:
    forgetting.redact(archive, list_, ["zibeline"], "nadia")

    assert names(archive) == ["plan.txt"]
    rebuilding.rebuild(archive)
    assert names(archive) == ["plan.txt"]


def test_one_is_taken_out(archive: Archive, list_: MailList, site: Station) -> None:
    done = forgetting.remove_attachment(archive, list_, name_of(PLAN), "nadia")

    assert (done.messages, names(archive), site.wiki.files.has(name_of(PLAN))) == (1, [], False)


def test_they_go_with_their_message(archive: Archive, list_: MailList, site: Station) -> None:
    forgetting.erase(archive, list_, [row(archive).id], "nadia")

    assert not site.wiki.files.has(name_of(PLAN))
    assert archive.packs(list_).keeps([name_of(PLAN)]) == set()


def test_what_was_marked_as_erased_is_erased_by_healing(archive: Archive, list_: MailList) -> None:
    with archive.truth.begin() as connection:
        mark(connection, list_, row(archive).key, "erased", NOW)

    heal(archive, list_, now=NOW)

    assert row(archive) is None
