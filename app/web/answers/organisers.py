"""Who manages the people of an event: prints the sheet, notes who was there, writes down who said it elsewhere."""

from app.catalog.record_rows import RecordRow
from app.web.kit import door, viewer


def may_organise(row: RecordRow) -> bool:
    """Tell whether the reader may."""
    return door().may_organise(viewer(), row)
