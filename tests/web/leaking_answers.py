"""Hands for the leak test of sign-ups: in the record of each folder somebody signs up whose name is its word."""

from dataclasses import replace

from sqlalchemy import select

from app.answers import looking, notices, writing
from app.answers.answer import About, Who, Wish
from app.catalog.editing import Edit
from app.forms.signup import Signup
from app.outbox.tables import mails
from app.people import accounts
from app.people.authors import SYSTEM
from app.station import Station
from tests.web.leaking import ACCOUNTS, FOLDERS, IDS, MARKS, OPERATOR
from tests.web.leaking_mails import SENT_FROM, account_of

SIGNUP = "  - {name: venir, type: signup, label: Venir}\n"
DAY = 86_400  # seconds


def sign_up(site: Station) -> None:
    """Let everybody come, also to what they may not read any more, and one whose name only those may read."""
    _change(site, "_forms/notice", lambda text: text + SIGNUP)
    for folder, mark in MARKS.items():
        _change(site, f"{folder}/notice", lambda text: text.replace("\n---\n", "\nvenir: {open: yes}\n---\n", 1))
        about = About(IDS[folder], date_in(site, folder))
        with site.truth.begin() as connection:
            who = Who(name=mark, channel="paper", entered_by=SYSTEM)
            writing.take(connection, about, Signup(), who, Wish("yes", comment=mark))
            for name in ACCOUNTS:
                writing.take(connection, about, Signup(), Who(account_id=account_of(site, name).id), Wish("yes"))


def date_in(site: Station, folder: str) -> str:
    """Give the day of the next date of the record of a folder."""
    return site.door.dates_of(OPERATOR, f"{folder}/notice", site.today())[0].original


def give_addresses(site: Station) -> None:
    """Let everybody have an address."""
    with site.truth.begin() as connection:
        for name in ACCOUNTS:
            accounts.set_email(connection, account_of(site, name).id, f"{name.lower()}@example.org")


def cause_mails(site: Station) -> None:
    """Confirm all answers, change every date, remind everybody."""
    sending = replace(site, config=replace(site.config, **SENT_FROM))
    with site.truth.begin() as connection:
        for number in connection.execute(select(writing.answers.c.id)).scalars().all():
            notices.confirm(connection, sending, number)
    dates = {folder: notices.occurrence(sending, IDS[folder], date_in(site, folder)) for folder in FOLDERS}
    for folder in FOLDERS:
        where = date_in(site, folder)
        change = f"changes: {{{where}: {{place: Ailleurs}}}}"
        _change(
            site,
            f"{folder}/notice",
            lambda text, change=change: text.replace("rule: FREQ=WEEKLY", f"rule: FREQ=WEEKLY, {change}"),
        )
    first = min(row.starts_at for row in dates.values() if row)
    looking.look_after(sending, first - DAY + 17 * 3600 + 60)
    looking.look_after(sending, first - DAY + 18 * 3600)


def mailed(site: Station) -> dict[str, set[str]]:
    """Name the folders whose word is said to each receiver."""
    said: dict[str, set[str]] = {}
    with site.truth.connect() as connection:
        for row in connection.execute(select(mails)):
            words = f"{row.subject} {row.text} {row.html} {row.headers} {row.calendar}".replace("\n ", "").casefold()
            name = row.to_address.partition("@")[0].title()
            said[name] = said.get(name, set()) | {folder for folder, mark in MARKS.items() if mark in words}
    return said


def _change(site: Station, path: str, change) -> None:  # type: ignore[no-untyped-def]
    row, text = site.door.text(OPERATOR, path)
    site.door.save(OPERATOR, Edit(path, change(text), row.revision, SYSTEM))
