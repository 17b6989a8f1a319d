"""The page where administrators arrange the home page: order, names, what is hidden, pages as blocks."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType, SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.errors import Invalid
from app.people import acts
from app.web.addresses import url
from app.web.board import lead
from app.web.board.arrangement import MOST, MOST_ENTRIES, PAGE, Entry, moved, read, write
from app.web.board.blocks import OF_PAGE, by_name, entries
from app.web.board.typed import NEW, find_page, read_form
from app.web.kit import UNKNOWN_BUTTON, check_admin, door, notice, render, station, uncached, viewer
from app.wiki.page import HOME

blueprint = Blueprint("home_board", __name__)

NO_ERRORS: Mapping[str, str] = MappingProxyType({})
STEPS = {"up": -1, "down": 1}


@blueprint.get("/-/admin/home")
def show() -> Response:
    """Show the blocks as they are arranged."""
    check_admin()
    return _form(entries())


@blueprint.post("/-/admin/home")
def arrange() -> Response:
    """Keep what was typed, and do what the pressed button says."""
    check_admin()
    deed, _, said = request.values.get("action", "").partition(":")
    if deed == "reset":
        return _reset()
    if deed == "undo":
        return _keep(station().settings.get().home_before, gettext("The home page is arranged."))
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else -1
    typed = read_form(request.form, by_name(), viewer())
    if deed == "remove":
        typed = typed.without(number)
    if typed.errors:
        return _form(typed.entries, typed.errors)
    if deed == "add":
        return _add(typed.entries)
    if deed in STEPS:
        return _keep_all(moved(typed.entries, number, STEPS[deed]), max(number + STEPS[deed], 0))
    if deed not in {"save", "remove"}:
        raise Invalid(UNKNOWN_BUTTON)
    return _keep_all(typed.entries)


def _reset() -> Response:
    """Put the blocks back as at first; what was arranged is kept, and one press brings it back."""
    station().store_settings(home_before=station().settings.get().home)
    undo = (gettext("Arrange it as before"), url("home_board.arrange", action="undo"))
    return _keep("", gettext("The home page is as it was at first."), undo=undo)


def _add(typed: Sequence[Entry]) -> Response:
    page, fault = find_page(viewer(), request.form.get(NEW, "").strip())
    new = Entry(PAGE, page=page)
    if not fault and new.key in {one.key for one in typed}:
        fault = gettext("This page is a block already.")
    if not fault and sum(one.block == PAGE for one in typed) >= MOST:
        fault = gettext("The home page shows at most %(most)s pages as blocks.", most=MOST)
    return _form(typed, {NEW: fault}) if fault else _keep_all([*typed, new], len(typed))


def _keep_all(typed: Sequence[Entry], at: int | None = None) -> Response:
    """Keep the entries; those of plugins that are switched off stay behind the others."""
    here = by_name()
    away = [one for one in read(station().settings.get().home) if one.block not in here and one.block != PAGE]
    return _keep(write([*typed, *away][:MOST_ENTRIES]), gettext("The home page is arranged."), at)


def _keep(kept: str, sentence: str, at: int | None = None, undo: tuple[str, str] | None = None) -> Response:
    station().store_settings(home=kept)
    with station().truth.begin() as connection:
        acts.note(connection, viewer().pseudonym or "", "settings")
    notice("done", sentence, undo)
    return redirect(url("home_board.show", _anchor=None if at is None else f"gc-block-{at}"), 303)


def _form(shown: Sequence[Entry], errors: Mapping[str, str] = NO_ERRORS) -> Response:
    called = _called()
    rows = [_row(one, called) for one in shown]
    new = request.form.get(NEW, "") if NEW in errors else ""
    return uncached(render("admin/home.html", 400 if errors else 200, rows=rows, errors=errors, new=new))


def _row(entry: Entry, called: set[str]) -> SimpleNamespace:
    block = OF_PAGE if entry.block == PAGE else by_name()[entry.block]
    path = lead.find(viewer(), entry.page) if block is OF_PAGE else None
    own = gettext(block.title) if block.title else lead.title_of(viewer(), path) if path else entry.page
    usual = (block.usual or {}).get(station().settings.get().language, "")
    return SimpleNamespace(
        block=entry.block, own=own, title=entry.title, is_shown=not entry.is_hidden, page=entry.page, usual=usual,
        shows_page=block.shows_page, is_page=block is OF_PAGE, is_called=entry.block in called,
    )  # fmt: skip


def _called() -> set[str]:
    """Name the blocks that the text of the home page shows itself."""
    found = door().find_view(viewer(), HOME)
    return {call["name"].lower() for call in found[1].details["macros"]} if found else set()
