"""What a writer does in the editor's tests: select, paste, wait, look for drafts."""

import json
from typing import Any

EDIT = "/-/edit/jardins/compost"
TEXT = "#gc-field-text"


def ready(page: Any) -> None:
    page.wait_for_selector("html[data-editor=ready]")


def select(page: Any, start: int, end: int | None = None) -> None:
    page.focus(TEXT)
    page.eval_on_selector(TEXT, f"field => field.setSelectionRange({start}, {start if end is None else end})")


def paste(page: Any, **kinds: str) -> bool:
    """Paste what the kinds (html, plain, picture) hold; true when the editor took it over."""
    return page.eval_on_selector(
        TEXT,
        """(field, kinds) => {
            const board = new DataTransfer();
            if (kinds.html) board.setData("text/html", kinds.html);
            if (kinds.plain) board.setData("text/plain", kinds.plain);
            for (const name of kinds.files || []) board.items.add(new File(["x"], name, { type: "image/png" }));
            const event = new ClipboardEvent("paste", { clipboardData: board, bubbles: true, cancelable: true });
            return !field.dispatchEvent(event);
        }""",
        kinds,
    )


def drafts(page: Any) -> list[str]:
    return page.evaluate("Object.values(localStorage).map((draft) => JSON.parse(draft).text)")


def keep(page: Any) -> None:
    """Make the editor keep its draft now, not in three seconds."""
    page.evaluate("dispatchEvent(new Event('pagehide'))")


def until(page: Any, expression: str) -> None:
    """Wait until the expression is true in the page; its policy forbids Playwright's own way."""
    for _ in range(600):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def wait_for(page: Any, words: str) -> None:
    """Wait until the text holds these words."""
    until(page, f"document.querySelector('{TEXT}').value.includes({json.dumps(words)})")
