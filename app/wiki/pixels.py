"""Draw pictures anew. Runs only in the child processes of `app/wiki/pictures.py`: here Pillow meets hostile bytes."""

import io
import struct
import warnings
from pathlib import Path

from PIL import Image, ImageChops, ImageCms

from app.errors import N_, TooLarge, WrongType
from app.wiki.disk import refusing_when_full
from app.wiki.filetypes import DAMAGED
from app.wiki.gif import BareGif, bare_gif

MAX_PIXELS = 25_000_000
MAX_JPEG_WORK = 500_000_000  # pixels times scans: a progressive JPEG may hold thousands of scans of nothing
MAX_WEBP_PIXELS = 15_000_000  # libwebp holds four copies while it decodes
MAX_EDGE = 2000
MAX_ANIMATION_BYTES = 2_000_000
MAX_ANIMATION_FRAMES = 300
MAX_ANIMATION_PIXELS = 30_000_000  # of all frames together
FEW_COLOURS = 4096
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_EXTENSIONS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "GIF": "png", "WEBP": "webp"}
_ORIENTATION = 0x0112  # EXIF 2.32, section 4.6.5
_GPS = 0x8825  # the same, section 4.6.3
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = {_TURNS[number] for number in (5, 6, 7, 8)}
# What Pillow raises on damaged pictures; anything else ends at the border of the child.
_FAULTS = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, struct.error)


def clean(source: str, result: str) -> str:
    """Draw `source` anew into `result`, upright, at most 2,000 px, without metadata; return its extension."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        animation = _bare_animation(Path(source))
        if animation is not None:
            with refusing_when_full():
                Path(result).write_bytes(animation)
            return "gif"
        image, extension = _read(source, (MAX_EDGE, MAX_EDGE))
        return _write(image, extension, result)


def clean_and_locate(source: str, result: str) -> tuple[str, tuple[float, float] | None]:
    """Do as `clean`, and say where the picture was taken, if it says so: degrees north and east."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        position = _position(source)
    return clean(source, result), position


def _position(source: str) -> tuple[float, float] | None:
    """Read the GPS lines of a photo (EXIF 2.32, section 4.6.6); None where there are none that mean a place."""
    try:
        with Image.open(source, formats=FORMATS) as image:
            gps = image.getexif().get_ifd(_GPS)
        lat, lon = (_degrees(gps[tag + 1], str(gps[tag])) for tag in (1, 3))
    except (Image.DecompressionBombError, ZeroDivisionError, OverflowError, AttributeError, *_FAULTS):
        return None
    is_place = abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0, 0)  # false too where either is no number
    return (round(lat, 5), round(lon, 5)) if is_place else None


def _degrees(parts: tuple[float, ...], side: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return (degrees + minutes / 60 + seconds / 3600) * (-1 if side[:1] in "SW" else 1)


def draw_thumbnail(source: str, result: str, width: int) -> str | None:
    """Draw `source` at most `width` px wide into `result`; None when it is no wider, so that it can serve itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with _open(source) as image:
            if image.width <= width and image.height <= 2 * width:
                return None
        image, extension = _read(source, (width, 2 * width))
        return _write(image, "png" if extension == "png" else "jpg", result)


def draw_logo(source: str, result: str, edge: int) -> str:
    """Draw `source` at most `edge` px wide and high into `result`; return its extension, png or webp."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image, extension = _read(source, (edge, edge))
        return _write(image, "png" if extension == "png" else "webp", result)


def _open(source: str) -> Image.Image:
    try:
        image = Image.open(source, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(MAX_PIXELS) from error
    except _FAULTS as error:
        raise WrongType(DAMAGED) from error
    most = MAX_WEBP_PIXELS if image.format == "WEBP" else MAX_PIXELS
    if image.width * image.height > most:
        raise _too_many_pixels(most)
    if image.format in {"JPEG", "MPO"} and _count_scans(source) * image.width * image.height > MAX_JPEG_WORK:
        raise WrongType(DAMAGED)
    return image


def _count_scans(source: str) -> int:
    return Path(source).read_bytes().count(b"\xff\xda")


def _too_many_pixels(most: int) -> TooLarge:
    return TooLarge(
        N_("This picture has too many dots: at most %(most)s million. Make it smaller first."), most=most // 1_000_000
    )


def _read(source: str, box: tuple[int, int]) -> tuple[Image.Image, str]:
    """Decode, shrink into `box`, turn upright and bring to sRGB; the extension says which format suits the result."""
    with _open(source) as image:
        extension = _EXTENSIONS[image.format or "JPEG"]
        try:
            image.draft(image.mode, (max(box), max(box)))
            image.load()
            turn = _turn(image)
            profile = image.info.get("icc_profile")
            plain = _plain(image)
            if extension == "png" and not plain.mode.endswith("A") and plain.getcolors(FEW_COLOURS) is None:
                extension = "jpg"
            plain.thumbnail(box[::-1] if turn in _SIDEWAYS else box, Image.Resampling.LANCZOS, reducing_gap=3.0)
        except Image.DecompressionBombError as error:
            raise _too_many_pixels(MAX_PIXELS) from error
        except _FAULTS as error:
            raise WrongType(DAMAGED) from error
    upright = plain if turn is None else plain.transpose(turn)
    return _to_srgb(upright, profile), extension


def _plain(image: Image.Image) -> Image.Image:
    """Bring any mode to L, RGB, RGBA or CMYK; no copy where none is needed, it would cost 100 MB."""
    wanted = image.mode
    if image.has_transparency_data:
        wanted = "RGBA"
    elif image.mode in {"I;16", "I"}:  # 16 bits of grey, which convert() would cut off and not scale
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif image.mode not in {"L", "RGB", "CMYK"}:
        wanted = "L" if image.mode == "1" else "RGB"
    return image if image.mode == wanted else image.convert(wanted)


def _turn(image: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    except _FAULTS:  # broken EXIF does not make the picture unreadable
        return None


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Apply the picture's own colour profile, because what is written carries none."""
    wanted = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile and image.mode != "L":
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            done = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode=wanted)
        except (ImageCms.PyCMSError, *_FAULTS):  # a wrong profile: show the colours as they are
            done = None
        if done is not None:
            return done
    return image if image.mode in {"L", wanted} else image.convert(wanted)


def _write(image: Image.Image, extension: str, result: str) -> str:
    image.info = {}  # Pillow would write comments and profiles of the source again
    with refusing_when_full():
        _save(image, extension, result)
    return extension


def _save(image: Image.Image, extension: str, result: str) -> None:
    if extension == "jpg":
        opaque = image.convert("RGB") if image.mode == "RGBA" else image
        opaque.save(result, "JPEG", quality=82, progressive=True, optimize=True)
    elif extension == "webp":
        image.save(result, "WEBP", quality=82, method=3)
    else:
        _with_palette(image).save(result, "PNG", optimize=True)


def _with_palette(image: Image.Image) -> Image.Image:
    """Give a drawing of few colours a palette, when not one dot changes by it: the file is three times smaller."""
    if image.mode != "RGB" or image.getcolors(256) is None:
        return image
    reduced = image.quantize(256, dither=Image.Dither.NONE)
    return image if ImageChops.difference(reduced.convert("RGB"), image).getbbox() else reduced


def _bare_animation(source: Path) -> bytes | None:
    """Give an animated GIF without its comments and metadata, every frame decoded; None where one frame must do."""
    if source.stat().st_size > MAX_ANIMATION_BYTES:
        return None
    gif = bare_gif(source.read_bytes())
    if gif is None or not _may_move(gif):
        return None
    try:
        with Image.open(io.BytesIO(gif.content), formats=("GIF",)) as image:
            for number in range(gif.frames):
                image.seek(number)
                image.load()
    except (Image.DecompressionBombError, *_FAULTS):
        return None
    return gif.content


def _may_move(gif: BareGif) -> bool:
    is_small = max(gif.width, gif.height) <= MAX_EDGE and gif.width * gif.height * gif.frames <= MAX_ANIMATION_PIXELS
    return 1 < gif.frames <= MAX_ANIMATION_FRAMES and is_small
