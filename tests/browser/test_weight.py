"""U2 to U4: what a first view weighs, and that it asks nobody else."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from app.web.protection import POLICY
from tests.browser.demo_site import EDITED
from tests.checked_client import find_faults

pytestmark = pytest.mark.browser

KB = 1000
MINUTES = "/reunions/2026/2026-11-06-reunion-du-6-novembre-2026"
# Other tests write pages on this site: the list is that of a space in which they write none.
READ = ("/", "/jardins/", "/accueil/qui-fait-quoi", MINUTES, "/-/search?q=compost", "/-/pages?space=jardins", "/annuaire/",
        "/annuaire/initiative/", "/annuaire/heritage/", "/annuaire/person/?view=list", "/agenda/",
        "/agenda/?view=month&month=2026-12")  # fmt: skip
PAGE_BYTES, EDITOR_BYTES, STYLE_BYTES, SCRIPT_BYTES = 60 * KB, 90 * KB, 15 * KB, 15 * KB
REQUESTS, NODES = 8, 380


@dataclass(frozen=True)
class FirstView:
    """What a browser with an empty cache fetched: (address, kind, bytes in gzip) each, and the elements of the page."""

    fetched: tuple[tuple[str, str, int], ...]
    nodes: int
    html: str
    policy: str

    def weight(self, *kinds: str) -> int:
        """Add up bytes; pictures of the content do not count."""
        return sum(size for _, kind, size in self.fetched if kind in kinds or not kinds)


@pytest.fixture
def look(open_window: Callable[..., Any]) -> Callable[[str], FirstView]:
    def look(address: str) -> FirstView:
        page = open_window(viewport={"width": 360, "height": 640}).new_page()
        answers: list[Any] = []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(address, wait_until="networkidle")
        own = [answer for answer in answers if "/-/files/" not in answer.url]
        fetched = tuple((one.url, one.request.resource_type, len(gzip.compress(one.body()))) for one in own)
        nodes = page.evaluate("document.getElementsByTagName('*').length")
        policy = answers[0].headers["content-security-policy"]
        return FirstView(fetched, nodes, answers[0].text(), policy)

    return look


@pytest.mark.parametrize("address", READ)
def test_a_first_view_is_light(look: Callable[[str], FirstView], address: str) -> None:
    view = look(address)

    assert view.weight() <= PAGE_BYTES, view.fetched
    assert len(view.fetched) <= REQUESTS, view.fetched
    assert view.nodes <= NODES
    assert view.weight("stylesheet") <= STYLE_BYTES
    assert view.weight("script") <= SCRIPT_BYTES
    assert view.weight("font") == 0


@pytest.mark.parametrize("address", [f"/-/edit/{EDITED}", "/-/edit/index", "/-/new"])
def test_the_editor_is_light(look: Callable[[str], FirstView], address: str) -> None:
    view = look(address)

    assert view.weight() <= EDITOR_BYTES, view.fetched
    assert view.weight("stylesheet") <= STYLE_BYTES
    assert view.weight("script") <= SCRIPT_BYTES


def test_the_style_asks_for_no_font(look: Callable[[str], FirstView], open_window: Callable[..., Any]) -> None:
    sheets = [url for url, kind, _ in look(f"/-/edit/{EDITED}").fetched if kind == "stylesheet"]
    texts = [open_window().request.get(sheet).text() for sheet in sheets]

    assert len(texts) == 2
    assert not [text for text in texts if "@font-face" in text or "@import" in text or "url(" in text]


@pytest.mark.parametrize("address", [*READ, f"/-/edit/{EDITED}", "/-/changes", "/jardins/composte"])
def test_pages_come_under_a_strict_policy(look: Callable[[str], FirstView], address: str) -> None:
    view = look(address)

    assert view.policy == POLICY
    assert "unsafe" not in POLICY and "*" not in POLICY and "default-src 'none'" in POLICY
    assert find_faults(view.html) == []
