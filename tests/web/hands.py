"""Hands for the tests of the web: a browser that fills forms, as somebody without scripts would."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.catalog import searching
from app.station import Station
from app.web.page_form import put_together
from tests.checked_client import CheckedClient


@dataclass
class Browser:
    """Fetches and sends; a signed-in one proves its forms with the token that it finds in them."""

    client: FlaskClient
    _proof: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client.set_cookie("gare_display", "auto.normal.en")  # tests read English, whatever the site speaks

    def get(self, address: str, **more: Any) -> TestResponse:
        """Fetch; says when something broke that nobody foresaw."""
        response = self.client.get(address, buffered=True, **more)
        assert response.status_code != 500, response.text
        return response

    def post(self, address: str, /, headers: dict[str, str] | None = None, **fields: Any) -> TestResponse:
        """Send a form."""
        headers = {"Origin": "http://localhost"} | (headers or {})
        response = self.client.post(address, data=fields | self._token(), headers=headers)
        assert response.status_code != 500, response.text
        return response

    def forget(self) -> None:
        """Lose the session, as a browser does that is closed."""
        self.client.delete_cookie("session")
        self._proof = {}

    def _peek(self, address: str) -> str:
        """Fetch a page without checking it: the editor is opened hundreds of times."""
        unchecked = FlaskClient.open if isinstance(self.client, CheckedClient) else type(self.client).open
        response = unchecked(self.client, address, buffered=True)
        assert response.status_code == 200, response.text
        return response.text

    def _token(self) -> dict[str, str]:
        if self.client.get_cookie("session") and not self._proof:
            found = re.search('name="csrf_token" value="([^"]+)"', self._peek("/-/display"))
            self._proof = {"csrf_token": found[1]} if found else {}
        return self._proof

    def write(self, path: str, text: str, **more: str) -> TestResponse:
        """Open the editor of a page, replace its text, save."""
        fields = {"author": "Zoé"} | more
        response = self.post(edit_address(path), text=text, base=self.base(path), **fields)
        assert response.status_code == 303, response.text
        return response

    def base(self, path: str) -> str:
        """Read the revision that the editor of a page begins with."""
        found = re.search('name="base" value="([^"]*)"', self._peek(edit_address(path)))
        assert found
        return found[1]

    def typed(self, path: str, section: int = 0) -> str:
        """Read the text that the editor of a page shows, its head included."""
        address = edit_address(path) + (f"?section={section}" if section else "")
        return put_together(
            fields_of(BeautifulSoup(self._peek(address), "html.parser").select_one("form[data-editor]"))
        )

    def search(self, words: str) -> list[str]:
        """Name the titles that a search finds."""
        return [link.text for link in soup(self.get("/-/search", query_string={"q": words})).select(".hits h2 a")]


def edit_address(path: str) -> str:
    return f"/-/edit/{quote(path)}"


def soup(response: TestResponse) -> BeautifulSoup:
    """Read a page."""
    return BeautifulSoup(response.data, "html.parser")


def one(response: TestResponse, selector: str) -> Tag:
    """Find the one element."""
    found = soup(response).select(selector)
    assert len(found) == 1, f"{len(found)} × {selector}"
    return found[0]


def form(response: TestResponse, selector: str) -> dict[str, str]:
    """Read what a browser would send of a form whose every field stays as it is, without the button pressed."""
    return fields_of(one(response, selector))


def fields_of(found: Tag | None) -> dict[str, str]:
    """Read the fields of a form."""
    assert found is not None
    fields = {}
    for entry in found.select("input[name], textarea[name], select[name]"):
        if entry.name == "textarea":
            fields[str(entry["name"])] = entry.text.removeprefix("\n")
        elif entry.name == "select":
            chosen = entry.select_one("option[selected]") or entry.select_one("option")
            fields[str(entry["name"])] = str(chosen["value"]) if chosen else ""
        elif entry.get("type") not in {"radio", "checkbox"} or entry.has_attr("checked"):
            fields[str(entry["name"])] = str(entry.get("value", ""))
    return fields


def textarea(response: TestResponse) -> str:
    """Read what stands in the editor; a browser drops the first line break."""
    return one(response, "textarea[name=text]").text.removeprefix("\n")


def errors(response: TestResponse) -> list[str]:
    """Read the sentences of the error summary."""
    return [item.text.strip() for item in soup(response).select("#gc-errors li")]


def notices(response: TestResponse) -> list[str]:
    """Read the sentences that are shown once."""
    return [item.text.strip() for item in soup(response).select(".notice p")]


def content(response: TestResponse) -> Tag:
    """Find the text of a page."""
    return one(response, ".content:not(.content ~ .content)")  # the blocks of the home page stand below it


def follow_search(site: Station) -> None:
    """Let the search do what the job process does."""
    searching.follow(site.wiki)
