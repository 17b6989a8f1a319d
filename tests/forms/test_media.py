"""Images and files: names of attachments with what is said beside them."""

import pytest

from app.errors import Invalid
from app.forms.types import TYPES
from tests.forms.examples import field

IMAGES, FILE = TYPES["images"], TYPES["file"]


def test_images_are_read_row_by_row() -> None:
    typed = {
        "file": ["a.jpg", "", "b.jpg"],
        "alt": ["A wall", "nothing", ""],
        "author": ["Nadia", "x"],
        "date": ["12/03/2026", "", "1998"],
    }

    assert IMAGES.read(field("images"), typed) == [
        {"file": "a.jpg", "alt": "A wall", "author": "Nadia", "date": "2026-03-12"},
        {"file": "b.jpg", "date": "1998"},
    ]


@pytest.mark.parametrize("name", ["a/b.jpg", "../x.jpg", ".htaccess", "a\\b.jpg", "x" * 201, 'a".jpg', "<b>.jpg"])
def test_a_name_that_is_no_file_is_refused(name: str) -> None:
    for one, type in ((IMAGES, "images"), (FILE, "file")):
        with pytest.raises(Invalid, match="no name of a file"):
            one.read(field(type), {"file": [name]})


def test_images_are_not_without_number() -> None:
    with pytest.raises(Invalid, match="at most 50"):
        IMAGES.read(field("images"), {"file": ["a.jpg"] * 60})


def test_bare_names_are_one_readable_cell() -> None:
    assert IMAGES.cell(field("images"), [{"file": "a.jpg"}, {"file": "b.jpg"}]) == "a.jpg, b.jpg"
    assert IMAGES.read_cell(field("images"), "a.jpg, b.jpg") == [{"file": "a.jpg"}, {"file": "b.jpg"}]


def test_images_are_said_by_what_is_to_be_seen() -> None:
    assert (
        IMAGES.plain(field("images"), [{"file": "a.jpg", "alt": "A wall"}, {"file": "b.jpg"}], "fr") == "A wall, b.jpg"
    )


def test_a_file_has_a_title() -> None:
    assert FILE.read(field("file"), {"file": ["plan.pdf"], "title": ["The plan"]}) == {
        "file": "plan.pdf",
        "title": "The plan",
    }
    assert FILE.read(field("file"), {"title": ["The plan"]}) is None
    assert FILE.plain(field("file"), {"file": "plan.pdf", "title": "The plan"}, "fr") == "The plan"
