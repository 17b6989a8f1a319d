"""Read a file as a table, whatever kind it is: told by what is in it, not by its name."""

from collections.abc import Callable

from app.errors import N_, Invalid
from app.forms.form import Form
from app.records.exchange.csv_in import decode, read_csv
from app.records.exchange.geo_in import Bounds, read_geojson, read_gogocarto
from app.records.exchange.sheet import Sheet, check_size
from app.records.exchange.xlsx import read_xlsx

KINDS = ("csv", "xlsx", "geojson", "gogocarto")
NO_KIND = N_("A table is read from CSV, XLSX, GeoJSON or GoGoCarto files. Save it as one of these.")
_ARCHIVE, _OLD_OFFICE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


def read(content: bytes, form: Form, territory: Bounds | None = None, kind: str = "") -> Sheet:
    """Read a file; without a `kind` it is told. Raises Invalid, TooLarge, OverBudget."""
    check_size(content)
    tables: dict[str, Callable[[], Sheet]] = {
        "csv": lambda: read_csv(content),
        "xlsx": lambda: read_xlsx(content),
        "geojson": lambda: read_geojson(content, form, territory),
        "gogocarto": lambda: read_gogocarto(content, form, territory),
    }
    return tables[kind or kind_of(content)]()


def kind_of(content: bytes) -> str:
    """Tell what kind of file this is; raises Invalid where it is none that is read."""
    if content.startswith(_ARCHIVE):
        return "xlsx"
    if content.startswith((_OLD_OFFICE, _PDF)):
        raise Invalid(NO_KIND)
    text = decode(content[:100_000])[0].lstrip("\ufeff \t\r\n")
    if not text.startswith("{"):
        return "csv"
    return "gogocarto" if '"data"' in text and '"features"' not in text else "geojson"
