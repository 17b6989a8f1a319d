"""Private answers have no revisions: a form says by a mark what it showed of each, so that two tabs overwrite nothing.

What comes back as it was shown is left as it is now; what somebody else changed meanwhile is asked about.
"""

import hashlib
import hmac
import json
from collections.abc import Collection
from dataclasses import replace

from flask import request
from flask_babel import gettext

from app.forms.form import Field
from app.forms.places import EXACT_ENDING, exact_field, exact_name
from app.forms.types import type_of
from app.records.saving import RecordDraft
from app.web.kit import station
from app.web.language import spoken
from app.web.records.sheet import Sheet
from app.wiki.yaml_text import Value

PREFIX = "was."


def marks_of(sheet: Sheet, anew: Collection[str] = ()) -> list[tuple[str, str]]:
    """Give the hidden inputs of a form: those that came with it, but for answers that are shown `anew`."""
    if sheet.row is None:
        return []
    return [
        (f"{PREFIX}{name}", (name not in anew and request.form.get(f"{PREFIX}{name}")) or _mark(sheet, name))
        for name in _names(sheet)
    ]


def _names(sheet: Sheet) -> list[str]:
    places = [exact_name(one) for one in sheet.form.of_type("place") if sheet.may_see(exact_field(one))]
    return [one.name for one in sheet.asked() if one.is_private] + places


def settle(sheet: Sheet, draft: RecordDraft) -> tuple[RecordDraft, dict[str, str]]:
    """Leave out private answers that the writer has not touched; say of those that somebody else changed too."""
    changed, clashes = {}, {}
    for name, value in draft.private.items():
        was, now = request.form.get(f"{PREFIX}{name}"), sheet.private.get(name)
        if was and was == _mark_of(sheet, name, value):
            continue
        changed[name] = value
        if was and was != _mark_of(sheet, name, now) and value != now:
            clashes[name.removesuffix(EXACT_ENDING)] = _theirs(sheet.form.find(name.removesuffix(EXACT_ENDING)), now)
    return replace(draft, private=changed), clashes


def _theirs(field: Field | None, now: Value | None) -> str:
    if field is None or now is None:
        return gettext("Somebody took this answer away meanwhile. Send yours again if it is right.")
    words = type_of(field).plain(field, now, spoken())
    return gettext("Somebody changed this meanwhile: “%(words)s”. Send the right one.", words=words)


def _mark(sheet: Sheet, name: str) -> str:
    return _mark_of(sheet, name, sheet.private.get(name))


def _mark_of(sheet: Sheet, name: str, value: Value | None) -> str:
    """Mark a value; without the site's key nobody finds it by trying."""
    said = json.dumps([sheet.path, name, value], sort_keys=True).encode()
    return hmac.new(station().config.secret_key.encode(), b"untouched" + said, hashlib.sha256).hexdigest()[:24]
