"""The reference names every setting, command and hook."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click

from app.cli import gare
from app.config import declared
from app.hooks import Hooks

REFERENCE = (Path(__file__).parents[1] / "pages/dev/reference.md").read_text(encoding="utf-8")


def _commands(group: click.Group, above: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{above} {name}")
        else:
            yield f"{above} {name}", command


def test_every_setting_is_documented() -> None:
    missing = [name for name in declared() if f"| `{name}` |" not in REFERENCE]

    assert missing == []


def test_every_number_among_the_defaults_is_the_right_one() -> None:
    cells = {row[1].strip(" `"): row[2].strip(" `") for row in map(_cells, REFERENCE.splitlines()) if len(row) > 3}
    numbers = {name: one.default for name, one in declared().items() if type(one.default) in {int, float}}
    wrong = {name: cells[name] for name, default in numbers.items() if cells[name].replace(",", "") != str(default)}

    assert wrong == {}


def _cells(line: str) -> list[str]:
    return line.split("|")


def test_every_command_is_documented_with_its_options() -> None:
    lines = {name: line for name, _ in _commands(gare, "gare") for line in REFERENCE.splitlines() if f"`{name}" in line}
    missing = [
        f"{name} {option}"
        for name, command in _commands(gare, "gare")
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--") and option != "--instance" and not getattr(parameter, "hidden", False)
        if option not in lines.get(name, "")
    ]

    assert [name for name, _ in _commands(gare, "gare") if name not in lines] == []
    assert missing == []


def test_every_hook_is_documented() -> None:
    missing = [hook.name for hook in fields(Hooks) if f"| `{hook.name}` |" not in REFERENCE]

    assert missing == []
