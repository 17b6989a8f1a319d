"""Writing a form as YAML. In a text that is there already only the lines of what changed are replaced.

Comments, order and spelling of all other keys stay, unknown keys too: the same way as `frontmatter.rewrite`.
"""

import re
from collections.abc import Mapping

from app.errors import GareError
from app.forms.form import MEMBERS, Choice, Condition, Field, Form, Words
from app.forms.reading import DEFAULT_PATH_RULE, DEFAULT_TITLE_RULE, KNOWN, parse, read_yaml
from app.wiki import frontmatter
from app.wiki.yaml_text import Value

_START = re.compile(r"\ufeff?(?:---[ \t]*\n)?")


def write(form: Form, old_text: str = "") -> str:
    """Write a form, so that `parse` reads the same one again; raises Invalid for one that cannot be."""
    old, text = _read_old(form.name, old_text.replace("\r\n", "\n"))
    before, now = (said(old) if old else {}), {**said(form), **form.extras}
    wanted: dict[str, Value | None] = {key: value for key, value in now.items() if before.get(key) != value}
    gone: dict[str, Value | None] = {key: None for key in (before if old else KNOWN) if key not in now}
    # The lines of a form end where those of a page's head do; `rewrite` knows how to change single keys between them.
    block = frontmatter.rewrite(f"---\n{text}---\n", {**dict.fromkeys(_reordered(before, now)), **gone})
    block = frontmatter.rewrite(block, wanted | {key: now[key] for key in _reordered(before, now)})
    written = block.removeprefix("---\n").removesuffix("---\n")
    parse(form.name, written)
    return written


def _reordered(before: Mapping[str, Value], now: Mapping[str, Value]) -> list[str]:
    """List what holds the same in another order, which no comparison of mappings sees: answers that were moved."""
    return [key for key in before if before[key] == now.get(key) and repr(before[key]) != repr(now[key])]


def _read_old(name: str, text: str) -> tuple[Form | None, str]:
    """Give the old form and its lines; neither where there is none, no form but lines where it cannot be read."""
    bare = _START.sub("", text, count=1)
    if not bare.strip():
        return None, ""
    text = bare if bare.endswith("\n") else f"{bare}\n"
    try:
        return parse(name, text), text
    except GareError:
        return None, text if _is_yaml(text) else ""


def _is_yaml(text: str) -> bool:
    try:
        return bool(read_yaml(text).values)
    except GareError:
        return False


def said(form: Form) -> dict[str, Value]:
    """Give what the YAML of a form says; what is as it would be anyway is left out."""
    values: dict[str, Value] = {"title": _words(form.title)}
    if form.plural and dict(form.plural) != dict(form.title):
        values["plural"] = _words(form.plural)
    if form.description:
        values["description"] = _words(form.description)
    if form.body_label:
        values["body_label"] = _words(form.body_label)
    texts = {
        "folder": (form.folder, form.name),
        "title_rule": (form.title_rule, DEFAULT_TITLE_RULE),
        "path_rule": (form.path_rule, DEFAULT_PATH_RULE),
        "submit": (form.submitters, MEMBERS),
        "audience": (form.audience, ""),
        "icon": (form.icon, ""),
        "colour": (form.colour, ""),
        "expires": (str(form.expires_days), "0"),
        "schema": (form.schema_type, ""),
    }
    values |= {key: text for key, (text, usual) in texts.items() if text not in ("", usual)}
    values |= _flags(form)
    return {**values, "fields": [_field(field) for field in form.fields]} if form.fields else values


def _flags(form: Form) -> dict[str, Value]:
    flags = {
        "moderated": form.is_moderated,
        "one_per_person": form.is_one_per_person,
        "checks": form.has_checks,
        "yearly": form.is_asked_yearly,
    }
    found: dict[str, Value] = {key: "yes" for key, is_set in flags.items() if is_set}
    return found if form.has_body else {**found, "body": "no"}


def _field(field: Field) -> dict[str, Value]:
    values: dict[str, Value] = {"name": field.name, "type": field.type}
    if dict(field.label) != {"": field.name.replace("_", " ")}:
        values["label"] = _words(field.label)
    if field.help:
        values["help"] = _words(field.help)
    if field.default:
        values["default"] = field.default
    if field.readers:
        values["readers"] = field.readers
    if field.condition:
        values["only_if"] = _condition(field.condition)
    flags = {"required": field.is_required, "facet": field.is_facet, "listed": field.is_listed}
    values |= {key: "yes" for key, is_set in flags.items() if is_set}
    if field.choices:
        values["choices"] = _choices(field.choices)
    return {**values, **field.options}


def _condition(condition: Condition) -> Value:
    return {"field": condition.field, "is": list(condition.values)} if condition.values else condition.field


def _choices(choices: tuple[Choice, ...]) -> Value:
    if not any(choice.children or choice.colour for choice in choices):
        return {choice.key: _words(choice.label) for choice in choices}
    return [_choice(choice) for choice in choices]


def _choice(choice: Choice) -> Value:
    value: dict[str, Value] = {"key": choice.key, "label": _words(choice.label)}
    if choice.colour:
        value["colour"] = choice.colour
    return {**value, "choices": _choices(choice.children)} if choice.children else value


def _words(words: Words) -> Value:
    """Write words as one text where they name no language."""
    return words.get("", "") if set(words) <= {""} else _by_language(words)


def _by_language(words: Mapping[str, str]) -> dict[str, Value]:
    return dict(words)
