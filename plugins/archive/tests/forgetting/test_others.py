"""What somebody asks to be erased takes nothing of others with it, and leaves nothing of his."""

from email.message import EmailMessage

import pytest
from sqlalchemy import select

from app.station import Station
from plugins.archive import forgetting, lists
from plugins.archive.archive import Archive
from plugins.archive.door import door_of
from plugins.archive.lists import MailList
from plugins.archive.rows import messages, people
from plugins.archive.sources.raw import Raw
from plugins.archive.taking_in import take_in
from plugins.archive.tests.forgetting.traces import traces
from plugins.archive.tests.small_list import NOW, PAUL, mail


@pytest.fixture
def archive(site: Station) -> Archive:
    return door_of(site).archive


@pytest.fixture
def list_(archive: Archive) -> MailList:
    found = lists.find(archive.truth, "vallee")
    assert found is not None
    return found


def bring(archive: Archive, list_: MailList, *given: EmailMessage) -> None:
    take_in(archive, list_, [Raw(bytes(one), "a", NOW) for one in given], now=NOW)


def erase_person(archive: Archive, list_: MailList, address: str) -> None:
    with archive.rows.connect() as connection:
        number = connection.execute(select(people.c.id).where(people.c.address == address)).scalar_one()
    forgetting.erase_person(archive, list_, number, "nadia")


def raw_of(archive: Archive, list_: MailList, number: int) -> str:
    with archive.rows.connect() as connection:
        row = connection.execute(select(messages).where(messages.c.key == f"m{number}@vallee.example")).one()
    return archive.packs(list_).read(row.year, row.raw).decode("utf-8", "replace")


def test_addresses_that_end_like_an_erased_one_stay(archive: Archive, list_: MailList) -> None:
    bring(
        archive, list_, mail(70, "Un", "De moi.", "X <x@vallee.example>"),
        mail(71, "Deux", "Voir max@vallee.example et x@vallee.example.com.", "Felix <felix@vallee.example>"),
    )  # fmt: skip

    erase_person(archive, list_, "x@vallee.example")

    kept = raw_of(archive, list_, 71)
    assert "felix@vallee.example" in kept
    assert "max@vallee.example et x@vallee.example.com" in kept


@pytest.mark.parametrize("address", ["@", "@vallee.example"])
def test_half_an_address_takes_nothing_of_others(archive: Archive, list_: MailList, address: str) -> None:
    bring(archive, list_, mail(71, "Deux", "Voir max@vallee.example.", PAUL))
    spam = (
        mail(70, "Gagnez", "Cliquez.")
        .as_bytes()
        .replace(b"Nadia Benali <nadia@vallee.example>", f" a \u00e9crit <{address}>".encode())
    )
    take_in(archive, list_, [Raw(spam, "a", NOW)], now=NOW)
    with archive.rows.connect() as connection:
        own = select(messages.c.person_id).where(messages.c.key == "m70@vallee.example")
        number = connection.execute(own).scalar_one()

    forgetting.erase_person(archive, list_, number, "nadia")

    assert "max@vallee.example" in raw_of(archive, list_, 71)


def test_copy_that_is_erased_takes_no_quotes_of_the_original(archive: Archive, list_: MailList) -> None:
    said = "La zibeline dort sous la grange du moulin.\n"
    quoted = f"Oui.\n\nNadia a \u00e9crit :\n\n> {said}"
    bring(archive, list_, mail(20, "Zibeline", said), mail(21, "Re: Zibeline", quoted, PAUL, 20))
    bring(archive, list_, mail(22, "Zibeline", said, "Mallory <mallory@vallee.example>"))

    erase_person(archive, list_, "mallory@vallee.example")

    assert "[" not in raw_of(archive, list_, 21)


def test_address_goes_from_the_heads_of_others(archive: Archive, list_: MailList, site: Station) -> None:
    answer = mail(71, "Re: Quokka", "D'accord.", PAUL, 70)
    answer["Cc"] = "Zouzou <zouzou@vallee.example>"
    bring(archive, list_, mail(70, "Quokka", "Rien.", "Zouzou <zouzou@vallee.example>"), answer)

    erase_person(archive, list_, "zouzou@vallee.example")

    assert traces(site.config.instance / "mail", ["zouzou@vallee.example"]) == set()


def test_message_forwarded_as_a_whole_is_taken_out_of_the_other(
    archive: Archive, list_: MailList, site: Station
) -> None:
    own = mail(70, "Wombatique", "Le narval dort sous la grange.\n", "Zouzou <zouzou@vallee.example>")
    forward = mail(71, "Transfert", "Voyez :\n", PAUL)
    forward.add_attachment(own)
    bring(archive, list_, own, forward)

    erase_person(archive, list_, "zouzou@vallee.example")

    assert traces(site.config.instance / "mail", ["narval dort", "zouzou@vallee.example", "wombatique"]) == set()
    assert "Voyez" in raw_of(archive, list_, 71)


def test_other_names_of_the_same_person_go_from_attributions(archive: Archive, list_: MailList) -> None:
    quoted = "Oui.\n\nZoé Dupré a \u00e9crit :\n\n> Un narval nage ici.\n"
    bring(
        archive, list_, mail(70, "Un", "Rien.", "Zouzou <zouzou@vallee.example>"),
        mail(71, "Deux", "Un narval nage ici.\n", "Zoé Dupré <zouzou@vallee.example>"),
        mail(72, "Re: Deux", quoted, PAUL, 71),
    )  # fmt: skip

    erase_person(archive, list_, "zouzou@vallee.example")

    assert "Dupr" not in raw_of(archive, list_, 72)


def test_message_without_a_name_does_not_come_back_with_another_head(archive: Archive, list_: MailList) -> None:
    nameless = mail(70, "Quokka", "Rien de plus.")
    del nameless["Message-ID"]
    bring(archive, list_, nameless)
    with archive.rows.connect() as connection:
        number = connection.execute(select(messages.c.id).where(messages.c.subject == "Quokka")).scalar_one()
    forgetting.erase(archive, list_, [number], "nadia")

    nameless["X-Gmail-Labels"] = "liste"

    assert take_in(archive, list_, [Raw(bytes(nameless), "a", NOW)], now=NOW).kept_away == 1


def test_common_words_of_an_erased_message_stay_in_quotes_of_others(archive: Archive, list_: MailList) -> None:
    common, quoted = "Il y a un repas samedi.\n", "Oui.\n\nPaul a \u00e9crit :\n\n> Il y a un repas samedi.\n"
    bring(
        archive, list_, mail(20, "Un", common, "Zouzou <zouzou@vallee.example>"), mail(21, "Deux", common, PAUL),
        mail(22, "Trois", common), mail(23, "Re: Deux", quoted, "Zoé <zoe@elan.example>", 21),
    )  # fmt: skip

    erase_person(archive, list_, "zouzou@vallee.example")

    assert "Il y a un repas samedi" in raw_of(archive, list_, 23)


def test_address_goes_from_the_way_that_a_message_took(archive: Archive, list_: MailList, site: Station) -> None:
    answer = mail(71, "Re: Quokka", "D'accord.", PAUL, 70)
    answer["Delivered-To"] = "zouzou@vallee.example"
    answer["Received"] = "from a by b for <zouzou@vallee.example>; Mon, 2 Mar 2026 09:00:00 +0000"
    bring(archive, list_, mail(70, "Quokka", "Rien.", "Zouzou <zouzou@vallee.example>"), answer)

    erase_person(archive, list_, "zouzou@vallee.example")

    assert traces(site.config.instance / "mail", ["zouzou@vallee.example"]) == set()
