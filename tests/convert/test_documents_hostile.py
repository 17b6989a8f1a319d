"""Documents that are damaged, locked, too large, or made to harm: refused with a sentence, or read without harm."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from app.convert.documents import MAX_BYTES, convert_document
from app.errors import GareError, Invalid, TooLarge
from tests.convert import odt_files, word_files
from tests.convert.test_html_hostile import FILES, faults_of
from tests.convert.word_files import docx, drawing, pack, paragraph, run

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ENTITIES = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
LAUGHS = f'<!DOCTYPE x [<!ENTITY a "ha">{ENTITIES}]>'
PASSWORDS = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
ZIP_OF_NOUGHT = pack({"a.xml": ""})


@pytest.mark.parametrize(
    ("content", "cure"),
    [
        pytest.param(b"", "save it again", id="nothing"),
        pytest.param(b" \n", "save it again", id="blank"),
        pytest.param(OLE + b"WordDocument", "save it as .docx", id="doc"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "Save it without one", id="locked docx"),
        pytest.param(rb"{\rtf1 mot}", "save it as .docx", id="rtf"),
        pytest.param(b"%PDF-1.7\n", "send its original", id="pdf"),
        pytest.param(ZIP_OF_NOUGHT, "Save it as .docx", id="another archive"),
        pytest.param(pack({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "Save it as .docx", id="ods"),
        pytest.param(docx(paragraph("a"))[:900], "save it again", id="cut docx"),
        pytest.param(b"no archive", "save it again", id="text that is called docx"),
        pytest.param(pack({"word/document.xml": "<w:document"}), "save it again", id="docx of broken XML"),
        pytest.param(pack({"word/document.xml": "<document/>"}), "save it again", id="docx without text"),
        pytest.param(pack({"mimetype": odt_files.KIND, "content.xml": "<a><b></a>"}), "save it again", id="odt of broken XML"),
        pytest.param(pack({"mimetype": odt_files.KIND}), "save it again", id="odt without text"),
        pytest.param(pack({"mimetype": odt_files.KIND, "content.xml": "<a/>"}), "save it again", id="odt of something else"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_cure(content: bytes, cure: str) -> None:
    with pytest.raises(Invalid, match=cure):
        convert_document(content, "notes.docx")


@pytest.mark.parametrize("name", ["a.exe", "a.txt", "a.md", "a", "a.png", "a.csv"])
def test_a_file_that_is_no_text_is_refused_whatever_it_is_called(name: str) -> None:
    with pytest.raises(Invalid, match=r"Save it as \.docx"):
        convert_document(b"\x7fELF\0\0", name)


def test_an_archive_with_a_damaged_part_is_refused_with_its_cure() -> None:
    whole = docx(paragraph("mot " * 400))
    place = whole.index(b"word/document.xml") + 60

    with pytest.raises(Invalid, match="save it again"):
        convert_document(whole[:place] + b"\xff" * 40 + whole[place + 40 :], "a.docx")


def test_an_odt_with_a_password_says_so() -> None:
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="content.xml">'
        "<m:encryption-data/></m:file-entry></m:manifest>"
    )
    parts = {"META-INF/manifest.xml": manifest, "content.xml": b"\x8e\x12"}

    with pytest.raises(Invalid, match="password"):
        convert_document(odt_files.odt("", parts=parts), "a.odt")


def test_over_twenty_megabytes_is_refused() -> None:
    with pytest.raises(TooLarge):
        convert_document(b"a" * (MAX_BYTES + 1), "a.txt")


@pytest.mark.parametrize("declaration", [LAUGHS, PASSWORDS, "<!DOCTYPE x>"], ids=["laughs", "passwords", "bare"])
@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_declarations_and_entities_are_refused(kind: str, declaration: str) -> None:
    text = "&j;" if declaration != "<!DOCTYPE x>" else "a"
    word = docx(paragraph(run(text)), declaration=declaration)
    office = odt_files.odt(odt_files.p(text), declaration=declaration)

    with pytest.raises(Invalid, match="declarations"):
        convert_document(word if kind == "docx" else office, "a")


@pytest.mark.parametrize(
    "part", ["word/styles.xml", "docProps/core.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"]
)
def test_no_part_of_a_word_file_may_declare_entities(part: str) -> None:
    with pytest.raises(Invalid, match="declarations"):
        convert_document(docx(paragraph("a"), parts={part: LAUGHS + "<a>&j;</a>"}), "a.docx")


def test_no_part_is_read_as_text_under_another_name() -> None:
    hidden = word_files.HEAD + LAUGHS + "<a>&j;</a>"
    file = docx(paragraph("a"), relations={"rId1": ("styles", "styles.bin")}, parts={"word/styles.bin": hidden})

    with pytest.raises(Invalid, match="damaged"):
        convert_document(file, "a.docx")


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"content.xml": b"<a>" + b" " * 41_000_000}, id="large part"),
        pytest.param({f"Pictures/{i}.png": bytes(41_000_000) for i in range(5)}, id="large in all"),
        pytest.param({f"{i}.xml": b"" for i in range(5_001)}, id="many parts"),
    ],
)
@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_an_archive_that_unpacks_to_far_more_is_refused(kind: str, parts: dict[str, bytes]) -> None:
    file = docx(paragraph("a"), parts=parts) if kind == "docx" else odt_files.odt("", parts=parts)

    with pytest.raises(Invalid, match="unpack"):
        convert_document(file, "a")


def test_macros_are_neither_run_nor_kept() -> None:
    file = docx(paragraph("Un mot"), parts={"word/vbaProject.bin": b"Sub AutoOpen()", "word/vbaData.xml": "<a/>"})

    made = convert_document(file, "notes.docm")

    assert (made.text, made.pictures) == ("Un mot", ())


def test_styles_of_the_file_cannot_write_html() -> None:
    file = docx(paragraph("mot", "Titre1"), parts={"mammoth/style-map": "p.Titre1 => script"})

    assert convert_document(file, "a.docx").text == "# mot"


def test_nothing_outside_the_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    outside = (tmp_path / "secret.png").as_uri()
    word = docx(
        paragraph(drawing("rId1", "Une", is_linked=True) + drawing("rId2", "Deux") + drawing("rId3", "Trois")),
        relations={
            "rId1": ("image", outside),
            "rId2": ("image", "../../../../etc/passwd"),
            "rId3": ("image", "media/3.png"),
        },
    )
    hrefs = (outside, "../../etc/passwd", "Pictures/none.png", str(tmp_path / "secret.png"))
    office = odt_files.odt(odt_files.p(" ".join(odt_files.frame(href, "Vue") for href in hrefs)))

    assert [(one.text.split(), one.pictures) for one in (convert_document(word, "a"), convert_document(office, "a"))] == [
        (["UneDeuxTrois"], ()), (["Vue"] * 4, ())
    ]  # fmt: skip


def test_names_that_lead_out_of_the_archive_are_only_names() -> None:
    file = docx(
        paragraph(drawing("rId1", "Vue")),
        relations={"rId1": ("image", "/../../../tmp/evil.png")},
        parts={"../../../tmp/evil.png": PNG, "/etc/cron.d/evil": b"* * * * *"},
    )

    made = convert_document(file, "../../etc/passwd.docx")

    assert [one.name for one in made.pictures] == ["image-1.png"]
    assert made.text == "![Vue](image-1.png)"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(docx("<w:sdt><w:sdtContent>" * 3_000 + paragraph("a") + "</w:sdtContent></w:sdt>" * 3_000), id="docx"),
        pytest.param(docx("<w:tbl><w:tr><w:tc>" * 100 + paragraph("a") + "</w:tc></w:tr></w:tbl>" * 100), id="docx of tables"),
        pytest.param(odt_files.odt("<text:section>" * 5_000 + "</text:section>" * 5_000), id="odt"),
        pytest.param(odt_files.odt("<text:list><text:list-item>" * 900 + odt_files.p("a") + "</text:list-item></text:list>" * 900),
                     id="odt of lists"),
        pytest.param(odt_files.odt("<text:p>" + "<text:span>" * 20_000 + "</text:span>" * 20_000 + "</text:p>"), id="odt of spans"),
        pytest.param(b"<html>" + b"<blockquote>" * 5_000 + b"x", id="html"),
    ],
)  # fmt: skip
def test_what_is_nested_too_deeply_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(GareError, match="nested too deeply"):
        convert_document(content, "a")


def test_a_cell_that_says_it_stands_a_million_times_stands_few_times() -> None:
    cell = '<table:table-cell table:number-columns-repeated="1000000"><text:p>a</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'

    assert len(convert_document(odt_files.odt(f"<table:table>{row}</table:table>"), "a.odt").text) < 1_000


def test_styles_that_are_based_on_themselves_come_to_an_end() -> None:
    looped = odt_files.style("A", "text", "B", 'fo:font-weight="bold"') + odt_files.style("B", "text", "A")
    styles = f"<office:automatic-styles>{looped}</office:automatic-styles>"
    content = odt_files.odt(odt_files.p(odt_files.span("mot", "A")))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["content.xml"] = parts["content.xml"].replace(b"<office:body>", styles.encode() + b"<office:body>")

    assert convert_document(pack(parts), "a.odt").text == "**mot**"


def test_links_that_would_run_are_only_words() -> None:
    link = f'<w:hyperlink r:id="rId1">{run("ici")}</w:hyperlink>'
    word = docx(paragraph(link), relations={"rId1": ("hyperlink", "javascript:alert(1)")})
    office = odt_files.odt(odt_files.p('<text:a xlink:href="javascript:alert(1)">ici</text:a>'))

    assert [convert_document(one, "a").text for one in (word, office)] == ["ici", "ici"]


@pytest.mark.parametrize("name", FILES)
def test_no_attack_of_the_corpora_survives_in_a_web_page(corpora: Path, name: str) -> None:
    lines = (corpora / "security" / name).read_text(encoding="utf-8").splitlines()
    attacks = [json.loads(line)["html"] for line in lines]
    own = re.compile(r"<img>|img alt=.*|img src=image-\d+\.(png|jpg|gif|webp)", re.DOTALL)
    pages = [
        (attack, convert_document(f"<html>{attack}".encode("utf-8", "replace"), "a.html").text) for attack in attacks
    ]

    assert [
        (attack, faults) for attack, text in pages if (faults := [x for x in faults_of(text) if not own.fullmatch(x)])
    ] == []


def test_text_of_a_document_stays_text() -> None:
    words = "&lt;script&gt; [[Page]] {{agenda}} # *a*"

    assert convert_document(docx(paragraph(words)), "a").text == "\\<script> \\[[Page]] \\{{agenda}} # \\*a\\*"
    assert (
        convert_document(odt_files.odt(odt_files.p(words)), "a").text == "\\<script> \\[[Page]] \\{{agenda}} # \\*a\\*"
    )
