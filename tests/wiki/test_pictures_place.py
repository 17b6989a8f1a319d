"""Where a photo was taken: read before it is drawn anew, and nowhere in what is kept."""

import io

import pytest
from PIL import Image

from app.wiki.pictures import clean_picture
from app.wiki.uploads import prepare_upload
from tests.wiki.test_pictures import PLACE, draw, encode, exif

SOUTH_WEST = {1: "S", 2: (33.0, 51.0, 0.0), 3: "W", 4: (70.0, 40.0, 12.0)}
STRANGE = (
    {},
    {1: "N", 2: (44.0, 44.0, 44.0)},  # half of it
    {1: "N", 2: (144.0, 0.0, 0.0), 3: "E", 4: (4.0, 0.0, 0.0)},  # beyond the pole
    {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},  # a device that knows nothing
    {1: "N", 2: (44.0,), 3: "E", 4: (4.0, 0.0, 0.0)},
)


def with_gps(gps: dict[int, object]) -> bytes:
    data = Image.Exif()
    data.get_ifd(0x8825).update(gps)
    return encode(draw(), "JPEG", exif=data.tobytes())


def test_a_photo_says_where_it_was_taken_and_what_is_kept_does_not() -> None:
    drawn = clean_picture(encode(draw(), "JPEG", exif=exif()))

    assert drawn.position == (44.74556, 4.74556)
    assert not Image.open(io.BytesIO(drawn.content)).getexif()


def test_south_and_west_are_below_zero() -> None:
    assert clean_picture(with_gps(SOUTH_WEST)).position == (-33.85, -70.67)


@pytest.mark.parametrize("gps", STRANGE)
def test_what_means_no_place_is_none_and_the_photo_is_kept(gps: dict[int, object]) -> None:
    assert clean_picture(with_gps(gps)).position is None


def test_a_zero_below_a_line_is_no_place() -> None:
    content = with_gps(PLACE).replace(b"\x00\x00\x00\x01", b"\x00\x00\x00\x00")

    assert clean_picture(content).position is None


def test_an_upload_hands_the_place_on() -> None:
    assert prepare_upload("a.jpg", with_gps(PLACE), max_bytes=10**6).position == (44.74556, 4.74556)
    assert prepare_upload("a.png", encode(draw(), "PNG"), max_bytes=10**6).position is None
