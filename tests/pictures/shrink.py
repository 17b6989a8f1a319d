"""Make a picture of the screen small and put a frame around it: few colours, then a WebP without loss."""

from io import BytesIO

from PIL import Image, ImageDraw

MOST_BYTES = 40_000  # of one picture
MOST_TOGETHER = 600_000  # bytes of all pictures: they stand in the repository, and in each new wiki
_COLOURS = (64, 48, 32, 24, 16)  # letters and planes of one colour need few
_EDGE, _BEND = "#3c424c", 3  # the frame; its corners, in widths of it
_OPAQUE = 255


def shrink(screen: bytes, edge: int) -> bytes:
    """Write a screen, in a frame of `edge` px, as WebP in as many colours as `MOST_BYTES` allow; raises ValueError.

    The frame tells readers that it is a picture: they would press what looks like a button.
    """
    with Image.open(BytesIO(screen)) as shot:
        plain = shot.convert("RGB")
    for colours in _COLOURS:
        packed = _pack(_framed(plain.quantize(colours, dither=Image.Dither.NONE).convert("RGB"), edge))
        if len(packed) <= MOST_BYTES:
            return packed
    raise ValueError(f"{len(packed)} bytes in {colours} colours: show less of the screen")


def _framed(plain: Image.Image, edge: int) -> Image.Image:
    width, height = plain.width + 2 * edge, plain.height + 2 * edge
    framed = Image.new("RGBA", (width, height))
    drawing = ImageDraw.Draw(framed)
    drawing.rounded_rectangle((0, 0, width - 1, height - 1), edge * _BEND, _EDGE)
    inside = Image.new("L", plain.size)
    ImageDraw.Draw(inside).rounded_rectangle((0, 0, plain.width - 1, plain.height - 1), edge * (_BEND - 1), _OPAQUE)
    framed.paste(plain, (edge, edge), inside)
    return framed


def _pack(picture: Image.Image) -> bytes:
    packed = BytesIO()
    picture.save(packed, "WEBP", lossless=True, method=6)
    return packed.getvalue()
