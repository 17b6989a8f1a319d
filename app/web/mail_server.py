"""The mail server as administrators choose it: it is kept once it has taken a message to try it."""

import socket
from dataclasses import replace
from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from app.errors import N_, GareError, Invalid
from app.outbox import server
from app.outbox.mails import Mail
from app.outbox.sending import send_now
from app.outbox.server import PORTS, Choice
from app.people import acts
from app.people.addresses import clean_email
from app.web.addresses import is_this_machine, url
from app.web.kit import UNFIT, check_admin, notice, render, say, station, uncached, viewer
from app.web.signin_mails import may_mail, site_name

blueprint = Blueprint("mail_server", __name__)

FIELDS = ("host", "port", "security", "user", "sender", "to", "public")
MAX = 254


@blueprint.get("/-/admin/mail-server")
def show() -> Response:
    """Show the form."""
    check_admin()
    return _page({})


def _page(errors: dict[str, str], code: int = 200) -> Response:
    return uncached(render("mails/server.html", code, errors=errors, server=facts(), values=typed_form()))


@blueprint.post("/-/admin/mail-server")
def save() -> Response:
    """Send a message through the server; keep it when that was taken."""
    check_admin()
    if errors := try_out():
        return _page(errors, 400)
    return redirect(url("mail_server.show"), 303)


def facts() -> SimpleNamespace:
    """Say what holds now: does mail go out, through which server, may another one or another address be chosen here."""
    fixed = station().config
    return SimpleNamespace(is_set=may_mail(), host=station().mail_config.smtp_host, is_fixed=server.is_fixed(fixed),
                           asks_address=not fixed.address)  # fmt: skip


def typed_form() -> SimpleNamespace:
    """Give what stands in the form: what was typed, else what holds."""
    settings = station().settings.get()
    port = settings.smtp_port if settings.smtp_port != str(PORTS.get(settings.smtp_security)) else ""
    kept = {
        "host": settings.smtp_host, "port": port, "security": settings.smtp_security, "user": settings.smtp_user,
        "sender": settings.mail_from, "to": current_user.account.email or "",
        "public": settings.address or ("" if is_this_machine() else request.url_root.rstrip("/")),
    }  # fmt: skip
    return SimpleNamespace(**{name: _typed(name) if name in request.form else kept[name] for name in FIELDS})


def _typed(name: str) -> str:
    return UNFIT.sub("", request.form.get(name, "")).strip()[:MAX]


def try_out() -> dict[str, str]:
    """Send a message to try what was typed; keep it when the server took it, else say by field what is wrong."""
    config, settings = station().config, station().settings.get()
    is_fixed = server.is_fixed(config)
    choice, faults = server.checked(_choice(), config.smtp_port)
    if is_fixed:
        faults = {}
    elif not faults and server.asks_password(config, settings, choice):
        faults["password"] = Invalid(server.PASSWORD_NEEDED)
    if not config.address and not server.is_web_address(_public()):
        faults["public"] = Invalid(N_("Type an address such as wiki.example.org."))
    try:
        to = clean_email(_typed("to"))
    except Invalid as error:
        faults["to"] = error if _typed("to") else Invalid(N_("Type the address to which the message goes."))
    if faults:
        return {field: say(error) for field, error in faults.items()}
    wanted = settings if is_fixed else replace(settings, **server.chosen(choice))
    try:
        send_now(server.in_force(config, wanted), settings, _message(to), None if is_fixed else choice.password or None)
    except GareError as error:
        return {"to" if is_fixed else "host": _why(error)}
    if not is_fixed:
        _keep(choice)
    if not config.address:
        station().store_settings(address=_public())
    notice("done", gettext("The mail server took the message. Has it arrived at %(email)s?", email=to))
    return {}


def _why(error: GareError) -> str:
    """Say what to look at where nobody answers: the words of the machine help few people."""
    if isinstance(error.__cause__, (ConnectionRefusedError, TimeoutError, socket.gaierror)):
        return gettext("Nobody answers at this address. Check the name and the port.")
    return say(error)


def _public() -> str:
    """Give the address of the site that was typed; without a scheme, `https://` is meant."""
    typed = _typed("public").rstrip("/")
    return typed if "://" in typed or not typed else f"https://{typed}"


def _choice() -> Choice:
    # A password is kept as it was typed, but for what pasting adds at its ends.
    password = request.form.get("password", "").strip()
    return Choice(_typed("host"), _typed("port"), _typed("security"), _typed("user"), _typed("sender"), password)


def _message(to: str) -> Mail:
    words = gettext("If you read this, %(site)s can send mail.", site=site_name())
    return Mail(to, gettext("Does mail go out?"), f"{words}\n", kind="test")


def _keep(choice: Choice) -> None:
    """Keep the server; nothing is sent while its password is being exchanged, lest another server hears it."""
    if choice.password:
        station().store_settings(smtp_host="")
        server.keep_password(station().config, choice.password)
    station().store_settings(**server.chosen(choice))
    with station().truth.begin() as connection:
        acts.note(connection, viewer().pseudonym or "", "mail-server", choice.host)
