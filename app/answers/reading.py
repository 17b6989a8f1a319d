"""Find answers: those about a date, somebody's own, those who wait in their order."""

from sqlalchemy import ColumnElement, Connection, Select, case, func, or_, select

from app.answers.answer import ALIVE, COMING, UNCONFIRMED, WAITING, WITHDRAWN, About, Answer, Who, answer_of
from app.answers.tables import answers
from app.errors import N_, NotFound
from app.people.tables import accounts, authors
from app.people.visitor_tables import visitors
from app.wiki.page import fold

_WRITERS = authors.alias("writers")
_WHOSE = func.coalesce(accounts.c.pseudonym, visitors.c.pseudonym)


def query_of(*which: ColumnElement[bool]) -> Select:  # type: ignore[type-arg]
    """Ask for answers with the names of whoever gave and whoever wrote them."""
    joined = (
        answers.outerjoin(accounts, accounts.c.id == answers.c.account_id)
        .outerjoin(visitors, visitors.c.id == answers.c.visitor_id)
        .outerjoin(authors, authors.c.pseudonym == _WHOSE)
        .outerjoin(_WRITERS, (_WRITERS.c.pseudonym == answers.c.entered_by) & (answers.c.entered_by != ""))
    )
    names = (authors.c.name.label("shown"), _WRITERS.c.name.label("writer"), _WHOSE.label("whose"))
    return select(answers, *names).select_from(joined).where(*which)


def _query() -> Select:  # type: ignore[type-arg]
    """Do as `query_of`, of those who say that they come."""
    return query_of(answers.c.key == COMING)


def _of(about: About) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return answers.c.page_id == about.page_id, answers.c.date == about.date


def _all(connection: Connection, query: Select) -> list[Answer]:  # type: ignore[type-arg]
    return [answer_of(row) for row in connection.execute(query)]


def find(connection: Connection, number: int) -> Answer | None:
    """Find an answer by its number."""
    row = connection.execute(_query().where(answers.c.id == number)).first()
    return answer_of(row) if row else None


def get(connection: Connection, number: int) -> Answer:
    """Do as `find`; raises NotFound."""
    found = find(connection, number)
    if found is None:
        raise NotFound(N_("This answer does not exist, or not any more."))
    return found


def list_at(connection: Connection, about: About) -> list[Answer]:
    """List what stands and what waits about a date: first those who come, then the others, each by when they asked."""
    order = case({"yes": 0, "perhaps": 1}, value=answers.c.value, else_=2)
    waits = case((answers.c.state == WAITING, 1), else_=0)
    query = _query().where(*_of(about), answers.c.state.in_(ALIVE))
    return _all(connection, query.order_by(waits, order, answers.c.asked_at, answers.c.id))


def list_waiting(connection: Connection, about: About) -> list[Answer]:
    """List those who wait, in their order."""
    query = _query().where(*_of(about), answers.c.state == WAITING)
    return _all(connection, query.order_by(answers.c.asked_at, answers.c.id))


def find_own(connection: Connection, about: About, who: Who) -> Answer | None:
    """Find what somebody has said about a date already: an account, a confirmed address, a name written down."""
    query = _query().where(*_of(about), answers.c.state != UNCONFIRMED, same_person(who))
    holds_first = case((answers.c.state.in_(ALIVE), 0), else_=1)
    found = _all(connection, query.order_by(holds_first, answers.c.id.desc()))
    if who.name:
        return next((one for one in found if fold(one.name) == fold(who.name) and one.state != WITHDRAWN), None)
    return found[0] if found else None


def same_person(who: Who) -> ColumnElement[bool]:
    """Choose what comes from the same account or the same address: a member may have answered without signing in."""
    if who.account_id is not None:
        key = select(accounts.c.email_key).where(accounts.c.id == who.account_id).scalar_subquery()
        confirmed = select(visitors.c.id).where(visitors.c.email_key == key, visitors.c.confirmed_at.is_not(None))
        return or_(answers.c.account_id == who.account_id, answers.c.visitor_id.in_(confirmed))
    if who.visitor_id is not None:
        own = select(visitors.c.email_key).where(visitors.c.id == who.visitor_id, visitors.c.email_key != "")
        key = own.scalar_subquery()
        same = select(visitors.c.id).where(visitors.c.email_key == key)
        members = select(accounts.c.id).where(accounts.c.email_key == key)
        return or_(answers.c.visitor_id.in_(same), answers.c.account_id.in_(members))
    return answers.c.account_id.is_(None) & answers.c.visitor_id.is_(None)


def find_of_visitor(connection: Connection, visitor_id: int) -> Answer | None:
    """Find what a visitor answered, confirmed or not."""
    row = connection.execute(_query().where(answers.c.visitor_id == visitor_id)).first()
    return answer_of(row) if row else None


def list_of_account(connection: Connection, account_id: int) -> list[Answer]:
    """List what a member said, but for what was taken back; the newest first."""
    query = _query().where(answers.c.account_id == account_id, answers.c.state.in_(ALIVE))
    return _all(connection, query.order_by(answers.c.date.desc(), answers.c.id.desc()))


def dates_of(connection: Connection, page_id: str) -> list[str]:
    """List the dates of a page about which somebody has said something that still holds."""
    query = select(answers.c.date).where(answers.c.page_id == page_id, answers.c.state.in_(ALIVE)).distinct()
    return sorted(connection.execute(query).scalars())


def position_of(connection: Connection, answer: Answer) -> int:
    """Say as which one an answer waits: 1 is the next; 0 of one that does not wait."""
    if answer.state != WAITING:
        return 0
    waiting = [one.id for one in list_waiting(connection, answer.about)]
    return waiting.index(answer.id) + 1
