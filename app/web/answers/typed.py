"""What somebody typed into the form of an answer."""

from dataclasses import replace

from flask import request
from flask_babel import gettext

from app.answers.answer import VALUES, YES, Wish
from app.errors import N_, GareError, Invalid
from app.web.kit import say
from app.web.visitor_form import Mistakes

_NUMBER = N_("Type a number, for example 2.")
MAX_DIGITS = 3


def faults(error: GareError, field: str = "value") -> dict[str, str]:
    """Say by field what is to be put right; what concerns no field by itself stands with one of them."""
    return error.errors if isinstance(error, Mistakes) else {field: say(error)}


def typed_wish(before: Wish | None = None) -> Wish:
    """Read an answer; a button by itself changes only whether one comes. Raises Invalid."""
    value = request.form.get("value", "")
    if "people" not in request.form:
        return replace(before or Wish(value), value=value)
    return Wish(
        value, _number("people", 1), request.form.get("role", "")[:60], _number("meal"), _number("seats"),
        _number("lift"), tuple(request.form.getlist("bring")), tuple(request.form.getlist("borrow")),
        request.form.get("comment", ""), "hidden" in request.form,
    )  # fmt: skip


def shown_wish(before: Wish | None, value: str = "") -> Wish:
    """Give what the form shows: what was typed, else what was said before, else what most say."""
    try:
        return typed_wish(before) if request.method == "POST" else before or Wish(value if value in VALUES else YES)
    except Invalid:
        return _kept(request.form.get("value", YES))


def _kept(value: str) -> Wish:
    """Give all that was typed but for the numbers that are none."""
    numbers = {name: _or_else(name) for name in ("meal", "seats", "lift")}
    form = request.form
    return Wish(
        value, _or_else("people", 1), form.get("role", "")[:60], bring=tuple(form.getlist("bring")),
        borrow=tuple(form.getlist("borrow")), comment=form.get("comment", ""), is_hidden="hidden" in form, **numbers,
    )  # fmt: skip


def _or_else(name: str, empty: int = 0) -> int:
    try:
        return _number(name, empty)
    except Invalid:
        return empty


def _number(name: str, empty: int = 0) -> int:
    typed = request.form.get(name, "").strip()
    if not typed:
        return empty
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= MAX_DIGITS):
        raise Mistakes({name: gettext(_NUMBER)})
    return int(typed)
