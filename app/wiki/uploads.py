"""Prepare what somebody sends: a safe name, a kind that is accepted by name and by content, pictures drawn anew."""

import re
from dataclasses import dataclass

from app.errors import N_, Invalid, TooLarge, WrongType
from app.wiki.archives import check_archive, ends_as_archive
from app.wiki.filenames import extension_of, safe_name, with_extension
from app.wiki.filetypes import FILM, PICTURE, TEXT, FileType, get_type, mismatch, picture_extension, refuse_unwanted
from app.wiki.films import without_places
from app.wiki.pictures import clean_picture

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_ACTIVE_XML = re.compile(
    rb"<!doctype|<!entity|<\?xml-stylesheet|<(?:\w{1,20}:)?script[\s>]|//www\.w3\.org/(?:1999/xhtml|2000/svg)", re.I
)
_ENDS = {"pdf": b"%%EOF", "ics": b"END:VCALENDAR", "gpx": b"gpx>", "geojson": b"}"}
_TAIL_BYTES = 2048
_SNIFFED_CHARACTERS = 4096


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file as it will be kept: `kind` is picture, document, text, sound, film or archive.

    `position` is where a picture was taken (degrees north and east): it is erased from it, and may be offered.
    """

    name: str
    content: bytes
    kind: str
    position: tuple[float, float] | None = None


def prepare_upload(name: str, content: bytes, *, max_bytes: int) -> Prepared:
    """Check a file that was sent and make it ready to be kept.

    A picture is drawn anew, and gets the extension that its content has; places are erased from films; all else is
    kept byte for byte. Raises TooLarge, WrongType, Invalid or OverBudget, each with the cure.
    """
    if len(content) > max_bytes:
        raise _too_large(max_bytes)
    safe = safe_name(name)
    extension = extension_of(safe)
    accepted = get_type(extension)
    if not content:
        raise Invalid(N_("This file is empty. Open it, save it again, and send the new one."))
    if accepted.kind == PICTURE:
        return _prepare_picture(safe, content, max_bytes)
    _check_start(accepted, extension, content)
    _check_inside(accepted, extension, content)
    return Prepared(safe, without_places(content) if accepted.kind == FILM else content, accepted.kind)


def _too_large(max_bytes: int) -> TooLarge:
    return TooLarge(
        N_("This file is too large: at most %(most)s MB. Make it smaller first."), most=f"{max_bytes / 1_000_000:g}"
    )


def _prepare_picture(name: str, content: bytes, max_bytes: int) -> Prepared:
    if picture_extension(content) is None:
        refuse_unwanted(content)
        raise mismatch(extension_of(name))
    drawn = clean_picture(content)
    if len(drawn.content) > max_bytes:
        raise _too_large(max_bytes)
    named = with_extension(name.rpartition(".")[0], drawn.extension)
    return Prepared(named, drawn.content, PICTURE, drawn.position)


def _check_start(accepted: FileType, extension: str, content: bytes) -> None:
    if accepted.start is not None and accepted.start.match(content):
        return
    refuse_unwanted(content)
    if accepted.start is not None:
        raise mismatch(extension)


def _check_inside(accepted: FileType, extension: str, content: bytes) -> None:
    if extension in _ENDS and _ENDS[extension] not in content[-_TAIL_BYTES:]:
        raise WrongType(N_("The end of this file is missing. Open it, save it again, and send that."))
    if accepted.is_zip:
        check_archive(content, extension)
    elif accepted.kind == TEXT:
        _check_text(extension, content)
    elif ends_as_archive(content):
        raise WrongType(N_("This file is two kinds in one. Save it again and send the new one."))


def _check_text(extension: str, content: bytes) -> None:
    text = _decode(content)
    if text is None or _CONTROLS.search(text):
        raise WrongType(
            N_("This is no text, although its name ends in “.%(extension)s”. Save it as text first."),
            extension=extension,
        )
    refuse_unwanted(text[:_SNIFFED_CHARACTERS].encode())  # once more, for what was hidden in UTF-16
    if extension == "gpx" and _ACTIVE_XML.search(content):
        raise WrongType(N_("This file holds more than a track. Export it again as GPX."))
    if extension == "geojson" and b'"type"' not in content:
        raise mismatch(extension)


def _decode(content: bytes) -> str | None:
    """Read text as UTF-8, as UTF-16 with its mark, or as what spreadsheets of old write; None where it is none."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
