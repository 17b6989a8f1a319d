"""Pages that are changed through a form: the editor of texts sends there."""

from flask import request

from app.catalog.rows import PageRow
from app.web.kit import door, viewer


def leads_to_form(page: PageRow, section: int) -> bool:
    """Tell whether a page is a record, which is changed through its form; `?text=1` asks for its text all the same."""
    is_whole = "text" not in request.args and not section
    return is_whole and bool(page.form) and door().find_form(viewer(), page.form) is not None
