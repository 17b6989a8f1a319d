"""What a record is called and where it stands, by the rules of its form."""

import pytest

from app.forms.form import Values
from app.forms.naming import letter_of, path_of_record, title_of
from app.forms.reading import parse
from app.wiki.page import parse_path
from tests.forms.examples import covoiturage

RULED = """\
title: Site
folder: annuaire/site
path_rule: "{commune}/{phase}-{when}/{title}"
title_rule: "{title} ({phase})"
fields:
  - name: title
  - {name: commune, type: place}
  - {name: phase, type: choice, choices: {x: {fr: Très vieux, en: Very old}}}
  - {name: when, type: date}
"""
FULL: Values = {"title": "L’église", "commune": {"commune": "Saint-Andéol"}, "phase": "x", "when": "2026-03-12"}


def test_a_title_is_made_of_the_answers() -> None:
    assert title_of(covoiturage(), {"depart": "Vallon", "arrivee": "Ruoms"}, "fr") == "Vallon → Ruoms"
    assert title_of(parse("site", RULED), FULL, "en") == "L’église (Very old)"


def test_a_title_has_no_loose_ends() -> None:
    assert title_of(covoiturage(), {"depart": "Vallon"}, "fr") == "Vallon"
    assert title_of(covoiturage(), {}, "en") == "Car sharing"


def test_a_title_is_one_short_line() -> None:
    assert title_of(covoiturage(), {"depart": "a\nb " * 100, "arrivee": "c"}, "fr").startswith("a b a b")
    assert len(title_of(covoiturage(), {"depart": "x" * 500}, "fr")) == 200


def test_a_path_is_made_of_what_no_language_changes() -> None:
    assert (
        path_of_record(parse("site", RULED), "L’église", FULL, 2026)
        == "annuaire/site/saint-andeol/x-2026-03-12/l-eglise"
    )
    assert path_of_record(covoiturage(), "Vallon → Ruoms", {}, 2026) == "annuaire/covoiturage/2026/vallon-ruoms"


@pytest.mark.parametrize(
    "title", ["", "!!!", "../../etc", "a/b", "Été", "日本", "_forms", "-/admin", "x" * 300, "\u0301" * 50, "%2e%2e"]
)
def test_whatever_the_title_the_path_is_one_of_a_page(title: str) -> None:
    form = parse("offer", "title: Offer\nfields: [{name: title}]\n")
    path = path_of_record(form, title, {}, 2026)

    assert parse_path(path) == path
    assert path.startswith("offer/")


def test_what_is_missing_leaves_its_folder_out() -> None:
    assert path_of_record(parse("site", RULED), "A", {}, 2026) == "annuaire/site/a"


@pytest.mark.parametrize(
    ("title", "letter"), [("Été", "e"), ("œuvre", "o"), ("42 rue", "0"), ("!", "0"), ("«Abc»", "a")]
)
def test_a_title_is_filed_under_its_letter(title: str, letter: str) -> None:
    assert letter_of(title) == letter
