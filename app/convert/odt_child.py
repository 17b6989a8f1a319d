"""Read OpenDocument texts as HTML. Runs in a child process (`documents.py`).

Our own, because what there is on PyPI loses bold and italic or quotes, or reads the whole archive with lxml.
"""

import zipfile
from collections.abc import Callable

from app.convert.document_kinds import DAMAGED, LOCKED
from app.convert.document_pictures import MOST_READ, Pictures
from app.convert.odt_blocks import Body
from app.convert.odt_names import DC, MANIFEST, OFFICE
from app.convert.odt_styles import Styles
from app.convert.packages import list_xml, read_part
from app.errors import Invalid


def read_odt(archive: zipfile.ZipFile, pictures: Pictures) -> tuple[str, str]:
    """Give the HTML of an OpenDocument text and the title that its properties say."""
    list_xml(archive)
    if next(read_part(archive, "META-INF/manifest.xml").iter(MANIFEST + "encryption-data"), None) is not None:
        raise Invalid(LOCKED)
    meta, styles, content = (read_part(archive, f"{name}.xml") for name in ("meta", "styles", "content"))
    text = content.find(f"{OFFICE}body/{OFFICE}text")
    if text is None:
        raise Invalid(DAMAGED)
    title = next(meta.iter(DC + "title"), None)
    html = Body(Styles(styles, content), _finder(archive, pictures)).read(text)
    return html, (title.text or "") if title is not None else ""


def _finder(archive: zipfile.ZipFile, pictures: Pictures) -> Callable[[str], str]:
    names = set(archive.namelist())

    def find(address: str) -> str:
        """Give the address of a picture inside the archive, or `""`; only what has its name there is read."""
        name = address.removeprefix("./")
        if name not in names:
            return ""
        with archive.open(name) as stream:
            return pictures.keep(stream.read(MOST_READ))

    return find
