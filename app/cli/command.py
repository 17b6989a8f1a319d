"""What all commands share: `--instance` before or after the subcommand, failures as one sentence."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click
from sqlalchemy.exc import DBAPIError

from app.cli.language import _, say
from app.database import truth
from app.errors import N_, GareError, NotFound
from app.hooks import Hooks
from app.loader import load_config, load_hooks
from app.station import Station, open_station

ROOT = Path(__file__).resolve().parents[2]  # of the checkout: pages/, themes/, plugins/ stand there
_KEY = "gare.instance"


class Failure(click.ClickException):
    """A failure that the person at the terminal can cure: one sentence on standard error, exit status 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print each sentence after the name of the program, as Unix programs do."""
        for line in self.message.splitlines():
            click.echo(f"gare: {line}", file=file or sys.stderr)


class Command(click.Command):
    """A command that takes `--instance` too, and tells errors of the family as one sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(instance_option())

    def get_short_help_str(self, limit: int = 0) -> str:
        """Say what it does, whole: click would cut the sentence at the limit."""
        del limit
        return self.help or ""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; its errors become a sentence."""
        with telling_failures():
            return super().invoke(ctx)


@contextmanager
def telling_failures() -> Iterator[None]:
    """Turn errors that the person at the terminal can cure into a sentence."""
    try:
        yield
    except GareError as error:
        raise Failure(say(error)) from error
    except DBAPIError as error:
        raise Failure(_("The database does not answer: %(fault)s", fault=error.orig)) from error
    except BrokenPipeError:  # `gare page list | head`: click ends quietly
        raise
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        raise Failure(f"{name}{error.strerror or error}") from error


class Group(click.Group):
    """A command with subcommands, listed in their own order."""

    command_class = Command
    group_class = type

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """List them as the table of contents has them."""
        return list(self.commands)


def instance_option() -> click.Option:
    """Make the option that says which instance is meant."""
    return click.Option(
        ["--instance"],
        type=click.Path(path_type=Path),
        expose_value=False,
        callback=_keep,
        help=_("Folder of the instance (else $GARE_INSTANCE, else instance/)."),
    )


def _keep(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.meta[_KEY] = value


def instance() -> Path:
    """Give the folder of the instance that is meant."""
    chosen = click.get_current_context().meta.get(_KEY) or os.environ.get("GARE_INSTANCE") or "instance"
    return Path(chosen).absolute()


@contextmanager
def opened(*, is_migrated: bool = True, hooks: Hooks | None = None) -> Iterator[Station]:
    """Open the instance that is meant, and close it after; raises NotFound where `gare init` has not been."""
    folder = instance()
    if not (folder / "content.git").is_dir():
        raise NotFound(N_("There is no wiki in %(folder)s. Make one: gare init"), folder=folder)
    config = load_config(folder)
    station = open_station(config, load_hooks(config) if hooks is None else hooks)
    try:
        if is_migrated:
            truth.check(station.truth, station.hooks.plugins)
        yield station
    finally:
        station.close()
