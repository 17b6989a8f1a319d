"""The container is made from files that are there, and of all that the program needs."""

import re
from pathlib import Path

from flask import Flask

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "deploy/Containerfile").read_text(encoding="utf-8")
NEEDED = {"app", "plugins", "themes", "pages", "setup.cfg", "pyproject.toml", "wsgi.py"}


def copied() -> set[str]:
    lines = re.findall(r"^COPY (?!--from)(.+)$", TEXT, re.MULTILINE)
    return {name for line in lines for name in line.split()[:-1]}


def test_every_file_that_is_copied_is_there() -> None:
    assert [name for name in copied() if not (ROOT / name).exists()] == []


def test_everything_that_the_program_needs_is_copied() -> None:
    read = re.search(r"long_description = file: (\S+)", (ROOT / "setup.cfg").read_text(encoding="utf-8"))

    assert read
    assert NEEDED | {read[1], "LICENSE"} <= copied()


def test_health_is_asked_at_an_address_that_there_is(app: Flask) -> None:
    asked = re.findall(r"http://127\.0\.0\.1:(\d+)(/[^']*)'", TEXT)

    assert asked == [("8000", "/-/health")]
    assert "/-/health" in {rule.rule for rule in app.url_map.iter_rules()}
    assert "--bind 0.0.0.0:8000" in TEXT and "EXPOSE 8000" in TEXT


def test_python_is_one_that_the_program_runs_on() -> None:
    needed = re.search(r"python_requires = >=3\.(\d+)", (ROOT / "setup.cfg").read_text(encoding="utf-8"))
    images = re.findall(r"^FROM \S*/python:3\.(\d+)-", TEXT, re.MULTILINE)

    assert needed and len(images) == 2
    assert images[0] == images[1] and int(images[0]) >= int(needed[1])
