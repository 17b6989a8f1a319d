"""Take a GIF apart and put only its frames together again (CompuServe, GIF89a specification)."""

import struct
from dataclasses import dataclass

_HEAD_BYTES = 13
_TRAILER = b"\x3b"
_EXTENSION, _IMAGE = 0x21, 0x2C
_GRAPHIC_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")


@dataclass(frozen=True, slots=True)
class BareGif:
    """A GIF of nothing but its frames; `width` and `height` are those of the canvas, in pixels."""

    content: bytes
    frames: int
    width: int
    height: int


def bare_gif(content: bytes) -> BareGif | None:
    """Copy the frames, their timing and the loop count; comments, texts, XMP and whatever follows the end stay behind.

    None when the content is no GIF or is damaged. The frames' pixels are not decoded.
    """
    if content[:6] not in {b"GIF87a", b"GIF89a"} or len(content) < _HEAD_BYTES:
        return None
    width, height, flags = struct.unpack_from("<HHB", content, 6)
    place = _HEAD_BYTES + _table_bytes(flags)
    kept, frames = [b"GIF89a", content[6:place]], 0
    try:
        while content[place] != _TRAILER[0]:
            end = _end_of_block(content, place)
            if _is_wanted(content, place):
                kept.append(content[place:end])
            frames += content[place] == _IMAGE
            place = end
    except (IndexError, ValueError):
        return None
    return BareGif(b"".join([*kept, _TRAILER]), frames, width, height)


def _table_bytes(flags: int) -> int:
    """Give the length of the colour table that these flags announce, in bytes."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_block(content: bytes, place: int) -> int:
    if content[place] == _EXTENSION:
        return _end_of_parts(content, place + 2)
    if content[place] == _IMAGE:
        return _end_of_parts(content, place + 11 + _table_bytes(content[place + 9]))
    raise ValueError("no block begins here")


def _end_of_parts(content: bytes, place: int) -> int:
    """Walk over sub-blocks, each led by its length, to behind the empty one that ends them."""
    while content[place]:
        place += 1 + content[place]
    return place + 1


def _is_wanted(content: bytes, place: int) -> bool:
    if content[place] == _IMAGE:
        return True
    label = content[place + 1]
    return label == _GRAPHIC_CONTROL or (label == _APPLICATION and content.startswith(_LOOPS, place + 2))
