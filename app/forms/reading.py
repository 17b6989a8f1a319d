"""Reading a form from its YAML: limits stand here and in `reading_fields`; what is wrong is named with its cure."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from app.errors import N_, Invalid
from app.forms import told
from app.forms.form import EVERYONE, MEMBERS, Form
from app.forms.reading_fields import read_fields
from app.forms.rules import check_path_rule, check_title_rule
from app.wiki import yaml_text
from app.wiki.page import parse_path
from app.wiki.yaml_text import Value

NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
MOST_DESCRIPTION = 5_000
MOST_DAYS = 3_660
DEFAULT_TITLE_RULE, DEFAULT_PATH_RULE = "{title}", "{letter}/{title}"
KNOWN = frozenset(
    "title plural description folder title_rule path_rule submit moderated one_per_person checks audience icon colour"
    " expires yearly schema body body_label fields".split()
)

BAD_NAME = N_("The name of a form begins with a small letter: letters, digits, hyphens.")
NO_TITLE = N_("This form needs a title. Write: title: …")
HIDDEN_FOLDER = N_("A folder for records cannot begin with “_”.")
_FAULTS = MappingProxyType(
    {
        yaml_text.TOO_LONG: N_("This form is longer than %(size)d kB."),
        yaml_text.TOO_MANY: N_("This form has too many lines."),
        yaml_text.TOO_DEEP: N_("This form is nested too deeply."),
        yaml_text.UNREADABLE: N_("Line %(line)d of this form cannot be read."),
        yaml_text.SPECIAL_SIGNS: N_("In line %(line)d of this form, the signs & * ! << need quotes."),
        yaml_text.NOT_A_LIST_OF_NAMES: N_("Write line %(line)d of this form as “name: value”."),
        yaml_text.DOUBLED: N_("“%(key)s” stands twice in this form."),
    }
)


def parse(name: str, text: str) -> Form:
    """Read the form of this name; raises Invalid that names the line, the key or the question at fault."""
    if not NAME.fullmatch(name):
        raise Invalid(BAD_NAME)
    return _make(name, read_yaml(text).values)


def read_yaml(text: str) -> yaml_text.Mapping:
    """Read the YAML alone; its faults are said of a form, not of a page's head."""
    try:
        return yaml_text.read(text)
    except yaml_text.Broken as broken:
        msgid, values = broken.fault
        raise Invalid(_FAULTS.get(msgid, msgid), **values) from broken


def _make(name: str, said: Mapping[str, Value]) -> Form:
    title = told.words(said, "title", name)
    if not title:
        raise Invalid(NO_TITLE)
    fields = read_fields(said.get("fields", []))
    return Form(
        name=name,
        title=title,
        plural=told.words(said, "plural", name) or title,
        fields=fields,
        description=told.words(said, "description", name, MOST_DESCRIPTION),
        folder=_read_folder(said, name),
        title_rule=check_title_rule(told.text(said, "title_rule", name) or DEFAULT_TITLE_RULE, fields),
        path_rule=check_path_rule(told.text(said, "path_rule", name) or DEFAULT_PATH_RULE, fields),
        submitters=told.audience(said, "submit", name, EVERYONE) or MEMBERS,
        is_moderated=told.flag(said, "moderated", name),
        is_one_per_person=told.flag(said, "one_per_person", name),
        has_checks=told.flag(said, "checks", name),
        audience=told.audience(said, "audience", name, "public"),
        icon=told.word(said, "icon", name),
        colour=told.word(said, "colour", name),
        expires_days=told.number(said, "expires", name, MOST_DAYS),
        is_asked_yearly=told.flag(said, "yearly", name),
        schema_type=told.word(said, "schema", name),
        has_body=told.flag(said, "body", name, otherwise=True),
        body_label=told.words(said, "body_label", name),
        extras={key: value for key, value in said.items() if key not in KNOWN},
    )


def _read_folder(said: Mapping[str, Value], name: str) -> str:
    folder = parse_path(told.text(said, "folder", name) or name)
    if any(segment.startswith("_") for segment in folder.split("/")):
        raise Invalid(HIDDEN_FOLDER)
    return folder
