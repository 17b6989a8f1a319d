"""A copy of one's own data to download: a ZIP file with a text to be read and a file for programs."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.catalog.history import ChangeQuery
from app.errors import N_
from app.own_rows import PARTS, Rows, read_rows
from app.people.accounts import Account
from app.proposals.moderating import edit_of
from app.proposals.proposals import Draft
from app.records.reports import REASONS
from app.web.addresses import absolute
from app.web.kit import door, station, uncached, viewer
from app.web.me import own_account
from app.web.templates import format_moment
from app.web.wording import change_entries

blueprint = Blueprint("own_data", __name__)

MOST_CHANGES = 20_000
CHANGES_AT_ONCE = 500
LABELS = {
    "name": N_("Name"), "email": N_("E-mail address"), "pseudonym": N_("Name in copies of the pages"),
    "is_admin": N_("Administrator"), "created_at": N_("Made"), "seen_at": N_("Last here"), "used_at": N_("Last used"),
    "expires_at": N_("Ends"), "confirmed_at": N_("Confirmed"), "changed_at": N_("Changed"), "shown_at": N_("Published"),
    "since": N_("Since"), "at": N_("When"), "title": N_("Title"), "state": N_("State"), "text": N_("Text"),
    "summary": N_("Small summary"), "what": N_("What"), "kind": N_("What"), "device": N_("Device"),
    "is_shared": N_("Shared device"), "is_referent": N_("Looks after the group"), "may_write": N_("May write"),
    "scope": N_("What it opens"), "issuer": N_("Service"), "subject": N_("Name there"),
    "ceiling": N_("For how many people"), "used": N_("How many came"), "path": N_("Page"), "page_id": N_("Page"),
    "address": N_("Address"), "is_answered": N_("Answered"), "last_sent": N_("Last mail"), "rhythm": N_("How often"),
    "reason": N_("Reason"),
}  # fmt: skip


VALUES = {  # what stands in the database as a word of its own
    "member": N_("member"), "asked": N_("asked"), "api": N_("access key"), "feed": N_("private address"),
    "unconfirmed": N_("not confirmed"), "waiting": N_("waiting"), "accepted": N_("accepted"), "refused": N_("refused"),
    "withdrawn": N_("taken back"), "shown": N_("shown"), "hidden": N_("hidden"), "now": N_("at once"),
    "daily": N_("every day"), "weekly": N_("every week"), "never": N_("never"), "answered": N_("answer"),
    "all": N_("all pages"), "space": N_("folder"), "page": N_("page"), "created": N_("created"),
    "edited": N_("changed"), "renamed": N_("moved"), "deleted": N_("deleted"), "restored": N_("brought back"),
    "open": N_("waiting"), "done": N_("dealt with"), "sent": N_("sent"), "reported": N_("reported"),
    **REASONS,
}  # fmt: skip
CODED = {"reason", "state", "scope", "rhythm", "what", "kind"}


@blueprint.get("/-/me/data")
def download() -> Response:
    """Give the copy of who is signed in."""
    account = own_account()
    with station().truth.connect() as connection:
        parts = {part.key: (gettext(part.title), read_rows(connection, account, part)) for part in PARTS}
    title, proposed = parts["proposals"]
    parts["proposals"] = title, list(map(_proposal, proposed))
    parts["changes"] = gettext("Your changes to pages"), list(_changes(account))
    name, day = gettext("my-data"), datetime.now(UTC).date().isoformat()
    response = Response(_packed(name, parts), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{day}.zip"'
    return uncached(response)


def _proposal(row: dict[str, Any]) -> dict[str, Any]:
    """Leave the words of a page out that may not be read any more; its base is of no use to anybody."""
    draft = Draft(row["path"], row.pop("base"), row["title"], row["text"])
    if door().place_of_edit(viewer(), edit_of(draft)):
        return row
    return row | {"path": "", "title": gettext("A page that is closed to you"), "text": ""}


def _changes(account: Account) -> Iterator[dict[str, Any]]:
    """List the changes that somebody signed, the newest first, of the pages that they may read now."""
    before, count = None, 0
    while count < MOST_CHANGES:
        query = ChangeQuery(authors=(account.pseudonym,), before=before, limit=CHANGES_AT_ONCE)
        rows = door().changes(viewer(), query)
        yield from map(_change, change_entries(rows))
        if len(rows) < CHANGES_AT_ONCE:
            return
        before, count = rows[-1].seq, count + len(rows)


def _change(entry: Any) -> dict[str, Any]:
    link = absolute(entry.diff_address or entry.history_address or entry.address)
    return {"at": entry.at, "title": entry.title, "what": entry.what, "summary": entry.summary, "address": link}


def _packed(name: str, parts: Mapping[str, tuple[str, Rows]]) -> bytes:
    data = {key: rows for key, (_, rows) in parts.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"{name}.txt", _words(parts))
        file.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1, default=_plain))
    return packed.getvalue()


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _words(parts: Mapping[str, tuple[str, Rows]]) -> str:
    """Write all of it for people; programs on Windows know UTF-8 by the mark at the beginning."""
    site = station().settings.get().title
    head = [gettext("What %(site)s knows about you", site=site), "",
            gettext("Pages that you may no longer read are left out."),
            gettext("The other file holds the same for programs.")]  # fmt: skip
    return "\ufeff" + "\n".join([*head, *(line for title, rows in parts.values() for line in _chapter(title, rows))])


def _chapter(title: str, rows: Rows) -> Iterator[str]:
    yield from ("", "", title, "=" * len(title))
    if not rows:
        yield gettext("Nothing.")
    labels = {key: _label(key) for key in (rows[0] if rows else ())}
    for row in rows:
        given = {key: value for key, value in row.items() if value not in {None, ""}}
        yield ""
        yield from (gettext("%(label)s: %(value)s", label=labels[key], value=_said(key, given[key])) for key in given)


def _label(key: str) -> str:
    return gettext(LABELS[key]) if key in LABELS else key


def _said(key: str, value: Any) -> str:
    if key in CODED and value in VALUES:
        return gettext(VALUES[value])
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return format_moment(value) if isinstance(value, datetime) else str(value)
