"""How the site looks on one device: light or dark, size of the text, language; kept in a cookie, no script needed."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from app.database.settings import LANGUAGES
from app.web.kit import YEAR, render
from app.web.protection import local_address

blueprint = Blueprint("display", __name__)

COOKIE = "gare_display"
THEMES = ("auto", "light", "dark")
SIZES = ("normal", "large", "larger")


@dataclass(frozen=True, slots=True)
class Display:
    """The choice; `lang` is empty for the site's language."""

    theme: str = "auto"
    text: str = "normal"
    lang: str = ""


DEFAULT = Display()


def chosen_display() -> Display:
    """Read the choice of this device; what is not understood counts as not chosen."""
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        return DEFAULT
    theme, text, lang = [*cookie.split("."), "", "", ""][:3]
    return _checked(theme, text, lang)


def _checked(theme: str, text: str, lang: str) -> Display:
    return Display(
        theme if theme in THEMES else "auto", text if text in SIZES else "normal", lang if lang in LANGUAGES else ""
    )


@blueprint.get("/-/display")
def edit() -> Response:
    """Show the choices."""
    return render("display/edit.html", back=local_address(request.args.get("back")))


@blueprint.post("/-/display")
def save() -> Response:
    """Keep the choice and go back."""
    chosen = _checked(request.form.get("theme", ""), request.form.get("text", ""), request.form.get("lang", ""))
    response = redirect(local_address(request.form.get("back")))
    value = f"{chosen.theme}.{chosen.text}.{chosen.lang}"
    response.set_cookie(COOKIE, value, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    return response
