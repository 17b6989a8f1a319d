"""Hands for the leak test: a wiki with one word in the pages of each audience, its readers, and every address of it."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.catalog.editing import Edit
from app.comments import writing
from app.comments.comment import WAITING
from app.people import accounts, groups, tokens, visitors
from app.people.authors import SYSTEM
from app.people.groups import Group
from app.people.viewer import signed_in
from app.proposals import proposals
from app.proposals.proposals import Draft
from app.station import Station
from app.wiki.uploads import Prepared
from tests.web.hands import Browser, follow_search

OPERATOR = signed_in("Gare", SYSTEM, is_admin=True)
# By folder: who reads it, and the word that stands in all that is in it (title, text, summary, file) and nowhere else.
FOLDERS = {"place": "public", "maison": "members", "potager": "group:jardin", "fourneau": "group:cuisine",
           "bureau": "admins"}  # fmt: skip
MARKS = {folder: f"zanzibar{folder}" for folder in FOLDERS}
ACCOUNTS = {"Idris": (), "Chef": ("cuisine",), "Ana": ("jardin",), "Rose": ("jardin",), "Nadia": ()}
READABLE = {
    "anonymous": {"place"},
    "Idris": {"place", "maison"},
    "Chef": {"place", "maison", "fourneau"},
    "Ana": {"place", "maison", "potager"},
    "Rose": {"place", "maison", "potager"},  # a referent
    "Nadia": set(FOLDERS),  # an administrator
}
MENU = re.compile('<nav class="menu".*?</nav>', re.DOTALL)
COMMENTS = 12 * len(FOLDERS)  # numbered from 1
OPEN = "ouvert"  # links to all, includes all, lists all
PATHS = [OPEN, *(f"{folder}/{name}" for folder in FOLDERS for name in ("index", "fiche", "partie"))]
QUERIES = (
    "",
    "q=zanz",
    "q=Titre&kind=page",
    "tag=motcle&days=365&space=potager",
    "page=1&template=potager/fiche&path=potager/fiche",
    "key={feed}",
)


@dataclass(frozen=True)
class Reader:
    """Somebody who fetches, in a browser and over the API."""

    name: str
    browser: Browser
    key: str = ""
    feed: str = ""

    def fetch(self, address: str, **headers: str) -> str:
        """Give all that an address says, where it leads on the way included; `{feed}` is the key of private feeds."""
        address = address.replace("{feed}", self.feed)
        if address.startswith("/-/api/") and self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        response = self.browser.get(address, headers=headers)
        said = _said(response)
        return f"{response.headers.get('Location', '')} {said}".casefold()

    def marks(self, address: str, *, with_menu: bool = True) -> set[str]:
        """Name the folders whose word an address says; the menu of the site says those of all home pages."""
        said = self.fetch(address) if with_menu else MENU.sub("", self.fetch(address))
        return {folder for folder, mark in MARKS.items() if mark in said}


def _said(response: TestResponse) -> str:
    if response.mimetype == "application/zip":
        with zipfile.ZipFile(io.BytesIO(response.data)) as packed:
            return " ".join(packed.read(name).decode() for name in packed.namelist())
    return response.text if response.mimetype != "application/octet-stream" else ""


def build(site: Station) -> None:
    """Write the pages, with a file, a deleted page, links, an old version in each folder."""
    for folder, audience in FOLDERS.items():
        mark = MARKS[folder]
        _write(
            site, f"{folder}/index", f"---\ntitle: Titre {mark}\naudience: {audience}\n---\n{mark} [[{OPEN}]]\n", mark
        )
        head = f"---\ntitle: Titre fiche {mark}\ntags: [motcle, {mark}]\naliases: [alias-{folder}]\n---\n"
        _write(site, f"{folder}/fiche", f"{head}{mark} [[{OPEN}]] [[à écrire {mark}]]\n", mark)
        _write(site, f"{folder}/fiche", f"{head}{mark} deux [[{OPEN}]] [[à écrire {mark}]]\n", mark)
        _write(site, f"{folder}/partie", f"# Titre {mark}\n", mark)
        for path in (f"{folder}/fiche", f"{folder}/partie"):
            _comment(site, path, mark)
        site.door.delete(OPERATOR, f"{folder}/partie", SYSTEM)
        site.door.attach(OPERATOR, f"{folder}/fiche", [Prepared("plan.txt", mark.encode(), "text")], SYSTEM)
    calls = "".join(
        f"[[{path}]]\n\n{{{{include page={path}}}}}\n\n" for path in PATHS[1:] if not path.endswith("partie")
    )
    _write(site, OPEN, f"{calls}{{{{pages}}}}\n\n{{{{changes}}}}\n", "")
    _propose(site)
    follow_search(site)


def _propose(site: Station) -> None:
    """Let a visitor propose something for a page of each folder; the proposals are numbered in the folders' order."""
    with site.truth.begin() as connection:
        for folder, mark in MARKS.items():
            row, text = site.door.text(OPERATOR, f"{folder}/fiche")
            draft = Draft(row.path, row.revision, row.title, f"{text}\nplus\n", mark)
            visitor, _ = visitors.add(connection, "Zoé", "zoe@example.org", can_confirm=False)
            proposals.add(connection, draft, visitor.pseudonym, visitor_id=visitor.id)


def _write(site: Station, path: str, text: str, summary: str) -> None:
    found = site.door.find_view(OPERATOR, path)
    site.door.save(OPERATOR, Edit(path, text, found[0].revision if found else None, SYSTEM, summary))


def _comment(site: Station, path: str, mark: str) -> None:
    """Say the word below a page in comments of every kind."""
    page_id = site.door.identify(site.door.find(OPERATOR, path))
    with site.truth.begin() as connection:
        first = writing.add(connection, page_id, f"{mark} un", SYSTEM)
        writing.add(connection, page_id, f"{mark} deux", SYSTEM, parent=first.id)
        writing.add(connection, page_id, f"{mark} trois", SYSTEM, state=WAITING)
        hidden, deleted = (writing.add(connection, page_id, f"{mark} {word}", SYSTEM) for word in ("quatre", "cinq"))
        writing.add(connection, page_id, f"{mark} six", SYSTEM, parent=hidden.id)
        writing.hide(connection, hidden, SYSTEM, mark)
        writing.delete(connection, deleted, SYSTEM, mark)


def readers(app: Flask, site: Station) -> dict[str, Reader]:
    """Sign everybody in; their pages are not checked: thousands are asked for."""
    with site.truth.begin() as connection:
        made = {name: groups.add(connection, Group(0, name, name.title(), space, True))
                for name, space in (("jardin", "potager"), ("cuisine", "fourneau"))}  # fmt: skip
        secrets = {}
        for name, own in ACCOUNTS.items():
            account = accounts.add(connection, name, is_admin=name == "Nadia")
            for group in own:
                groups.join(connection, Group(made[group], group, "", "", True), account.id)
                groups.set_referent(connection, made[group], account.id, is_referent=name == "Rose")
            key = tokens.make(connection, account.id, "", may_write=True)
            feed = tokens.make(connection, account.id, "", may_write=False, scope=tokens.FEED)
            secrets[name] = accounts.make_link(connection, account.id), key, feed
    found = {"anonymous": Reader("anonymous", _browser(app))}
    for name, (link, key, feed) in secrets.items():
        browser = _browser(app)
        assert browser.post("/-/signin", token=link).status_code == 303
        found[name] = Reader(name, browser, key, feed)
    return found


def _browser(app: Flask) -> Browser:
    return Browser(FlaskClient(app, app.response_class))


# What is filled into the places of addresses that are no pages' paths. A new place needs a line here.
VALUES = {
    "comment_mine.show": {"secret": "x"},
    "groups.show": {"name": "jardin"},
    "groups.edit": {"name": "jardin"},
    "unsubscribe.show": {"secret": "x"},
    "invite.show": {"secret": "x"},
    "people.person": {"pseudonym": SYSTEM},
    "reviews.person": {"pseudonym": SYSTEM},
    "erase.show": {"pseudonym": SYSTEM},
    "static.show": {"checksum": "x", "name": "site.css"},
    "files.show": {"name": "plan.txt"},
    "logo.show": {"name": "x.png"},
    "proposals.mine": {"secret": "1"},
}


def addresses(rule: Rule) -> Iterator[str]:
    """Fill the places of an address; raises KeyError where nobody has said with what."""
    if rule.endpoint == "comment.show":
        yield from (rule.rule.replace("<int:number>", str(number)) for number in range(1, COMMENTS + 1))
        return
    if rule.endpoint.startswith("moderation.") and rule.arguments:
        yield from (rule.rule.replace("<number>", str(number)) for number in range(1, len(FOLDERS) + 1))
        return
    places = {name: VALUES.get(rule.endpoint, {}).get(name) for name in rule.arguments}
    if unknown := {name for name, value in places.items() if value is None} - {"path"}:
        raise KeyError(f"Say in VALUES what stands at {unknown} of {rule.rule}")
    if "path" not in places:
        yield from (f"{_filled(rule, places)}?{query}" for query in QUERIES)
        return
    for path in PATHS:
        yield _filled(rule, places | {"path": path})


def _filled(rule: Rule, places: dict[str, str | None]) -> str:
    address = rule.rule
    for name, value in places.items():
        address = address.replace(f"<path:{name}>", value or "").replace(f"<{name}>", value or "")
    return address


def every_address(app: Flask) -> list[str]:
    """Walk the map of addresses."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return [address for rule in rules for address in addresses(rule)]
