"""Records of a form as a file: the list of kinds is the list of ways out."""

from collections.abc import Callable
from dataclasses import dataclass

from app.catalog.record_rows import RecordQuery
from app.errors import N_, NotFound
from app.people.viewer import Viewer
from app.records.exchange import maps_out, outgoing, programs_out, tables_out, vcard
from app.records.exchange.outgoing import Batch
from app.station import Station

NO_KIND = N_("Records cannot be written as “%(kind)s”. There are: %(kinds)s.")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: `write` gives its bytes; those with `has_bodies` hold the free texts too."""

    mimetype: str
    write: Callable[..., bytes]
    has_bodies: bool = False


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: dict[str, Kind] = {
    "csv": Kind("text/csv; charset=utf-8", tables_out.to_csv, has_bodies=True),
    "xlsx": Kind(XLSX, tables_out.to_xlsx, has_bodies=True),
    "geojson": Kind("application/geo+json", maps_out.to_geojson),
    "json": Kind("application/json", programs_out.to_json, has_bodies=True),
    "jsonld": Kind("application/ld+json", programs_out.to_json_ld),
    "vcf": Kind("text/vcard; charset=utf-8", vcard.to_vcard),
    "gogocarto.json": Kind("application/json", maps_out.to_gogocarto),
}


def export(station: Station, viewer: Viewer, query: RecordQuery, kind: str, language: str, base: str) -> bytes:
    """Write the records that a query asks for, all of them, as the viewer may read them; raises NotFound.

    `base` is the public address of the site, without a slash at its end.
    """
    if kind not in KINDS:
        raise NotFound(NO_KIND, kind=kind, kinds=", ".join(KINDS))
    batch: Batch = outgoing.gather(station, viewer, query, language, base)
    if KINDS[kind].has_bodies:
        return KINDS[kind].write(batch, outgoing.bodies(station, viewer, batch))
    return KINDS[kind].write(batch)
