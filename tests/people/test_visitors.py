"""Visitors: a name and an address that a link confirms; what is never confirmed is forgotten."""

import time

import pytest
from sqlalchemy import select

from app.errors import Invalid
from app.people import accounts, authors, forgetting, visitors
from app.people.tables import authors as authors_table
from app.people.visitor_tables import visitor_links
from app.people.visitors import CONFIRM_SECONDS
from app.station import Station

ZOE = ("Zoé", "zoe@example.org")


def test_a_private_link_finds_its_visitor_and_others_find_nobody(station: Station) -> None:
    with station.truth.begin() as connection:
        visitor, secret = visitors.add(connection, *ZOE)
        another = visitors.make_link(connection, visitor.id)

        assert visitors.find(connection, secret) == visitors.find(connection, another) == visitor
        assert [visitors.find(connection, wrong) for wrong in ("", "x\0", secret[:-1])] == [None] * 3
        assert secret not in str(connection.execute(select(visitor_links)).all())


def test_confirming_is_noted_once_and_only_where_it_was_asked(station: Station) -> None:
    with station.truth.begin() as connection:
        visitor, secret = visitors.add(connection, *ZOE)
        silent, _ = visitors.add(connection, *ZOE, can_confirm=False)
        visitors.confirm(connection, visitor)

        assert visitors.confirm(connection, silent) == silent and not silent.is_confirmed
        found = visitors.find(connection, secret)
        assert found and found.is_confirmed and not found.is_awaited


def test_a_confirmed_name_and_address_have_one_pseudonym_an_unconfirmed_one_does_not(station: Station) -> None:
    with station.truth.begin() as connection:
        first, _ = visitors.add(connection, *ZOE)
        pretender, _ = visitors.add(connection, *ZOE)
        visitors.confirm(connection, first)
        again, _ = visitors.add(connection, "Zoé", "ZOE@example.org")
        other_name, _ = visitors.add(connection, "Zoé B", "zoe@example.org")
        other_address, _ = visitors.add(connection, "Zoé", "z@example.org")
        no_mail, _ = visitors.add(connection, *ZOE, can_confirm=False)

    assert again.pseudonym == first.pseudonym
    others = {pretender.pseudonym, other_name.pseudonym, other_address.pseudonym, no_mail.pseudonym}
    assert len(others - {first.pseudonym}) == 4


def test_the_name_of_somebody_who_signs_in_and_typed_names_are_never_taken_over(station: Station) -> None:
    with station.truth.begin() as connection:
        accounts.add(connection, "Nadia", is_admin=False)
        typed = authors.author_for_name(connection, "Zoé")
        visitor, _ = visitors.add(connection, *ZOE)

        assert visitor.pseudonym != typed and authors.author_for_name(connection, "Zoé") == typed
        for name, email in (("NADIA", "n@example.org"), ("", "n@example.org"), ("Zoé", "nothing")):
            with pytest.raises(Invalid):
                visitors.add(connection, name, email)


def test_what_nobody_confirms_is_forgotten_with_its_name(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    with station.truth.begin() as connection:
        kept = [visitors.add(connection, *ZOE)[0], visitors.add(connection, "Ana", "a@b.org", can_confirm=False)[0]]
        visitors.confirm(connection, kept[0])
        lost, secret = visitors.add(connection, "Bot", "bot@example.org")
    later = time.time() + CONFIRM_SECONDS + 1
    monkeypatch.setattr("time.time", lambda: later)
    with station.truth.begin() as connection:
        forgetting.forget_expired(connection)

        assert [visitors.find_by_id(connection, one.id) is not None for one in kept] == [True, True]
        assert visitors.find(connection, secret) is None
        assert lost.pseudonym not in authors.names_of(connection, [lost.pseudonym])


def test_forgetting_an_address_takes_its_names_and_leaves_those_of_accounts(station: Station) -> None:
    with station.truth.begin() as connection:
        account = accounts.add(connection, "Idris", is_admin=False)
        visitor, secret = visitors.add(connection, *ZOE)
        visitors.confirm(connection, visitor)
        other, _ = visitors.add(connection, "Ana", "ana@example.org")
        visitors.forget_address(connection, "Zoe@Example.org")

        assert visitors.find(connection, secret) is None
        left = set(connection.execute(select(authors_table.c.pseudonym)).scalars())
        assert visitor.pseudonym not in left and {account.pseudonym, other.pseudonym} <= left
