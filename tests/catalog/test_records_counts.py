"""Lists and counts of records are exact at every combination of filters, for every reader: compared with a naive count."""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.record_rows import RecordQuery, RecordRow
from app.config import load
from app.hooks import Hooks
from app.people.viewer import ANONYMOUS, Viewer, signed_in
from app.station import Station, open_station
from app.wiki.store import Change
from tests.catalog.hands import Hands

PHASES, NEEDS = ("idea", "running", "ended"), ("hands", "money", "tools", "time")
FORM = f"""\
title: Initiative
folder: annuaire
fields:
  - {{name: title, type: text, label: Name}}
  - {{name: phase, type: choice, label: Phase, facet: yes, choices: [{", ".join(PHASES)}]}}
  - {{name: needs, type: choices, label: Needs, facet: yes, choices: [{", ".join(NEEDS)}]}}
  - {{name: open, type: yes_no, label: Open, facet: yes}}
  - {{name: people, type: number, label: People}}
  - {{name: where, type: place, label: Where}}
"""
MEMBER = signed_in("Bo", "m-bobobobo", is_admin=False)
OF_GROUP = signed_in("Cy", "m-cycycycy", is_admin=False, groups=("jardin",))
ADMIN = signed_in("Ada", "m-adaadaad", is_admin=True)
VIEWERS = (ANONYMOUS, MEMBER, OF_GROUP, ADMIN)
FACETS = ("phase", "needs", "open")


def pages() -> dict[str, str]:
    """Write 128 records whose answers differ in every way that matters here."""
    found = {}
    shapes = product(("", *PHASES), range(4), ("public", "members", "group:jardin", "admins"), ("", "archived"))
    for number, (phase, kind, audience, state) in enumerate(shapes):
        lines = [f"title: {'Écluse Atelier Barrage Zone'.split()[number % 4]} {number:03}", f"audience: {audience}"]
        lines += [f"phase: {phase}"] if phase else []
        lines += [f"needs: [{', '.join(NEEDS[: kind + 1])}]"] if kind else []
        lines += [f"open: {'yes' if number % 3 else 'no'}"] if number % 5 else []
        lines += [f"people: {number % 7}"] if number % 4 else []
        lines += [f"state: {state}"] if state else []
        lines += [f"expires: 2026-0{1 + number % 9}-01"] if number % 6 == 0 else []
        lines += [f"where: {{lat: {44 + number / 100}, lon: {4 - number / 100}}}"] if number % 2 else []
        head = "\n".join(["---", "form: initiative", *lines, "---"])
        found[f"annuaire/n{number}.md"] = f"{head}\nWords of {'river' if number % 2 else 'hill'} {number}.\n"
    return found


@pytest.fixture(scope="module")
def filled(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    """Give an instance with the form and its records, in which nothing is changed any more."""
    folder = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("filled") / "instance"))
    station = open_station(load(folder), Hooks())
    texts = {"_forms/initiative.yaml": FORM, **pages()}
    Hands(station.wiki).push(*(Change(file, text.encode()) for file, text in texts.items()))
    station.wiki.catch_up()
    yield station
    station.close()


def answers(row: RecordRow, field: str) -> list[str]:
    """Give what a record says of a field, as a list."""
    said = row.values.get(field)
    return [] if said is None else said if isinstance(said, list) else [said]


def is_met(row: RecordRow, query: RecordQuery, but: str = "") -> bool:
    """Tell, the long way, whether a record meets a query."""
    filters = (set(keys) & set(answers(row, name)) for name, keys in query.where.items() if keys and name != but)
    return all(
        (
            row.state in query.states,
            not query.letter or row.title[0].lower().replace("é", "e") == query.letter,
            not query.today or not row.expires or row.expires >= query.today,
            all(word in (*row.title.lower().split(), *WORDS[row.path]) for word in query.words.split()),
            query.bounds is None or (row.point is not None and query.bounds[0] <= row.point.lat <= query.bounds[2]),
            *map(bool, filters),
        )
    )


WORDS = {
    file.removesuffix(".md"): text.split("---\n")[2].lower().strip(".\n").split() for file, text in pages().items()
}
QUERIES = st.builds(
    RecordQuery,
    form=st.just("initiative"),
    where=st.fixed_dictionaries(
        {},
        optional={
            "phase": st.lists(st.sampled_from((*PHASES, "gone")), max_size=3, unique=True).map(tuple),
            "needs": st.lists(st.sampled_from(NEEDS), max_size=3, unique=True).map(tuple),
            "open": st.lists(st.sampled_from(("yes", "no")), max_size=2, unique=True).map(tuple),
        },
    ),
    words=st.sampled_from(("", "", "river", "words hill", "atelier")),
    letter=st.sampled_from(("", "", "e", "z")),
    states=st.sampled_from((("", "checked"), ("archived",), ("", "archived"))),
    today=st.sampled_from(("", "2026-03-15", "2026-06-01")),
    bounds=st.sampled_from((None, None, (44.2, -10.0, 44.6, 10.0))),
)


def everything(station: Station, viewer: Viewer) -> list[RecordRow]:
    """List all records that a viewer may read."""
    return station.door.records(viewer, RecordQuery("initiative", states=("", "archived"), limit=1000))[0]


def test_every_reader_has_his_own_records(filled: Station) -> None:
    assert [len(everything(filled, viewer)) for viewer in VIEWERS] == [32, 64, 96, 128]


def test_lists_facets_letters_and_points_are_those_of_a_naive_count(filled: Station) -> None:
    rows = {viewer: everything(filled, viewer) for viewer in VIEWERS}

    @given(QUERIES, st.sampled_from(VIEWERS))
    def compare(query: RecordQuery, viewer: Viewer) -> None:
        door, there = filled.door, rows[viewer]
        met = [row for row in there if is_met(row, query)]
        found, total = door.records(viewer, replace(query, limit=200))

        assert (found, total) == (met, len(met))
        assert {point.path for point in door.points(viewer, query)} == {row.path for row in met if row.point}
        for name in FACETS:
            others = [row for row in there if is_met(row, query, but=name)]
            counted = Counter(key for row in others for key in answers(row, name))
            told = door.facets(viewer, query)[name]
            assert dict(told) == {**dict.fromkeys(query.where.get(name, ()), 0), **counted}
            assert [count for _, count in told] == sorted((count for _, count in told), reverse=True)
        letters = [row.title[0].lower().replace("é", "e") for row in there if is_met(row, replace(query, letter=""))]
        assert door.letters(viewer, query) == {letter: letters.count(letter) for letter in sorted(set(letters))}

    compare()


@pytest.mark.parametrize("is_descending", [False, True])
@pytest.mark.parametrize(
    ("order", "of"),
    [
        ("people", lambda row: int(row.values["people"]) if "people" in row.values else None),
        ("phase", lambda row: row.values.get("phase")),
        ("edited", lambda row: row.edited_at),
        ("title", lambda row: row.title.replace("É", "E")),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_records_stand_in_the_order_that_is_asked_for(filled: Station, order, of, is_descending: bool) -> None:
    query = RecordQuery("initiative", order=order, is_descending=is_descending, limit=200)
    found = [of(row) for row in filled.door.records(ADMIN, query)[0]]

    said = [value for value in found if value is not None]
    assert said == sorted(said, reverse=is_descending)
    assert found[: len(said)] == said


def test_pages_of_a_list_join_without_gap(filled: Station) -> None:
    query = RecordQuery("initiative", order="people", limit=7)
    whole = filled.door.records(MEMBER, replace(query, limit=1000))[0]
    parts = [filled.door.records(MEMBER, replace(query, offset=offset))[0] for offset in range(0, len(whole), 7)]

    assert [row.path for part in parts for row in part] == [row.path for row in whole]


def test_a_field_that_is_not_there_gives_nothing_and_orders_nothing(filled: Station) -> None:
    assert filled.door.records(ADMIN, RecordQuery("initiative", {"no'such": ("x",)}))[1] == 0
    assert filled.door.records(ADMIN, RecordQuery("initiative", order="no'such"))[1] == 64
