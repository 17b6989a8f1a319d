"""The ready form of events: what others build upon."""

from pathlib import Path

from app.forms import signup
from app.forms.filling import default_of, path_of_record
from app.forms.form import EVERYONE
from app.forms.reading import parse

FORM = parse("event", (Path(__file__).parents[1] / "forms" / "event.yaml").read_text(encoding="utf-8"))
BY_TYPE = {
    "when": "schedule", "place": "place", "venue": "choice", "online": "link", "spaces": "spaces", "tags": "tags",
    "organiser": "text", "contact": "contact", "images": "images", "signup": "signup", "status": "choice",
    "reason": "text",
}  # fmt: skip


def test_it_asks_what_feeds_lists_and_sign_up_read_by_name() -> None:
    assert {one.name: one.type for one in FORM.fields if one.name != "title"} == BY_TYPE
    status = FORM.find("status")
    assert status is not None
    assert ([one.key for one in status.choices], default_of(status)) == (
        ["planned", "confirmed", "cancelled"], "confirmed",
    )  # fmt: skip


def test_everybody_may_announce_one_and_whoever_writes_does_so_at_once() -> None:
    assert (FORM.submitters, FORM.is_moderated) == (EVERYONE, False)


def test_it_stands_in_the_year_in_which_it_begins() -> None:
    values = {"title": "Veillée", "when": {"start": "2031-12-31T20:00", "end": "2032-01-01T02:00"}}

    assert path_of_record(FORM, "Veillée", values, 2026) == "agenda/2031/veillee"
    assert path_of_record(FORM, "Veillée", {}, 2026) == "agenda/2026/veillee"


def test_sign_up_is_found_by_its_kind() -> None:
    field = signup.field_of(FORM)

    assert field is not None and field.name == "signup"
