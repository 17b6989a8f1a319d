"""Every command that stands in a script, a service or an explanation is one of the program, with these options."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import runner_for

DEPLOY = Path(__file__).parents[2] / "deploy"
# Where a command begins: a line, a span of code, a path, after `exec`, `;` or `||`; "podman exec gare" names a container.
CALL = re.compile(r"(?:^[ \t]*|`|bin/|exec (?:gare )?|; |\|\| )gare ([a-z][^`;&|>\n]*)", re.MULTILINE)
WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*")
ADDED = re.compile(r"^\s*options\+?=\((.*)\)$", re.MULTILINE)  # what a script puts together before it calls
GROUPS = {"mail", "user", "page", "demo"}


def calls() -> set[tuple[str, ...]]:
    """Give every command as its name, in one or two words, and its options."""
    found = set()
    for file in (file for file in DEPLOY.rglob("*") if file.is_file()):
        text = file.read_text(encoding="utf-8")
        for call in CALL.findall(re.sub(r"\$\([^)]*\)", "", text)):  # without commands of others within
            words = WORDS.findall(call)
            name = words[: 2 if words[0] in GROUPS else 1]
            said = call + " ".join(ADDED.findall(text)) if "options[@]" in call else call
            found.add((*name, *re.findall(r"--[a-z-]+", said)))
    return found


def test_the_commands_are_found() -> None:
    assert {"serve", "upgrade", "init", "backup", "restore", "check", "user"} <= {call[0] for call in calls()}
    assert ("mail", "lmtp", "--bind") in calls() and ("init", "--title", "--lang", "--demo") in calls()


@pytest.mark.parametrize("call", sorted(calls()), ids=" ".join)
def test_command_is_one_with_these_options(instance: Path, call: tuple[str, ...]) -> None:
    name = [word for word in call if not word.startswith("--")]
    shown = runner_for(instance)(*name, "--help")

    assert shown.exit_code == 0, shown.output
    assert [word for word in call if word.startswith("--") and word not in shown.output] == []
