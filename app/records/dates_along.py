"""When somebody moves all dates of a series, what is known of single dates goes along."""

from collections.abc import Mapping

from app.calendar import series, stored
from app.forms.form import Form, Values
from app.forms.types.schedules import find_schedule
from app.wiki.yaml_text import Value


def carried(form: Form, old: Values, new: Values, timezone: str) -> dict[str, Value]:
    """Give new answers with what the old ones knew of single dates at the places that these have now."""
    found: Mapping[str, Value] = {
        one.name: _carried(old[one.name], new[one.name], timezone)
        for one in form.of_type("schedule")
        if one.name in old and one.name in new and old[one.name] != new[one.name]
    }
    return {**new, **found}


def _carried(old: Value, new: Value, timezone: str) -> Value:
    before, after = find_schedule(old, timezone), find_schedule(new, timezone)
    if before is None or after is None:
        return new
    moved = series.carried(before, after)
    if moved == after:
        return new
    value: dict[str, Value] = {**stored.write(moved)}
    if not (isinstance(new, dict) and new.get("timezone")):
        del value["timezone"]
    return value
