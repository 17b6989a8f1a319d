"""The booklet of the help as it comes out of the printer."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from app.shipped import content
from tests.browser.demo_site import Demo

pytestmark = pytest.mark.browser

ADDRESS = "/-/booklet/aide"
A4, A5 = (210, 297), (148, 210)  # mm
POINT = 25.4 / 72  # mm


def printed(browser: Any, demo: Demo, address: str) -> PdfReader:
    """Print a page on the paper that it asks for."""
    page = browser.new_page(base_url=demo.address)
    page.goto(address)
    made = page.pdf(prefer_css_page_size=True)
    page.close()
    return PdfReader(BytesIO(made))


@pytest.mark.parametrize(("address", "paper"), [(ADDRESS, A5), (f"{ADDRESS}?paper=a4", A4)], ids=["A5", "A4"])
def test_it_is_printed_on_the_paper_that_was_chosen(
    browser: Any, demo: Demo, address: str, paper: tuple[int, int]
) -> None:
    sizes = {
        tuple(round(float(side) * POINT) for side in one.mediabox[2:]) for one in printed(browser, demo, address).pages
    }

    assert sizes == {paper}


def test_each_page_of_the_help_begins_a_sheet_and_all_pictures_are_there(browser: Any, demo: Demo) -> None:
    sheets = printed(browser, demo, ADDRESS).pages
    starter = content.starter("fr")
    titles = [
        text.split("title: ")[1].split("\n")[0] for path, text in starter.pages.items() if path.startswith("aide/")
    ]
    begins = [sheet.extract_text().split("\n")[1].strip() for sheet in sheets]

    assert [title for title in titles if title not in begins] == []
    assert sum(len(sheet.images) for sheet in sheets) == sum(page.startswith("aide/") for page, _ in starter.files)


def test_what_serves_the_screen_is_not_printed(browser: Any, demo: Demo) -> None:
    words = "".join(sheet.extract_text() for sheet in printed(browser, demo, ADDRESS).pages)

    assert "Mettre en page" not in words and "Guichet" not in words and "Sommaire" not in words
