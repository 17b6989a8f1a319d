"""What is kept of records is never out of date: whatever happens to pages, forms and folders, and by whichever way.

After each change a door that has answered all along is compared with one that asks for the first time, and at the end
the rows with those of a rebuild.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from app.catalog import deleting, moving, rebuild
from app.catalog.record_rows import RecordQuery
from app.errors import GareError
from app.people.door import Door
from app.people.viewer import ANONYMOUS, signed_in
from app.station import Station
from app.wiki.page import file_of
from app.wiki.store import Change
from tests.catalog.hands import IDRIS, NADIA, Hands

LIVES = int(os.environ.get("GARE_LIVES", "4"))
STEPS = int(os.environ.get("GARE_STEPS", "20"))
VIEWERS = (ANONYMOUS, signed_in("Bo", "m-bobobobo", is_admin=False), signed_in("Ada", "m-adaadaad", is_admin=True))
NAMES = ("tool", "place")
HEAD = "title: Form\nfolder: r\nfields:\n  - {name: title, type: text, label: Name}\n"
KIND = "  - {name: kind, type: choice, label: Kind, facet: yes, choices: [one, two]}\n"
FORMS = (
    HEAD,
    HEAD + KIND,
    HEAD
    + KIND
    + "  - {name: tags, type: tags, label: Tags, facet: yes}\n  - {name: where, type: place, label: Where}\n",
    HEAD + KIND.replace("facet: yes", "facet: yes, readers: members"),
    HEAD.replace("Form", "Other title") + KIND,
)
PATHS = ("r/a", "r/b", "r/c/d", "r/index", "s/e")
paths, names = st.sampled_from(PATHS), st.sampled_from(NAMES)
lines = st.lists(
    st.sampled_from(
        ("audience: members", "audience: public", "audience: admins", "kind: one", "kind: two", "kind: gone",
         "tags: [red, blue]", "where: {lat: '44.1', lon: '4.2'}", "state: archived", "state: checked", "redirect: r/a",
         "expires: 2026-03-12")
    ),
    max_size=4, unique_by=lambda line: line.partition(":")[0],
)  # fmt: skip


class Life(RuleBasedStateMachine):
    """One wiki with two forms."""

    new_station: Callable[[Path], Station]

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="gare-records-"))
        self.station = type(self).new_station(self.folder / "instance")
        self.wiki, self.door = self.station.wiki, self.station.door
        self.hands = Hands(self.wiki)
        self.hands.write("_forms/tool", FORMS[1])

    def teardown(self) -> None:
        if hasattr(self, "station"):
            before = self.hands.tables()
            rebuild.rebuild(self.wiki)
            assert self.hands.tables() == before
            self.station.close()
            shutil.rmtree(self.folder)

    def attempt(self, action: Callable[[], object]) -> None:
        with contextlib.suppress(GareError):
            action()

    @rule(path=paths, form=st.sampled_from((*NAMES, "", "none")), lines=lines, word=st.sampled_from(("un", "deux")))
    def write(self, path: str, form: str, lines: list[str], word: str) -> None:
        head = "\n".join(["---", *([f"form: {form}"] if form else []), f"title: {path}", *lines, "---"])
        self.attempt(lambda: self.hands.write(path, f"{head}\n{word}\n"))

    @rule(name=names, text=st.sampled_from(FORMS))
    def write_form(self, name: str, text: str) -> None:
        self.attempt(lambda: self.hands.write(f"_forms/{name}", text))

    @rule(name=names, text=st.sampled_from((None, "title: [", *FORMS)), path=paths)
    def push_form_with_a_page(self, name: str, text: str | None, path: str) -> None:
        page = Change(file_of(path), f"---\nform: {name}\nkind: one\n---\nun\n".encode())
        form = Change(file_of(f"_forms/{name}"), text.encode() if text is not None else None)
        self.hands.push(page, form)
        self.wiki.catch_up()

    @rule(path=st.sampled_from((*PATHS, "_forms/tool")))
    def delete(self, path: str) -> None:
        self.attempt(lambda: deleting.delete(self.wiki, path, NADIA))

    @rule(path=st.sampled_from((*PATHS, "_forms/tool")))
    def undelete(self, path: str) -> None:
        self.attempt(lambda: deleting.undelete(self.wiki, path, IDRIS))

    @rule(path=paths, to=st.sampled_from((*PATHS, "s/f")), with_folder=st.booleans())
    def rename(self, path: str, to: str, with_folder: bool) -> None:
        self.attempt(lambda: moving.rename(self.wiki, moving.Rename(path, to, NADIA, with_folder)))

    @rule(word=st.sampled_from(("public", "members")))
    def close_site(self, word: str) -> None:
        self.station.store_settings(reading=word)

    @rule()
    def rebuild(self) -> None:
        rebuild.rebuild(self.wiki)

    @invariant()
    def tells_what_is_there(self) -> None:
        if not hasattr(self, "station"):
            return
        fresh = Door(self.wiki, self.station.truth, self.station.stamp)
        for viewer in VIEWERS:
            for name in NAMES:
                assert told(self.door, viewer, name) == told(fresh, viewer, name), (viewer.name, name)


def told(door: Door, viewer: Any, name: str) -> Any:
    """Say everything that a door tells of a form's records."""
    if (form := door.find_form(viewer, name)) is None:
        return None
    query = RecordQuery(name, limit=100)
    kind = RecordQuery(name, {"kind": ("one",)}, words="un", states=("", "archived"), order="edited")
    lists = [door.records(viewer, one) for one in (query, kind)]
    counts = [door.facets(viewer, one) for one in (query, kind)]
    return form, lists, counts, door.letters(viewer, query), door.points(viewer, query)


def test_what_is_kept_of_records_is_what_is_there(new_station: Callable[[Path], Station]) -> None:
    machine = type("Life", (Life,), {"new_station": staticmethod(new_station)})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=LIVES, phases=(Phase.generate,), stateful_step_count=STEPS, deadline=None,
            suppress_health_check=list(HealthCheck), database=None, print_blob=False,
        ),
    )  # fmt: skip
