"""The rules that make the title and the path of a record: texts with `{field}` in them."""

import re

from app.errors import N_, Invalid
from app.forms.form import Field

HOLE = re.compile(r"\{([^{}]*)\}")
OF_PATHS = frozenset({"title", "letter", "year"})

NO_SUCH_FIELD = N_("The rule “%(rule)s” names “%(name)s”, which is no question of this form.")
PRIVATE_IN_RULE = N_("“%(name)s” is read by few: it cannot stand in the title or address.")
NO_TITLE_FIELD = N_("Add a question named “title”, or a rule that makes the title.")
FIXED_PATH = N_("The rule “%(rule)s” gives all records one address. Add {title} to it.")


def check_title_rule(rule: str, fields: tuple[Field, ...]) -> str:
    """Give the rule back; raises Invalid where it names what is no field, or a private one."""
    names = [name.strip() for name in HOLE.findall(rule)]
    if not names or (names == ["title"] and not any(field.name == "title" for field in fields)):
        raise Invalid(NO_TITLE_FIELD)
    _check(rule, names, fields)
    return rule


def check_path_rule(rule: str, fields: tuple[Field, ...]) -> str:
    """Give the rule back without slashes at its ends; raises Invalid likewise."""
    names = [name.strip() for name in HOLE.findall(rule)]
    if not names:
        raise Invalid(FIXED_PATH, rule=rule)
    _check(rule, [name for name in names if name not in OF_PATHS], fields)
    return rule.strip("/ ")


def _check(rule: str, names: list[str], fields: tuple[Field, ...]) -> None:
    by_name = {field.name: field for field in fields}
    for name in names:
        if name not in by_name:
            raise Invalid(NO_SUCH_FIELD, rule=rule, name=name)
        if by_name[name].is_private:
            raise Invalid(PRIVATE_IN_RULE, name=name)
