"""A page is rendered while git is at work, unless that may take long: nobody who holds the lock waits for it."""

import threading

import pytest

from app.catalog.wiki import SOON
from app.station import Station
from app.wiki.markup import Rendered


def test_a_long_text_is_rendered_before_the_lock(station: Station) -> None:
    assert station.wiki.render_soon("a", "word " * SOON).done()


def test_while_others_are_rendered_it_is_rendered_before_the_lock(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(station.wiki.renderer, "is_idle", lambda: False)

    assert station.wiki.render_soon("a", "word").done()


def test_the_renderer_is_idle_when_it_has_answered(station: Station) -> None:
    assert station.wiki.render_soon("a", "# Title\n").result().title == "Title"
    assert station.wiki.renderer.is_idle()


def test_a_renderer_at_work_is_not_idle(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go = threading.Event(), threading.Event()
    ask = station.wiki.renderer._budget._ask

    def slow(*arguments):  # type: ignore[no-untyped-def]
        begun.set()
        go.wait(10)
        return ask(*arguments)

    monkeypatch.setattr(station.wiki.renderer._budget, "_ask", slow)
    rendered = station.wiki.render_soon("a", "word")
    assert begun.wait(10)

    assert not station.wiki.renderer.is_idle()
    go.set()
    assert isinstance(rendered.result(), Rendered)
