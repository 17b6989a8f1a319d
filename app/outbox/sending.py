"""Send what is due, a few mails at a time. Nothing holds the database while the mail server is spoken to.

Each mail is claimed by a compare-and-swap on its `due_at`, so that however many processes on however many machines
look at once, one sends it. A claim that is never answered for (the machine went out) is void after `LEASE`.
"""

import json
import logging
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
from app.outbox.mails import URGENT, Mail, checked
from app.outbox.message import Letter, Sender, write
from app.outbox.tables import mails

log = logging.getLogger(__name__)

LOCK = "mail-sender"
WAITS = (60, 300, 1800, 7200, 6 * 3600, 24 * 3600)  # seconds after each try that the server put off
SERVER_WAITS = (60, 1800)  # seconds, at least and at most, while the server cannot be reached
LEASE = 900  # seconds
ROUND_MAILS = 50
ROUND_SECONDS = 30.0
HOUR = 3600
KEEP_SENT, KEEP_FAILED = 24 * HOUR, 30 * 24 * HOUR
RESERVE = 10  # one in so many mails of an hour is kept for urgent ones

_WAITING = and_(mails.c.sent_at.is_(None), mails.c.failed_at.is_(None))
_IS_URGENT = mails.c.kind.in_(URGENT)


def send_due(engine: Engine, config: Config, settings: Settings) -> str | None:
    """Send what is due; says how many went out and how many failed, or None when there was nothing."""
    if not smtp.is_configured(config) or not _is_any_due(engine):
        return None
    with only_one(config.instance / LOCK) as is_mine:
        return _send_round(engine, config, sender_of(config, settings)) if is_mine else None


def sender_of(config: Config, settings: Settings) -> Sender:
    """Say who mails come from."""
    return Sender(config.mail_from, settings.title, settings.language, config.secret_key)


def send_now(config: Config, settings: Settings, mail: Mail) -> None:
    """Send one mail past the queue, to try the settings; raises Unavailable with what the server says."""
    if not smtp.is_configured(config):
        raise Unavailable(N_("No mail can go out yet. Set smtp_host and mail_from in gare.toml."))
    sender = sender_of(config, settings)
    fit = checked(mail)
    letter = Letter(fit.to, fit.subject, fit.text, fit.html, fit.headers, str(time.time_ns()))
    with smtp.connected(config) as server:
        answer = smtp.deliver(server, sender.address, letter.to, write(letter, sender))
    if not answer.is_taken:
        raise smtp.explain(answer)


def _is_any_due(engine: Engine) -> bool:
    with engine.connect() as connection:
        query = select(mails.c.id).where(_WAITING, mails.c.due_at <= int(time.time())).limit(1)
        return connection.execute(query).first() is not None


def _send_round(engine: Engine, config: Config, sender: Sender) -> str | None:
    counts: Counter[str] = Counter()
    try:
        with smtp.connected(config) as server:
            _send_some(engine, server, config, sender, counts)
    except Unavailable as error:
        log.warning("%s", error)
        _wait_for_server(engine, str(error.values["fault"]))
        return str(error)
    return ", ".join(f"{count} {what}" for what, count in counts.items()) or None


def _send_some(engine: Engine, server: smtplib.SMTP, config: Config, sender: Sender, counts: Counter[str]) -> None:
    end = time.monotonic() + ROUND_SECONDS
    while counts.total() < ROUND_MAILS and time.monotonic() < end:
        with engine.begin() as connection:
            row = _claim(connection, config.mail_per_hour)
        if row is None:
            return
        answer = _send(server, sender, row)
        with engine.begin() as connection:
            counts[_note(connection, row, answer)] += 1
        if not answer.may_go_on:
            return


def _claim(connection: Connection, per_hour: int) -> Row[Any] | None:
    """Take the next mail that may go out now; None when there is none, or another process was faster."""
    now = int(time.time())
    sent = connection.execute(select(func.count()).select_from(mails).where(mails.c.sent_at > now - HOUR)).scalar_one()
    query = select(mails).where(_WAITING, mails.c.due_at <= now)
    if sent >= per_hour:
        return None
    if sent >= per_hour - per_hour // RESERVE:
        query = query.where(_IS_URGENT)
    row = connection.execute(
        query.order_by(case((_IS_URGENT, 0), else_=1), mails.c.due_at, mails.c.id).limit(1)
    ).first()
    if row is None:
        return None
    is_same = and_(mails.c.id == row.id, mails.c.due_at == row.due_at, _WAITING)
    claim = {"due_at": now + LEASE, "tries": row.tries + 1, "error": ""}
    return row if connection.execute(update(mails).where(is_same).values(claim)).rowcount == 1 else None


def _send(server: smtplib.SMTP, sender: Sender, row: Row[Any]) -> smtp.Answer:
    mark = f"{row.id}.{row.created_at}"
    letter = Letter(row.to_address, row.subject, row.text, row.html, json.loads(row.headers), mark)
    try:
        message = write(letter, sender)
    except (ValueError, LookupError) as error:  # it would fail again each time, and nothing behind it would go out
        return smtp.Answer(is_final=True, words=str(error))
    return smtp.deliver(server, sender.address, row.to_address, message)


def _note(connection: Connection, row: Row[Any], answer: smtp.Answer) -> str:
    """Keep what became of a mail; of one that was sent the words go at once, the rest after a day."""
    now, tries = int(time.time()), row.tries + 1
    if answer.is_taken:
        said, values = "sent", {"sent_at": now, "text": "", "html": "", "headers": "{}", "error": ""}
    elif answer.is_final or tries > len(WAITS):
        said, values = "failed", {"failed_at": now, "error": answer.words}
    else:
        said, values = "put off", {"due_at": now + WAITS[tries - 1], "error": answer.words}
    connection.execute(update(mails).where(mails.c.id == row.id).values(values))
    return said


def _wait_for_server(engine: Engine, words: str) -> None:
    """Put off all that is due, each for as long as it has waited already: no mail fails because the server is away."""
    now = int(time.time())
    shortest, longest = SERVER_WAITS
    age = now - mails.c.created_at
    wait = case((age < shortest, shortest), (age > longest, longest), else_=age)
    with engine.begin() as connection:
        due = update(mails).where(_WAITING, mails.c.due_at <= now)
        connection.execute(due.values(due_at=now + wait, error=words))


def tidy(engine: Engine) -> str | None:
    """Forget mails that were sent a day ago, and those that failed a month ago."""
    now = int(time.time())
    old = (mails.c.sent_at < now - KEEP_SENT) | (mails.c.failed_at < now - KEEP_FAILED)
    with engine.begin() as connection:
        count = connection.execute(delete(mails).where(old)).rowcount
    return f"{count} forgotten" if count else None
