"""The queue: a mail belongs to the transaction of what causes it, and brings no header that it should not."""

import pytest
from sqlalchemy import select

from app.errors import Invalid
from app.outbox import mails
from app.outbox.mails import Mail, clean_address
from app.people import accounts
from app.station import Station
from tests.outbox.conftest import put


def _waiting(station: Station) -> list[mails.Queued]:
    with station.truth.connect() as connection:
        return mails.list_unsent(connection, 100)


class _PowerCut(Exception):
    pass


def test_a_mail_is_queued_with_what_caused_it(station: Station) -> None:
    with station.truth.begin() as connection:
        accounts.add(connection, "Nadia", is_admin=False)
        mails.queue(connection, Mail("nadia@example.org", "Bienvenue", "Un mot."))

    assert [mail.to for mail in _waiting(station)] == ["nadia@example.org"]


def test_what_did_not_come_about_sends_no_mail(station: Station) -> None:
    def stop_half_way() -> None:
        with station.truth.begin() as connection:
            mails.queue(connection, Mail("nadia@example.org", "Bienvenue", "Un mot."))
            accounts.add(connection, "Nadia", is_admin=False)
            raise _PowerCut

    with pytest.raises(_PowerCut):
        stop_half_way()

    assert _waiting(station) == []


@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r", "\0", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("place", ["to", "subject", "header", "unsubscribe"])
def test_a_header_that_is_smuggled_in_is_refused(station: Station, line_break: str, place: str) -> None:
    evil = f"x{line_break}Bcc: victim@example.org"
    mail = {
        "to": Mail(f"{evil}@example.org", "Bonjour", "Un mot."),
        "subject": Mail("nadia@example.org", evil, "Un mot."),
        "header": Mail("nadia@example.org", "Bonjour", "Un mot.", headers={"Reply-To": evil}),
        "unsubscribe": Mail("nadia@example.org", "Bonjour", "Un mot.", unsubscribe=f"https://wiki.example/{evil}"),
    }[place]

    with pytest.raises(Invalid), station.truth.begin() as connection:
        mails.queue(connection, mail)
    assert _waiting(station) == []


@pytest.mark.parametrize(
    "typed",
    ["", "nadia", "@example.org", "nadia@", "na dia@example.org", "a@b@example.org", "nadia@example.org, x@example.org",
     "<nadia@example.org>", "nadia@-example.org", "nadia@exa_mple.org", "nädia@example.org", "nadia@example..org",
     f"{'n' * 65}@example.org", f"n@{'example.' * 40}org", "nadia@example.org\n.evil", "\"na dia\"@example.org"],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        clean_address(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" nadia@example.org ", "nadia@example.org"),
        ("Nadia.B+wiki@Example.ORG", "Nadia.B+wiki@example.org"),
        ("nadia@vallée.fr", "nadia@xn--valle-esa.fr"),
        ("nadia@localhost", "nadia@localhost"),
    ],
)
def test_an_address_is_kept_as_it_is_sent_to(typed: str, kept: str) -> None:
    assert clean_address(typed) == kept


@pytest.mark.parametrize("name", ["Bcc", "from", "Subject", "Content-Type", "Received", "X Y", "X:", ""])
def test_a_mail_brings_no_header_that_is_ours(station: Station, name: str) -> None:
    with pytest.raises(ValueError, match="header"):
        put(station, headers={name: "x"})


def test_what_no_database_takes_is_marked_in_the_words(station: Station) -> None:
    put(station, subject="Un\tmot \x07", text="a\0b\r\nc\ud800")
    with station.truth.connect() as connection:
        kept = connection.execute(select(mails.mails.c.subject, mails.mails.c.text)).one()

    assert tuple(kept) == ("Un mot", "a\ufffdb\nc\ufffd")


def test_mails_that_failed_are_listed_first_and_all_are_counted(station: Station) -> None:
    first = put(station, "a@example.org")
    put(station, "b@example.org")
    put(station, "c@example.org")
    with station.truth.begin() as connection:
        connection.execute(mails.mails.update().where(mails.mails.c.id == first).values(failed_at=1, error="no"))
        count = mails.count_unsent(connection)

    assert [mail.to for mail in _waiting(station)] == ["a@example.org", "c@example.org", "b@example.org"]
    assert count == 3


def test_a_mail_that_is_dropped_is_gone(station: Station) -> None:
    mail_id = put(station)
    with station.truth.begin() as connection:
        told = mails.drop(connection, mail_id), mails.drop(connection, mail_id)

    assert told == (True, False)
    assert _waiting(station) == []


def test_all_mails_to_somebody_who_is_erased_go_however_the_address_is_written(station: Station) -> None:
    put(station, "Nadia@Example.org")
    put(station, "nadia@example.org")
    put(station, "idris@example.org")
    with station.truth.begin() as connection:
        mails.forget_address(connection, "nadia@EXAMPLE.org ")

    assert [mail.to for mail in _waiting(station)] == ["idris@example.org"]
