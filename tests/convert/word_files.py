"""Builds DOCX files of the parts and the XML that a French Word writes, shortened."""

import io
import zipfile
from collections.abc import Mapping

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{_OFFICE}"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_STYLES = {
    "Normal": "Normal", "Titre": "Title", "Titre1": "heading 1", "Titre2": "heading 2", "Citation": "Quote",
    "Citationintense": "Intense Quote", "Paragraphedeliste": "List Paragraph", "TM1": "toc 1",
    "En-ttedetabledesmatires": "TOC Heading", "Notedebasdepage": "footnote text",
}  # fmt: skip
_RUN_STYLES = {"lev": "Strong", "Accentuation": "Emphasis", "Lienhypertexte": "Hyperlink",
               "Appelnotedebasdep": "footnote reference", "Marquedecommentaire": "annotation reference"}  # fmt: skip
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_OUTSIDE = ' TargetMode="External"'
BULLETS, NUMBERS, ANEW, BOXES, LETTERS = 1, 2, 3, 4, 5  # ANEW is like NUMBERS, but begins again


def pack(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def run(text: str, properties: str = "") -> str:
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r w:rsidRPr="00A77B3E">{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = content if "<w:" in content else run(content)
    return f'<w:p w14:paraId="2A1B" w:rsidR="00A77B3E"><w:pPr>{named}{properties}</w:pPr>{inside}</w:p>'


def item(content: str, level: int = 0, list_id: int = BULLETS) -> str:
    numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(content, "Paragraphedeliste", numbers)


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def drawing(relation: str, words: str = "", *, is_linked: bool = False) -> str:
    kind = "link" if is_linked else "embed"
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="1" name="Image 1" descr="{words}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr/><pic:blipFill><a:blip r:{kind}="{relation}"/></pic:blipFill></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def box(*, is_ticked: bool) -> str:
    sign = run("☒" if is_ticked else "☐", '<w:rFonts w:ascii="MS Gothic"/>')
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="1"/><w14:checkbox><w14:checked w14:val="{int(is_ticked)}"/></w14:checkbox>'
        f"</w:sdtPr><w:sdtContent>{sign}</w:sdtContent></w:sdt>"
    )


def docx(
    *blocks: str,
    relations: Mapping[str, tuple[str, str]] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
    title: str = "",
    declaration: str = "",
) -> bytes:
    """Pack a document; `relations` are identifier → kind and target, a target outside is one with ://."""
    return pack(
        {
            "[Content_Types].xml": HEAD + _types(),
            "_rels/.rels": HEAD + _relations({"rId1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": f"{HEAD}{declaration}<w:document {_SPACES}><w:body>{''.join(blocks)}<w:sectPr/>"
            "</w:body></w:document>",
            "word/_rels/document.xml.rels": HEAD + _relations(relations or {}),
            "word/styles.xml": HEAD + _styles(),
            "word/numbering.xml": HEAD + _numbering(),
            "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
            f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>',
        }
        | dict(parts or {})
    )


def notes(*texts: str) -> str:
    """Give `word/footnotes.xml`, whose first two notes are the lines that separate them."""
    own = "".join(
        f'<w:footnote w:id="{i}"><w:p><w:pPr><w:pStyle w:val="Notedebasdepage"/></w:pPr>'
        f'<w:r><w:rPr><w:rStyle w:val="Appelnotedebasdep"/></w:rPr><w:footnoteRef/></w:r>{run(" " + text)}</w:p></w:footnote>'
        for i, text in enumerate(texts, 1)
    )
    separators = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p/></w:footnote>'
    )
    return f"{HEAD}<w:footnotes {_SPACES}>{separators}{own}</w:footnotes>"


def note_mark(number: int) -> str:
    return f'<w:r><w:rPr><w:rStyle w:val="Appelnotedebasdep"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def comments(text: str) -> str:
    return (
        f'{HEAD}<w:comments {_SPACES}><w:comment w:id="0" w:author="Luc" w:initials="L">{paragraph(text)}</w:comment>'
        "</w:comments>"
    )


def _types() -> str:
    kinds = (("xml", "application/xml"), ("png", "image/png"), ("jpeg", "image/jpeg"), ("emf", "image/x-emf"))
    defaults = "".join(f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in kinds)
    return f'<Types xmlns="{_PACKAGE}/content-types">{defaults}</Types>'


def _relations(relations: Mapping[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"{_OUTSIDE if ":" in target else ""}/>'
        for name, (kind, target) in relations.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _styles() -> str:
    kinds = (("paragraph", _STYLES), ("character", _RUN_STYLES))
    styles = "".join(
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{shown}"/></w:style>'
        for kind, names in kinds
        for name, shown in names.items()
    )
    own = (
        '<w:style w:type="paragraph" w:styleId="Titrevert"><w:name w:val="Titre vert"/><w:basedOn w:val="Titre2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Parole"><w:name w:val="Parole"/><w:basedOn w:val="Citation"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Rubrique"><w:name w:val="Rubrique"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr>'
        f'</w:style><w:style w:type="paragraph" w:styleId="Tournant"><w:name w:val="Tournant"/><w:basedOn w:val="Tournant"/>'
        f'<w:pPr><w:numPr><w:numId w:val="{NUMBERS}"/></w:numPr></w:pPr></w:style>'
    )
    return f"<w:styles {_SPACES}>{styles}{own}</w:styles>"


def _numbering() -> str:
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{look}"/><w:lvlText w:val="{sign}"/></w:lvl>'
            for level in range(9)
        )
        + "</w:abstractNum>"
        for number, look, sign in (
            (1, "bullet", "\uf0b7"),
            (2, "decimal", "%1."),
            (4, "bullet", "☐"),
            (5, "lowerLetter", "%1)"),
        )
    )
    lists = "".join(f'<w:num w:numId="{i}"><w:abstractNumId w:val="{i}"/></w:num>' for i in (1, 2, 4, 5))
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists += f'<w:num w:numId="{ANEW}"><w:abstractNumId w:val="2"/>{anew}</w:num>'
    return f"<w:numbering {_SPACES}>{kinds}{lists}</w:numbering>"
