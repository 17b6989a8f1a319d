"""The form by which an author asks that mails be erased, the link that proves it, and where it is decided."""

from types import SimpleNamespace
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, request
from flask_babel import force_locale, gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from app.errors import N_, GareError, Invalid, NotFound, TooMany
from app.plugin import (
    Mail,
    Rule,
    asker,
    clean_address,
    in_mail,
    may_mail_links,
    notice,
    only_one,
    queue_mail,
    render,
    say,
    site_name,
    spend,
    station,
    uncached,
    url,
    viewer,
)
from plugins.archive import asking
from plugins.archive.keeping import own_door
from plugins.archive.managing import find_managed, moment

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.asking import Request
    from plugins.archive.lists import MailList

blueprint = Blueprint("archive_asking", __name__)

ASKED_FROM, ASKED_AS = Rule("archive-ask-from", 20, 86_400), Rule("archive-ask-as", 5, 86_400)
NO_MESSAGE = N_("Give the address of the message, as your browser shows it.")
TOO_LATE = N_("This link was used already, or it is too old. Ask once more.")
UNKNOWN = N_("This button is not known here. Go back and try again.")
GONE = N_("This request is answered already.")
KIND = "archive-request"


@blueprint.get("/forget")
def show() -> Response:
    """Show the form; whoever wrote may ask, also who may not read the list any more."""
    named = request.args.get("message", "")[:300]
    account = current_user.account if viewer().is_signed_in else None
    typed = {"which": "one" if named else "all", "message": named, "address": (account and account.email) or ""}
    return _form(typed, {})


def _form(typed: dict[str, str], errors: dict[str, str], code: int = 200) -> Response:
    return uncached(render("archive/ask.html", code, typed=typed, errors=errors))


@blueprint.post("/forget")
def ask() -> Response:
    """Keep what is asked. The answer is the same whether the address ever wrote here: it tells nobody who did."""
    typed = {name: request.form.get(name, "").replace("\0", "").strip()[:2000] for name in request.form}
    address, errors = "", dict[str, str]()
    code = _code(typed.get("message", "")) if typed.get("which") == "one" else ""
    try:
        address = clean_address(typed.get("address", "")).lower()
    except GareError as error:
        errors["address"] = say(error)
    if code is None:
        errors["message"] = gettext(NO_MESSAGE)
    try:
        if errors:
            return _form(typed, errors, Invalid.status)
        with station().truth.begin() as connection:
            spend(connection, ASKED_FROM, asker())
    except GareError as error:
        return _form(typed, {"address": say(error)}, error.status)
    proof = _proof(address)
    if proof == asking.BY_ACCOUNT or _may_ask(address):
        token = asking.ask(own_door().archive, address, code or "", typed.get("words", ""), proof)
        if token:
            _send(address, token)
    return uncached(render("archive/asked.html", by_mail=proof == asking.BY_MAIL))


def _code(named: str) -> str | None:
    """Find the code of a message in its address; None where there is none."""
    last = named.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
    anchor = named.rpartition("#gc-")[2] if "#gc-" in named else ""
    found = (anchor or last).upper()
    return found if found.isalnum() and found.isascii() and 8 <= len(found) <= 40 else None


def _may_ask(address: str) -> bool:
    """Count what is asked for an address; beyond the limit nothing is done, and nobody is told."""
    try:
        with station().truth.begin() as connection:
            spend(connection, ASKED_AS, address)
    except TooMany:
        return False
    return True


def _proof(address: str) -> str:
    account = current_user.account if viewer().is_signed_in else None
    if account is not None and (account.email or "").lower() == address.lower():
        return asking.BY_ACCOUNT
    return asking.BY_MAIL if may_mail_links() else asking.BY_NOBODY


def _send(address: str, token: str) -> None:
    site = site_name()
    link = in_mail(url("archive_asking.confirm", token=token)) or ""
    _queue(address, gettext("Erase what you wrote on %(site)s?", site=site), [
        gettext("Hello,"),
        gettext("Somebody asks that mails from your address be erased on %(site)s. Is it you?", site=site),
        gettext("Open this link and press the button:"),
        link,
        gettext("The link works for 7 days. You did not ask? Then do nothing."),
    ])  # fmt: skip


def _queue(address: str, subject: str, paragraphs: list[str]) -> None:
    mail = Mail(address, subject, "\n\n".join([*paragraphs, site_name()]) + "\n", kind=KIND)
    with station().truth.begin() as connection:
        queue_mail(connection, mail)


@blueprint.get("/forget/<token>")
def confirm(token: str) -> Response:
    """Ask for the press that proves it: programs that look for viruses open links too."""
    asked = asking.waiting(own_door().archive, token)
    if asked is None:
        raise NotFound(TOO_LATE)
    return uncached(render("archive/ask_confirm.html", asked=asked))


@blueprint.post("/forget/<token>")
def prove(token: str) -> Response:
    """Hand what was asked to those who decide."""
    if not asking.prove(own_door().archive, token):
        raise NotFound(TOO_LATE)
    return uncached(render("archive/asked.html", by_mail=False))


# -- decided ---------------------------------------------------------------------------------------------------------


@blueprint.get("/<name>/requests")
def requested(name: str) -> Response:
    """Show what is asked of a list."""
    list_ = find_managed(name)
    found = [_shown(list_, one) for one in asking.of_list(own_door().archive, list_)]
    return uncached(render("archive/requests.html", list=list_, requests=found))


def _shown(list_: "MailList", one: "Request") -> SimpleNamespace:
    message = own_door().reading(viewer(), list_).find_message(one.code) if one.code else None
    return SimpleNamespace(
        id=one.id, address=one.address, words=one.words, at=moment(one.at), is_proven=one.proof != asking.BY_NOBODY,
        subject=message.subject if message else "", is_all=not one.code,
        link=url("archive_message.show", name=list_.name, code=one.code) if message else "",
    )  # fmt: skip


@blueprint.post("/<name>/requests/<int:number>")
def decide(name: str, number: int) -> Response:
    """Erase what is asked for, or say why not; the one who asked is told."""
    list_, archive = find_managed(name), own_door().archive
    with only_one(archive.folder / "requests.lock", is_patient=True):  # two may look at it at the same moment
        return _decide(list_, archive, number)


def _decide(list_: "MailList", archive: "Archive", number: int) -> Response:
    asked = next((one for one in asking.of_list(archive, list_) if one.id == number), None)
    if asked is None:
        raise NotFound(GONE)
    by = viewer().pseudonym or ""
    if request.form.get("answer") == "erase":
        done = asking.accept(archive, list_, asked, by)
        said = N_("What you asked for is erased.") if done.messages else N_("Nothing of yours was found here any more.")
        _answer(list_, asked, said, "")
        return uncached(render("archive/forgotten.html", list=list_, done=done))
    if request.form.get("answer") != "refuse":
        raise Invalid(UNKNOWN)
    asking.refuse(archive, list_, asked, by)
    why = request.form.get(f"why-{number}", "").strip()[:2000]
    _answer(list_, asked, N_("Those who look after the list did not erase it. They say why:"), why or "–")
    notice("done", gettext("The request is answered."))
    return redirect(url("archive_asking.requested", name=list_.name), 303)


def _answer(list_: "MailList", asked: "Request", sentence: str, words: str) -> None:
    if not may_mail_links():
        return
    with force_locale(station().settings.get().language):
        subject = gettext("Your request to “%(list)s”", list=list_.title)
        _queue(asked.address, subject, [gettext("Hello,"), gettext(sentence), *([words] if words else [])])
