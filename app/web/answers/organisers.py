"""Who manages the people of an event: prints the sheet, notes who was there, writes down who said it elsewhere."""

from app.catalog.record_rows import RecordRow
from app.people.viewer import signed_in
from app.web.kit import door, viewer

ANY_MEMBER = signed_in("", "m-member", is_admin=False)  # who has nothing but an account


def may_organise(row: RecordRow) -> bool:
    """Tell whether the reader may: whoever looks after the record, made it, or is chosen to change its page.

    Where every member may change the page that chooses nobody: else all would see names that are not to be shown.
    """
    who = viewer()
    if not who.is_signed_in or not who.may_write:
        return False
    if door().may_check(who, row) or row.creator == who.pseudonym:
        return True
    return door().may_write(who, row.path) and not door().may_write(ANY_MEMBER, row.path)
