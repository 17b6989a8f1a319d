"""A refused push is told why in the site's language, and in English for those who help."""

from pathlib import Path

import pytest

from app.station import Station
from tests.wiki.store_clone import Clone

ENGLISH = "“.secret/a.md” begins with a dot: such names are kept for programs."
FRENCH = "«\u00a0.secret/a.md\u00a0» commence par un point\u00a0: ces noms sont réservés aux programmes."


@pytest.fixture
def clone(instance: Path, tmp_path: Path) -> Clone:
    clone = Clone(tmp_path / "clone")
    clone.folder.mkdir()
    clone.git("clone", "-q", str(instance / "content.git"), ".")
    clone.sign("m-pushpush", "m-pushpush@members.invalid")
    return clone


def told(clone: Clone) -> list[str]:
    """Push what is refused; give the lines that the pusher reads."""
    clone.write(".secret/a.md", "x\n")
    lines = [line.removeprefix("remote: ").strip() for line in clone.push().splitlines()]
    return [line for line in lines if line.startswith(("“", "«"))]


def test_a_refusal_is_said_in_the_language_of_the_site_then_in_english(clone: Clone) -> None:
    assert told(clone) == [FRENCH, ENGLISH]


def test_a_refusal_of_an_english_site_is_said_once(clone: Clone, station: Station) -> None:
    station.store_settings(language="en")

    assert told(clone) == [ENGLISH]


def test_a_refusal_is_said_although_the_settings_cannot_be_read(clone: Clone, instance: Path) -> None:
    (instance / "gare.db").write_bytes(b"no database")

    assert told(clone) == [ENGLISH]
