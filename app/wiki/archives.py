"""Look into ZIP archives and the office documents that are made of them, in a child process with a budget."""

import re
import stat
import struct
import tempfile
import zipfile
import zlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from app.budget import Budget
from app.errors import N_, TooLarge, WrongType
from app.wiki.disk import refusing_when_full
from app.wiki.filenames import extension_of
from app.wiki.filetypes import ACCEPTED, ARCHIVES, DAMAGED, DOCUMENT, PROGRAMS, mismatch

SECONDS = 4.0
MB = 1_000_000
MEMORY_BYTES = 400 * MB  # of address space
MAX_MEMBERS = 5000
MAX_DIRECTORY_BYTES = MB
MAX_UNPACKED_BYTES = 200 * MB
MAX_RATIO = 100  # unpacked to packed, where more than 10 MB come out
_BLOCK_BYTES = 256_000
_END = struct.Struct("<4s4H2LH")
_OUTSIDE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|[\x00-\x1f]")
_MACRO_MEMBERS = re.compile(r"(?i)vbaproject|macrosheets/|^basic/.+/(?!script-l[bc]\.xml)[^/]+$|^scripts/.*[^/]$")
_FAULTS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, RuntimeError, struct.error)


def check_archive(content: bytes, extension: str) -> None:
    """Unpack a ZIP, ODF or Office Open XML file into nothing, to see that it is sound and what its extension says.

    Raises WrongType (damaged, macros, programs, another kind), TooLarge (5,000 files; 200 MB or 100 times its size
    unpacked), OverBudget.
    """
    with refusing_when_full(), tempfile.TemporaryDirectory(prefix="gare-") as folder:
        source = Path(folder, "source")
        source.write_bytes(content)
        _inspector().call(str(source), extension)


@cache
def _inspector() -> Budget:
    return Budget("app.wiki.archives:inspect", seconds=SECONDS, memory=MEMORY_BYTES)


def inspect(source: str, extension: str) -> None:
    """Be `check_archive` in the child."""
    content = Path(source).read_bytes()
    end = _find_end(content)
    if end is None:
        raise WrongType(DAMAGED)
    if end.members > MAX_MEMBERS or end.directory_bytes > MAX_DIRECTORY_BYTES:
        raise _too_many_members()
    try:
        with zipfile.ZipFile(source) as archive:
            _check_members(archive.infolist(), len(content))
            _unpack(archive)
            _check_kind(archive, extension)
    except _FAULTS as error:
        raise WrongType(DAMAGED) from error


def ends_as_archive(content: bytes) -> bool:
    """Say whether a ZIP reader would take the bytes for an archive that ends with the last byte."""
    return _find_end(content) is not None


class _End(NamedTuple):
    """What the record at the end of an archive says (APPNOTE 4.3.16), but for the numbers of disks."""

    members: int
    directory_bytes: int


def _find_end(content: bytes) -> _End | None:
    place = content.rfind(b"PK\5\6", max(0, len(content) - _END.size - 65_535))
    if place < 0 or len(content) < place + _END.size:
        return None
    *_, members, directory_bytes, _, comment_bytes = _END.unpack_from(content, place)
    return _End(members, directory_bytes) if place + _END.size + comment_bytes == len(content) else None


def _too_many_members() -> TooLarge:
    return TooLarge(N_("This archive holds too many files: at most %(most)s."), most=MAX_MEMBERS)


def _check_members(members: list[zipfile.ZipInfo], packed_bytes: int) -> None:
    if len(members) > MAX_MEMBERS:
        raise _too_many_members()
    if sum(member.file_size for member in members) > _most_unpacked(packed_bytes):
        raise TooLarge(N_("Unpacked, this file is far larger than it looks. Send its parts one by one."))
    if any(member.flag_bits & 1 for member in members):
        raise WrongType(N_("This file is locked by a password. Remove the password and send it again."))
    last = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < last or _is_dangerous(member):  # members that share bytes are a bomb
            raise WrongType(DAMAGED)
        last = member.header_offset + 30 + member.compress_size


def _most_unpacked(packed_bytes: int) -> int:
    return min(MAX_UNPACKED_BYTES, max(10 * MB, MAX_RATIO * packed_bytes))


def _is_dangerous(member: zipfile.ZipInfo) -> bool:
    """Say whether the member would leave its folder, is a symbolic link, or is packed in a way few can read."""
    unusual = member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    return unusual or bool(_OUTSIDE.search(member.filename)) or stat.S_ISLNK(member.external_attr >> 16)


def _unpack(archive: zipfile.ZipFile) -> None:
    """Read every member to its end: zipfile compares lengths and checksums, and never gives more than was announced."""
    for member in archive.infolist():
        with archive.open(member) as stream:
            while stream.read(_BLOCK_BYTES):
                pass


def _check_kind(archive: zipfile.ZipFile, extension: str) -> None:
    names = archive.namelist()
    if extension == "zip":
        _check_harmless(names)
        return
    if any(_MACRO_MEMBERS.search(name) for name in names):
        raise WrongType(N_("Documents with macros are not accepted. Save it without macros and send that."))
    kind = ACCEPTED[extension]
    found = _open_document_type(archive) if ".opendocument." in kind.media_type else _office_xml_types(archive)
    if kind.kind != DOCUMENT or kind.media_type not in found:
        raise mismatch(extension)


def _check_harmless(names: list[str]) -> None:
    for name in names:
        if extension_of(name) in PROGRAMS:
            raise WrongType(N_("This archive holds a program: %(name)s. Take it out first."), name=name[-80:])
        if extension_of(name) in ARCHIVES:
            raise WrongType(N_("This archive holds another archive: %(name)s. Unpack it first."), name=name[-80:])


def _open_document_type(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """Read the type that the first member states (OpenDocument 1.3, part 2, section 3.3)."""
    first = archive.infolist()[0]
    if first.filename != "mimetype" or first.file_size > 200:
        return ()
    return (archive.read(first).decode("ascii").strip(),)


def _office_xml_types(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """Read the types of the main parts (ECMA-376, part 2, section 10.1.2)."""
    parts = archive.NameToInfo.get("[Content_Types].xml")
    if parts is None or parts.file_size > MB:
        return ()
    return tuple(re.findall(r"""ContentType=["']([^"']{1,200})\.main\+xml["']""", archive.read(parts).decode()))
