"""Which kinds of files are accepted, what their bytes begin with, and what to do instead with the others."""

import re
from dataclasses import dataclass

from app.errors import N_, WrongType
from app.wiki.filenames import extension_of

DAMAGED = N_("This file is damaged. Open it, save it again, and send the new one.")
PICTURE, DOCUMENT, TEXT, SOUND, FILM, ARCHIVE = "picture", "document", "text", "sound", "film", "archive"


@dataclass(frozen=True, slots=True)
class FileType:
    """One accepted kind: its media type (IANA), its family, and what its bytes match from the first one on."""

    media_type: str
    kind: str
    start: re.Pattern[bytes] | None = None
    is_zip: bool = False


def _begins(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern, re.DOTALL)


# Comments are matched atomically: no backtracking into them.
_LEAD = rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]*+>\s*+)?(?><!--.*?-->\s*+)*+"
_ZIP = _begins(rb"PK\x03\x04")
_OGG = _begins(rb"OggS")
_STILLS = rb"(?:heic|heix|heim|heis|hevc|mif1|msf1|avif|avis)"
_MP4 = _begins(rb"\0\0.{2}ftyp(?!" + _STILLS + rb")")
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OFFICE_XML = "application/vnd.openxmlformats-officedocument."

ACCEPTED = {
    "jpg": FileType("image/jpeg", PICTURE, _begins(rb"\xff\xd8\xff")),
    "png": FileType("image/png", PICTURE, _begins(rb"\x89PNG\r\n\x1a\n")),
    "gif": FileType("image/gif", PICTURE, _begins(rb"GIF8[79]a")),
    "webp": FileType("image/webp", PICTURE, _begins(rb"RIFF.{4}WEBP")),
    "pdf": FileType("application/pdf", DOCUMENT, _begins(rb"%PDF-[12]\.")),
    "odt": FileType(f"{_OPEN_DOCUMENT}text", DOCUMENT, _ZIP, is_zip=True),
    "ods": FileType(f"{_OPEN_DOCUMENT}spreadsheet", DOCUMENT, _ZIP, is_zip=True),
    "odp": FileType(f"{_OPEN_DOCUMENT}presentation", DOCUMENT, _ZIP, is_zip=True),
    "odg": FileType(f"{_OPEN_DOCUMENT}graphics", DOCUMENT, _ZIP, is_zip=True),
    "docx": FileType(f"{_OFFICE_XML}wordprocessingml.document", DOCUMENT, _ZIP, is_zip=True),
    "xlsx": FileType(f"{_OFFICE_XML}spreadsheetml.sheet", DOCUMENT, _ZIP, is_zip=True),
    "pptx": FileType(f"{_OFFICE_XML}presentationml.presentation", DOCUMENT, _ZIP, is_zip=True),
    "txt": FileType("text/plain", TEXT),
    "md": FileType("text/markdown", TEXT),
    "csv": FileType("text/csv", TEXT),
    "ics": FileType("text/calendar", TEXT, _begins(rb"(?:\xef\xbb\xbf)?\s*+BEGIN:VCALENDAR")),
    "gpx": FileType("application/gpx+xml", TEXT, _begins(_LEAD + rb"<gpx[\s>]")),
    "geojson": FileType("application/geo+json", TEXT, _begins(rb"(?:\xef\xbb\xbf)?\s*+\{")),
    "mp3": FileType("audio/mpeg", SOUND, _begins(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]")),
    "ogg": FileType("audio/ogg", SOUND, _OGG),
    "oga": FileType("audio/ogg", SOUND, _OGG),
    "opus": FileType("audio/ogg", SOUND, _OGG),
    "m4a": FileType("audio/mp4", SOUND, _MP4),
    "wav": FileType("audio/wav", SOUND, _begins(rb"RIFF.{4}WAVE")),
    "flac": FileType("audio/flac", SOUND, _begins(rb"fLaC")),
    "mp4": FileType("video/mp4", FILM, _MP4),
    "m4v": FileType("video/mp4", FILM, _MP4),
    "mov": FileType("video/quicktime", FILM, _MP4),
    "ogv": FileType("video/ogg", FILM, _OGG),
    "webm": FileType("video/webm", FILM, _begins(rb"\x1aE\xdf\xa3.{0,60}?webm")),
    "zip": FileType("application/zip", ARCHIVE, _begins(rb"PK(\x03\x04|\x05\x06)"), is_zip=True),
}

_PROGRAM = N_("Programs cannot be kept here. Give a link to where it is offered.")
_WEB_PAGE = N_("Web pages cannot be kept here. Paste the text into the page, or send a PDF.")
_SVG = N_("SVG drawings can hold programs. Save the drawing as PNG and send that.")
_PICTURE = N_("This kind of picture is not accepted. Save it as JPG or PNG and send that.")
_OFFICE = N_("This kind of document is not accepted. Save it as PDF, ODT or DOCX and send that.")
_MACROS = N_("Documents with macros are not accepted. Save it without macros and send that.")
_PACKED = N_("This kind of archive is not accepted. Send the files one by one, or as ZIP.")
_OTHER = N_("Files ending in “.%(extension)s” are not accepted. PDF, ODT, JPG, PNG and MP3 are.")

_INSTEAD = {
    _PROGRAM: "exe com bat cmd msi scr pif cpl dll sys lnk url reg inf jar class apk ipa app dmg pkg deb rpm appimage"
    " desktop bin elf so sh bash zsh ps1 psm1 vbs vbe wsf wsh hta js mjs cjs ts py pyc rb pl php phtml phar asp aspx"
    " jsp cgi lua swf",
    _WEB_PAGE: "html xhtml xht shtml mht mhtml xml xsl xslt css",
    _SVG: "svg svgz",
    _PICTURE: "heic heif hif avif jxl bmp tif tiff psd xcf ico tga dds j2k jp2 jpx ppm pgm pbm raw dng cr2 nef arw"
    " eps ai",
    _OFFICE: "doc xls ppt dot rtf wps pub pages numbers key sxw sxc sxi odb epub",
    _MACROS: "docm xlsm pptm dotm xltm potm ppsm xlsb xlam",
    _PACKED: "rar 7z tar gz tgz bz2 xz zst cab iso ace lzh arj",
}
_CURES = {extension: cure for cure, extensions in _INSTEAD.items() for extension in extensions.split()}
PROGRAMS = frozenset(_INSTEAD[_PROGRAM].split())
ARCHIVES = frozenset(_INSTEAD[_PACKED].split()) | {"zip"}

# What other things begin with, whatever their name says.
_UNWANTED = (
    (rb"MZ(?=.{0,64}\0)|\x7fELF|\xca\xfe\xba\xbe|[\xce\xcf]\xfa\xed\xfe|L\0\0\0\x01\x14\x02\0", _PROGRAM),
    (rb"#!\s*+/|\s*+<\?php", _PROGRAM),
    (_LEAD + rb"(?:<!doctype svg[^>]*+>\s*+)?<svg[\s>]", _SVG),
    (_LEAD + rb"<(?:!doctype|(?:html|head|body|script|iframe|object|embed)[\s>])", _WEB_PAGE),
    (rb".{4}ftyp" + _STILLS + rb"|BM.{4}\0\0\0\0|II\*\0|MM\0\*|8BPS", _PICTURE),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|\{\\rtf", _OFFICE),
    (rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b\x08|BZh[1-9]|\xfd7zXZ\0", _PACKED),
)
_UNWANTED_STARTS = tuple((re.compile(start, re.DOTALL | re.IGNORECASE), cure) for start, cure in _UNWANTED)
_SNIFFED_BYTES = 4096


def content_type(name: str) -> str:
    """Give the media type that a file is served with; `application/octet-stream` for what is not accepted."""
    found = ACCEPTED.get(extension_of(name))
    return found.media_type if found else "application/octet-stream"


def is_inline(name: str) -> bool:
    """Say whether a browser may show the file in a page: only pictures, which were drawn anew when they came."""
    found = ACCEPTED.get(extension_of(name))
    return found is not None and found.kind == PICTURE


def get_type(extension: str) -> FileType:
    """Find the accepted type of an extension. Raises WrongType with the cure."""
    if extension not in ACCEPTED:
        raise WrongType(_CURES.get(extension, _OTHER), extension=extension)
    return ACCEPTED[extension]


def mismatch(extension: str) -> WrongType:
    """Make the error for a file whose content is of another kind than its name says."""
    return WrongType(
        N_("The content is not what the ending “.%(extension)s” says. Save it again and send that."),
        extension=extension,
    )


def refuse_unwanted(content: bytes) -> None:
    """Raise WrongType where the bytes begin like a program, a web page, an SVG drawing or another refused kind."""
    head = content[:_SNIFFED_BYTES]
    for pattern, cure in _UNWANTED_STARTS:
        if pattern.match(head):
            raise WrongType(cure)


def picture_extension(content: bytes) -> str | None:
    """Name the accepted kind of picture that the bytes begin like, whatever the file is called."""
    for extension, kind in ACCEPTED.items():
        if kind.kind == PICTURE and kind.start is not None and kind.start.match(content):
            return extension
    return None
