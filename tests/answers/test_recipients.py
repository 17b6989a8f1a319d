"""Who is written to about an answer, and who wants no such mails."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from app.answers import reading, recipients
from app.answers.moving import join, move
from app.people import accounts
from tests.answers.hands import ABOUT, arrive, say, visit

KEY = "geheim"
NADIA = "nadia@example.org"


def test_an_account_with_an_address_is_written_to_unless_it_is_blocked(truth: Connection) -> None:
    account = accounts.add(truth, "Nadia", is_admin=False, email=NADIA)
    answer = reading.get(truth, say(truth, "Nadia").id)
    found = recipients.find(truth, answer)
    accounts.block(truth, account, is_blocked=True)

    assert found and (found.email, found.name, found.viewer.may_write) == (NADIA, "Nadia", False)
    assert recipients.find(truth, answer) is None


def test_a_visitor_is_written_to_once_the_address_is_confirmed(truth: Connection) -> None:
    answer = visit(truth, "Zoé", "zoe@example.org")
    before = recipients.find(truth, answer)
    arrive(truth, answer)
    after = recipients.find(truth, reading.get(truth, answer.id))

    assert before is None
    assert after and after.email == "zoe@example.org"
    assert recipients.own_path(truth, after, "agenda/fete", "").startswith("/-/answer/mine/")


def test_a_visitor_is_told_of_public_pages_only(truth: Connection) -> None:
    answer = visit(truth, "Zoé", "zoe@example.org")
    arrive(truth, answer)
    found = recipients.find(truth, reading.get(truth, answer.id))

    assert found and found.may_read("public") and not found.may_read("members")


def test_mails_end_for_one_event_or_for_all_and_come_again(truth: Connection) -> None:
    secret = recipients.make_stop(KEY, ABOUT.page_id, "Nadia@Example.org")
    found = recipients.read_stop(KEY, secret)
    assert found is not None
    recipients.stop(truth, *found)
    recipients.stop(truth, *found)  # a second press changes nothing
    assert recipients.is_quiet(truth, ABOUT.page_id, NADIA)
    assert not recipients.is_quiet(truth, "another1", NADIA)
    recipients.stop(truth, recipients.EVERYTHING, found[1])
    assert recipients.is_quiet(truth, "another1", NADIA)
    recipients.resume(truth, ABOUT.page_id, found[1])
    recipients.resume(truth, recipients.EVERYTHING, found[1])

    assert not recipients.is_quiet(truth, ABOUT.page_id, NADIA)


def test_the_link_that_ends_mails_holds_no_address_and_cannot_be_made_up(truth: Connection) -> None:
    secret = recipients.make_stop(KEY, ABOUT.page_id, NADIA)

    assert "nadia" not in secret and "example" not in secret
    assert recipients.read_stop("another key", secret) is None
    assert recipients.read_stop(KEY, "WyJrN3EybTl4NCIsIngiXQ.aaaa") is None


def test_erasing_an_address_forgets_what_it_wanted(truth: Connection) -> None:
    recipients.stop(truth, ABOUT.page_id, recipients.digest(NADIA))
    recipients.forget_address(truth, NADIA)

    assert not recipients.is_quiet(truth, ABOUT.page_id, NADIA)


@pytest.mark.parametrize(
    "go", [lambda truth: move(truth, "old", "new", "2026-04-08"), lambda truth: join(truth, "new", "old")]
)
def test_who_wants_no_mails_about_a_page_gets_none_about_the_one_that_it_becomes(
    truth: Connection, go: Callable[[Connection], object]
) -> None:
    recipients.stop(truth, "old", recipients.digest(NADIA))
    for _ in range(2):
        go(truth)

    assert recipients.is_quiet(truth, "new", NADIA) and not recipients.is_quiet(truth, "new", "bo@example.org")
