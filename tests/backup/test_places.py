"""Every file and folder of an instance is in its backups, or known to be derived, of the moment, or about backups."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

from app.backup.reading import TOPS

ROOT = Path(__file__).parents[2]
DERIVED = {"catalog.db", "search", "search-things.json", "thumbnails"}
IN_TABLES = {"gare.db"}  # its rows are in the backup, so that they come back on any database
DROPPED_IN = {"map"}  # by whoever runs the site, who has it elsewhere too: a territory's tiles can be gigabytes
LOCKS = {
    "answers-teller", "backup-schedule", "backup-writer", "catalog-writer", "erasing-writer", "mail-sender", "search-writer", "serving",
}  # fmt: skip
# Wishes for the job process, marks of when something was done last, what it became: another machine begins anew.
OF_THE_MOMENT = {
    "backup-asked", "backup-attempt.json", "backups", "health-asked", "health.json", "imports", "jobs.json",
    "last-backup.json", "settings.stamp", "upkeep",
}  # fmt: skip
INSTANCES = ("instance", "instance()")


def _places() -> Iterator[tuple[str, str]]:
    """Find what the program names in an instance: the module, and the first part of the name."""
    for file in sorted((ROOT / "app").rglob("*.py")):
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _is_instance(node.left):
                for name in _names(module, node.right):
                    yield module, name.partition("/")[0]


def _is_instance(node: ast.expr) -> bool:
    return ast.unparse(node).rpartition(".")[2] in INSTANCES


def _names(module: str, node: ast.expr) -> list[str]:
    """Give the name that stands there, in quotes or as a constant of the module; of what is made as it runs, none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    found = getattr(importlib.import_module(module), node.id, None) if isinstance(node, ast.Name) else None
    return [found] if isinstance(found, str) else []


def test_what_an_instance_holds_is_backed_up_or_known_not_to_be() -> None:
    known = TOPS | DERIVED | DROPPED_IN | IN_TABLES | LOCKS | OF_THE_MOMENT
    places = set(_places())

    assert sorted(place for place in places if place[1] not in known) == []
    assert known - {name for _module, name in places} <= TOPS
