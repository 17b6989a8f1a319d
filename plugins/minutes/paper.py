"""The minutes of a year as one document, to be printed or kept."""

from types import SimpleNamespace
from typing import TYPE_CHECKING

from flask import Blueprint
from flask_babel import ngettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.plugin import absolute, day_in_words, door, fill_body, render, shown_of_many, spoken, url, viewer
from plugins.minutes import meetings, views
from plugins.minutes.meetings import Meeting

if TYPE_CHECKING:
    from app.plugin import RecordRow, ShownField

blueprint = Blueprint("minutes_paper", __name__)

MOST, MOST_LETTERS = 150, 3_000_000  # minutes in one document, letters of their HTML
LATE = ' loading="lazy"'  # a picture that is fetched when one comes near it: on paper, nobody does


@blueprint.get("/paper")
def show() -> Response:
    """Show the minutes that are asked for one after the other."""
    asked = views.read()
    found, left_out = list_shown(asked)
    return render(
        "minutes/paper.html", shown=found, left_out=left_out_words(left_out) if left_out else "", asked=asked,
        back=asked.address("minutes.show"), book=asked.address("minutes_book.show"),
        source=absolute(url("minutes.show")),
    )  # fmt: skip


def list_shown(asked: views.Asked) -> tuple[list[SimpleNamespace], int]:
    """Prepare the minutes that are asked for, the oldest first: title, day, what they say, text. No agendas.

    Gives how many of the oldest have no room, too.
    """
    every = [one for one in views.load(asked) if one.state != meetings.AGENDA]
    found, room = list[tuple[Meeting, Markup]](), MOST_LETTERS
    for one in every[:MOST]:
        text = _text(one.row)
        room -= len(text)
        if room < 0 and found:
            break
        found.append((one, text))
    form = door().find_form(viewer(), meetings.FORM)
    fields = shown_of_many(form, [one.row for one, _ in found], {}, spoken()) if form else []
    made = [_chapter(one, said, text) for (one, text), said in zip(found, fields, strict=True)]
    return made[::-1], len(every) - len(found)


def left_out_words(count: int) -> str:
    """Say that older meetings are not in the document."""
    return ngettext("%(num)s older meeting has no room here.", "%(num)s older meetings have no room here.", count)


def _chapter(one: "Meeting", said: "list[ShownField]", text: Markup) -> SimpleNamespace:
    return SimpleNamespace(
        title=one.row.title, day=day_in_words(one.day, "full"), id=f"gc-{one.row.id}",
        fields=[field for field in said if field.name not in ("day", "step")], text=text,
    )  # fmt: skip


def _text(row: "RecordRow") -> Markup:
    _, body, _ = door().view(viewer(), row.path)
    return fill_body(row.path, body, prefix=f"gc-{row.id}-").replace(LATE, "")
