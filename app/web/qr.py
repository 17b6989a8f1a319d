"""Draw a link as a QR code, which a phone reads from a screen or from paper."""

import segno
from markupsafe import Markup

from app.wiki.clean import trust


def draw(link: str) -> Markup:
    """Give an SVG picture of a link: black on white by night too, or some phones do not read it.

    Nothing where it is longer than any picture holds.
    """
    try:
        code = segno.make(link, error="m", micro=False)
    except segno.DataOverflowError:
        return trust("")
    return trust(code.svg_inline(border=4, light="#fff", omitsize=True, svgclass=None, lineclass=None))
