"""Proposals as rows: their states, what is said about them, and that erasing a person takes them along."""

import pytest
from sqlalchemy import Connection, delete, func, select

from app.errors import Conflict, Invalid, NotFound
from app.people import accounts, visitors
from app.people.tables import accounts as accounts_table
from app.proposals import proposals
from app.proposals.proposals import ACCEPTED, ASKED, DEEDS, UNCONFIRMED, WAITING, Draft
from app.proposals.tables import proposal_notes
from app.proposals.tables import proposals as table
from app.station import Station

DRAFT = Draft("jardins/compost", "a" * 40, "Compost", "mots\n", "deux  mots")


def of_visitor(connection: Connection, state: str = WAITING, draft: Draft = DRAFT) -> proposals.Proposal:
    visitor, _ = visitors.add(connection, "Zoé", "zoe@example.org")
    number = proposals.add(connection, draft, visitor.pseudonym, visitor_id=visitor.id, state=state)
    return proposals.get(connection, number)


def test_a_question_and_its_answer_are_kept_in_order(station: Station) -> None:
    with station.truth.begin() as connection:
        waiting = of_visitor(connection)
        asked = proposals.act(connection, waiting, "asked", "m-nadiaaaa", " Quand ?\r\n\0 ")
        answered = proposals.act(connection, asked, "answered", waiting.pseudonym, "Demain")
        notes = proposals.list_notes(connection, waiting.id)

    assert (asked.state, answered.state) == (ASKED, WAITING)
    assert [(note.kind, note.text) for note in notes] == [("asked", "Quand ?"), ("answered", "Demain")]


@pytest.mark.parametrize("deed", ["asked", "answered", "refused"])
def test_a_question_an_answer_and_a_refusal_need_words(station: Station, deed: str) -> None:
    with station.truth.begin() as connection:
        waiting = of_visitor(connection, DEEDS[deed][0][0])
        for words in ("", " \n", "x" * 2001):
            with pytest.raises(Invalid):
                proposals.act(connection, waiting, deed, "m-nadiaaaa", words)


def test_of_two_who_decide_the_second_is_told(station: Station) -> None:
    with station.truth.begin() as connection:
        waiting = of_visitor(connection)
        done = proposals.act(connection, waiting, "accepted", "m-nadiaaaa")
        for late in (waiting, done):
            with pytest.raises(Conflict):
                proposals.act(connection, late, "refused", "m-idrisaaa", "non")

        assert proposals.get(connection, waiting.id).state == ACCEPTED


def test_what_is_not_confirmed_waits_for_nobody(station: Station) -> None:
    with station.truth.begin() as connection:
        unconfirmed, waiting = of_visitor(connection, UNCONFIRMED), of_visitor(connection)
        of_visitor(connection, draft=Draft("places/marche", None, "Marché", "x\n"))
        in_folder = proposals.list_open(connection, below=("jardins/",))

        assert in_folder == [waiting] and len(proposals.list_open(connection)) == 2
        assert proposals.count_open_at(connection, "jardins/compost") == 1
        with pytest.raises(Conflict):
            proposals.act(connection, unconfirmed, "accepted", "m-nadiaaaa")


def test_folders_are_compared_letter_by_letter(station: Station) -> None:
    with station.truth.begin() as connection:
        of_visitor(connection, draft=Draft("jardinsX/compost", None, "x", "x\n"))

        assert proposals.list_open(connection, below=("jardins_/", "jardins%")) == []
        assert proposals.list_open(connection, below=()) == []


def test_proposals_go_with_who_made_them(station: Station) -> None:
    with station.truth.begin() as connection:
        idris = accounts.add(connection, "Idris", is_admin=False)
        proposals.add(connection, DRAFT, idris.pseudonym, account_id=idris.id)
        proposals.act(connection, of_visitor(connection), "asked", idris.pseudonym, "Quand ?")
        visitors.forget_address(connection, "zoe@example.org")
        left = [one.account_id for one in proposals.list_open(connection)]
        connection.execute(delete(accounts_table).where(accounts_table.c.id == idris.id))

        assert left == [idris.id]
        assert [
            connection.execute(select(func.count()).select_from(one)).scalar() for one in (table, proposal_notes)
        ] == [0, 0]


def test_an_unknown_proposal_is_not_found(station: Station) -> None:
    with station.truth.connect() as connection:
        for look in (proposals.get, proposals.get_of_visitor):
            with pytest.raises(NotFound):
                look(connection, 99)
