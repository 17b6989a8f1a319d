"""A push from outside is held to the same rules for forms and records as a save in the browser."""

from pathlib import Path

import pytest

from app.station import Station
from tests.wiki.store_clone import Clone

FORM = "title: Tool\nfolder: tools\nfields:\n  - {name: title, type: text, label: Name}\n"
PRIVATE = f"{FORM}  - {{name: key, type: text, label: Key, readers: members}}\n"
SAW = "---\nform: tool\ntitle: Saw\n---\n"
LEAK = "---\nform: tool\ntitle: Saw\nkey: under the stone\n---\n"


@pytest.fixture
def clone(instance: Path, tmp_path: Path) -> Clone:
    clone = Clone(tmp_path / "clone")
    clone.folder.mkdir()
    clone.git("clone", "-q", str(instance / "content.git"), ".")
    clone.sign("m-pushpush", "m-pushpush@members.invalid")
    return clone


def test_a_form_and_a_record_may_be_pushed(clone: Clone, station: Station) -> None:
    clone.write("_forms/tool.yaml", PRIVATE)
    clone.write("tools/saw.md", SAW)

    assert clone.push() == ""
    station.wiki.catch_up()
    with station.wiki.catalog.reading() as connection:
        assert connection.exec_driver_sql("SELECT path, form FROM records").all() == [("tools/saw", "tool")]


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("_forms/tool.yaml", "title: [", "Line 2 of this form cannot be read."),
        ("_forms/tool.yaml", f"---\n{FORM}", "A form has no “---” lines. Take them out."),
        ("_forms/Tool.yaml", FORM, "“_forms/Tool.yaml” cannot be a form."),
        ("_forms/a/b.yaml", FORM, "“_forms/a/b.yaml” cannot be a form."),
        ("_forms/tool.md", FORM, "“_forms/tool.md” cannot be a page."),
    ],
)
def test_what_is_no_form_is_refused(clone: Clone, file: str, text: str, words: str) -> None:
    clone.write(file, text)

    assert words in clone.push()


def test_a_record_with_a_private_answer_is_refused_also_in_the_push_that_makes_it_private(clone: Clone) -> None:
    clone.write("_forms/tool.yaml", FORM)
    assert clone.push() == ""
    clone.write("tools/saw.md", LEAK)
    clone.write("_forms/tool.yaml", PRIVATE)

    assert "“key” is private." in clone.push()


def test_an_answer_that_was_taken_out_again_is_in_history_and_refused(clone: Clone) -> None:
    clone.write("_forms/tool.yaml", PRIVATE)
    clone.write("tools/saw.md", LEAK)
    clone.write("tools/saw.md", SAW)

    assert "“key” is private." in clone.push()
