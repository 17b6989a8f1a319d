"""The help that comes with a new wiki: its pictures are there, small and described."""

import re
from pathlib import Path

import pytest

from app.shipped import content
from tests.pictures.shots import HELP, HELP_SHOTS, README_LANGUAGE, SPOKEN, Shot, place_of, shots_in
from tests.pictures.shrink import MOST_BYTES, MOST_TOGETHER

IN_HELP = [(language, shot) for language in SPOKEN for shot in HELP_SHOTS]
ALL = {place_of(shot, language) for language in SPOKEN for shot in shots_in(language)}
LEAST_WORDS = 6  # of what is said of a picture


def text_of(language: str, shot: Shot) -> str:
    """Give the text of the page beside which a picture stands."""
    return content.starter(language).pages[HELP[language][shot.owner]]


@pytest.mark.parametrize(("language", "shot"), IN_HELP, ids=[f"{language} {shot.name}" for language, shot in IN_HELP])
def test_a_picture_is_shown_and_described_in_words(language: str, shot: Shot) -> None:
    said = re.findall(rf"!\[([^\]]+)\]\({shot.name}\.webp\)", text_of(language, shot))

    assert len(said) == 1
    assert len(said[0].split()) >= LEAST_WORDS


def test_there_are_the_pictures_that_the_script_takes_and_no_others() -> None:
    folders = {file.parent for file in ALL}

    assert {file for folder in folders for file in folder.iterdir()} == ALL
    assert {file for language in SPOKEN for file in _pictures_of(language)} <= ALL


def _pictures_of(language: str) -> list[Path]:
    help_folder = Path(HELP[language]["member"]).parts[0]
    found = content.starter(language).files
    return [file for (page, _), file in found.items() if page.startswith(f"{help_folder}/")]


def test_pictures_are_small() -> None:
    sizes = {file: file.stat().st_size for file in ALL}

    assert {file.name: size for file, size in sizes.items() if size > MOST_BYTES} == {}
    assert sum(sizes.values()) <= MOST_TOGETHER


def test_the_readme_shows_its_pictures_in_words_too() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r'<img src="(pages/dev/pictures/[a-z]+\.webp)" alt="([^"]+)"', readme))
    wanted = {place_of(shot, README_LANGUAGE) for shot in shots_in(README_LANGUAGE) if shot.owner == "README"}

    assert {Path(__file__).parents[2] / name for name in shown} == wanted
    assert min(len(words.split()) for words in shown.values()) >= LEAST_WORDS
