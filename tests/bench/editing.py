"""Edit pages through the form, as a browser does."""

import html
import re
from dataclasses import dataclass

from tests.bench.client import Answer, Client
from tests.bench.corpus import Outline
from tests.bench.run import address

_BASE = re.compile(r'name="base" value="([0-9a-f]{40})"')
_TEXT = re.compile(r'<textarea[^>]* name="text"[^>]*>\n?(.*?)</textarea>', re.DOTALL)
WRITER = "Voisine 1"


@dataclass(frozen=True, slots=True)
class Opened:
    """The editor with a page in it."""

    target: str
    base: str
    text: str


def form_address(outline: Outline) -> str:
    """Give the address of a page's editor."""
    return f"/-/edit{address(outline)}"


def open_editor(client: Client, outline: Outline) -> Opened:
    """Open a page in the editor."""
    target = form_address(outline)
    form = client.get(target).text()
    base, text = _BASE.search(form), _TEXT.search(form)
    if base is None or text is None:
        raise RuntimeError(f"{target} shows no editor")
    return Opened(target, base[1], html.unescape(text[1]))


def save(client: Client, opened: Opened, words: str) -> Answer:
    """Add words at the end of the page and save it; raises RuntimeError when that is refused."""
    text = f"{opened.text.rstrip()}\n\n{words}\n"
    answer = client.post(opened.target, {"base": opened.base, "text": text, "summary": "", "author": WRITER})
    if answer.status != 303:
        raise RuntimeError(f"{opened.target} was not saved: {answer.status}")
    return answer
