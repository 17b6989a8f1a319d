"""People without an account: their answer counts when the address is confirmed, once for each address."""

import time

from sqlalchemy import Connection, select, update

from app.answers import erasing, reading
from app.answers.tables import answers
from app.people import visitors
from app.people.visitor_tables import visitors as table
from tests.answers.hands import ABOUT, arrive, coming, say, visit, waiting

DAY = 86_400


def test_an_answer_takes_no_place_before_the_address_is_confirmed(truth: Connection) -> None:
    visit(truth, "Zoé", "zoe@example.org", people=3)

    assert say(truth, "Ana", people=3).state == "standing"


def test_a_confirmed_answer_takes_its_place(truth: Connection) -> None:
    given = arrive(truth, visit(truth, "Zoé", "zoe@example.org"))

    assert given is not None and given.state == "standing"
    assert coming(truth) == ["Zoé"]


def test_who_confirms_later_waits_behind_those_who_were_there(truth: Connection) -> None:
    answer = visit(truth, "Zoé", "zoe@example.org")
    say(truth, "Ana", people=3)
    say(truth, "Bo")
    arrive(truth, answer)

    assert waiting(truth) == ["Bo", "Zoé"]


def test_confirming_twice_changes_nothing(truth: Connection) -> None:
    answer = visit(truth, "Zoé", "zoe@example.org")

    assert arrive(truth, answer) is not None
    assert arrive(truth, answer) is None


def test_one_address_has_one_answer_and_the_newest_name_is_shown(truth: Connection) -> None:
    arrive(truth, visit(truth, "Zoé", "zoe@example.org"))
    arrive(truth, visit(truth, "Zoé Martin", "Zoe@Example.org", people=2))

    assert [(one.name, one.wish.people) for one in reading.list_at(truth, ABOUT)] == [("Zoé Martin", 2)]


def test_the_older_private_link_leads_to_the_answer_that_holds(truth: Connection) -> None:
    first = visit(truth, "Zoé", "zoe@example.org")
    link = visitors.make_link(truth, first.who.visitor_id or 0)
    arrive(truth, first)
    arrive(truth, visit(truth, "Zoé", "zoe@example.org", people=2))
    found = visitors.find(truth, link)

    assert found is not None
    answer = reading.find_of_visitor(truth, found.id)
    assert answer is not None and answer.wish.people == 2


def test_what_nobody_confirms_in_time_is_forgotten(truth: Connection) -> None:
    visit(truth, "Zoé", "zoe@example.org")
    truth.execute(update(table).values(expires_at=1))
    visitors.forget_expired(truth)

    assert truth.execute(select(answers)).all() == []


def test_an_answer_that_was_taken_back_is_forgotten_after_a_month_with_its_sender(truth: Connection) -> None:
    arrive(truth, visit(truth, "Zoé", "zoe@example.org"))
    truth.execute(update(answers).values(state="withdrawn", changed_at=int(time.time()) - 31 * DAY))
    erasing.forget_over(truth)

    assert (truth.execute(select(answers)).all(), truth.execute(select(table)).all()) == ([], [])


def test_the_address_of_an_old_answer_is_forgotten_and_the_answer_stays(truth: Connection) -> None:
    arrive(truth, visit(truth, "Zoé", "zoe@example.org"))
    truth.execute(update(answers).values(changed_at=int(time.time()) - 401 * DAY))
    erasing.forget_over(truth)

    assert coming(truth) == ["Zoé"]
    assert truth.execute(select(table.c.email)).scalars().all() == [""]
