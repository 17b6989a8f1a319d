"""Proposals as rows: their states, what is said about them, and that erasing a person takes them along."""

import time

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
        found = proposals.list_open(connection)

        assert found[0].id == waiting.id and len(found) == 2
        assert proposals.count_open_at(connection, "jardins/compost") == 1
        with pytest.raises(Conflict):
            proposals.act(connection, unconfirmed, "accepted", "m-nadiaaaa")


def test_queues_read_the_lines_at_the_top_of_a_text_and_no_more(station: Station) -> None:
    with station.truth.begin() as connection:
        for text in ("---\nid: abcdefgh\n---\n" + "mot " * 200_000, "mot " * 200_000):
            waiting = of_visitor(connection, draft=Draft("jardins/eau", None, "Eau", text))
            proposals.act(connection, of_visitor(connection), "refused", "m-nadiaaaa", "non")
        queues = [proposals.list_open(connection), proposals.list_new(connection)]
        queues.append([one for one, _ in proposals.list_decided(connection, 0)])

        assert [len(queue) for queue in queues] == [2, 2, 2]
        assert max(len(one.draft.text) for queue in queues for one in queue) == proposals.MAX_HEAD
        assert proposals.list_open(connection)[0].draft.text.startswith("---\nid: abcdefgh\n---\n")
        assert len(proposals.get(connection, waiting.id).draft.text) == 800_000


def test_folders_are_compared_letter_by_letter(station: Station) -> None:
    with station.truth.begin() as connection:
        for path in ("jardins/eau", "Jardins/eau", "jardinsX/eau", "jardins_/eau"):
            of_visitor(connection, draft=Draft(path, None, "x", "x\n"))
        of_visitor(connection)  # of a page that is there: its history finds it
        proposals.follow_folder(connection, "jardins_/", "a/")
        proposals.follow_folder(connection, "jardins/", "potagers/")
        paths = [one.draft.path for one in proposals.list_open(connection)]

    assert paths == ["potagers/eau", "Jardins/eau", "jardinsX/eau", "a/eau", "jardins/compost"]


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


def test_a_summary_is_one_line_of_letters(station: Station) -> None:
    with station.truth.begin() as connection:
        summary = of_visitor(connection, draft=Draft("a", None, "A", "x\n", "a\0b\x07\nc")).draft.summary

    assert summary == "a b c"


def test_the_same_again_within_ten_minutes_is_found(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    with station.truth.begin() as connection:
        first = of_visitor(connection)
        others = [Draft("b", "a" * 40, "x", DRAFT.text), Draft(DRAFT.path, None, "x", "autres\n")]
        found = [proposals.find_same(connection, draft, email="ZOE@example.org") for draft in (DRAFT, *others)]
        stranger = proposals.find_same(connection, DRAFT, email="z@example.org")
        now = time.time()
        monkeypatch.setattr("time.time", lambda: now + 601)
        later = proposals.find_same(connection, DRAFT, email="zoe@example.org")

    assert (found, stranger, later) == ([first.id, None, None], None, None)


def test_an_unknown_proposal_is_not_found(station: Station) -> None:
    with station.truth.connect() as connection:
        for look in (proposals.get, proposals.get_of_visitor):
            with pytest.raises(NotFound):
                look(connection, 99)
