"""What all commands share."""

import gettext
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from click.testing import CliRunner

from app.cli import gare as group
from app.cli.language import _CATALOGUES
from tests.cli.conftest import Gare

ROOT = Path(__file__).parents[2]


def test_the_instance_may_be_named_after_the_subcommand(instance: Path) -> None:
    result = CliRunner().invoke(group, ["user", "list", "--instance", str(instance)])

    assert result.exit_code == 0


def test_the_instance_is_taken_from_the_environment(instance: Path) -> None:
    result = CliRunner().invoke(group, ["user", "list"], env={"GARE_INSTANCE": str(instance)})

    assert result.exit_code == 0


def test_the_instance_named_last_counts(instance: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        group, ["--instance", str(tmp_path / "no"), "user", "list", "--instance", str(instance)]
    )

    assert result.exit_code == 0


def test_a_missing_instance_is_said_with_the_cure(gare: Gare, tmp_path: Path) -> None:
    result = gare("check", instance=tmp_path / "nothing")

    assert result.exit_code == 1
    assert result.stderr == f"gare: There is no wiki in {tmp_path / 'nothing'}. Make one: gare init\n"


def test_each_wrong_setting_is_said_on_a_line_of_its_own(gare: Gare, instance: Path) -> None:
    (instance / "gare.toml").write_text('timezone = "Mars/Olympus"\nworkers = 0\n')

    result = gare("user", "list")

    assert result.exit_code == 1
    assert [line[:14] for line in result.stderr.splitlines()] == ["gare: timezone", "gare: workers:"]


def test_an_unknown_command_ends_with_2(gare: Gare) -> None:
    assert gare("fly").exit_code == 2


def test_the_help_names_every_command_whole() -> None:
    shown = " ".join(CliRunner().invoke(group, ["--help"]).stdout.split())

    assert all(f"{name} {command.help}" in shown for name, command in group.commands.items())


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the terminal be French, with a catalogue of two sentences."""
    catalogue = Catalog(locale="fr")
    catalogue.add("There is no wiki in %(folder)s. Make one: gare init", "Pas de wiki dans %(folder)s.")
    catalogue.add("Usage:", "Usage :")
    home = tmp_path / "translations/fr/LC_MESSAGES"
    home.mkdir(parents=True)
    with (home / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setenv("LANGUAGE", "fr")
    gettext.bindtextdomain("messages", str(tmp_path / "translations"))
    yield
    gettext.bindtextdomain("messages", str(_CATALOGUES))


@pytest.mark.usefixtures("french")
def test_failures_are_french_where_the_terminal_is(gare: Gare, tmp_path: Path) -> None:
    assert gare("check", instance=tmp_path / "x").stderr == f"gare: Pas de wiki dans {tmp_path / 'x'}.\n"


@pytest.mark.usefixtures("french")
def test_what_click_says_is_french_where_the_terminal_is(gare: Gare) -> None:
    assert gare("page", "get", "--help").stdout.startswith("Usage :")


@pytest.mark.parametrize("command", [("check",), ("jobs",), ("page", "list")])
def test_plugins_are_looked_for_by_every_command(gare: Gare, instance: Path, command: tuple[str, ...]) -> None:
    (instance / "gare.toml").write_text('plugins = "choir"\n')
    result = gare(*command)

    assert (result.exit_code, "there is no plugin “choir”" in result.stderr) == (1, True)


def test_commands_do_without_the_web(instance: Path) -> None:
    program = f"""
import sys
from app.cli import gare
gare(["--instance", {str(instance)!r}, "page", "list"], standalone_mode=False)
print([name for name in sys.modules if name.startswith("app.web")])
"""
    printed = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert printed.splitlines()[-1] == "[]"
