"""How new mail of a list comes in: its mailbox, what waits, and what whoever runs the machine types instead."""

import socket
import time
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import N_, GareError, Invalid
from app.plugin import is_public, notice, render, say, uncached, url, viewer, when
from plugins.archive import alarms, imap, mailboxes, spool
from plugins.archive.keeping import own_door
from plugins.archive.lists import MailList
from plugins.archive.mailboxes import Mailbox
from plugins.archive.managing import find_managed

blueprint = Blueprint("archive_mailbox", __name__)

INSIDE = N_("Only administrators may choose a mail server that the internet does not reach.")
MOST_SHOWN = 100
MOST_SPACE = {"host": 254, "username": 254, "folder": 200}


@blueprint.get("/<name>/manage/mailbox")
def show(name: str) -> Response:
    """Show how new mail comes in."""
    found = find_managed(name)
    box = mailboxes.find(own_door().archive, found.id)
    return _page(found, box or Mailbox(found.id, "", 993, "tls", ""), {})


@blueprint.post("/<name>/manage/mailbox")
def keep(name: str) -> Response:
    """Keep, try or remove the mailbox."""
    found = find_managed(name)
    archive, action = own_door().archive, request.form.get("action", "")
    before = mailboxes.find(archive, found.id)
    if action == "remove":
        mailboxes.remove(archive, found.id)
        notice("done", gettext("This mailbox is asked no more. What was read of it stays."))
    elif action == "try":
        _try(before)
    else:
        typed, password = _typed(found), request.form.get("password", "")
        errors = {key: say(fault) for key, fault in _faults(typed, password, before).items()}
        if errors:
            return _page(found, typed, errors, 400)
        mailboxes.keep(archive, typed, password)
        notice("done", gettext("Saved."))
    return redirect(url("archive_mailbox.show", name=name), 303)


@blueprint.post("/<name>/manage/silence")
def silence(name: str) -> Response:
    """Let the alarm of a list be."""
    alarms.silence(own_door().archive, find_managed(name))
    notice("done", gettext("You will not be reminded of it."))
    return redirect(url("archive.show", name=name), 303)


def _typed(found: MailList) -> Mailbox:
    words = {name: request.form.get(name, "").strip() for name in ("host", "username", "folder", "security", "port")}
    port = words.pop("port")
    security = words["security"]
    number = int(port) if port.isascii() and port.isdecimal() and len(port) < 6 else -1
    cut = {name: words[name][:most] for name, most in MOST_SPACE.items()}
    usual = mailboxes.PORTS.get(security, 993)
    return Mailbox(
        found.id, cut["host"], number if port else usual, security, cut["username"], cut["folder"] or "INBOX"
    )


def _faults(typed: Mailbox, password: str, before: Mailbox | None) -> dict[str, GareError]:
    faults = mailboxes.checked(typed, password, before)
    if "host" not in faults and not viewer().is_admin and not _is_outside(typed):
        faults["host"] = Invalid(INSIDE)
    return faults


def _is_outside(box: Mailbox) -> bool:
    try:
        found = socket.getaddrinfo(box.host, box.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return bool(found) and all(is_public(str(one[4][0])) for one in found)


def _try(box: Mailbox | None) -> None:
    """Open the mailbox and say how it went; the mails themselves are fetched by the job, at once."""
    if box is None:
        return
    archive = own_door().archive
    try:
        password = mailboxes.password_of(archive, box.list_id)
        with imap.opened(box.host, box.port, box.security, box.username, password) as client:
            imap.look(client, box.folder)
    except GareError as error:
        mailboxes.note_error(archive, box, error, int(time.time()))
        notice("error", say(error))
        return
    mailboxes.note(archive, box, next_at=0, **mailboxes.GOOD)
    notice("done", gettext("The mailbox answers. New mails are fetched now."))


def _page(found: MailList, values: Mailbox, errors: dict[str, str], code: int = 200) -> Response:
    archive = own_door().archive
    box = mailboxes.find(archive, found.id)
    failed = [*spool.aside(archive, found), *(one for one in spool.waiting(archive, found) if one.fault)]
    shown = [{"when": _moment(one.arrived_at), "why": gettext(one.fault)} for one in failed[:MOST_SHOWN]]
    more: dict[str, Any] = {"box": box, "failed": shown, "count": len(failed)}
    if box:
        more |= {"asked": _moment(box.asked_at), "next": _moment(box.next_at)}
        more["fault"] = gettext(box.error, **box.error_values) if box.error else ""
    return uncached(render("archive/mailbox.html", code, list=found, values=values, errors=errors, **more))


def _moment(seconds: int | None) -> str:
    return when(datetime.fromtimestamp(seconds, UTC)) if seconds else ""
