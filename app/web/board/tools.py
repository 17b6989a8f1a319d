"""`{{tools}}`: what the collective works with, each with its rule of use: the records of the form `tool`."""

from dataclasses import dataclass

from flask import render_template

from app.catalog.record_rows import RecordQuery, RecordRow
from app.forms.form import Form
from app.hooks import MacroArguments
from app.people.viewer import Viewer
from app.web.addresses import address
from app.web.board.asking import count_of
from app.web.kit import door, station
from app.web.macros import MacroContext

FORM, RULE = "tool", "rule"
USUAL = 6


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool; `rule` is empty where it has none that its readers may read."""

    title: str
    address: str
    rule: str


def show(context: MacroContext, arguments: MacroArguments) -> str:
    """Show tools; where nobody asked for it, only if there are some."""
    count, form = count_of(arguments, USUAL), door().find_form(context.viewer, FORM)
    found = _tools(context.viewer, form, count) if form else []
    if not found and not context.above:
        return ""
    return render_template("board/tools.html", tools=found, whole=station().hooks.collection(FORM) if form else None)


def _tools(viewer: Viewer, form: Form, count: int) -> list[Tool]:
    rows, _ = door().records(viewer, RecordQuery(FORM, limit=count))
    field = form.find(RULE)
    is_told = field is not None and not field.is_private
    return [Tool(row.title, address(row.path), _rule(row) if is_told else "") for row in rows]


def _rule(row: RecordRow) -> str:
    said = row.values.get(RULE, "")
    return " ".join(said.split()) if isinstance(said, str) else ""
