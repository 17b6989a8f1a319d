"""The big list of naughty strings as titles, texts, names, summaries, searches and addresses: nothing breaks, nothing runs."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask

from tests.web.hands import Browser, content, edit_address, follow_search, one, soup

TOGETHER = 12  # strings in one page


@pytest.fixture(scope="session")
def naughty(corpora: Path) -> list[str]:
    strings: list[str] = json.loads((corpora / "security/blns.json").read_text(encoding="utf-8"))
    return strings


def test_they_can_be_searched_for(swift: Browser, naughty: list[str]) -> None:
    for string in naughty[::3]:
        assert swift.get("/-/search", query_string={"q": string}).status_code == 200, string


def test_they_can_be_asked_for_as_pages(swift: Browser, naughty: list[str]) -> None:
    for number, string in enumerate(naughty):
        address = ("/", "/-/edit/", "/-/history/", "/-/new?title=")[number % 4]
        if number % 3 == 0:
            assert swift.get(address + quote(string)).status_code in {200, 301, 302, 308, 400, 404}, string


def test_they_can_be_titles_of_new_pages(swift: Browser, naughty: list[str]) -> None:
    for number, string in enumerate(naughty[1::3]):
        response = swift.post("/-/new", title=string, anyway="1")
        assert response.status_code in {303, 400, 409}, string
        if response.status_code == 303 and number % 8 == 0:
            assert swift.get(response.headers["Location"]).status_code == 200, string


def test_they_can_be_text_title_keywords_name_and_summary(passer_by: Browser, naughty: list[str]) -> None:
    taken = 0
    for number in range(0, len(naughty), TOGETHER):
        part = naughty[number : number + TOGETHER]
        fields = {"title": part[0], "title_was": "", "tags": part[1], "tags_was": "", "head": "", "gap": ""}
        fields |= {"text": "mots\n\n" + "\n\n".join(part), "author": f"Zoé {part[2]}"[:50], "summary": part[3]}
        response = passer_by.post(edit_address(f"blns-{number}"), base="", **fields)
        assert response.status_code in {303, 400}, part
        if response.status_code == 303:
            taken += 1
            page = passer_by.get(f"/blns-{number}")
            found = soup(page)
            assert "mots" in content(page).text and one(page, "h1").text.strip()
            assert not found.select(".content script, .content iframe, [onerror], [onload]")
            links = [str(link["href"]).strip().casefold() for link in found.select("a[href]")]
            assert not [link for link in links if link.startswith(("javascript", "data", "vbscript"))]

    assert taken > 35
    for address in ("/-/changes", "/-/pages", "/-/wanted", "/-/orphans"):
        assert passer_by.get(address).status_code == 200
    for address in ("/-/changes.atom", "/sitemap.xml"):
        assert ET.fromstring(passer_by.get(address).data) is not None


def test_a_page_that_holds_them_all_is_found_again(shared_app: Flask, passer_by: Browser, naughty: list[str]) -> None:
    passer_by.write("tous", "\n\n".join(string for string in naughty if "\0" not in string) + "\n\nzanzibarine\n")
    follow_search(shared_app.extensions["gare"])

    assert len(passer_by.search("zanzibarine")) == 1
