"""Places whose position not everybody may know: the public part stands in the page, the exact one in the database."""

from app.forms.form import Field
from app.forms.types.places import EXACT, Place, position_of, precision_of, public_part
from app.wiki.yaml_text import Value

EXACT_ENDING = ".exact"
READERS_OF_EXACT = "admins"  # and those who look after the folder


def exact_name(field: Field) -> str:
    """Name what the database keeps the exact place by."""
    return f"{field.name}{EXACT_ENDING}"


def exact_field(field: Field) -> Field:
    """Give the field of the exact place: it is asked like any other whether somebody may see it."""
    return Field(exact_name(field), Place.name, field.label, readers=READERS_OF_EXACT)


def split_place(_field: Field, value: Value) -> tuple[Value, Value | None]:
    """Give what everybody may know of a place, and all of it where that is more; else None."""
    public = public_part(value)
    return public, (None if public == value else value)


def keeps_exact(value: Value | None, old: Value | None, sees_exact: bool) -> bool:
    """Tell whether the exact place that the database holds stays as it is.

    Who does not see it is shown the public part: sending that back must not wipe what he does not see.
    """
    if value == old:
        return True
    if sees_exact or value is None or old is None:
        return False
    if precision_of(old) == EXACT or (isinstance(value, dict) and "address" in value):
        return False
    return position_of(value) in (None, position_of(old))
