"""Who sent a comment without an account: found when a button was pressed twice, forgotten when it is over."""

import time

import pytest
from sqlalchemy import Connection, select

from app.comments import comment as states
from app.comments import senders, writing
from app.comments.comment import Comment
from app.comments.tables import comments
from app.people import visitors
from app.people.authors import names_of
from app.people.visitor_tables import visitors as visitors_table

DAY = 86_400


def sent(connection: Connection, name: str, text: str = "bonjour", state: str = states.WAITING) -> Comment:
    visitor, _ = visitors.add(connection, name, f"{name}@example.org")
    return writing.add(connection, "p1", text, visitor.pseudonym, state=state, visitor_id=visitor.id)


def night(connection: Connection, days: float, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let some days pass and the nightly round be made; gives the addresses that are left."""
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + days * DAY)
    writing.erase_ended(connection)
    senders.forget_senders(connection)
    return list(connection.execute(select(visitors_table.c.email).order_by("id")).scalars())


def test_who_took_words_back_is_forgotten_with_them(truth: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    gone, kept = sent(truth, "zoe"), sent(truth, "lou")
    writing.withdraw(truth, gone)

    assert night(truth, 2, monkeypatch) == ["lou@example.org"]
    assert list(names_of(truth, [gone.pseudonym, kept.pseudonym]).values()) == ["lou"]
    assert len(truth.execute(select(comments)).all()) == 2  # an answer may stand below the place


def test_of_what_is_shown_for_long_the_name_stays_and_the_address_goes(
    truth: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, waiting = sent(truth, "zoe"), sent(truth, "lou")
    writing.show(truth, shown, "m-nadiaaaa")

    assert night(truth, 89, monkeypatch) == ["zoe@example.org", "lou@example.org"]
    assert night(truth, 2, monkeypatch) == ["", "lou@example.org"]
    assert set(names_of(truth, [shown.pseudonym, waiting.pseudonym]).values()) == {"zoe", "lou"}


def test_the_same_words_of_the_same_address_are_found_for_ten_minutes(
    truth: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sent(truth, "zoe")
    asked = [("p1", "bonjour", "Zoe@example.org", None), ("p2", "bonjour", "zoe@example.org", None),
             ("p1", "autre", "zoe@example.org", None), ("p1", "bonjour", "lou@example.org", None),
             ("p1", "bonjour", "zoe@example.org", first.id)]  # fmt: skip
    found = [senders.find_same(truth, *one) for one in asked]
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 601)

    assert found == [first, None, None, None, None]
    assert senders.find_same(truth, *asked[0]) is None
