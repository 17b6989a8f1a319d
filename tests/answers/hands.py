"""Hands for the tests of answers: people, an event, what they say about it."""

from sqlalchemy import Connection

from app.answers import writing
from app.answers.answer import STANDING, WAITING, About, Answer, Who, Wish
from app.answers.reading import get, list_at
from app.answers.writing import Given
from app.forms.signup import Role, Signup
from app.people import accounts, visitors

ABOUT = About("k7q2m9x4")
THREE = Signup(places=3)
WITH_ROLES = Signup(places=5, roles=(Role("cuisine", "Cuisine", 2), Role("montage", "Montage")))
EVERYTHING = Signup(roles=WITH_ROLES.roles, tools=("Bêche", "Gants"), asks_meal=True, asks_seats=True)


def member(connection: Connection, name: str) -> Who:
    """Make an account."""
    return Who(account_id=accounts.add(connection, name, is_admin=False).id)


def say(
    connection: Connection, name: str, people: int = 1, *, role: str = "", value: str = "yes",
    settings: Signup = THREE, about: About = ABOUT,
) -> Given:  # fmt: skip
    """Let somebody answer; who has no account gets one."""
    found = accounts.find_named(connection, name)
    who = Who(account_id=found.id) if found else member(connection, name)
    return writing.take(connection, about, settings, who, Wish(value, people, role))


def visit(connection: Connection, name: str, email: str, people: int = 1) -> Answer:
    """Let somebody without an account answer; the address is not confirmed yet."""
    visitor, _ = visitors.add(connection, name, email)
    return get(connection, writing.keep_unconfirmed(connection, ABOUT, visitor.id, Wish("yes", people)))


def arrive(connection: Connection, answer: Answer, settings: Signup = THREE) -> Given | None:
    """Confirm the address of a visitor."""
    visitor = visitors.find_by_id(connection, answer.who.visitor_id or 0)
    assert visitor is not None
    visitors.confirm(connection, visitor)
    return writing.confirm(connection, answer, settings)


def coming(connection: Connection, about: About = ABOUT) -> list[str]:
    """Name those who have a place, in the order in which they asked."""
    return [one.name for one in list_at(connection, about) if one.state == STANDING and one.wish.value == "yes"]


def waiting(connection: Connection, about: About = ABOUT) -> list[str]:
    """Name those who wait, in their order."""
    return [one.name for one in list_at(connection, about) if one.state == WAITING]
