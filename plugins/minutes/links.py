"""The link of a reminder: whoever has it answers for one person about one action, and for nothing else."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from itsdangerous import BadData, URLSafeTimedSerializer

from app.plugin import name_account

if TYPE_CHECKING:
    from app.plugin import Account, Station
    from plugins.minutes.meetings import Action

SECONDS = 60 * 86_400


@dataclass(frozen=True, slots=True)
class Named:
    """What a link is about: identity of the minutes, name of the action, who answers as links say, day it was due."""

    page_id: str
    action: str
    account: object
    due: str


def make(station: "Station", one: "Action", account: "Account") -> str:
    """Make a complete address; the site must have a public one."""
    due = one.due.isoformat() if one.due else ""
    secret = _serializer(station).dumps([one.meeting.row.id, one.id, name_account(account), due])
    return f"{station.address}/{_word(station)}/answer/{secret}"


def read(station: "Station", secret: str) -> Named | None:
    """Read the secret of a link; None where it is none, or too old."""
    try:
        page_id, action, account, due = _serializer(station).loads(secret, max_age=SECONDS)
        return Named(str(page_id), str(action), account, str(due))
    except (BadData, ValueError, TypeError):
        return None


def _serializer(station: "Station") -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(station.config.secret_key, salt="action of minutes")


def _word(station: "Station") -> str:
    return next((one.word for one in station.hooks.plugins if one.name == "minutes"), "reunions")
