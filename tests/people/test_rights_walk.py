"""Whatever members and referents do, a page that was closed outside a referent's space never opens: random lives of a wiki."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import select

from app.catalog import moving, tables, writers
from app.catalog.editing import Edit
from app.catalog.readers import ALL, meet, opens
from app.config import load
from app.errors import GareError
from app.hooks import Hooks
from app.people.viewer import ANONYMOUS, Viewer, signed_in
from app.station import Station, open_station
from tests.catalog.hands import Hands

LIVES = int(os.environ.get("GARE_LIVES", "6"))
STEPS = int(os.environ.get("GARE_STEPS", "18"))

PATHS = ("index", "a/index", "a/b", "a/c/index", "a/c/d", "b/index", "b/e", "b/c/index", "b/c/d", "f", "f/index")
FREE = ("a/new", "a/new/index", "b/new", "b/new/index", "new")
SPACE = "a/"
NADIA = "m-nadiabcd"
MEMBER = signed_in("Idris", "m-idrisabc", is_admin=False)
OF_GROUP = signed_in("Paul", "m-paulabcd", is_admin=False, groups=("eau",))
REFERENT = signed_in(
    "Mona", "m-monaabcd", is_admin=False, groups=("bois", "eau"), referent_of=("eau",), spaces=(SPACE,)
)
ADMIN = signed_in("Nadia", NADIA, is_admin=True)
OPEN = "---\naudience: public\neditors: all\n---\nopen\n"
PEOPLE = {"anybody": ANONYMOUS, "member": MEMBER, "of the group": OF_GROUP, "referent": REFERENT}
HEADS = ("", "audience: public", "audience: members", "audience: group:eau", "audience: group:bois", "audience: admins",
         "audience: [group:bois, group:eau]", "editors: admins", "editors: members", "editors: group:eau",
         "audience: members\neditors: all")  # fmt: skip

people = st.sampled_from(sorted(PEOPLE))
paths = st.sampled_from(PATHS)
texts = st.builds(
    lambda head, words: (f"---\n{head}\n---\n" if head else "") + f"{words}\n",
    st.sampled_from(HEADS),
    st.sampled_from(("un", "deux")),
)


class Life(RuleBasedStateMachine):
    """One wiki; at its end everybody tries to open everything.

    `_bounds` holds, by lineage, the fewest readers and writers that a page has had outside the space.
    """

    new_station: Callable[[Path], Station]

    @initialize(pages=st.dictionaries(paths, texts, min_size=7))
    def begin(self, pages: dict[str, str]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="gare-rights-"))
        self.station = type(self).new_station(self.folder / "instance")
        Hands(self.station.wiki).push_pages(**{path.replace("/", "__"): text for path, text in pages.items()})
        self.station.wiki.catch_up()
        self._bounds: dict[int, tuple[str, str]] = {}
        self._look()

    def teardown(self) -> None:
        if hasattr(self, "station"):
            for viewer in PEOPLE.values():
                for _, path, *_ in self._standing():
                    self._write(viewer, path, OPEN)
            self.station.close()
            shutil.rmtree(self.folder)

    def attempt(self, viewer: Viewer, action: Callable[[], object]) -> None:
        """Do it; afterwards nothing that was closed outside the space may be open."""
        with contextlib.suppress(GareError):
            action()
        self._look(viewer)

    def _look(self, viewer: Viewer | None = None) -> None:
        for lineage, path, audience, editors in self._standing():
            readers, changers = self._bounds.get(lineage, (audience, editors))
            if viewer is not None:
                assert not opens(audience, readers), f"{viewer.name} opens {path} from {readers} to {audience}"
                assert not opens(editors, changers), f"{viewer.name} lets {editors} change {path}, not {changers}"
            if not path.startswith(SPACE):
                self._bounds[lineage] = meet(audience, readers), meet(editors, changers)

    def _standing(self) -> list[tuple[int, str, str, str]]:
        query = select(tables.pages.c.lineage, tables.pages.c.path, tables.pages.c.audience)
        with self.station.wiki.catalog.reading() as connection:
            words = writers.list_words(connection)
            return [
                (row.lineage, row.path, row.audience, writers.effective(words, row.path) or ALL)
                for row in connection.execute(query)
            ]

    @rule(who=people, path=paths, text=texts)
    def write(self, who: str, path: str, text: str) -> None:
        self._write(PEOPLE[who], path, text)

    def _write(self, viewer: Viewer, path: str, text: str) -> None:
        door = self.station.door

        def save() -> None:
            base = None
            with contextlib.suppress(GareError):
                base = door.find(viewer, path).revision
            door.save(viewer, Edit(path, text, base, viewer.pseudonym or NADIA))

        self.attempt(viewer, save)

    @rule(who=people, path=paths, to=st.sampled_from((*PATHS, *FREE)), with_folder=st.booleans())
    def rename(self, who: str, path: str, to: str, with_folder: bool) -> None:
        viewer = PEOPLE[who]
        request = moving.Rename(path, to, viewer.pseudonym or NADIA, with_folder)
        guarded = {lineage for lineage, path, *_ in self._standing() if path.startswith(SPACE)}
        self.attempt(viewer, lambda: self.station.door.rename(viewer, request))
        for lineage, path, *_ in self._standing():
            if viewer is not REFERENT and lineage not in guarded and path.startswith(SPACE):
                self._bounds.pop(lineage, None)  # who brings a page into a group's space gives it to its referents

    @rule(who=people, path=paths)
    def delete(self, who: str, path: str) -> None:
        viewer = PEOPLE[who]
        self.attempt(viewer, lambda: self.station.door.delete(viewer, path, viewer.pseudonym or NADIA))

    @rule(who=people, path=paths)
    def undelete(self, who: str, path: str) -> None:
        viewer = PEOPLE[who]
        self.attempt(viewer, lambda: self.station.door.undelete(viewer, path, viewer.pseudonym or NADIA))

    @rule(path=paths)
    def take_away(self, path: str) -> None:
        """Let an administrator delete a page: what holds afterwards is what may not open."""
        with contextlib.suppress(GareError):
            self.station.door.delete(ADMIN, path, NADIA)
        self._bounds.clear()
        self._look()

    @rule(who=people, path=paths, number=st.integers(0, 3))
    def restore(self, who: str, path: str, number: int) -> None:
        viewer = PEOPLE[who]
        door = self.station.door

        def put_back() -> None:
            page, revisions, _ = door.history(viewer, path)
            _, _, text = door.revision(viewer, path, revisions[min(number, len(revisions) - 1)].revision)
            edit = Edit(path, text, page.revision, viewer.pseudonym or NADIA)
            door.save(viewer, edit, keeps_rights=True)

        self.attempt(viewer, put_back)


@pytest.fixture
def new_station(prepared: Path) -> Callable[[Path], Station]:
    return lambda folder: open_station(load(Path(shutil.copytree(prepared, folder))), Hooks())


def test_nobody_opens_what_was_closed(new_station: Callable[[Path], Station]) -> None:
    machine: Any = type("Life", (Life,), {"new_station": staticmethod(new_station)})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=LIVES, phases=(Phase.generate,), stateful_step_count=STEPS, deadline=None,
            suppress_health_check=list(HealthCheck), database=None, print_blob=False,
        ),
    )  # fmt: skip
