"""The mails about sign-ups, as views cause them: queued within the transaction of what they are about."""

from collections.abc import Iterable

from flask import request
from sqlalchemy import Connection

from app.answers import notices
from app.people.visitors import Visitor
from app.web.addresses import in_mail, url
from app.web.kit import station


def ask_to_confirm(connection: Connection, visitor: Visitor, secret: str) -> None:
    """Ask a visitor to confirm the address, and so that they come."""
    notices.ask_to_confirm(connection, station(), visitor, in_mail(url("answer_mine.show", secret=secret)) or "")


def confirm(connection: Connection, answer_id: int) -> bool:
    """Say to who answered that it stands, or waits; tells whether a mail goes out."""
    return notices.confirm(connection, station(), answer_id, _asked_at())


def tell_moved_up(connection: Connection, answer_ids: Iterable[int]) -> int:
    """Tell those who waited that they have a place now; gives how many mails go out."""
    return notices.tell_moved_up(connection, station(), answer_ids, _asked_at())


def _asked_at() -> str:
    """Give where the site was asked, without a slash at the end; empty where mails cannot lead there."""
    return (in_mail(request.script_root) or "").rstrip("/")
