"""Hands for the tests of mails and papers: a form with dates and sign-up, events of it, people with addresses."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from app.answers import looking, notices, writing
from app.answers.answer import About, Who, Wish
from app.answers.writing import Given
from app.catalog.editing import Edit
from app.catalog.record_rows import RecordRow
from app.outbox.tables import mails
from app.people import accounts, visitors
from app.people.accounts import Account
from app.people.authors import SYSTEM
from app.people.viewer import OPERATOR
from app.station import Station
from app.wiki import frontmatter

FORM = """title: {fr: Chantier, en: Work day}
plural: {fr: Chantiers, en: Work days}
folder: agenda
submit: everyone
fields:
  - {name: title, type: text, label: {fr: Nom, en: Name}}
  - {name: when, type: schedule, label: {fr: Quand, en: When}}
  - {name: place, type: place, label: {fr: Lieu, en: Place}}
  - {name: spaces, type: spaces, label: {fr: Espaces, en: Spaces}}
  - {name: contact, type: contact, label: {fr: Contact, en: Contact}}
  - {name: signup, type: signup, label: {fr: Inscription, en: Sign-up}}
  - {name: status, type: choice, label: {fr: État, en: State}, choices: {confirmed: {fr: confirmé, en: confirmed}, cancelled: {fr: annulé, en: cancelled}}}
  - {name: reason, type: text, label: {fr: Raison, en: Reason}}
"""
PARIS = ZoneInfo("Europe/Paris")
PATH = "agenda/curage"
MAILING = 'smtp_host = "localhost"\nmail_from = "gare@example.org"\naddress = "https://gare.example"\n'


def day(days: int, hour: int = 9) -> datetime:
    """Give wall time so many days from now."""
    now = datetime.now(PARIS).replace(tzinfo=None, minute=0, second=0, microsecond=0)
    return (now + timedelta(days=days)).replace(hour=hour)


def at(moment: datetime) -> float:
    """Give the seconds since 1970 of wall time."""
    return moment.replace(tzinfo=PARIS).timestamp()


def when(start: datetime, hours: int = 3, **more: Any) -> dict[str, Any]:
    """Write a schedule."""
    end = start + timedelta(hours=hours)
    spelled = {"start": start.isoformat(timespec="minutes"), "end": end.isoformat(timespec="minutes")}
    return spelled | {"timezone": "Europe/Paris"} | more


def make_form(station: Station) -> None:
    """Write the form."""
    station.door.save(OPERATOR, Edit("_forms/chantier", FORM, None, SYSTEM))


def make(
    station: Station, path: str = PATH, title: str = "Curage du béal", *, by: str = SYSTEM, **values: Any
) -> RecordRow:
    """Write an event, in ten days unless something else is said; one that is there already is written anew."""
    page = station.door.find_view(OPERATOR, path)
    said: dict[str, Any] = {
        "title": title,
        "form": "chantier",
        "when": when(day(10)),
        "signup": {"open": "yes"},
    } | values
    head = frontmatter.rewrite("", ({"id": page[0].id} if page else {}) | said)
    station.door.save(OPERATOR, Edit(path, f"{head}\n", page[0].revision if page else None, by))
    return station.door.record(OPERATOR, path)


def member(station: Station, name: str, *, is_admin: bool = False) -> Account:
    """Make an account with an address."""
    email = f"{frontmatter_name(name)}@example.org"
    with station.truth.begin() as connection:
        return accounts.add(connection, name, is_admin=is_admin, email=email)


def frontmatter_name(name: str) -> str:
    """Give a name as it stands in an address."""
    return name.encode("ascii", "ignore").decode().lower()


def say(
    station: Station, row: RecordRow, who: Account | str, value: str = "yes", *, date: str = "", people: int = 1
) -> Given:
    """Let a member or, by name, somebody without an account say whether they come; the date is known at once."""
    settings = notices.signup.of_record(station.door.form(OPERATOR, row.form), row.values)
    assert settings is not None
    with station.truth.begin() as connection:
        given = writing.take(connection, About(row.id, date), settings, _who(connection, who), Wish(value, people))
        notices.confirm(connection, station, given.id)
    return given


def note(station: Station, row: RecordRow, *names: str, value: str = "yes") -> None:
    """Write down who said on paper whether they come."""
    with station.truth.begin() as connection:
        for name in names:
            who = Who(name=name, channel="paper", entered_by="m-aaaaaaaa")
            given = writing.take(connection, About(row.id), notices.signup.Signup(), who, Wish(value))
            notices.confirm(connection, station, given.id)


def _who(connection: Connection, who: Account | str) -> Who:
    if isinstance(who, Account):
        return Who(account_id=who.id)
    visitor, _ = visitors.add(connection, who, f"{frontmatter_name(who)}@example.org")
    visitors.confirm(connection, visitor)
    return Who(visitor_id=visitor.id)


def forget_mails(station: Station) -> None:
    """Empty the outbox."""
    with station.truth.begin() as connection:
        connection.execute(mails.delete())


def sent(station: Station) -> list[Any]:
    """List the mails that were queued."""
    with station.truth.connect() as connection:
        return list(connection.execute(select(mails).order_by(mails.c.id)))


def told(station: Station) -> list[tuple[str, str]]:
    """List to whom something was written, and about what."""
    return [(row.to_address.partition("@")[0], row.subject) for row in sent(station)]


def look(station: Station, moment: datetime | None = None) -> str | None:
    """Do what the job does, at some moment."""
    return looking.look_after(station, at(moment) if moment else None)
