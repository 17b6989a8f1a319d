"""Documents that are ZIP archives of XML parts: how much they unpack to, and that nothing in them blows up."""

import zipfile
from typing import IO
from xml.etree.ElementTree import Element
from xml.parsers import expat

from defusedxml import DTDForbidden, ElementTree

from app.convert.document_kinds import DAMAGED
from app.errors import N_, Invalid

MAX_MEMBERS = 5_000
MAX_XML_BYTES = 40_000_000  # of one part of a document, unpacked
MAX_UNPACKED_BYTES = 200_000_000  # of all parts
DECLARES = N_("This file holds declarations that documents do not need.")
_READ_AS_XML = ("officeDocument", "comments", "endnotes", "footnotes", "numbering", "styles")


def list_xml(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """List the XML parts; raises Invalid for an archive that would unpack to too much.

    The sizes are those that the archive states: zipfile gives no byte more than stated.
    """
    members = archive.infolist()
    xml = [member for member in members if member.filename.lower().endswith((".xml", ".rels"))]
    if (
        len(members) > MAX_MEMBERS
        or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES
        or any(member.file_size > MAX_XML_BYTES for member in xml)
    ):
        raise Invalid(N_("This file would unpack to far more than it seems."))
    return xml


def read_part(archive: zipfile.ZipFile, name: str) -> Element:
    """Read an XML part as a tree, an empty one where there is none; raises Invalid for one with declarations."""
    if name not in archive.namelist():
        return Element("nothing")
    with archive.open(name) as stream:
        try:
            root: Element = ElementTree.parse(stream, forbid_dtd=True).getroot()
        except DTDForbidden as error:
            raise Invalid(DECLARES) from error
    return root


def check_docx(archive: zipfile.ZipFile) -> None:
    """Look through every part of a Word file that mammoth may read as XML."""
    for member in list_xml(archive):
        with archive.open(member) as stream:
            _DocxChecker().read(stream)


class Checker:
    """Reads XML through to the end; refuses declarations, without which there are no entities to blow up."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.buffer_text = True

    def read(self, stream: IO[bytes]) -> None:
        """Read a part to its end."""
        self._parser.ParseFile(stream)

    def _refuse(self, *_declaration: object) -> None:
        raise Invalid(DECLARES)


class _DocxChecker(Checker):
    """Refuses relations, too, that have mammoth read as XML what has another name and was not looked through."""

    def __init__(self) -> None:
        super().__init__()
        self._parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not name.endswith("/relationships Relationship"):
            return
        is_read = attributes.get("Type", "").rpartition("/")[2] in _READ_AS_XML
        if is_read and not attributes.get("Target", "").lower().endswith(".xml"):
            raise Invalid(DAMAGED)
