"""Send what is due, a few mails at a time. Nothing holds the database while the mail server is spoken to.

Each mail is claimed by a compare-and-swap on its `due_at`, so that however many processes on however many machines
look at once, one sends it. A claim that is never answered for (the machine went out) is void after `LEASE`.
"""

import json
import smtplib
import time
from collections import Counter
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, case, delete, func, select, update

from app.config import Config
from app.database.settings import Settings
from app.errors import N_, Unavailable
from app.locks import only_one
from app.outbox import smtp
from app.outbox.mails import (
    DAY,
    HOUR,
    IS_URGENT,
    TOO_LATE,
    URGENT,
    URGENT_SECONDS,
    WAITING,
    WAITS_SINCE,
    WORDLESS,
    Mail,
    checked,
    give_up,
)
from app.outbox.message import Letter, Sender, write
from app.outbox.tables import mails

LOCK = "mail-sender"
WAITS = (60, 300, 1800, 2 * HOUR, 6 * HOUR, DAY)  # seconds after each try that the server put off
SERVER_WAITS = (60, 1800)  # seconds, at least and at most, while the server cannot be reached
LEASE = 900  # seconds
ROUND_MAILS = 50
ROUND_SECONDS = 30.0
KEEP_SENT, KEEP_FAILED = DAY, 30 * DAY
RESERVE = 10  # one in so many mails of an hour is kept for urgent ones


def send_due(engine: Engine, config: Config, settings: Settings) -> str | None:
    """Send what is due; says how many went out and how many failed, or None when there was nothing."""
    if not smtp.is_configured(config) or not _is_any_due(engine):
        return None
    with only_one(config.instance / LOCK) as is_mine:
        return _send_round(engine, config, sender_of(config, settings)) if is_mine else None


def sender_of(config: Config, settings: Settings) -> Sender:
    """Say who mails come from."""
    return Sender(config.mail_from, settings.title, settings.language, config.secret_key)


def send_now(config: Config, settings: Settings, mail: Mail, password: str | None = None) -> None:
    """Send one mail past the queue, to try the settings; raises Unavailable with what the server says.

    `password` is one that is not kept yet.
    """
    if not smtp.is_configured(config):
        raise Unavailable(N_("No mail can go out yet. Name a mail server on the page of settings."))
    sender = sender_of(config, settings)
    fit = checked(mail)
    letter = Letter(fit.to, fit.subject, fit.text, fit.html, fit.headers, str(time.time_ns()))
    with smtp.connected(config, password) as server:
        answer = smtp.deliver(server, sender.address, letter.to, write(letter, sender))
    if not answer.is_taken:
        raise smtp.explain(answer)


def _is_any_due(engine: Engine) -> bool:
    with engine.connect() as connection:
        query = select(mails.c.id).where(WAITING, mails.c.due_at <= int(time.time())).limit(1)
        return connection.execute(query).first() is not None


def _send_round(engine: Engine, config: Config, sender: Sender) -> str | None:
    counts: Counter[str] = Counter()
    try:
        with smtp.connected(config) as server:
            _send_some(engine, server, config, sender, counts)
    except Unavailable as error:
        _wait_for_server(engine, str(error.values["fault"]))
        return str(error)
    return ", ".join(f"{count} {what}" for what, count in counts.items()) or None


def _send_some(engine: Engine, server: smtplib.SMTP, config: Config, sender: Sender, counts: Counter[str]) -> None:
    end = time.monotonic() + ROUND_SECONDS
    with engine.begin() as connection:
        give_up(connection, IS_URGENT & (mails.c.created_at < int(time.time()) - URGENT_SECONDS), TOO_LATE)
    while counts.total() < ROUND_MAILS and time.monotonic() < end:
        with engine.begin() as connection:
            row = _claim(connection, config.mail_per_hour)
        if row is None:
            return
        answer = _send(server, sender, row)
        if answer.is_ours:
            _give_back(engine, row)
            raise smtp.explain(answer)
        with engine.begin() as connection:
            counts[_note(connection, row, answer)] += 1
        if not answer.may_go_on:
            return


def _claim(connection: Connection, per_hour: int) -> Row[Any] | None:
    """Take the next mail that may go out now, as it stands then; None when there is none, or another was faster."""
    now = int(time.time())
    sent = connection.execute(select(func.count()).select_from(mails).where(mails.c.sent_at > now - HOUR)).scalar_one()
    query = select(mails).where(WAITING, mails.c.due_at <= now)
    if sent >= per_hour:
        return None
    if sent >= per_hour - per_hour // RESERVE:
        query = query.where(IS_URGENT)
    row = connection.execute(query.order_by(case((IS_URGENT, 0), else_=1), mails.c.due_at, mails.c.id).limit(1)).first()
    if row is None:
        return None
    is_same = and_(mails.c.id == row.id, mails.c.due_at == row.due_at, WAITING)
    claim = {"due_at": now + LEASE, "tries": row.tries + 1, "error": "", "created_at": WAITS_SINCE}
    if connection.execute(update(mails).where(is_same).values(claim)).rowcount != 1:
        return None
    return connection.execute(select(mails).where(mails.c.id == row.id)).one()


def _give_back(engine: Engine, row: Row[Any]) -> None:
    """Take a claim back: nothing was said about this mail."""
    with engine.begin() as connection:
        values = {"due_at": int(time.time()), "tries": row.tries - 1}
        connection.execute(update(mails).where(mails.c.id == row.id, WAITING).values(values))


def _send(server: smtplib.SMTP, sender: Sender, row: Row[Any]) -> smtp.Answer:
    mark = f"{row.id}.{row.created_at}"
    words = (row.subject, row.text, row.html, json.loads(row.headers))
    letter = Letter(row.to_address, *words, mark, row.calendar)
    try:
        message = write(letter, sender)
    except (ValueError, LookupError) as error:  # it would fail again each time, and nothing behind it would go out
        return smtp.Answer(is_final=True, words=str(error))
    return smtp.deliver(server, sender.address, row.to_address, message)


def _note(connection: Connection, row: Row[Any], answer: smtp.Answer) -> str:
    """Keep what became of a mail; of one that was sent the words go at once, the rest after a day.

    An urgent one that failed is of no use to anybody but to who would sign in with it.
    """
    now, is_urgent = int(time.time()), row.kind in URGENT
    words = WORDLESS if is_urgent else {}
    if answer.is_taken:
        said, values = "sent", {**WORDLESS, "subject": "" if is_urgent else row.subject, "sent_at": now, "error": ""}
    elif answer.is_final or row.tries > len(WAITS):
        said, values = "failed", {**words, "failed_at": now, "error": answer.words}
    else:
        said, values = "put off", {"due_at": now + WAITS[row.tries - 1], "error": answer.words}
    connection.execute(update(mails).where(mails.c.id == row.id).values(values))
    return said


def _wait_for_server(engine: Engine, words: str) -> None:
    """Put off all that is due, each for as long as it has waited already: no mail fails because the server is away."""
    now = int(time.time())
    shortest, longest = SERVER_WAITS
    age = now - WAITS_SINCE
    wait = case((age < shortest, shortest), (age > longest, longest), else_=age)
    with engine.begin() as connection:
        due = update(mails).where(WAITING, mails.c.due_at <= now)
        connection.execute(due.values(due_at=now + wait, error=words, created_at=WAITS_SINCE))


def tidy(engine: Engine) -> str | None:
    """Forget mails that were sent a day ago, and those that failed a month ago."""
    now = int(time.time())
    old = (mails.c.sent_at < now - KEEP_SENT) | (mails.c.failed_at < now - KEEP_FAILED)
    with engine.begin() as connection:
        count = connection.execute(delete(mails).where(old)).rowcount
    return f"{count} forgotten" if count else None
