"""Proposals are forgotten when they had their time; the history keeps the names of those who were accepted."""

import time

import pytest
from sqlalchemy import Connection, select

from app.people import accounts, visitors
from app.people.authors import names_of
from app.people.visitor_tables import visitors as visitors_table
from app.proposals import erasing, proposals
from app.proposals.proposals import Draft
from app.proposals.tables import proposal_notes
from app.proposals.tables import proposals as table
from app.station import Station

DAY = 86_400
DRAFT = Draft("pain", "a" * 40, "Pain", "mots\n", "l’heure")


def decided(connection: Connection, deed: str) -> str:
    """Propose something as a visitor and let it be decided; gives the pseudonym."""
    visitor, _ = visitors.add(connection, f"Zoé {deed}", f"{deed}@example.org")
    number = proposals.add(connection, DRAFT, visitor.pseudonym, visitor_id=visitor.id)
    if deed != "waiting":
        proposals.act(connection, proposals.get(connection, number), deed, "m-nadiaaaa", "parce que")
    return visitor.pseudonym


def after(connection: Connection, days: float, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + days * DAY)
    erasing.forget_decided(connection)


def test_what_is_decided_is_forgotten_after_ninety_days_but_the_name_of_an_author(
    truth: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {deed: decided(truth, deed) for deed in ("waiting", "accepted", "refused", "withdrawn")}
    after(truth, 91, monkeypatch)

    rows = truth.execute(select(table.c.state, table.c.text, table.c.summary).order_by(table.c.id)).all()
    assert [tuple(row) for row in rows] == [("waiting", "mots\n", "l’heure"), ("accepted", "", "")]
    assert truth.execute(select(visitors_table.c.email).order_by("id")).scalars().all() == ["waiting@example.org", ""]
    assert truth.execute(select(proposal_notes)).all() == []
    assert set(names_of(truth, made.values()).values()) == {"Zoé waiting", "Zoé accepted"}


def test_before_that_only_what_was_taken_back_goes(truth: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    for deed in ("waiting", "accepted", "refused", "withdrawn"):
        decided(truth, deed)
    after(truth, 89, monkeypatch)

    assert truth.execute(select(table.c.state).order_by("id")).scalars().all() == ["waiting", "accepted", "refused"]
    assert len(truth.execute(select(visitors_table)).all()) == 3


def test_the_proposals_of_members_are_forgotten_too(truth: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    idris = accounts.add(truth, "Idris", is_admin=False)
    for deed in ("accepted", "refused"):
        number = proposals.add(truth, DRAFT, idris.pseudonym, account_id=idris.id)
        proposals.act(truth, proposals.get(truth, number), deed, "m-nadiaaaa", "non")
    after(truth, 91, monkeypatch)

    assert [(one.state, one.draft.text) for one in proposals.list_of_account(truth, idris.id)] == [("accepted", "")]


def test_who_is_forgotten_is_erased_by_address_before(station: Station) -> None:
    with station.truth.begin() as connection:
        pseudonym = decided(connection, "accepted")
        is_known = [visitors.forget_address(connection, "Accepted@example.org") for _ in range(2)]

        assert (is_known, names_of(connection, [pseudonym])) == ([True, False], {})
        assert connection.execute(select(table)).all() == []
