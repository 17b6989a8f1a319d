"""Pictures drawn anew: upright, bounded, without a trace of where they were taken."""

import io
import random
import struct
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from app.errors import GareError, OverBudget, TooLarge, WrongType
from app.wiki import pictures
from app.wiki.pictures import clean_picture

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PLACE = {1: "N", 2: (44.0, 44.0, 44.0), 3: "E", 4: (4.0, 44.0, 44.0)}


def draw(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Draw a picture whose left upper quarter is red, on blue."""
    image = Image.new(mode, (width, height), "blue")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill="red")
    return image


def encode(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def exif(orientation: int = 1) -> bytes:
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = "Telephone of Nadia"
    data.get_ifd(0x8825).update(PLACE)
    return data.tobytes()


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def jpeg_segments(content: bytes) -> set[int]:
    """List the kinds of segments up to the first scan."""
    place, kinds = 2, set()
    while content[place + 1] != 0xDA:
        kinds.add(content[place + 1])
        place += 2 + struct.unpack_from(">H", content, place + 2)[0]
    return kinds


def png_chunks(content: bytes) -> set[bytes]:
    place, kinds = 8, set()
    while place < len(content):
        size, kind = struct.unpack_from(">I4s", content, place)
        kinds.add(kind)
        place += 12 + size
    return kinds


def test_the_place_where_a_photo_was_taken_is_gone():
    taken = encode(draw(), "JPEG", exif=exif(), comment=b"at home", xmp=b"<x:xmpmeta>GPS</x:xmpmeta>")
    assert opened(taken).getexif().get_ifd(0x8825)

    cleaned = clean_picture(taken)

    assert jpeg_segments(cleaned.content) <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDD}
    assert not any(word in cleaned.content for word in (b"Nadia", b"at home", b"GPS", b"Exif"))


def test_the_gps_photo_of_the_corpora_comes_out_without_exif(corpora: Path):
    cleaned = clean_picture((corpora / "images-pillow" / "exif_gps.jpg").read_bytes())

    assert dict(opened(cleaned.content).getexif()) == {}
    assert jpeg_segments(cleaned.content) <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDD}


def test_a_png_keeps_nothing_but_its_picture():
    texts = PngInfo()
    texts.add_text("Location", "44.73, 4.59")
    sent = encode(draw(), "PNG", exif=exif(), pnginfo=texts, dpi=(300, 300), icc_profile=SRGB)

    assert png_chunks(clean_picture(sent).content) <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def test_a_webp_keeps_nothing_but_its_picture():
    cleaned = clean_picture(encode(draw(), "WEBP", exif=exif(), xmp=b"<x>44.73</x>"))

    assert cleaned.extension == "webp"
    assert not any(chunk in cleaned.content for chunk in (b"EXIF", b"XMP ", b"ICCP", b"44.73"))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright(orientation: int):
    as_the_camera_lies = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    raw = draw(60, 40)
    if orientation != 1:
        raw = raw.transpose(Image.Transpose(as_the_camera_lies[orientation]))

    image = opened(clean_picture(encode(raw, "JPEG", exif=exif(orientation), quality=95)).content)

    assert image.size == (60, 40)
    assert image.getpixel((5, 5))[0] > 200
    assert image.getpixel((55, 35))[2] > 200


def test_a_wide_photo_is_shrunk_to_2000_dots():
    image = opened(clean_picture(encode(draw(3000, 1500), "JPEG")).content)

    assert image.size == (2000, 1000)


def test_a_small_photo_keeps_its_size_and_is_progressive():
    image = opened(clean_picture(encode(draw(120, 80), "JPEG")).content)

    assert image.size == (120, 80)
    assert image.info["progressive"] == 1


def test_a_photo_in_print_colours_becomes_one_for_screens():
    image = opened(clean_picture(encode(draw(mode="RGB").convert("CMYK"), "JPEG")).content)

    assert image.mode == "RGB"
    assert image.getpixel((5, 5))[0] > 200


def test_colours_follow_the_profile_of_the_photo():
    names = (
        SRGB.replace(b"rXYZ", b"none").replace(b"gXYZ", b"rXYZ").replace(b"none", b"gXYZ")
    )  # red and green exchanged
    sent = encode(Image.new("RGB", (10, 10), (250, 0, 0)), "JPEG", icc_profile=names)

    red, green, _ = opened(clean_picture(sent).content).getpixel((5, 5))

    assert (red < 50, green > 200) == (True, True)


def test_a_broken_profile_leaves_the_colours_as_they_are():
    sent = encode(Image.new("RGB", (10, 10), (120, 120, 120)), "JPEG", icc_profile=b"no profile" * 20)

    assert opened(clean_picture(sent).content).getpixel((5, 5)) == (120, 120, 120)


def test_a_drawing_stays_png():
    assert clean_picture(encode(draw(), "PNG")).extension == "png"


def test_a_transparent_picture_stays_transparent():
    cleaned = clean_picture(
        encode(Image.effect_noise((50, 50), 80).convert("RGBA").point(lambda value: value // 2), "PNG")
    )

    assert cleaned.extension == "png"
    assert opened(cleaned.content).mode == "RGBA"


def test_a_palette_with_a_transparent_colour_stays_transparent():
    image = draw().quantize(4)
    cleaned = clean_picture(encode(image, "PNG", transparency=image.getpixel((55, 35))))

    assert opened(cleaned.content).getpixel((55, 35))[3] == 0


def test_a_photo_sent_as_png_becomes_jpeg():
    photo = Image.frombytes("RGB", (100, 100), random.Random(1).randbytes(30_000))

    assert clean_picture(encode(photo, "PNG")).extension == "jpg"


def test_a_picture_in_sixteen_bits_keeps_its_greys():
    sent = encode(Image.new("I;16", (10, 10), 0x8000), "PNG")

    assert abs(opened(clean_picture(sent).content).getpixel((5, 5)) - 0x80) <= 1


def test_over_25_million_dots_is_refused_with_the_limit():
    with pytest.raises(TooLarge, match="25 million"):
        clean_picture(encode(Image.new("1", (5001, 5000)), "PNG"))


def test_a_bomb_of_a_thousand_million_dots_is_refused_at_once():
    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 6, 0, 0, 0)
    chunk = b"IHDR" + header
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + b"\0\0\0\0IDAT\0\0\0\0"
    )

    with pytest.raises(TooLarge, match="25 million"):
        clean_picture(bomb)


def test_a_cut_photo_is_refused_with_the_cure():
    with pytest.raises(WrongType, match="send the new one"):
        clean_picture(encode(draw(500, 500), "JPEG")[:-400])


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"\x89PNG\r\n\x1a\n", b"II*\0" + bytes(50)]
)
def test_what_is_no_picture_is_refused(content: bytes):
    with pytest.raises(WrongType):
        clean_picture(content)


def test_every_picture_of_the_corpora_comes_out_clean_or_is_refused_in_time(corpora: Path):
    sentences, slowest = {}, 0.0
    clean_picture(encode(draw(), "PNG"))  # the child's start is not the picture's fault
    for path in sorted((corpora / "images-pillow").glob("*.*")):
        began = time.monotonic()
        try:
            assert opened(clean_picture(path.read_bytes()).content).getexif() == {}
        except GareError as error:
            sentences[path.name] = str(error)
        slowest = max(slowest, time.monotonic() - began)

    assert all(sentence.endswith(".") for sentence in sentences.values())
    assert len(sentences) < 56
    assert slowest < 2.0


def test_a_child_that_gives_something_else_is_not_believed(monkeypatch: pytest.MonkeyPatch):
    class Liar:
        def call(self, *paths: str) -> str:
            Path(paths[1]).write_bytes(b"<html><script>alert(1)</script>")
            return "png"

    monkeypatch.setattr(pictures, "_cleaner", Liar)

    with pytest.raises(WrongType):
        clean_picture(encode(draw(), "PNG"))


def test_a_picture_that_takes_too_much_memory_is_stopped(monkeypatch: pytest.MonkeyPatch):
    small = pictures.Budget("app.wiki.pixels:clean", seconds=5, memory=120_000_000, size=1)
    monkeypatch.setattr(pictures, "_cleaner", lambda: small)

    with pytest.raises(OverBudget, match="memory"):
        clean_picture(encode(Image.new("RGBA", (4900, 4900)), "PNG", compress_level=1))
    assert clean_picture(encode(draw(), "PNG")).extension == "png"
    small.close()


def test_nothing_stays_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    clean_picture(encode(draw(), "PNG"))
    with pytest.raises(WrongType):
        clean_picture(b"no picture")

    assert list(tmp_path.iterdir()) == []


def test_a_photo_of_thousands_of_scans_is_refused_at_once():
    sent = encode(Image.new("L", (2000, 2000)), "JPEG", progressive=True)
    scan = sent.rindex(b"\xff\xda")
    bomb = sent[:scan] + sent[scan:-2] * 5000 + sent[-2:]

    with pytest.raises(WrongType):
        clean_picture(bomb)
