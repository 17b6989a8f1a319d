"""The big list of naughty strings as titles, texts, names, summaries, searches and addresses: nothing breaks, nothing runs."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.web.hands import Browser, content, edit_address, follow_search, one, soup


@pytest.fixture(scope="session")
def naughty(corpora: Path) -> list[str]:
    strings: list[str] = json.loads((corpora / "security/blns.json").read_text(encoding="utf-8"))
    return strings


def test_they_can_be_searched_for(swift: Browser, naughty: list[str]) -> None:
    for string in naughty:
        assert swift.get("/-/search", query_string={"q": string}).status_code == 200, string


def test_they_can_be_asked_for_as_pages(swift: Browser, naughty: list[str]) -> None:
    for number, string in enumerate(naughty):
        address = ("/", "/-/edit/", "/-/history/", "/-/new?title=")[number % 4]
        assert swift.get(address + quote(string)).status_code in {200, 301, 302, 308, 400, 404}, string


def test_they_can_be_titles_of_new_pages(swift: Browser, naughty: list[str]) -> None:
    for number, string in enumerate(naughty):
        response = swift.post("/-/new", title=string, anyway="1")
        assert response.status_code in {303, 400, 409}, string
        if response.status_code == 303 and number % 8 == 0:
            assert swift.get(response.headers["Location"]).status_code == 200, string


def test_they_can_be_text_title_name_and_summary(passer_by: Browser, naughty: list[str]) -> None:
    for number in range(len(naughty)):
        if number % 4:  # each is tried as all four, in turn
            continue
        part = naughty[number : number + 4]
        fields = {"title": part[0], "title_was": "", "head": "", "gap": "", "text": f"mots {part[-1]}\n\n{part[-1]}"}
        response = passer_by.post(
            edit_address(f"blns-{number}"),
            base="",
            author=f"Zoé {part[1 % len(part)]}"[:50],
            summary=part[-1],
            **fields,
        )
        assert response.status_code in {303, 400}, part
        if response.status_code == 400:
            continue
        page = passer_by.get(f"/blns-{number}")
        assert "mots" in content(page).text
        assert not soup(page).select(".content script, [onerror], [onload], .content iframe")
        assert not [
            link
            for link in soup(page).select(".content a[href]")
            if str(link["href"]).lower().strip().startswith("javascript")
        ]
        assert (
            one(page, "h1").text.split() == part[0].split()
            or not part[0].isprintable()
            or not part[0].strip()
            or len(part[0]) > 100
        ), part[0]
    for address in ("/-/changes", "/-/changes.atom", "/-/pages", "/sitemap.xml", "/-/wanted", "/-/orphans"):
        assert passer_by.get(address).status_code == 200


def test_the_feed_with_all_of_them_is_still_xml(passer_by: Browser, naughty: list[str]) -> None:
    import xml.etree.ElementTree as ET

    for number, string in enumerate(naughty[::12]):
        passer_by.post(
            edit_address(f"feed-{number}"),
            text="---\ntitle: " + json.dumps(string) + "\n---\nx",
            base="",
            author="Zoé",
            summary=string,
        )

    assert ET.fromstring(passer_by.get("/-/changes.atom").data) is not None


def test_they_can_be_found_again(shared_app, passer_by: Browser, naughty: list[str]) -> None:  # type: ignore[no-untyped-def]
    passer_by.write("tous", "\n\n".join(string for string in naughty if "\0" not in string) + "\n\nzanzibarine\n")
    follow_search(shared_app.extensions["gare"])

    assert len(passer_by.search("zanzibarine")) == 1
