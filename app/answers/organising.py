"""Who organises a record and can be written to: who made it, whom it names, who looks after its spaces."""

from contextlib import suppress

from sqlalchemy import Connection

from app.catalog.occurrence_rows import OccurrenceRow
from app.catalog.record_rows import RecordRow
from app.errors import Invalid
from app.people import accounts, caring, groups, rights
from app.people.accounts import Account
from app.people.addresses import clean_email, email_key
from app.people.viewer import OPERATOR
from app.records import contact, private
from app.station import Station
from app.wiki.page import folders_above


def list_addresses(connection: Connection, station: Station, row: OccurrenceRow) -> list[tuple[str, str]]:
    """List addresses and names, each once; the name is empty where nobody knows it. Nobody? Then administrators."""
    record = station.door.find_record(OPERATOR, row.path)
    return list_of_record(connection, station, record) if record else []


def list_of_record(connection: Connection, station: Station, record: RecordRow) -> list[tuple[str, str]]:
    """Do as `list_addresses`."""
    known = [*_maker(connection, record), *_named(connection, station, record), *_referents(connection, record)]
    found: dict[str, tuple[str, str]] = {}
    for email, name in known or _administrators(connection, record):
        found.setdefault(email_key(email), (email, name))
    return list(found.values())


def _maker(connection: Connection, record: RecordRow) -> list[tuple[str, str]]:
    account = accounts.find_by_pseudonym(connection, record.creator)
    if account and not _may_read(connection, account, record):
        return []
    email = contact.find_maker(connection, record.creator)
    return [(email, account.name if account else "")] if email else []


def _may_read(connection: Connection, account: Account, record: RecordRow) -> bool:
    """Tell whether somebody still reads the record: its folder may have been closed, its spaces be those of others."""
    return rights.may_read(groups.viewer_of(connection, account, may_write=False), record.audience)


def _named(connection: Connection, station: Station, record: RecordRow) -> list[tuple[str, str]]:
    """Give the address that the record names, in a field of its own."""
    form = station.door.find_form(OPERATOR, record.form)
    values = {**record.values, **private.load(connection, [record.id]).get(record.id, {})}
    for field in (*form.of_type("contact"), *form.of_type("email")) if form else ():
        with suppress(Invalid):
            typed = values.get(field.name)
            if isinstance(typed, str) and typed:
                return [(clean_email(typed), "")]
    return []


def _referents(connection: Connection, record: RecordRow) -> list[tuple[str, str]]:
    """Give those who look after the folder of the record or one of its spaces."""
    spaces = record.values.get("spaces")
    named = [f"{space}/index" for space in spaces if isinstance(space, str)] if isinstance(spaces, list) else []
    above = {folder for path in (record.path, *named) for folder in folders_above(path)}
    return [
        (account.email, account.name)
        for group in groups.list_all(connection)
        if group.space in above
        for account in caring.list_looking_after(connection, group.id)
        if account.email and groups.is_referent(connection, group.id, account.id)
        if _may_read(connection, account, record)
    ]


def _administrators(connection: Connection, record: RecordRow) -> list[tuple[str, str]]:
    return [(one.email, one.name) for one in caring.list_caring(connection, record.path) if one.email]
