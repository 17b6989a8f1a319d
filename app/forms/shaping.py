"""Pure changes of a form, for the builder: each gives a new one that holds together, or raises Invalid."""

from dataclasses import replace

from app.errors import N_, Invalid
from app.forms.form import Field, Form
from app.forms.reading_fields import MOST_FIELDS, TOO_MANY, check_field, check_fields, check_name
from app.forms.rules import check_path_rule, check_title_rule

NO_FIELD = N_("There is no question named “%(name)s” any more.")


def checked(form: Form) -> Form:
    """Give a form back if its parts fit each other; raises Invalid."""
    if len(form.fields) > MOST_FIELDS:
        raise Invalid(TOO_MANY, most=MOST_FIELDS)
    check_fields(form.fields)
    for field in form.fields:
        check_field(field)
    check_title_rule(form.title_rule, form.fields)
    check_path_rule(form.path_rule, form.fields)
    return form


def get_field(form: Form, name: str) -> Field:
    """Find a field; raises Invalid where it is gone."""
    field = form.find(name)
    if field is None:
        raise Invalid(NO_FIELD, name=name)
    return field


def add(form: Form, field: Field) -> Form:
    """Add a field, last."""
    check_name(field.name)
    return checked(replace(form, fields=(*form.fields, field)))


def change_field(form: Form, field: Field) -> Form:
    """Put a field in the place of the one of the same name: that never changes, records hold their answers by it."""
    get_field(form, field.name)
    return checked(replace(form, fields=tuple(field if one.name == field.name else one for one in form.fields)))


def move(form: Form, name: str, step: int) -> Form:
    """Move a field up (-1) or down (1); at the end of the list it stays."""
    field = get_field(form, name)
    at = form.fields.index(field) + step
    others = [one for one in form.fields if one.name != name]
    others.insert(max(0, min(at, len(others))), field)
    return replace(form, fields=tuple(others))


def remove(form: Form, name: str) -> Form:
    """Take a field out, and the conditions on it. What records answered to it stays in their pages."""
    get_field(form, name)
    kept = (field for field in form.fields if field.name != name)
    return checked(replace(form, fields=tuple(_without_condition(field, name) for field in kept)))


def _without_condition(field: Field, name: str) -> Field:
    return replace(field, condition=None) if field.condition and field.condition.field == name else field
