"""What stands between program and plugins: plugins import the contract only, the program imports no plugin."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from app import plugin

ROOT = Path(__file__).parents[2]
MAY = {"app.plugin", "app.errors"}
PLUGINS = sorted(file for file in (ROOT / "plugins").rglob("*.py") if "tests" not in file.parts)
# Needed by plugins to come, and by nobody yet. This list may only become shorter.
FOR_LATER: set[str] = {"Deleted", "Renamed", "Saved"}


def imports(file: Path) -> Iterator[tuple[str, str]]:
    """Give what a file imports: module and name, relative imports as those of the plugin."""
    package = ".".join(file.relative_to(ROOT).parent.parts)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = f"{package}.{node.module or ''}" if node.level else node.module or ""
            yield from ((module, alias.name) for alias in node.names)


def of(module: str, name: str) -> str:
    """Name the module that is meant: `from app import plugin` is of `app.plugin`."""
    return f"{module}.{name}" if module in {"app", "plugins"} else module


def test_plugins_import_nothing_of_the_program_but_the_contract() -> None:
    strange = [
        f"{file.relative_to(ROOT)}: {of(module, name)}"
        for file in PLUGINS
        for module, name in imports(file)
        if module.partition(".")[0] == "app" and of(module, name) not in MAY
    ]

    assert strange == []


def test_plugins_do_not_import_each_other() -> None:
    strange = [
        f"{file.relative_to(ROOT)}: {of(module, name)}"
        for file in PLUGINS
        for module, name in imports(file)
        if module.partition(".")[0] == "plugins"
        and of(module, name).split(".")[1] != file.relative_to(ROOT / "plugins").parts[0]
    ]

    assert strange == []


def test_the_program_imports_no_plugin() -> None:
    files = sorted((ROOT / "app").rglob("*.py"))
    strange = [
        f"{file.name}: {module}" for file in files for module, _ in imports(file) if module.startswith("plugins")
    ]

    assert strange == []


def test_every_name_of_the_contract_is_there() -> None:
    assert [name for name in plugin.__all__ if not hasattr(plugin, name)] == []


def test_every_name_of_the_contract_is_used() -> None:
    readme = (ROOT / "plugins/README.md").read_text(encoding="utf-8")
    used = {name for file in PLUGINS for module, name in imports(file) if module == "app.plugin"}
    used |= {name for line in re.findall(r"from app\.plugin import (.*)", readme) for name in line.split(", ")}

    assert set(plugin.__all__) - used == FOR_LATER


def test_every_name_of_the_contract_is_explained() -> None:
    source = (ROOT / "app/plugin.py").read_text(encoding="utf-8")
    listed = source.partition("__all__ = [\n")[2].partition("]\n")[0].splitlines()

    assert [line for line in listed if not re.fullmatch(r'    "\w+",  # .+', line)] == []
    assert len(listed) == len(plugin.__all__)
