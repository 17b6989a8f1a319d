"""The minutes of a year as one document, to be printed or kept."""

from types import SimpleNamespace

from flask import Blueprint
from flask_babel import format_date
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.plugin import absolute, door, fill_body, render, shown_of_many, spoken, url, viewer
from plugins.minutes import meetings, views

blueprint = Blueprint("minutes_paper", __name__)

MOST = 150  # minutes in one document
LATE = ' loading="lazy"'  # a picture that is fetched when one comes near it: on paper, nobody does


@blueprint.get("/paper")
def show() -> Response:
    """Show the minutes that are asked for one after the other."""
    asked = views.read()
    return render(
        "minutes/paper.html", shown=list_shown(asked), asked=asked, back=asked.address("minutes.show"),
        book=asked.address("minutes_book.show"), source=absolute(url("minutes.show")),
    )  # fmt: skip


def list_shown(asked: views.Asked) -> list[SimpleNamespace]:
    """Prepare the minutes that are asked for, the oldest first: title, day, what they say, text. No agendas."""
    found = [one for one in views.load(asked) if one.state != meetings.AGENDA][:MOST][::-1]
    form = door().find_form(viewer(), meetings.FORM)
    fields = shown_of_many(form, [one.row for one in found], {}, spoken()) if form else []
    return [
        SimpleNamespace(
            title=one.row.title, day=format_date(one.day, "full") if one.day else "", id=f"gc-{one.row.id}",
            fields=[field for field in said if field.name not in ("day", "step")], text=_text(one.row.path),
        )
        for one, said in zip(found, fields, strict=True)
    ]  # fmt: skip


def _text(path: str) -> Markup:
    _, body, _ = door().view(viewer(), path)
    return fill_body(path, body, prefix=f"gc-{path.replace('/', '-')}-").replace(LATE, "")
