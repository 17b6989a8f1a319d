"""What may become of a record: checked, to be verified, archived, shown again, said to be right still, renewed.

All of it stands in the head of its page, so that it has a history and can be undone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from itsdangerous import BadData, URLSafeTimedSerializer

from app.catalog.record_rows import RecordRow
from app.errors import N_
from app.forms.form import ARCHIVED, CHECKED, TO_VERIFY, Form
from app.people.life_door import LIFE_KEYS
from app.wiki.yaml_text import Value

Changes = Mapping[str, Value | None]
DEFAULT_DAYS = 60  # a record is renewed for, where its form does not say
ASK_DAYS = 120  # that the links in a mail work
UNDO_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Deed:
    """What a button does. `by_maker`: whoever made the record may do it; `by_writer`: whoever may change it."""

    said: str
    by_maker: bool = False
    by_writer: bool = False


DEEDS = {
    "check": Deed(N_("It is checked.")),
    "doubt": Deed(N_("It is on the list of what is to be verified.")),
    "verify": Deed(N_("Thank you. It is noted that this is right today."), by_maker=True, by_writer=True),
    "renew": Deed(N_("It is shown on."), by_maker=True),
    "archive": Deed(N_("It is archived: lists do not show it any more."), by_maker=True),
    "publish": Deed(N_("It is shown again.")),
}


def deeds_for(form: Form | None, row: RecordRow, today: str) -> list[str]:
    """Name what may become of a record as it stands, whoever does it."""
    if row.state == ARCHIVED:  # what a moderator has archived its maker does not bring back; what time has, he does
        return ["publish", *(["renew"] if row.expires and row.expires <= today else [])]
    offered = {
        "verify": row.verified != today,
        "renew": bool(row.expires),
        "check": form is not None and form.has_checks and row.state != CHECKED,
        "doubt": row.state != TO_VERIFY,
        "archive": True,
    }
    return [deed for deed, is_offered in offered.items() if is_offered]


def changes_of(deed: str, form: Form | None, row: RecordRow, today: date) -> dict[str, Value | None]:
    """Give what a deed changes in the head of a record's page; None takes a key away."""
    day = today.isoformat()
    if deed == "check":
        return {"state": CHECKED, "checked": day, "verified": day}
    if deed == "doubt":
        return {"state": TO_VERIFY}
    if deed == "archive":
        return {"state": ARCHIVED}
    changes: dict[str, Value | None] = {"verified": day} if deed in {"verify", "renew"} else {}
    if deed == "publish" or row.state == TO_VERIFY or (deed == "renew" and row.state == ARCHIVED):
        changes["state"] = None
    is_over = bool(row.expires) and row.expires <= day
    if row.expires and (deed == "renew" or (deed == "publish" and is_over)):
        changes["expires"] = (today + timedelta(days=days_of(form))).isoformat()
    return changes


def is_put_away(row: RecordRow, today: str) -> bool:
    """Tell whether a record was archived before its time: by somebody, so that its maker does not bring it back."""
    return row.state == ARCHIVED and row.expires > today


def days_of(form: Form | None) -> int:
    """Give for how many days a record is renewed."""
    return (form.expires_days if form else 0) or DEFAULT_DAYS


def make_undo(key: str, page_id: str, before: Changes, revision: str) -> str:
    """Make the secret of a button that takes a deed back: whoever was shown it may, for a day.

    `revision` is what the deed made of the page: what others have done to it since is not undone with it.
    """
    return str(_undoing(key).dumps([page_id, dict(before), revision]))


def read_undo(key: str, secret: str) -> tuple[str, dict[str, Value | None], str] | None:
    """Give the page, the keys that a button brings back, and the revision it does so of; None where it is too old."""
    try:
        page_id, before, revision = _undoing(key).loads(secret, max_age=UNDO_SECONDS)
        return str(page_id), {name: before[name] for name in before if name in LIFE_KEYS}, str(revision)
    except (BadData, ValueError, TypeError):
        return None


def make_ask(key: str, page_id: str) -> str:
    """Make the secret of the links in a mail that asks whether a record is right still."""
    return str(_asking(key).dumps(page_id))


def read_ask(key: str, secret: str) -> str | None:
    """Give the page that a mail asks about; None where the link is too old."""
    try:
        return str(_asking(key).loads(secret, max_age=ASK_DAYS * 86_400))
    except (BadData, ValueError, TypeError):
        return None


def _undoing(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="undo of a record's life")


def _asking(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="is a record right still")
