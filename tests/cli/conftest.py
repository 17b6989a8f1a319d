"""Run `gare` as a person does, in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import gare as group

Gare = Callable[..., Result]


@pytest.fixture
def gare(instance: Path) -> Gare:
    """Give a function that runs a command on the instance: `gare("page", "get", "index")`, `input=` for its stdin."""
    return runner_for(instance)


def runner_for(instance: Path) -> Gare:
    """Make such a function for an instance."""
    runner = CliRunner()

    def run(*arguments: str | Path, input: bytes | str | None = None, instance: Path = instance) -> Result:
        return runner.invoke(group, ["--instance", str(instance), *map(str, arguments)], input=input)

    return run


@pytest.fixture
def done(gare: Gare) -> Callable[..., str]:
    """Give a function that runs a command which must succeed, and gives what it prints."""

    def run(*arguments: str | Path, **others: object) -> str:
        result = gare(*arguments, **others)
        assert result.exit_code == 0, f"{arguments}: {result.output} {result.exception!r}"
        return str(result.stdout)

    return run
