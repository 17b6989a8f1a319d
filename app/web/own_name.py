"""One's own name: what others read beside everything that one writes."""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import Conflict, Invalid
from app.people import accounts
from app.people.accounts import Account
from app.web.access import check_own
from app.web.addresses import url
from app.web.kit import notice, render, say, station, uncached
from app.web.me import own_account

blueprint = Blueprint("own_name", __name__)


@blueprint.get("/-/me/name")
def edit() -> Response:
    """Show the form for a name."""
    account = own_account()
    check_own()
    return _form(account.name, {})


@blueprint.post("/-/me/name")
def save() -> Response:
    """Go by another name from now on; what one wrote before shows it too."""
    account, typed = own_account(), request.form.get("name", "")
    check_own()
    try:
        _rename(account, typed)
    except (Conflict, Invalid) as error:
        return _form(typed, {"name": say(error)}, error.status)
    notice("done", gettext("Others now read your new name."))
    return redirect(url("me.show"), 303)


def _rename(account: Account, typed: str) -> None:
    with station().truth.begin() as connection:
        accounts.set_name(connection, account, typed)
    station().stamp.touch()  # names are kept in the memory of every process


def _form(typed: str, errors: dict[str, str], code: int = 200) -> Response:
    return uncached(render("me/name.html", code, typed=typed, errors=errors))
