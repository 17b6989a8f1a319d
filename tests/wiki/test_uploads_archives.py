"""Office documents and archives: looked into before they are kept."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from app.errors import GareError, TooLarge, WrongType
from app.wiki.uploads import prepare_upload

ODT = "application/vnd.oasis.opendocument.text"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def pack(members: Mapping[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return stream.getvalue()


def open_document(media_type: str = ODT, **more: bytes) -> bytes:
    return pack({"mimetype": media_type, "content.xml": b"<office/>", **more})


def office_xml(main: str = WORD, **more: bytes) -> bytes:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    return pack({"[Content_Types].xml": types, "word/document.xml": b"<w:document/>", **more})


def label(value: object) -> str:
    """Name a case by its words: the bytes of an archive hold the hour at which it was packed."""
    return value if isinstance(value, str) else "packed"


def prepare(name: str, content: bytes) -> bytes:
    return prepare_upload(name, content, max_bytes=10_000_000).content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.odt", open_document()),
        ("letter.docx", office_xml()),
        ("accounts.xlsx", office_xml(SHEET)),
        ("accounts.ods", open_document("application/vnd.oasis.opendocument.spreadsheet")),
        ("old.odt", open_document(**{"Basic/script-lc.xml": b"<x/>", "Basic/Standard/script-lb.xml": b"<x/>"})),
        ("photos.zip", pack({"summer/1.jpg": b"\xff\xd8\xff", "summer/": b"", "list.txt": b"1"})),
    ],
    ids=label,
)
def test_sound_documents_are_kept_byte_for_byte(name: str, content: bytes):
    assert prepare(name, content) == content


@pytest.mark.parametrize(
    ("name", "content", "cure"),
    [
        ("letter.docx", open_document(), "not what the ending “.docx” says"),
        ("letter.odt", office_xml(), "not what the ending “.odt” says"),
        ("letter.docx", office_xml(SHEET), "not what the ending “.docx” says"),
        ("letter.docx", office_xml("application/vnd.ms-word.document.macroEnabled.main+xml"), "not what the ending"),
        ("letter.docx", office_xml(**{"word/vbaProject.bin": b"x"}), "without macros"),
        ("accounts.xlsx", office_xml(SHEET, **{"xl/macrosheets/sheet1.xml": b"x"}), "without macros"),
        ("letter.odt", open_document(**{"Basic/Standard/Module1.xml": b"x"}), "without macros"),
        ("letter.odt", open_document(**{"Scripts/python/evil.py": b"x"}), "without macros"),
        ("letter.odt", pack({"content.xml": b"x"}), "not what the ending"),
        ("tools.zip", pack({"readme.txt": b"x", "bin/setup.EXE": b"MZ"}), "holds a program: bin/setup.EXE"),
        ("tools.zip", pack({"inner.zip": b"PK"}), "holds another archive: inner.zip"),
        ("tools.zip", pack({"../../etc/cron.d/x": b"x"}), "damaged"),
        ("tools.zip", pack({"/etc/passwd": b"x"}), "damaged"),
        ("tools.zip", pack({"C:\\x.txt": b"x"}), "damaged"),
        ("tools.zip", pack({"a.txt": b"x"}) + b"trailing", "damaged"),
        ("tools.zip", pack({"a.txt": b"x" * 1000})[:-30], "damaged"),
        ("tools.zip", pack({"mimetype": b"abc"}).replace(b"abc", b"abd", 1), "damaged"),
    ],
    ids=label,
)
def test_a_refused_archive_is_refused_with_the_cure(name: str, content: bytes, cure: str):
    with pytest.raises(WrongType, match=cure):
        prepare(name, content)


def test_a_symbolic_link_in_an_archive_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")

    with pytest.raises(WrongType):
        prepare("files.zip", stream.getvalue())


def test_a_locked_archive_is_refused_with_the_cure():
    content = bytearray(pack({"a.txt": b"secret"}))
    content[6] |= 1
    content[content.index(b"PK\1\2") + 8] |= 1

    with pytest.raises(WrongType, match="Remove the password"):
        prepare("files.zip", bytes(content))


def test_an_archive_packed_in_an_unusual_way_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", b"a" * 1000)

    with pytest.raises(WrongType):
        prepare("files.zip", stream.getvalue())


@pytest.mark.parametrize("name", ["letter.odt", "letter.docx", "files.zip"])
def test_a_bomb_is_refused_without_being_unpacked(name: str):
    bomb = pack({"content.xml": bytes(50_000_000)})
    assert len(bomb) < 100_000

    with pytest.raises(TooLarge, match="far larger than it looks"):
        prepare(name, bomb)


def test_a_bomb_that_lies_about_its_size_is_refused():
    bomb = bytearray(pack({"content.xml": bytes(50_000_000)}))
    directory = bomb.index(b"PK\1\2")
    bomb[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")

    with pytest.raises(WrongType):
        prepare("files.zip", bytes(bomb))


def test_members_that_share_their_bytes_are_refused():
    content = bytearray(pack({"a.txt": b"a" * 1000, "b.txt": b"a" * 1000}))
    second = content.rindex(b"PK\1\2")
    content[second + 42 : second + 46] = bytes(4)
    content[second + 46 : second + 51] = b"a.txt"

    with pytest.raises(WrongType):
        prepare("files.zip", bytes(content))


def test_an_archive_of_too_many_files_is_refused():
    with pytest.raises(TooLarge, match="5000"):
        prepare("files.zip", pack({f"{number}.txt": b"" for number in range(5001)}))


def test_a_directory_that_hides_its_length_is_refused():
    content = bytearray(pack({f"{number}.txt": b"" for number in range(5001)}))
    end = content.rindex(b"PK\5\6")
    content[end + 8 : end + 12] = b"\1\0\1\0"

    with pytest.raises(TooLarge):
        prepare("files.zip", bytes(content))


def test_a_document_cut_anywhere_is_refused_with_a_sentence():
    content = office_xml()

    for end in range(4, len(content), 23):
        with pytest.raises(GareError):
            prepare("letter.docx", content[:end])
