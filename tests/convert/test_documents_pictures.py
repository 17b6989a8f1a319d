"""Pictures inside documents: by what they hold, not by what they say; too many and too large ones are refused."""

import pytest

from app.convert.documents import convert_document
from app.errors import TooLarge
from tests.convert import odt_files
from tests.convert.word_files import docx, drawing, paragraph, run

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"GIF89a...", "image-1.gif"), (b"\xff\xd8\xff\xe0...", "image-1.jpg"), (b"RIFF\0\0\0\0WEBPVP8 ", "image-1.webp")],
)
def test_a_picture_that_lies_about_its_kind_gets_its_true_name(content: bytes, name: str) -> None:
    file = odt_files.odt(odt_files.p(odt_files.frame("Pictures/a.png")), parts={"Pictures/a.png": content})

    assert [one.name for one in convert_document(file, "a.odt").pictures] == [name]


@pytest.mark.parametrize(
    "content",
    [b"<svg onload='alert(1)'/>", b"<script>alert(1)</script>", b"MZ", b"", b"\x01\0\0\0 EMF", b"II*\0", b"BM"],
)
def test_what_no_browser_shows_is_left_out_and_its_words_stay(content: bytes) -> None:
    file = docx(
        paragraph(run("Le plan : ") + drawing("rId1", "le jardin")),
        relations={"rId1": ("image", "media/image1.png")},
        parts={"word/media/image1.png": content},
    )

    made = convert_document(file, "a.docx")

    assert (made.text, made.pictures) == ("Le plan : le jardin", ())


def test_the_words_of_a_picture_cannot_leave_their_place() -> None:
    words = "a](javascript:alert(1)) &lt;script&gt; ![b\n# c"
    file = docx(
        paragraph(drawing("rId1", words)),
        relations={"rId1": ("image", "media/a.png")},
        parts={"word/media/a.png": PNG},
    )

    assert convert_document(file, "a.docx").text == ("![a\\](javascript:alert(1)) \\<script> !\\[b # c](image-1.png)")


def test_too_many_pictures_are_refused() -> None:
    parts = {f"Pictures/{i}.png": PNG + bytes([i]) for i in range(101)}
    frames = "".join(odt_files.frame(name) for name in parts)

    with pytest.raises(TooLarge, match="100 pictures"):
        convert_document(odt_files.odt(odt_files.p(frames), parts=parts), "a.odt")


def test_pictures_that_unpack_to_too_much_are_refused() -> None:
    parts = {f"Pictures/{i}.png": PNG + bytes([i]) + bytes(11_000_000) for i in range(3)}
    frames = "".join(odt_files.frame(name) for name in parts)

    with pytest.raises(TooLarge, match="30 MB"):
        convert_document(odt_files.odt(odt_files.p(frames), parts=parts), "a.odt")


def test_the_largest_pictures_that_may_come_come_through() -> None:
    parts = {f"Pictures/{i}.png": PNG + bytes([i]) + bytes(9_990_000) for i in range(3)}
    frames = "".join(odt_files.frame(name) for name in parts)

    made = convert_document(odt_files.odt(odt_files.p(frames), parts=parts), "a.odt")

    assert [len(one.content) for one in made.pictures] == [len(PNG) + 9_990_001] * 3


def test_a_large_picture_that_stands_twice_counts_once() -> None:
    parts = {f"Pictures/{i}.png": PNG + bytes(18_000_000) for i in range(2)}
    frames = "".join(odt_files.frame(name) for name in parts)

    assert len(convert_document(odt_files.odt(odt_files.p(frames), parts=parts), "a.odt").pictures) == 1
