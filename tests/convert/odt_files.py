"""Builds ODT files of the parts and the XML that LibreOffice writes, shortened."""

from collections.abc import Mapping

from tests.convert.word_files import pack

KIND = "application/vnd.oasis.opendocument.text"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{short}="{_ODF}{name}:1.0"'
    for short, name in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("meta", "meta"),
    )
) + (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)  # fmt: skip
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def style(name: str, family: str = "text", parent: str = "", properties: str = "", more: str = "") -> str:
    based = f' style:parent-style-name="{parent}"' if parent else ""
    return (
        f'<style:style style:name="{name}" style:family="{family}"{based}{more}>'
        f"<style:text-properties {properties}/></style:style>"
    )


def list_style(name: str, kind: str, start: int = 1) -> str:
    """Give a style of lists with nine levels of a kind: `bullet` or `number`."""
    look = 'text:bullet-char="•"' if kind == "bullet" else f'style:num-format="1" text:start-value="{start}"'
    levels = "".join(f'<text:list-level-style-{kind} text:level="{i}" {look}/>' for i in range(1, 10))
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'


# As in a new document of LibreOffice: headings and quotes have looks of their own.
_COMMON = (
    style("Standard", "paragraph")
    + style("Title", "paragraph", "Standard", 'fo:font-size="28pt" fo:font-weight="bold"')
    + style("Heading_20_1", "paragraph", "Standard", 'fo:font-weight="bold"')
    + style("Heading_20_4", "paragraph", "Standard", 'fo:font-weight="bold" fo:font-style="italic"')
    + style("Quotations", "paragraph", "Standard", 'fo:font-style="italic"')
    + style("Preformatted_20_Text", "paragraph", "Standard")
    + style("Source_20_Text", "text", "", 'style:font-name="Liberation Mono"')
    + style("Strong_20_Emphasis", "text", "", 'fo:font-weight="bold"')
    + style("Emphasis", "text", "", 'fo:font-style="italic"')
)
_AUTOMATIC = (
    style("T1", "text", "", 'fo:font-weight="bold" style:font-weight-asian="bold"')
    + style("T2", "text", "", 'fo:font-style="italic"')
    + style("T3", "text", "", 'style:text-line-through-style="solid"')
    + style("T4", "text", "", 'fo:font-weight="normal"')
    + style("T5", "text", "", 'text:display="none"')
    + style("T6", "text", "", 'style:text-position="super 58%"')
    + style("T7", "text", "", 'style:text-position="-33% 58%"')
    + style("P1", "paragraph", "Quotations")
    + style("P2", "paragraph", "Standard", 'fo:font-weight="bold"')
    + style("P3", "paragraph", "Standard", "", ' style:list-style-name="L2"')
    + list_style("L1", "bullet")
    + list_style("L2", "number")
    + list_style("L3", "bullet").replace("•", "☐")
)


def odt(
    text: str,
    *,
    parts: Mapping[str, str | bytes] | None = None,
    title: str = "",
    declaration: str = "",
    kind: str = KIND,
) -> bytes:
    return pack(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": f'{HEAD}<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0"/>',
            "content.xml": f"{HEAD}{declaration}<office:document-content {_SPACES}><office:automatic-styles>{_AUTOMATIC}"
            f"</office:automatic-styles><office:body><office:text>{text}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"{HEAD}<office:document-styles {_SPACES}><office:styles>{_COMMON}</office:styles>"
            "</office:document-styles>",
            "meta.xml": f"{HEAD}<office:document-meta {_SPACES}><office:meta><dc:title>{title}</dc:title></office:meta>"
            "</office:document-meta>",
        }
        | dict(parts or {})
    )


def p(content: str, name: str = "Standard") -> str:
    return f'<text:p text:style-name="{name}">{content}</text:p>'


def h(content: str, level: int) -> str:
    return f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{content}</text:h>'


def span(content: str, name: str) -> str:
    return f'<text:span text:style-name="{name}">{content}</text:span>'


def items(*contents: str, name: str = "", more: str = "") -> str:
    styled = f' text:style-name="{name}"' if name else ""
    inside = "".join(f"<text:list-item>{content}</text:list-item>" for content in contents)
    return f"<text:list{styled}{more}>{inside}</text:list>"


def table(*rows: tuple[str, ...]) -> str:
    cells = (
        "".join(f'<table:table-cell office:value-type="string">{p(cell)}</table:table-cell>' for cell in row)
        for row in rows
    )
    lines = [f"<table:table-row>{row}</table:table-row>" for row in cells]
    head = f"<table:table-header-rows>{lines[0]}</table:table-header-rows>"
    return f'<table:table table:name="Tableau1"><table:table-column/>{head}{"".join(lines[1:])}</table:table>'


def frame(href: str, words: str = "") -> str:
    return (
        f'<draw:frame draw:name="Image1" text:anchor-type="as-char"><draw:image xlink:href="{href}" xlink:type="simple"/>'
        f"<svg:title>Image1</svg:title><svg:desc>{words}</svg:desc></draw:frame>"
    )


def box(*, is_ticked: bool) -> str:
    return (
        f'<loext:content-control loext:checkbox="true" loext:checked="{str(is_ticked).lower()}"'
        f' loext:checked-state="☒" loext:unchecked-state="☐">{"☒" if is_ticked else "☐"}</loext:content-control>'
    )


def note(content: str, number: int = 1) -> str:
    return (
        f'<text:note text:id="ftn{number}" text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
        f'<text:note-body><text:p text:style-name="Footnote">{content}</text:p></text:note-body></text:note>'
    )
