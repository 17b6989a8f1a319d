"""The catalog, kept in step change by change, is the one that a rebuild makes from git: tried on random lives of a wiki."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from app.catalog import attaching, deleting, moving, rebuild
from app.errors import GareError
from app.station import Station
from app.wiki.page import file_of, files_folder
from app.wiki.store import Change, Move
from app.wiki.uploads import Prepared
from tests.catalog.hands import IDRIS, NADIA, Hands

LIVES = int(os.environ.get("GARE_LIVES", "6"))
STEPS = int(os.environ.get("GARE_STEPS", "18"))

# Twins by case of folders, a folder with and without its page, pages beside and below each other.
PATHS = (
    "index",
    "a",
    "a/index",
    "a/b",
    "a/b/c",
    "a/b/index",
    "A/d",
    "A/index",
    "x_y/e",
    "xzy/e",
    "é/f",
    "_templates/g",
)
FOLDERS = ("a", "a/b", "A", "x_y")
paths = st.sampled_from(PATHS)
names = st.sampled_from(("plan.pdf", "photo.jpg"))


@st.composite
def texts(draw: Callable[..., Any]) -> str:
    """A page: perhaps a head, perhaps a broken one, links to others by path, title or file."""
    head = draw(
        st.sampled_from(
            ("", "title: Titre\n", "title: A\n", "audience: admins\n", "audience: members\n", "audience: public\n",
             "audience: nobody\n", "audience: group:eau\n", "audience: [group:eau, group:bois]\n", "editors: group:eau\n",
             "editors: admins\n", "audience: members\neditors: all\n",
             "aliases: [vieux, a/b]\n", "tags: [eau, terre]\n", "redirect: a/b\n", "id: abcdefgh\n",
             "title: [unclosed\n", "title: A\ntitle: B\n")
        )
    )  # fmt: skip
    link = draw(
        st.sampled_from(("", "[[a/b]]", "[[Titre]]", "[[vieux]]", "[[inconnu]]", "[x](b.md)", "[x](/a/)", "[[A]]"))
    )
    words = draw(st.sampled_from(("un", "deux", "# Titre\n")))
    return (f"---\n{head}---\n" if head else "") + f"{words} {link}\n"


class Life(RuleBasedStateMachine):
    """One wiki: whatever is done to it, from within or by pushes, its catalog equals the rebuilt one."""

    new_station: Callable[[Path], Station]

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="gare-life-"))
        self.station = type(self).new_station(self.folder / "instance")
        self.wiki = self.station.wiki
        self.hands = Hands(self.wiki)
        self.hands.push(*[Change(file_of(path), f"[[{path}]] [[Titre]]\n".encode()) for path in PATHS[:6]])

    def teardown(self) -> None:
        if hasattr(self, "station"):
            self.compare()
            self.station.close()
            shutil.rmtree(self.folder)

    def attempt(self, action: Callable[[], object]) -> None:
        """Do it; a refusal with a sentence is an answer too."""
        with contextlib.suppress(GareError):
            action()

    @rule(path=paths, text=texts())
    def write(self, path: str, text: str) -> None:
        self.attempt(lambda: self.hands.write(path, text))

    @rule(path=paths, to=paths, with_folder=st.booleans())
    def rename(self, path: str, to: str, with_folder: bool) -> None:
        self.attempt(lambda: moving.rename(self.wiki, moving.Rename(path, to, NADIA, with_folder)))

    @rule(path=paths)
    def delete(self, path: str) -> None:
        self.attempt(lambda: deleting.delete(self.wiki, path, NADIA))

    @rule(path=paths)
    def undelete(self, path: str) -> None:
        self.attempt(lambda: deleting.undelete(self.wiki, path, IDRIS))

    @rule(path=paths)
    def renew(self, path: str) -> None:
        """Delete a page, write one beside it, and the same again: it rules its folder as if it had never been away."""
        page = self.hands.find(path)
        text = self.hands.text(path) if page else ""
        self.attempt(lambda: deleting.delete(self.wiki, path, NADIA))
        self.attempt(lambda: self.hands.write(f"{path.rpartition('/')[0] or 'a'}/neuf", "mots\n"))
        self.attempt(lambda: self.hands.write(path, text))

    @rule(path=paths, name=names, content=st.sampled_from((b"one", b"two")))
    def attach(self, path: str, name: str, content: bytes) -> None:
        self.attempt(lambda: attaching.attach(self.wiki, path, [Prepared(name, content, "document")], NADIA))

    @rule(path=paths, name=names)
    def detach(self, path: str, name: str) -> None:
        self.attempt(lambda: attaching.detach(self.wiki, path, name, NADIA))

    @rule(pages=st.dictionaries(paths, st.one_of(st.none(), texts()), min_size=1, max_size=3))
    def push_pages(self, pages: dict[str, str | None]) -> None:
        self.attempt(
            lambda: self.hands.push(
                *[Change(file_of(path), text.encode() if text is not None else None) for path, text in pages.items()]
            )
        )

    @rule(old=paths, new=paths)
    def push_move(self, old: str, new: str) -> None:
        self.attempt(lambda: self.hands.push(Move(file_of(old), file_of(new))))

    @rule(path=paths, is_back=st.booleans())
    def push_change_of_kind(self, path: str, is_back: bool) -> None:
        files = (file_of(path), "notes.txt")
        self.attempt(lambda: self.hands.push(Move(*(files[::-1] if is_back else files))))

    @rule(one=paths, other=paths)
    def push_exchange(self, one: str, other: str) -> None:
        one, other = file_of(one), file_of(other)
        self.attempt(lambda: self.hands.push(Move(one, "x.md"), Move(other, one), Move("x.md", other)))

    @rule(old=st.sampled_from(FOLDERS), new=st.sampled_from(FOLDERS))
    def push_folder_move(self, old: str, new: str) -> None:
        self.attempt(lambda: self.hands.push(Move(old, new)))

    @rule(path=paths, name=names, pointer=st.sampled_from((None, b"no pointer\n")))
    def push_odd_file(self, path: str, name: str, pointer: bytes | None) -> None:
        self.attempt(lambda: self.hands.push(Change(f"{files_folder(path)}/{name}", pointer)))

    @rule()
    def compare(self) -> None:
        self.wiki.catch_up()
        before = self.hands.tables()
        rebuild.rebuild(self.wiki)
        after = self.hands.tables()

        for table, rows in after.items():
            assert before[table] == rows, table
        assert self.hands.pages() == self.hands.pages_in_git()


def test_a_rebuild_gives_the_rows_that_single_changes_gave(new_station: Callable[[Path], Station]) -> None:
    machine = type("Life", (Life,), {"new_station": staticmethod(new_station)})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=LIVES, phases=(Phase.generate,), stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck),
            database=None, print_blob=False,
        ),
    )  # fmt: skip
