"""The set-up wizard: four short screens between the first administrator's one-time link and the finished site.

Each screen keeps what was typed before the next one comes; the settings know at which step the wizard waits.
"""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, abort, redirect, request
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.database import settings as settings_table
from app.database.settings import LANGUAGES, Settings
from app.errors import N_, GareError, Refused
from app.people import accounts, acts, passwords, presets
from app.people.accounts import Account
from app.people.addresses import clean_email, email_key
from app.proposals.reviews import rule_of
from app.shipped import demo
from app.web.access import check_own, check_way_in
from app.web.addresses import address, url
from app.web.kit import UNFIT, check_admin, notice, render, say, station, uncached, viewer
from app.web.mail_server import facts, try_out, typed_form

blueprint = Blueprint("setup", __name__)

STEPS = {"1": "setup.site", "2": "setup.me", "3": "setup.mail", "4": "setup.start"}
MAX_TITLE, MAX_PLACE = 80, 80
AS_IT_IS = "keep"


def is_waiting() -> bool:
    """Tell whether the site is still to be set up."""
    return station().settings.get().set_up in STEPS


def _settings() -> Settings:
    """Give the settings of a site that is being set up; leave the wizard where that is done."""
    check_admin()
    if not is_waiting():
        abort(redirect(url("admin.show"), 303))
    return station().settings.get()


def _go_on(settings: Settings, step: str) -> Response:
    """Keep that the wizard waits at this step; a screen left open does not begin it again once it is over."""
    _wait_at(settings, step)
    return redirect(url(STEPS[step]), 303)


def _wait_at(settings: Settings, step: str) -> bool:
    with station().truth.begin() as connection:
        is_done = settings_table.exchange(connection, "set_up", settings.set_up, step)
    station().stamp.touch()
    return is_done


def _show(step: str, code: int = 200, **context: object) -> Response:
    """Show a screen."""
    template = f"{STEPS[step].replace('.', '/')}.html"
    return uncached(render(template, code, step=int(step), steps=len(STEPS), **context))


@blueprint.get("/-/setup/")
def begin() -> Response:
    """Go to the step at which the wizard waits."""
    return redirect(url(STEPS[_settings().set_up]), 303)


@blueprint.get("/-/setup/1")
def site() -> Response:
    """Ask what the site is called, where, and in which language it speaks."""
    settings = _settings()
    title = "" if settings.title == Settings().title else settings.title
    return _show("1", errors={}, values={"title": title, "place": settings.place, "lang": settings.language})


@blueprint.post("/-/setup/1")
def keep_site() -> Response:
    """Keep it; the pages that came with the program follow the language."""
    settings = _settings()
    values = {name: one_line(request.form.get(name, "")) for name in ("title", "place", "lang")}
    if errors := site_errors(**values):
        return _show("1", 400, errors=errors, values=values)
    language, has_demo = values["lang"], bool(settings.demo)
    station().store_settings(title=values["title"], place=values["place"])
    if language != settings.language or settings.set_up == "1":
        # The pages are read in the language that holds. Should they fail to come, this screen waits and tries again.
        if not _wait_at(settings, "1"):
            return redirect(url("setup.begin"), 303)
        station().store_settings(language=language, demo=language if has_demo else "")
        _exchange_pages(language, has_demo=has_demo)
        settings = replace(settings, set_up="1")
    return _go_on(settings, "2")


def _exchange_pages(language: str, *, has_demo: bool) -> None:
    """Bring the pages that came with the program, in whichever language they are, into this one."""
    after = demo.pages_of(language, has_demo=has_demo)
    for other in (code for code in LANGUAGES if code != language):
        demo.exchange_all(station().wiki, station().truth, demo.pages_of(other, has_demo=has_demo), after)


def one_line(typed: str) -> str:
    """Bring what was typed into one line."""
    return " ".join(UNFIT.sub("", typed).split())


def site_errors(title: str, place: str, lang: str) -> dict[str, str]:
    """Say by field what cannot be taken as typed."""
    errors = {}
    if not title or len(title) > MAX_TITLE:
        errors["title"] = gettext("Type a name of at most %(cap)s letters.", cap=MAX_TITLE)
    if len(place) > MAX_PLACE:
        errors["place"] = gettext("Type at most %(cap)s letters.", cap=MAX_PLACE)
    if lang not in LANGUAGES:
        errors["lang"] = gettext("Choose a language.")
    return errors


@blueprint.get("/-/setup/2")
def me() -> Response:
    """Ask who looks after the site."""
    settings = _settings()
    account: Account = current_user.account
    is_named = account.email is not None or settings.set_up > "2"  # before, it is what every first account is called
    name = account.name if is_named else ""
    return _show("2", errors={}, account=account, least=passwords.LEAST, values={"name": name, "email": account.email})


@blueprint.post("/-/setup/2")
def keep_me() -> Response:
    """Keep name, address and password."""
    settings = _settings()
    account = current_user.account
    errors = _keep_account(account)
    if errors:
        values = {name: request.form.get(name, "") for name in ("name", "email")}
        return _show("2", 400, errors=errors, account=account, least=passwords.LEAST, values=values)
    return _go_on(settings, "3")


def _keep_account(account: Account) -> dict[str, str]:
    """Keep all of it, or nothing; says by field what cannot be taken as typed."""
    errors = {}
    with station().truth.begin() as connection:
        for field, keep in _KEEPERS.items():
            try:
                keep(connection, account, request.form.get(field, ""))
            except GareError as error:
                errors[field] = say(error)
        if errors:
            connection.rollback()
    return errors


def _keep_name(connection: Connection, account: Account, typed: str) -> None:
    accounts.set_name(connection, account, typed)


def _keep_email(connection: Connection, account: Account, typed: str) -> None:
    """Keep an address without asking for proof: whoever has the one-time link of the server is believed, once."""
    if not typed.strip():
        return
    email = clean_email(typed)
    if email_key(email) == email_key(account.email or ""):
        return
    if account.email or account.has_password:
        raise Refused(N_("Change your address on your own page, as soon as mails go out."))
    check_own()
    accounts.set_email(connection, account.id, email)


def _keep_password(connection: Connection, account: Account, typed: str) -> None:
    if typed and not account.has_password:
        check_way_in(account)
        passwords.set_password(connection, account.id, typed)
        accounts.shut_doors(connection, account.id, but=current_user.session.digest)


_KEEPERS: dict[str, Callable[[Connection, Account, str], None]] = {
    "name": _keep_name, "email": _keep_email, "password": _keep_password,
}  # fmt: skip


@blueprint.get("/-/setup/3")
def mail() -> Response:
    """Ask through which server mails go out."""
    _settings()
    return _mail_screen({})


def _mail_screen(errors: dict[str, str], code: int = 200) -> Response:
    return _show("3", code, errors=errors, server=facts(), values=typed_form())


@blueprint.post("/-/setup/3")
def keep_mail() -> Response:
    """Send a message to try the server, which is kept once it has taken it; or go on without."""
    settings = _settings()
    if request.form.get("action") != "test":
        return _go_on(settings, "4")
    if errors := try_out():
        return _mail_screen(errors, 400)
    return redirect(url("setup.mail"), 303)


@blueprint.get("/-/setup/4")
def start() -> Response:
    """Ask how the collective begins, and whether with the demo's pages."""
    settings = _settings()
    return _start_screen(settings, {}, "", "yes" if settings.demo else "no")


def _start_screen(settings: Settings, errors: dict[str, str], preset: str, has_demo: str) -> Response:
    code = 400 if errors else 200
    return _show("4", code, errors=errors, presets=presets.PRESETS, preset=preset, demo=has_demo, settings=settings)


@blueprint.post("/-/setup/4")
def finish() -> Response:
    """Set what was chosen, and open the site."""
    settings, chosen = _settings(), request.form.get("preset", "")
    preset, wants_demo = presets.find(chosen), request.form.get("demo") == "yes"
    if preset is None and chosen != AS_IT_IS:
        return _start_screen(settings, {"preset": gettext("Choose how you begin.")}, "", request.form.get("demo", ""))
    _bring_demo(settings, wants_demo=wants_demo)
    changes = preset.settings | rule_of(settings, preset.review_first) if preset else {}
    with station().truth.begin() as connection:
        if not settings_table.exchange(connection, "set_up", settings.set_up, ""):
            return redirect(url("admin.show"), 303)  # somebody else has just done it
        settings_table.store(connection, changes | {"demo": settings.language if wants_demo else ""})
        if preset:
            presets.make_groups(connection, preset, current_user.account.id, gettext)
        acts.note(connection, viewer().pseudonym or "", "set-up")
    station().settings_changed()
    notice("done", gettext("Your site is ready. Welcome!"))
    return redirect(address("index"), 303)


def _bring_demo(settings: Settings, *, wants_demo: bool) -> None:
    if wants_demo and not settings.demo:
        demo.add(station().wiki, station().truth, settings.language)
    elif settings.demo and not wants_demo:
        demo.take_out(station().wiki, station().truth, settings.demo)
