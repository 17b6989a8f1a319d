"""Films: the place where they were taken is erased."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from app.wiki.films import without_places
from app.wiki.uploads import prepare_upload


def box(kind: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I4s", 8 + len(content), kind) + content


PLACE = b"+44.7349+004.5986/"
FRAMES = box(b"mdat", b"frames of the film, udta, not touched")
FILM = b"".join(
    [
        box(b"ftyp", b"isom\0\0\0\0isom"),
        box(
            b"moov",
            box(b"mvhd", bytes(20)),
            box(b"trak", box(b"tkhd", bytes(8)), box(b"udta", b"in a track ", PLACE)),
            box(b"udta", box(b"\xa9xyz", PLACE)),
            box(b"meta", b"com.apple.quicktime.location.ISO6709", PLACE),
        ),
        box(b"uuid", b"XMP ", PLACE),
        FRAMES,
    ]
)


def test_the_place_where_a_film_was_taken_is_gone():
    content = prepare_upload("fete.mp4", FILM, max_bytes=1_000_000).content

    assert PLACE not in content
    assert b"location" not in content


def test_frames_stay_where_they_were():
    content = without_places(FILM)

    assert content.index(FRAMES) == FILM.index(FRAMES)
    assert len(content) == len(FILM)


def test_a_box_with_a_long_length_is_understood():
    long_box = struct.pack(">I4sQ", 1, b"udta", 16 + len(PLACE)) + PLACE
    film = box(b"ftyp", b"isom") + box(b"moov", long_box) + FRAMES

    assert PLACE not in without_places(film)


def test_a_last_box_without_length_is_understood():
    film = box(b"ftyp", b"isom") + struct.pack(">I4s", 0, b"moov") + box(b"udta", PLACE)

    assert PLACE not in without_places(film)


def test_other_films_stay_as_they_are():
    film = b"\x1aE\xdf\xa3webm" + PLACE

    assert without_places(film) == film


@given(st.lists(st.sampled_from([FILM[:n] for n in range(0, 60, 5)] + [b"\0\0\0\1moov", b"\0\0\0\0trak", b"\xff" * 9])))
def test_a_damaged_film_keeps_its_length(parts: list[bytes]):
    film = box(b"ftyp", b"isom") + b"".join(parts)

    assert len(without_places(film)) == len(film)
