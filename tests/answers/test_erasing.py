"""Whoever is erased leaves no answer behind; the place goes to who waits. A page that is erased takes its answers along."""

from sqlalchemy import Connection, select

from app.answers import erasing, recipients, waiting
from app.answers.tables import answer_mails, answer_objects, answers
from app.people import accounts
from app.people import erasing as people
from app.people.accounts import Account
from app.people.visitor_tables import visitors
from tests.answers.hands import ABOUT, THREE, arrive, coming, say, visit

EMAIL = "zoe@example.org"


def _zoe(connection: Connection) -> Account:
    """Make a member who comes, and has come without signing in before."""
    accounts.add(connection, "Nadia", is_admin=True)
    say(connection, "Zoé", people=3)
    found = accounts.find_named(connection, "Zoé")
    assert found is not None
    accounts.set_email(connection, found.id, EMAIL)
    return accounts.get(connection, found.id)


def test_the_answers_of_a_member_go_and_the_place_is_free(truth: Connection) -> None:
    zoe = _zoe(truth)
    say(truth, "Ana")
    people.erase(truth, zoe)
    moved = waiting.move_up(truth, ABOUT.page_id, ABOUT.date, THREE)

    assert (len(moved), coming(truth)) == (1, ["Ana"])


def test_what_an_address_wanted_is_forgotten(truth: Connection) -> None:
    recipients.stop(truth, ABOUT.page_id, recipients.digest(EMAIL))
    recipients.forget_address(truth, EMAIL)

    assert truth.execute(select(answer_mails)).all() == []


def test_the_answer_of_a_visitor_goes_with_the_address(truth: Connection) -> None:
    arrive(truth, visit(truth, "Zoé", EMAIL))

    assert people.erase_address(truth, EMAIL)
    assert truth.execute(select(answers)).all() == []


def test_a_page_that_is_erased_takes_its_answers_along(truth: Connection) -> None:
    say(truth, "Ana")
    arrive(truth, visit(truth, "Zoé", EMAIL))
    erasing.erase_page(truth, ABOUT.page_id)

    assert [truth.execute(select(table)).all() for table in (answers, answer_objects, visitors)] == [[], [], []]
