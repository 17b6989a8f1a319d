"""Pasted HTML (Word, LibreOffice, Google Docs, web pages) to Markdown."""

from functools import cache

from app.budget import SENT, Budget
from app.errors import N_, TooLarge

SECONDS = 4.0
MEMORY = 500_000_000  # bytes of address space
MAX_BYTES = 1_000_000


def to_markdown(html: str) -> str:
    """Convert what somebody pasted; nothing that could run survives.

    Raises TooLarge above 1 MB and OverBudget when it takes over 4 s or 500 MB; Unavailable
    where somebody else's is being converted.
    """
    if len(html.encode("utf-8", "replace")) > MAX_BYTES:
        raise TooLarge(N_("This is too much to paste at once. Paste it in parts."))
    return str(_budget().call(html))


@cache
def _budget() -> Budget:
    return Budget("app.convert.html_child:convert", seconds=SECONDS, memory=MEMORY, size=1, places=SENT)
