"""Attacks by what is typed: a mark that would be an element, typed into every field there is, stays words everywhere."""

import io
import re
import xml.etree.ElementTree as ET

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from app.catalog.editing import Edit
from app.people import accounts, authors, groups, invitations, tokens
from app.people.groups import Group
from app.station import Station
from app.web import visitor_form
from tests.web.hands import Browser, follow_search
from tests.web.leaking import OPERATOR
from tests.web.walking import addresses, enter, fields, forms, grow, swift

# Ends an attribute of either kind and an element, begins one, and runs where it becomes an attribute.
MARK = "zq'\"></title></textarea><zq zq=1 onload=zq>"
NAME = "Zq'\"><zq zq=1>"  # the same where little fits in
SENT = {"email": "zq@example.org", "number": "3", "date": "2026-01-01", "url": "https://zq.example"}
# Forms that end what the test looks at, or that this test has filled better by hand.
LEFT_OUT = ("/-/signout", "/-/me/erase", "/-/me/devices", "/-/admin/mail-server", "/-/setup/3", "/-/admin/demo", "/-/delete/",
            "/-/edit/", "/-/restore/", "/-/people/withdraw", "/-/me/password", "/-/display")  # fmt: skip
PATH = "zq/zq"
HEAD = {
    "title": MARK,
    "tags": [MARK, "zq"],
    "lang": MARK,
    "form": MARK,
    "aliases": [MARK],
    "summary": MARK,
    "place": MARK,
}


def hit(text: str) -> list[str]:
    """Name what the mark became, where it became anything but words."""
    page = BeautifulSoup(text, "html.parser")
    found = page.find_all(lambda tag: tag.name == "zq" or "zq" in tag.attrs or "zq" in str(tag.get("onload", "")))
    return [str(tag)[:80] for tag in found]


def test_the_mark_is_seen_where_it_is_not_made_words() -> None:
    assert hit(f"<p>{MARK}</p>") and hit(f'<input value="{MARK}">') and hit(f"<a title='{NAME}'>x</a>")
    assert not hit("<p>zq'&quot;&gt;&lt;zq zq=1&gt;</p>")


@pytest.fixture
def reader(app: Flask, site: Station) -> Browser:
    """Give the browser of an administrator whose name is the mark, on a site where all bears it."""
    admin = enter(app, site, NAME, is_admin=True)
    _write_pages(site)
    with site.truth.begin() as connection:
        number = groups.add(connection, Group(0, "jardin", MARK, "zq", is_open=False))
        for name in (f"{NAME} 2", f"{NAME} 3"):
            account = accounts.add(connection, name, is_admin=False, email=None)
            groups.enter(connection, number, account.id)
        asking = accounts.add(connection, f"{NAME} 4", is_admin=False)
        groups.join(connection, Group(number, "jardin", "", "", is_open=False), asking.id)
        invitations.make(connection, 1, ceiling=9)
        tokens.make(connection, 1, MARK, may_write=True)
    site.store_settings(title=MARK, menu=f"{MARK.replace('=', ' ')} = {PATH}")
    admin.post(f"/-/files/{PATH}/", file=(io.BytesIO(b"zq"), f"{NAME}.txt"))
    follow_search(site)
    return admin


def _write_pages(site: Station) -> None:
    head = "".join(f"{key}: {_quoted(value)}\n" for key, value in HEAD.items())
    with site.truth.begin() as connection:
        author = authors.author_for_name(connection, f"{NAME} 5")
    body = f"# {MARK}\n\n## {MARK}\n\n[[{NAME}]] [[nulle part {NAME}]] {MARK} `{MARK}`\n\n```{MARK}\n{MARK}\n```\n\n[{MARK}](x '{NAME}')\n"
    grow(site, MARK, MARK, path="jardin/zq")
    for path in (PATH, "zq/index", "a"):
        site.door.save(OPERATOR, Edit(path, f"---\n{head}---\n{body}", None, author, summary=MARK))
    site.door.save(OPERATOR, Edit("zq/gone", f"---\n{head}---\n{body}", None, author, summary=MARK))
    site.door.delete(OPERATOR, "zq/gone", author)


def _quoted(value: str | list[str]) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_quoted, value))}]"
    return "'" + value.replace("'", "''") + "'"


def filled(form: Tag) -> dict[str, str]:
    """Type the mark into every field of a form where one types, and leave the others as they are."""
    typed = {}
    for entry in form.select("input[name], textarea[name], select[name], button[name]"):
        kind, name = str(entry.get("type", "text")), str(entry["name"])
        if entry.name == "select":
            chosen = entry.select("option")
            typed[name] = str(chosen[-1].get("value", "")) if chosen else ""
        elif entry.name == "textarea":
            typed[name] = MARK
        elif (
            kind in {"text", "search", "password"} and not entry.has_attr("readonly") and entry.get("tabindex") != "-1"
        ):
            typed[name] = f"{NAME} 9" if name == "author" else NAME  # not the name of an account
        elif kind in SENT:
            typed[name] = SENT[kind]
        elif kind not in {"file", "submit"}:
            typed.setdefault(name, str(entry.get("value", "1")))
    return typed


def type_everywhere(app: Flask, browser: Browser) -> int:
    """Fill every form that is shown to somebody, once each; tells how many were taken."""
    taken, seen = 0, set()
    for address in _shown(app):
        shown = browser.get(address)
        page = BeautifulSoup(shown.text if shown.mimetype == "text/html" else "", "html.parser")
        for form in page.select('form[method="post"]'):
            action = str(form.get("action") or address)
            key = (action, tuple(sorted(filled(form))))
            if key in seen or action.startswith(LEFT_OUT):
                continue
            seen.add(key)
            response = browser.post(action, **(filled(form) | browser._token()))
            taken += response.status_code in {200, 303}
            if response.status_code < 400:
                assert not hit(response.text), action
    return taken


def _shown(app: Flask) -> list[str]:
    """List what is fetched, each once; first a page that is there, then one that is not."""
    shown = [*addresses(app, "GET", path=PATH), *addresses(app, "GET", path="zq/new")]
    return [one for one in dict.fromkeys(shown) if not one.startswith("/-/api/")]


def marked(app: Flask, browser: Browser) -> tuple[dict[str, list[str]], int]:
    """Give what the mark became anywhere, and on how many pages it stands as words."""
    became, words = {}, 0
    query = "&".join(f"{name}=zq%27%22%3E%3Czq+zq%3D1%3E" for name in fields())
    places = [*addresses(app, "GET", path=PATH)]
    gone = [address for address in addresses(app, "GET", path="zq/gone") if address not in places]
    for asked in [*places, *gone, *(f"{address}?{query}" for address in places)]:
        response = browser.get(asked)
        if response.mimetype.endswith("xml"):
            assert not [one for one in ET.fromstring(response.data).iter() if one.tag.endswith("}zq")], asked
        if response.mimetype == "text/html":
            words += "&lt;zq" in response.text
            if found := hit(response.text):
                became[asked[:60]] = found
    return became, words


@pytest.mark.slow
def test_nothing_that_is_typed_anywhere_becomes_more_than_words(
    app: Flask, site: Station, reader: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitor_form, "LEAST_SECONDS", 0)  # this visitor types faster than a person
    browsers = {"a passer-by": swift(app), "a member": enter(app, site, f"{NAME} 2"), "an administrator": reader}
    taken = {who: type_everywhere(app, browser) for who, browser in browsers.items()}
    follow_search(site)
    found = {who: marked(app, browser) for who, browser in browsers.items()}

    assert {who: became for who, (became, _) in found.items() if became} == {}
    assert min(taken.values()) > 1 and min(words for _, words in found.values()) > 25, "it was typed, and stands there"


def test_the_answer_to_a_form_that_is_refused_says_it_again_as_words(app: Flask, reader: Browser) -> None:
    typed = dict.fromkeys(fields(), NAME) | reader._token()
    became = {}
    for address in forms(app, path=PATH):
        for browser in (reader, swift(app)):
            if not address.startswith(LEFT_OUT):
                response = browser.post(address, **typed)
                if response.mimetype == "text/html" and (found := hit(response.text)):
                    became[address] = found

    assert became == {}


@pytest.mark.parametrize("agent", [MARK, f"Mozilla/5.0 ({NAME})"])
def test_the_name_of_a_device_is_words(app: Flask, site: Station, agent: str) -> None:
    with site.truth.begin() as connection:
        secret = accounts.make_link(connection, accounts.add(connection, "Nadia", is_admin=True).id)
    browser = swift(app)
    browser.client.environ_base["HTTP_USER_AGENT"] = agent
    browser.post("/-/signin", token=secret)

    assert not hit(browser.get("/-/me").text)


def test_a_line_of_the_menu_is_words(site: Station, reader: Browser) -> None:
    assert "zq" in site.settings.get().menu
    assert re.search(r"zq(&#39;|')(&#34;|&quot;)&gt;", reader.get("/-/changes").text)
