"""Who came lately: the latest accounts."""

from sqlalchemy import Connection, select

from app.people.tables import accounts, authors


def list_new(connection: Connection, since: int, limit: int) -> list[tuple[str, int]]:
    """Give name and moment (seconds since 1970) of who has an account since then, the latest first."""
    query = (
        select(authors.c.name, accounts.c.created_at)
        .join(authors, authors.c.pseudonym == accounts.c.pseudonym)
        .where(accounts.c.created_at >= since, ~accounts.c.is_blocked)
        .order_by(accounts.c.created_at.desc(), accounts.c.id.desc())
        .limit(limit)
    )
    return [(row.name, row.created_at) for row in connection.execute(query)]
