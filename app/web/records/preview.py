"""Lay a record out that is not a page yet: its answers as those of a row, its long texts as they will look."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

from markupsafe import Markup

from app.catalog.record_rows import Point, RecordRow
from app.catalog.rows import Body
from app.catalog.wiki import Wiki
from app.forms.form import Form, Values
from app.forms.record import point_of
from app.records import saving
from app.web.fill import fill_body
from app.web.kit import station, wiki
from app.web.records.shown import ShownField

NOWHERE = "x"


def row_of(form: Form, path: str, values: Values) -> RecordRow:
    """Give the row that answers would have."""
    now, point = datetime.now(UTC), point_of(form, values)
    return RecordRow(
        path or NOWHERE, "", form.name, saving.title_of(station(), form, values), values, "",
        Point(*point) if point else None, "", "", "", "", now, now, "", "",
    )  # fmt: skip


def texts_of(path: str, fields: Sequence[ShownField], body: str, prefix: str = "") -> dict[str, object]:
    """Lay out the long texts of a record, by field, and the free text below them."""
    texts = {one.name: lay_out(path, one.text, f"{prefix}{one.name}-") for one in fields if one.kind == "text"}
    return {"texts": texts, "body": lay_out(path, body, f"{prefix}body-") if body.strip() else ""}


def lay_out(path: str, text: str, prefix: str) -> Markup:
    """Lay a text out for the reader; the ids of its headings begin with `prefix`."""
    return fill_body(path, _laid_out(wiki(), path, text), prefix=prefix)


@lru_cache(maxsize=500)  # the page of a record is asked for again and again; laying out starts a child process
def _laid_out(wiki: Wiki, path: str, text: str) -> Body:
    return wiki.preview(path, f"\n{text}")
