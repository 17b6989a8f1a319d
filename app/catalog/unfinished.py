"""Erasures that were stopped: what is still to do stands in a file until the end."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.wiki.disk import refusing_when_full

FILE = "erasing.json"


def list_unfinished(instance: Path) -> dict[str, list[str]]:
    """List the erasures that were stopped: the page, and the files that history named before."""
    try:
        noted: dict[str, list[str]] = json.loads((instance / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return noted


def note_unfinished(instance: Path, todo: Mapping[str, Iterable[str]]) -> None:
    """Write down what is still to do, synced: after a power cut nothing else knows which files were the page's."""
    file = instance / FILE
    if not todo:
        file.unlink(missing_ok=True)
        return
    draft = file.with_suffix(".draft")
    with refusing_when_full(), draft.open("w", encoding="utf-8") as stream:
        json.dump(todo, stream)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)
