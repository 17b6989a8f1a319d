"""Fields and forms that the tests of this folder share, and values for each type drawn by chance."""

from typing import Any

from hypothesis import strategies as st

from app.forms.form import Choice, Field, Form
from app.forms.reading import parse

LETTERS = st.characters(exclude_categories=["Cs"])
SIGNS = st.sampled_from(list(",;:\n\"'[]{}#|&*!%@`-–é œ\u00a0\u202f\u0301\0\x1b\u2028\ufeff<>/\\=+0189"))
TEXTS = st.text(LETTERS | SIGNS, max_size=40)
DIGITS = st.text("0123456789+-., /()h:", max_size=20)
PARTS = st.sampled_from(
    "start end text edtf earliest latest address postcode commune lat lon precision file alt author licence date title".split()
)
VALUES = st.recursive(
    TEXTS | DIGITS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS | PARTS, inner, max_size=4),
    max_leaves=8,
)

PHASES = (
    Choice("idea", {"fr": "Idée", "en": "Idea"}),
    Choice(
        "running",
        {"fr": "En cours", "en": "Running"},
        (Choice("slow", {"": "Doucement"}), Choice("fast", {"": "Vite"})),
    ),
)

COVOITURAGE = """\
# Made at the meeting of March.
title: {fr: Covoiturage, en: Car sharing}
plural: {fr: Covoiturages}
folder: annuaire/covoiturage
title_rule: "{depart} → {arrivee}"
path_rule: "{year}/{title}"
submit: everyone
moderated: yes
expires: 60
fields:
  - {name: depart, type: text, label: {fr: Départ}, required: yes}
  - {name: arrivee, type: text, label: {fr: Arrivée}, required: yes}
  - name: phase
    type: choice
    facet: yes
    choices: {idea: {fr: Idée, en: Idea}, running: En cours}
  - name: needs
    type: choices
    choices: [Du temps, De l'argent]
    only_if: {field: phase, is: [running]}
  - {name: place, type: place}
  - {name: phone, type: phone, readers: members}
  - {name: mail, type: contact}
"""


def covoiturage() -> Form:
    """Give a form with fields of most families, two of them private."""
    return parse("covoiturage", COVOITURAGE)


def field(type: str, **more: Any) -> Field:
    """Make a field of a type, with choices where it is chosen."""
    choices = PHASES if type in ("choice", "choices") else ()
    return Field("it", type, {"fr": "Cela"}, **{"choices": choices, **more})


def form_of(*lines: str, head: str = "title: A\ntitle_rule: '{a}'") -> Form:
    """Read a form with these fields, each in the braces of YAML."""
    return parse("it", "\n".join([head, "fields:", *(f"  - {{{line}}}" for line in lines), ""]))
