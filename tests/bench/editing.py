"""Edit pages through the form, as a browser does: whatever stands in it is sent back, the text with a change."""

from dataclasses import dataclass
from html.parser import HTMLParser

from tests.bench.client import Answer, Client
from tests.bench.corpus import Outline
from tests.bench.run import address

WRITER = "Voisine 1"
TEXT = "text"  # the field of the page's text
_MARK = "data-editor"  # on the form that is meant
_BUTTONS = {"submit", "button", "image", "reset", "file"}
_TICKED = {"checkbox", "radio"}


@dataclass(frozen=True, slots=True)
class Opened:
    """The editor with a page in it: where it is sent, what stands in its fields."""

    target: str
    fields: dict[str, str]


def form_address(outline: Outline) -> str:
    """Give the address of a page's editor."""
    return f"/-/edit{address(outline)}"


def open_editor(client: Client, outline: Outline) -> Opened:
    """Open a page in the editor."""
    target = form_address(outline)
    form = _Form()
    form.feed(client.get(target).text())
    if not form.fields.get(TEXT):
        raise RuntimeError(f"{target} shows no editor")
    return Opened(target, form.fields)


def save(client: Client, opened: Opened, words: str) -> Answer:
    """Add words at the end of the page and save it; raises RuntimeError when that is refused."""
    text = f"{opened.fields[TEXT].rstrip()}\n\n{words}\n"
    answer = client.post(opened.target, opened.fields | {TEXT: text, "author": WRITER})
    if answer.status != 303:
        raise RuntimeError(f"{opened.target} was not saved: {answer.status}")
    return answer


class _Form(HTMLParser):
    """Reads the fields of the editor's form."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._is_inside = False
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("name") or ""
        if tag == "form":
            self._is_inside = _MARK in values
        elif not self._is_inside or not name:
            return
        elif tag == "textarea":
            self._area, self.fields[name] = name, ""
        elif tag == "input" and _is_sent(values):
            self.fields[name] = values.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False
        elif tag == "textarea" and self._area is not None:
            self.fields[self._area] = self.fields[self._area].removeprefix("\n")  # as browsers read it
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.fields[self._area] += data


def _is_sent(values: dict[str, str | None]) -> bool:
    kind = values.get("type") or "text"
    return kind not in _BUTTONS and (kind not in _TICKED or "checked" in values)
