"""How other calendars call the events of this site: the key `uid` in the heads of their pages."""

import json

from sqlalchemy import Connection, select

from app.catalog.tables import pages, records

UID = "uid"


def ids_by_uid(connection: Connection, form: str) -> dict[str, str]:
    """Give the ids of the records of a form that name a `uid`, whoever may read them; of several, the oldest."""
    query = (
        select(pages.c.id, records.c.rest)
        .join(records, records.c.path == pages.c.path)
        .where(records.c.form == form, records.c.rest.contains(f'"{UID}"', autoescape=True), pages.c.id.is_not(None))
        .order_by(pages.c.lineage.desc())
    )
    found = ((json.loads(rest).get(UID), page_id) for page_id, rest in connection.execute(query))
    return {uid: page_id for uid, page_id in found if isinstance(uid, str) and uid}
