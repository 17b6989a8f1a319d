"""Names of OpenDocument (ODF 1.3 and what LibreOffice adds to it), as ElementTree writes them."""

_ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
DRAW, FORM, META, OFFICE, STYLE, TABLE, TEXT = (
    _ODF % name for name in ("drawing", "form", "meta", "office", "style", "table", "text")
)
FO, SVG = (_ODF % name for name in ("xsl-fo-compatible", "svg-compatible"))
DC = "{http://purl.org/dc/elements/1.1/}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
MANIFEST = _ODF % "manifest"
XLINK = "{http://www.w3.org/1999/xlink}"
XML = "{http://www.w3.org/XML/1998/namespace}"

HREF = XLINK + "href"
STYLE_NAME = TEXT + "style-name"

# What is no part of the text: deleted, remarked, kept for the program, or made anew by the page.
UNREAD = frozenset(
    [TEXT + name for name in ("tracked-changes", "table-of-content", "alphabetical-index", "illustration-index",
                              "table-index", "object-index", "user-index", "sequence-decls", "variable-decls",
                              "user-field-decls", "dde-connection-decls", "hidden-paragraph", "hidden-text",
                              "alphabetical-index-auto-mark-file", "ruby-text", "soft-page-break", "list-level-label",
                              "toc-mark", "bibliography-configuration", "notes-configuration")]
    + [OFFICE + name for name in ("annotation", "annotation-end", "forms", "event-listeners", "scripts", "binary-data")]
    + [TABLE + name for name in ("covered-table-cell", "table-source", "shapes", "desc", "title")]
    + [SVG + "title", SVG + "desc", DRAW + "glue-point", DRAW + "control", FORM + "form"]
)  # fmt: skip
