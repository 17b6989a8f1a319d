"""What of the agenda only a browser shows: sheets of paper, and the month that is a table or a list."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.browser

MONTH = "/agenda/?view=month&month=2026-12"
POSTER = "/agenda/poster/agenda/2026/reunion-mensuelle"


@pytest.mark.parametrize(("address", "size"), [
    (MONTH, (297, 210)), (f"{MONTH}&paper=month", (297, 210)), ("/agenda/?paper=month&month=2027-05", (297, 210)),
    (POSTER, (297, 420)),
])  # fmt: skip
def test_it_is_printed_on_one_sheet(open_window: Callable[..., Any], address: str, size: tuple[int, int]) -> None:
    page = open_window().new_page()
    page.goto(address)
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages

    assert len(sheets) == 1
    assert (round(sheets[0].mediabox.width * 25.4 / 72), round(sheets[0].mediabox.height * 25.4 / 72)) == size


def test_a_month_is_a_table_and_on_a_phone_a_list_of_the_days_that_have_dates(open_window: Callable[..., Any]) -> None:
    page = open_window(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(MONTH)
    wide = page.evaluate("[...document.querySelectorAll('.month td')].filter((one) => one.offsetHeight).length")
    page.set_viewport_size({"width": 320, "height": 640})
    days = page.locator(".month td:visible")

    assert wide > 31
    assert 0 < days.count() < 31 and days.count() == page.locator(".month .number").count()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
