"""Pages made to exhaust the renderer are shown within its budget, and others are rendered meanwhile."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.config import declared
from app.wiki.markup import Rendered, Renderer, as_source, render

SECONDS = declared()["render_seconds"].default
MAX_BYTES = declared()["render_bytes"].default
START_SECONDS = 8.0  # a child that was killed is started anew by the next call: 0.4 s, but much more on a busy machine
EMPHASIS = ("*a **a " * 60 + "b" + " a** a*" * 60 + "\n\n") * 150  # takes over a second

HOSTILE = {
    "quotes": "> " * 10_000 + "a",
    "brackets": "[" * 10_000 + "a" + "]" * 10_000,
    "links": "[a](b) " * 10_000,
    "links in links": "[a" * 10_000 + "](b)" * 10_000,
    "emphasis": "*a **a " * 10_000,
    "emphasis opened and closed": "*a **a " * 10_000 + "b" + " a** a*" * 10_000,
    "short runs of emphasis": EMPHASIS,
    "a line of 1 MB": "a" * 1_000_000,
    "nested blocks": "<div>" * 9_000,
    "words repeated by the HTML parser": "".join(f"<b title={n}>" for n in range(2_500)) + "\n\nx" * 20_000,
    "lists": "- a\n" * 45_000,
    "wiki links": "[[a|b]]" * 28_000,
    "macros": '{{a "' * 40_000,
    "a table": "a|b\n-|-\n" + "[[a|b]]|c\n" * 15_000,
    "one wide row": "|a|\n|-|\n" + "|x" * 90_000,
    "addresses": "https://a" + ")" * 150_000,
    "headings": "# a\n" * 40_000,
}


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    renderer = Renderer(seconds=SECONDS, max_bytes=MAX_BYTES)
    renderer.render("warm", "a")
    yield renderer
    renderer.close()


def timed(renderer: Renderer, body: str) -> tuple[float, Rendered]:
    start = time.monotonic()
    rendered = renderer.render(body, "a")
    return time.monotonic() - start, rendered


def too_slow(renderer: Renderer, bodies: dict[str, str]) -> dict[str, float]:
    """Render in two threads, as many as the renderer has children, and tell which took longer than they may."""
    with ThreadPoolExecutor(2) as pool:
        times = dict(zip(bodies, pool.map(lambda body: timed(renderer, body)[0], bodies.values()), strict=True))
    return {name: seconds for name, seconds in times.items() if seconds > SECONDS + START_SECONDS}


def cooked(parts: list[tuple[str, int]], size: int = 100_000) -> str:
    """Put a recipe together, at most `size` bytes of it: larger pages are not even tried."""
    share = min(1.0, size / sum(len(text.encode()) * times for text, times in parts))
    return "".join(text * max(1, int(times * share)) for text, times in parts)


@pytest.mark.slow
def test_a_hostile_page_is_shown_within_the_budget(renderer: Renderer) -> None:
    assert too_slow(renderer, HOSTILE) == {}


@pytest.mark.slow
def test_every_pathological_recipe_is_shown_within_the_budget(renderer: Renderer, corpora: Path) -> None:
    recipes = json.loads((corpora / "markdown/pathological.json").read_text())
    bodies = {one["title"]: cooked(one["parts"]) for one in recipes}

    assert max(len(body.encode()) for body in bodies.values()) <= MAX_BYTES
    assert too_slow(renderer, bodies) == {}


def test_a_page_over_budget_is_shown_as_source() -> None:
    renderer = Renderer(seconds=0.05, max_bytes=MAX_BYTES)

    assert renderer.render(EMPHASIS, "a") == as_source(EMPHASIS)
    renderer.close()


def test_other_pages_are_rendered_while_one_takes_its_time() -> None:
    renderer = Renderer(seconds=SECONDS, max_bytes=MAX_BYTES)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda body: timed(renderer, body), ["[a](b) " * 3_000] * 2))  # both children run now
        slow = pool.submit(timed, renderer, EMPHASIS)
        time.sleep(0.1)
        _, rendered = timed(renderer, "# T\n\ntexte")
        was_running = not slow.done()

    assert was_running
    assert rendered.html == "<p>texte</p>\n"
    renderer.close()


@pytest.mark.parametrize("body", ["a" * (MAX_BYTES + 1), "é" * (MAX_BYTES // 2 + 1), "[^1]" * 40_000 + "\n\n[^1]: x"])
def test_a_page_that_is_too_large_is_shown_as_source(renderer: Renderer, body: str) -> None:
    rendered = renderer.render(body, "a")

    assert rendered.is_source
    assert rendered.html == f'<pre class="source">{body}</pre>'
    assert rendered.text == body


def test_a_source_is_escaped() -> None:
    assert as_source("<script>&\0").html == '<pre class="source">&lt;script&gt;&amp;\ufffd</pre>'


def test_a_renderer_gives_what_rendering_here_gives(renderer: Renderer) -> None:
    body = "# T\n\n## *a* [[b|c]] {{d e=f}}\n\n![g](h.jpg) [i](j) \ud800\n\n> ## k"

    assert renderer.render(body, "l/m", "T") == render(body, "l/m", "T")


def test_plugins_change_what_goes_in_and_what_comes_out_and_it_is_cleaned_again() -> None:
    renderer = Renderer(
        seconds=SECONDS,
        max_bytes=MAX_BYTES,
        change_markdown=[lambda text: text.replace("1", "*2*")],
        change_html=[lambda html: html.replace("<em>2</em>", "<em onclick=x>3</em><script>4</script>")],
    )

    assert renderer.render("1", "a").html == "<p><em>3</em></p>\n"
    renderer.close()
