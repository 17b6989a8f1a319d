"""What people send keeps half of the threads at the most; the others go on serving pages."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from app import create_app
from app.budget import SENT
from app.errors import Unavailable
from tests.web.hands import Browser


def test_who_pastes_while_others_are_served_is_told_when_to_come_again(browser: Browser) -> None:
    with SENT.take(), SENT.take():
        refused = browser.client.post("/-/convert", data="<p>mot</p>", content_type="text/html")

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
    assert "The site is very busy" in refused.text


@pytest.mark.parametrize(("threads", "places"), [(6, 3), (1, 1)])
def test_half_of_the_threads_are_kept_for_pages(instance: Path, threads: int, places: int) -> None:
    with (instance / "gare.toml").open("a") as settings:
        settings.write(f"threads = {threads}\n")
    create_app(instance)
    try:
        with ExitStack() as held:
            for _ in range(places):
                held.enter_context(SENT.take())
            with pytest.raises(Unavailable), SENT.take():
                pass
    finally:
        SENT.limit(2)
