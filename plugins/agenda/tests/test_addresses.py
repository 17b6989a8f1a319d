"""The whole state of the agenda stands in its address, and what stands in an address is never a fault."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.forms.reading import parse
from plugins.agenda import model
from plugins.agenda.model import Asked
from plugins.agenda.tests.year import FORM

FORMS = [parse("event", FORM), parse("shift", FORM.replace("tags, type: tags", "page, type: tags"))]
TODAY = date(2026, 11, 22)
KEYS = st.lists(st.text(min_size=1, max_size=9).filter(lambda key: key == key.strip()), min_size=1, max_size=3)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
ASKED = st.builds(
    Asked,
    view=st.sampled_from(model.VIEWS),
    day=st.none() | DAYS,
    words=st.text(max_size=20).map(str.strip),
    where=st.dictionaries(
        st.sampled_from(["place", "spaces", "tags", "page"]), KEYS.map(dict.fromkeys).map(tuple), max_size=3
    ),
    forms=st.sampled_from([(), ("event",), ("event", "shift")]),
    page=st.integers(1, model.LAST_PAGE),
)


def read(address: str) -> Asked:
    return model.read(FORMS, MultiDict(parse_qsl(urlsplit(address).query, keep_blank_values=True)))


@given(ASKED)
def test_what_is_written_into_an_address_is_read_from_it(asked: Asked) -> None:
    day = asked.day.replace(day=1) if asked.day and asked.view == model.MONTH else asked.day

    assert read(asked.address("/x", page=asked.page, day=day)) == read(asked.address("/x", page=asked.page))
    assert read(asked.address("/x", page=asked.page)).day == day
    assert read(asked.address("/x", page=asked.page)).where == asked.where


@given(st.lists(st.tuples(st.sampled_from([*sorted(model.RESERVED), "place", "f.page"]), st.text(max_size=12))), DAYS)
def test_nothing_that_is_typed_is_a_fault(pairs: list[tuple[str, str]], today: date) -> None:
    asked = model.read(FORMS, MultiDict(pairs))
    first, last = asked.span(today)

    assert asked.view in model.VIEWS and 1 <= asked.page <= model.LAST_PAGE
    assert last is None or first <= last
    asked.query(today)


@pytest.mark.parametrize("typed", ["2026-02-30", "2026-13", "0000-01-01", "9999-12-31", "1-1-1", "٢٠٢٦-٠١-٠١", "now"])
def test_a_day_that_is_none_or_far_away_is_today(typed: str) -> None:
    assert read(f"/x?view=day&day={typed}").day is None


@pytest.mark.parametrize(("query", "first", "last"), [
    ("", "2026-11-22", None),
    ("?from=2026-12-24", "2026-12-24", None),
    ("?until=2026-10-01", "1900-01-01", "2026-10-01"),
    ("?view=month", "2026-11-01", "2026-11-30"),
    ("?view=month&month=2028-02", "2028-02-01", "2028-02-29"),
    ("?view=week&day=2027-01-01", "2026-12-28", "2027-01-03"),
    ("?view=day&day=2026-12-24", "2026-12-24", "2026-12-24"),
    ("?view=map", "2026-11-22", "2026-12-21"),
])  # fmt: skip
def test_a_view_spans_its_days(query: str, first: str, last: str | None) -> None:
    begin, end = read(f"/x{query}").span(TODAY)

    assert (begin.isoformat(), end and end.isoformat()) == (first, last)


@pytest.mark.parametrize(("query", "before", "after"), [
    ("?view=month", "2026-10-01", "2026-12-01"),
    ("?view=month&month=2026-01", "2025-12-01", "2026-02-01"),
    ("?view=week", "2026-11-09", "2026-11-23"),
    ("?view=day", "2026-11-21", "2026-11-23"),
    ("?view=map", "2026-10-23", "2026-12-22"),
    ("?view=month&month=2100-12", "2100-11-01", None),
    ("", None, None),
])  # fmt: skip
def test_what_was_before_and_comes_after_is_one_step_away(query: str, before: str | None, after: str | None) -> None:
    found = [read(f"/x{query}").beside(TODAY, step) for step in (-1, 1)]

    assert [day and day.isoformat() for day in found] == [before, after]


def test_fields_are_asked_for_by_short_names_and_those_that_mean_something_else_by_others() -> None:
    asked = read("/x?space=jardins&tag=pain&f.page=sel&page=2&secret=1")

    assert asked.where == {"spaces": ("jardins",), "tags": ("pain",), "page": ("sel",)} and asked.page == 2
    assert asked.narrowed() == [("space", "jardins"), ("tag", "pain"), ("f.page", "sel")]
