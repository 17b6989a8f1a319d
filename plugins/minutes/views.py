"""The meetings: by year, of one space, with words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.plugin import RecordQuery, address, day_in_words, door, fold, render, until_change, url, viewer
from plugins.minutes import meetings, wording
from plugins.minutes.meetings import Meeting

blueprint = Blueprint("minutes", __name__)

MOST_TYPED = 200  # characters


@dataclass(frozen=True, slots=True)
class Asked:
    """Which meetings: of a space, with words, of a year; each empty for all."""

    space: str = ""
    words: str = ""
    year: str = ""

    @property
    def said(self) -> dict[str, str]:
        """Give what an address says of them."""
        said = {"space": self.space, "q": self.words, "year": self.year}
        return {name: text for name, text in said.items() if text}

    @property
    def where(self) -> dict[str, tuple[str, ...]]:
        """Give the filter of records."""
        return {"spaces": (self.space,)} if self.space else {}

    @property
    def of_space(self) -> "Asked":
        """Give all meetings of the space."""
        return Asked(self.space)

    def address(self, endpoint: str, **more: str) -> str:
        """Give the address of a view of these meetings."""
        return url(endpoint, **self.said | {name: text for name, text in more.items() if text})

    def fits(self, meeting: Meeting, line: str) -> bool:
        """Tell whether a line of minutes has the words and its meeting the year."""
        is_year = not self.year or (meeting.day is not None and str(meeting.day.year) == self.year)
        return is_year and all(fold(word) in fold(line) for word in self.words.split())


def read() -> Asked:
    """Read the address."""
    said = {name: request.args.get(name, "")[:MOST_TYPED].replace("\0", "").strip() for name in ("space", "q", "year")}
    return Asked(said["space"], said["q"], said["year"])


def load(asked: Asked) -> list[Meeting]:
    """List the meetings that are asked for, the latest first."""
    if door().find_form(viewer(), meetings.FORM) is None:
        return []
    query = RecordQuery(
        meetings.FORM, asked.where, asked.words, order="day", is_descending=True, limit=meetings.MOST
    )  # fmt: skip
    found = [meetings.meeting_of(row) for row in door().records(viewer(), query)[0]]
    return [one for one in found if not asked.year or (one.day and str(one.day.year) == asked.year)]


@blueprint.get("/")
@until_change
def show() -> Response:
    """Show the meetings."""
    asked = read()
    found = load(asked)
    return render(
        "minutes/show.html", asked=asked, years=by_year(found), total=len(found), spaces=spaces(),
        all_years=_all_years(asked, found),
        tabs=wording.tabs("minutes.show"), may_begin=may_begin(), new=url("record_new.fill", name=meetings.FORM),
        feed=asked.address("minutes_feed.show"), paper=asked.address("minutes_paper.show"),
    )  # fmt: skip


def years(found: Sequence[Meeting]) -> list[str]:
    """List the years of meetings, the latest first."""
    return sorted({str(one.day.year) for one in found if one.day}, reverse=True)


def _all_years(asked: Asked, found: Sequence[Meeting]) -> list[str]:
    return years(load(asked.of_space) if asked.year or asked.words else found)


def may_begin() -> bool:
    """Tell whether the viewer may write notes."""
    form = door().find_form(viewer(), meetings.FORM)
    return viewer().is_signed_in and form is not None and door().may_submit(viewer(), form)


def by_year(found: Sequence[Meeting]) -> list[tuple[str, list[Any]]]:
    """Group meetings by year, ready for the templates."""
    dated = groupby(found, key=lambda one: str(one.day.year) if one.day else "")
    return [(year, [shown(one) for one in some]) for year, some in dated]


def shown(one: Meeting) -> SimpleNamespace:
    """Prepare a meeting for a list."""
    count = len(one.rows("decisions"))
    return SimpleNamespace(
        title=one.row.title, address=address(one.row.path), day=day_in_words(one.day),
        state=wording.state(one.state), is_valid=one.state == meetings.VALID, place=one.text("place"),
        decisions=count, open_actions=sum(1 for row in one.rows("actions") if not row.get("done")),
    )  # fmt: skip


def spaces() -> list[tuple[str, str]]:
    """List the spaces in which there were meetings, with how many."""
    if door().find_form(viewer(), meetings.FORM) is None:
        return []
    counted = dict(door().facets(viewer(), RecordQuery(meetings.FORM)).get("spaces", []))
    return [(space, title) for space, title, _ in door().spaces(viewer()) if space in counted]
