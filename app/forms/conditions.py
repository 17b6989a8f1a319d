"""Whether a question is asked: it may depend on the answer to another one."""

from app.forms.form import Condition, Field, Form, Values
from app.forms.types import type_of


def is_asked(form: Form, field: Field, values: Values) -> bool:
    """Tell whether a field is asked, these being the answers to the others.

    It is not where the field that it depends on is not asked itself. A condition on a field that is gone is met.
    """
    seen: set[str] = set()
    while field.condition and field.name not in seen:
        seen.add(field.name)
        other = form.find(field.condition.field)
        if not other:
            return True
        if not _is_met(other, field.condition, values):
            return False
        field = other
    return True


def _is_met(other: Field, condition: Condition, values: Values) -> bool:
    value = values.get(other.name)
    if value is None:
        return False
    if not condition.values:
        return True
    return any(key.text in condition.values for key in type_of(other).keys(other, value))
