"""A page over `render_bytes` is kept and shown as bare text: whoever saves it, or looks at a preview, is told why."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.web.hands import Browser, edit_address, notices, soup

CAP = 2000
LONG, SHORT = "mot " * 600, "mot " * 400
SENTENCE = "This page is over 2 kB, so only its bare text is shown; shorter pages are shown properly."


@pytest.fixture
def writer(instance: Path, make_app: Callable[[], Flask]) -> Browser:
    with (instance / "gare.toml").open("a") as settings:
        settings.write(f"render_bytes = {CAP}\n")
    return Browser(make_app().test_client())


def test_saving_a_long_page_says_how_it_is_shown(writer: Browser) -> None:
    writer.write("a", LONG)

    assert SENTENCE in notices(writer.get("/a"))


def test_saving_one_part_of_a_long_page_says_so_too(writer: Browser) -> None:
    writer.write("a", f"## Un\n\nmot\n\n## Deux\n\n{SHORT}\n")
    base = writer.base("a")
    writer.post(f"{edit_address('a')}?section=1", text=f"## Un\n\n{SHORT}\n", base=base, author="Zoé")

    assert SENTENCE in notices(writer.get("/a"))


def test_a_page_of_usual_length_is_saved_without_a_word(writer: Browser) -> None:
    head = "".join(f"key{number}: {'x' * 50}\n" for number in range(40))  # is not laid out, so does not count
    writer.write("a", f"---\n{head}---\n{SHORT}")

    assert notices(writer.get("/a")) == []


def test_the_preview_says_so_with_and_without_scripts(writer: Browser) -> None:
    fields = {"base": "", "author": "Zoé", "action": "preview"}
    form = writer.post(edit_address("a"), text=LONG, **fields)
    fragments = [writer.post("/-/preview/a", text=text).text for text in (LONG, SHORT)]

    assert [notice.text.strip() for notice in soup(form).select("#gc-preview .notice p")] == [SENTENCE]
    assert [SENTENCE in fragment for fragment in fragments] == [True, False]
