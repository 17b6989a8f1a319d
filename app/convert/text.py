"""The text inside an attached file, for the search."""

from functools import cache
from pathlib import Path

from app.budget import Budget

SECONDS = 10.0
MEMORY = 500_000_000  # bytes of address space
READABLE = frozenset({"pdf", "docx", "odt", "ods", "odp", "txt", "md", "csv"})


def text_of(path: Path, name: str) -> str:
    """Read the text of a file whose name tells its kind: at most 1,000,000 characters, "" where there is none.

    Raises OverBudget when it is damaged, hostile, or takes over 10 s or 500 MB.
    """
    kind = Path(name).suffix.removeprefix(".").lower()
    if kind not in READABLE:
        return ""
    return str(_budget().call(str(path), kind))


@cache
def _budget() -> Budget:
    return Budget("app.convert.text_child:read_text", seconds=SECONDS, memory=MEMORY, size=1)
