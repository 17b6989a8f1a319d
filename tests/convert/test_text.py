import io
import zipfile
import zlib
from pathlib import Path

import pytest

from app.budget import Budget
from app.convert.text import text_of
from app.errors import GareError

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
ENTITIES = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
LAUGHS = f'<!DOCTYPE x [<!ENTITY a "ha">{ENTITIES}]>'


def pack(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx(*paragraphs: str, declaration: str = "") -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>" for paragraph in paragraphs)
    return pack({
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{KIND}"'
        ' Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{declaration}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    })  # fmt: skip


def odt(content: str, declaration: str = "") -> bytes:
    xml = (
        f'{declaration}<office:document-content xmlns:office="{OFFICE}" xmlns:text="{TEXT}"><office:body>'
        f"<office:text>{content}</office:text></office:body></office:document-content>"
    )
    return pack({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": xml})


def pdf(*lines: str, stream: bytes | None = None, filter_name: str = "") -> bytes:
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    drawn = stream if stream is not None else f"BT /F1 12 Tf 14 TL 50 700 Td {shown} ET".encode("cp1252")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(drawn), filter_name.encode(), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


def read(folder: Path, name: str, content: bytes) -> str:
    (folder / "ab12").write_bytes(content)
    return text_of(folder / "ab12", name)


def test_the_text_of_a_pdf_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, "plan.pdf", pdf("Plan du jardin", "Été 2026")) == "Plan du jardin\nÉté 2026"


def test_a_word_cut_at_the_end_of_a_line_is_joined(tmp_path: Path) -> None:
    assert read(tmp_path, "plan.pdf", pdf("une épi-", "cerie")) == "une épicerie"


def test_the_text_of_a_word_file_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, "CR.DOCX", docx("Présents", "Nadia &amp; Luc")).split() == ["Présents", "Nadia", "&", "Luc"]


def test_the_text_of_an_opendocument_file_is_read(tmp_path: Path) -> None:
    content = (
        "<text:tracked-changes><text:p>effacé</text:p></text:tracked-changes><text:h>Titre</text:h><text:p>Un<text:s/>"
        "<text:span>deux</text:span><office:annotation><text:p>remarque</text:p></office:annotation>"
        "<text:line-break/>trois</text:p>"
    )

    assert read(tmp_path, "notes.odt", odt(content)) == "Titre\nUn deux\ntrois"


@pytest.mark.parametrize(
    "content",
    ["été".encode(), "été".encode("cp1252"), b"\xef\xbb\xbf" + "été".encode(), "été".encode("utf-16"),
     "e\u0301te\u0301".encode()],
)  # fmt: skip
def test_plain_text_is_read_in_the_usual_encodings(tmp_path: Path, content: bytes) -> None:
    assert read(tmp_path, "notes.txt", content) == "été"


def test_a_text_is_cut_at_a_million_characters_and_not_inside_a_letter(tmp_path: Path) -> None:
    assert read(tmp_path, "long.md", "é".encode() * 3_000_001) == "é" * 1_000_000
    assert read(tmp_path, "long.csv", b"a" + "é".encode() * 3_000_000)[-1] == "é"


def test_other_kinds_have_no_text(tmp_path: Path) -> None:
    assert [read(tmp_path, name, b"MZ") for name in ("photo.jpg", "pdf", "a.exe", "")] == [""] * 4


def test_control_characters_and_halves_of_letters_do_not_come_through(tmp_path: Path) -> None:
    text = read(tmp_path, "a.txt", b"a\0b\x1bc\xff")

    assert text.encode() and not set("\0\x1b") & set(text)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.pdf", b"%PDF-1.4\n" + bytes(range(256)) * 40, id="pdf of noise"),
        pytest.param("a.pdf", pdf("Plan")[:200], id="cut pdf"),
        pytest.param("a.docx", docx("a")[:150], id="cut docx"),
        pytest.param("a.docx", pack({"word/document.xml": "<w:document"}), id="broken xml"),
        pytest.param("a.odt", pack({"content.xml": "<a><b></a>"}), id="broken odt"),
        pytest.param("a.docx", docx("a", declaration=LAUGHS), id="billion laughs in docx"),
        pytest.param("a.odt", odt("<text:p>&j;</text:p>", LAUGHS), id="billion laughs in odt"),
        pytest.param("a.odt", odt("<text:p>&x;</text:p>", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
                     id="external entity"),
        pytest.param("a.odt", pack({"content.xml": b"<a>" + b" " * 60_000_000}), id="large part"),
        pytest.param("a.docx", pack({f"word/{i}.bin": bytes(41_000_000) for i in range(5)}), id="large archive"),
        pytest.param("a.docx", pack({f"{i}.xml": b"" for i in range(6000)}), id="many parts"),
    ],
)  # fmt: skip
def test_a_damaged_or_hostile_file_is_refused_with_a_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(GareError) as refused:
        read(tmp_path, name, content)

    assert str(refused.value).endswith(".")


def test_no_part_of_a_word_file_is_read_under_another_name(tmp_path: Path) -> None:
    relations = f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{KIND}" Target="word/hidden.bin"/></Relationships>'
    content = pack({"_rels/.rels": relations, "word/document.xml": "<a/>", "word/hidden.bin": LAUGHS + "<a>&j;</a>"})

    with pytest.raises(GareError, match="damaged"):
        read(tmp_path, "a.docx", content)


def test_a_pdf_that_unpacks_to_far_more_gives_no_text(tmp_path: Path) -> None:
    packer = zlib.compressobj(1)
    bomb = b"".join([packer.compress(bytes(10_000_000)) for _ in range(20)] + [packer.flush()])

    try:
        text = read(tmp_path, "a.pdf", pdf(stream=bomb, filter_name="/Filter/FlateDecode"))
    except GareError:
        text = ""
    assert text == "" and read(tmp_path, "b.pdf", pdf("Plan")) == "Plan"


def test_utf_16_does_not_hide_a_declaration(tmp_path: Path) -> None:
    hidden = odt("<text:p>&j;</text:p>", '<?xml version="1.0" encoding="utf-16"?>' + LAUGHS)
    with zipfile.ZipFile(io.BytesIO(hidden)) as archive:
        content = archive.read("content.xml").decode().encode("utf-16")

    with pytest.raises(GareError):
        read(tmp_path, "a.odt", pack({"content.xml": content}))


def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    budget = Budget("app.convert.text_child:read_text", seconds=0.05, memory=500_000_000, size=1)
    (tmp_path / "slow").write_bytes(pdf(*["mot"] * 40_000))

    with pytest.raises(GareError, match="too long"):
        budget.call(str(tmp_path / "slow"), "pdf")
    budget.close()
