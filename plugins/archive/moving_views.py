"""Where a message is to go, as it was typed."""

import re
from typing import TYPE_CHECKING

from flask import request

from app.errors import N_, Invalid
from app.plugin import viewer
from plugins.archive.keeping import own_door

if TYPE_CHECKING:
    from plugins.archive.lists import MailList

_CODE = re.compile(r"[A-Z2-7]{32}")
_NO_CODE = N_("Paste the address of a message of this list.")


def asked_above(list_: "MailList") -> int | None:
    """Give the message under which one is to stand; None for a thread of its own. Raises Invalid."""
    if request.form.get("where") == "own":
        return None
    found = _CODE.findall(request.form.get("above", "")[-500:].upper())
    row = own_door().reading(viewer(), list_).find_message(found[-1]) if found else None
    if row is None:
        raise Invalid(_NO_CODE)
    return int(row.id)
