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
from app.records import contact, private, reports, twins
from app.records.contact import Sender
from app.station import Station
from app.wiki.uploads import Prepared
from app.wiki.yaml_text import Value
from tests.web.hands import Browser, follow_search
from tests.web.leaking_agendas import show_agendas

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
# What is private in the records of all folders: by field, the word that stands there, and who of READABLE may read it.
SECRETS = {
    "dedans": ("zanzdedans", {"Idris", "Chef", "Ana", "Rose"}),
    "entre": ("zanzentre", {"Ana", "Rose"}),
    "coffre": ("zanzcoffre", set()),
    "contact": ("zanzcontact@example.org", set()),
    "lieu.exact": ("44.6123", set()),
}
IDS = {folder: f"fiche22{number}" for number, folder in enumerate(FOLDERS, 2)}  # of the records
FORM = """\
title: Notice
submit: everyone
fields:
  - {name: title, type: text, label: Nom}
  - {name: dedans, type: text, label: Dedans, readers: members, listed: yes}
  - {name: entre, type: text, label: Entre, readers: "group:jardin", listed: yes}
  - {name: coffre, type: text, label: Coffre, readers: admins, listed: yes}
  - {name: contact, type: contact, label: Contact}
  - {name: mot, type: text, label: Mot, facet: yes, listed: yes}
  - {name: mots, type: tags, label: Mots, facet: yes, listed: yes}
  - {name: lieu, type: place, label: Lieu, facet: yes, listed: yes}
  - {name: quand, type: schedule, label: Quand}
"""
RECORD = """\
id: NUMBER
form: notice
mot: MARK
mots: [MARK, motcle]
lieu: {commune: MARK, lat: 44.61, lon: 3.91, precision: blurred}
quand: {start: 2026-01-15, rule: FREQ=WEEKLY}
"""
MENU = re.compile('<nav class="menu".*?</nav>', re.DOTALL)
KINDS = ("csv", "xlsx", "geojson", "json", "jsonld", "vcf")
NUMBERED = ("comment.show", "moderation.", "agenda_sources.edit", "agenda_elsewhere.")
COMMENTS = 12 * len(FOLDERS)  # numbered from 1
OPEN = "ouvert"  # links to all, includes all, lists all
PATHS = [OPEN, *(f"{folder}/{name}" for folder in FOLDERS for name in ("index", "fiche", "partie", "notice"))]
QUERIES = (
    "",
    "q=zanz",
    "q=Titre&kind=page",
    "tag=motcle&days=365&space=potager",
    "view=letters&letter=t&sort=-mot",
    "view=table&mots=motcle&all=mots",
    "view=map&page=1",
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
        said = said_in(response)
        return f"{response.headers.get('Location', '')} {said}".casefold()

    def told(self, address: str) -> set[str]:
        """Name the folders and the private fields whose word an address says."""
        said = self.fetch(address)
        secret = {field for field, (word, _) in SECRETS.items() if word in said}
        return secret | {folder for folder, mark in MARKS.items() if mark in said}

    def marks(self, address: str, *, with_menu: bool = True) -> set[str]:
        """Name the folders whose word an address says; the menu of the site says those of all home pages."""
        said = self.fetch(address) if with_menu else MENU.sub("", self.fetch(address))
        return {folder for folder, mark in MARKS.items() if mark in said}


def said_in(response: TestResponse) -> str:
    """Give the words of an answer, those of packed files included."""
    if response.mimetype == "application/zip" or response.mimetype.endswith(".sheet"):
        with zipfile.ZipFile(io.BytesIO(response.data)) as packed:
            return " ".join(packed.read(name).decode() for name in packed.namelist())
    return response.text if response.mimetype != "application/octet-stream" else ""


def build(site: Station) -> None:
    """Write the pages, with a file, a deleted page, links, an old version, a record in each folder."""
    _write(site, "_forms/notice", FORM, "")
    for folder, audience in FOLDERS.items():
        mark = MARKS[folder]
        _write(
            site, f"{folder}/index", f"---\ntitle: Titre {mark}\naudience: {audience}\n---\n{mark} [[{OPEN}]]\n", mark
        )
        head = f"---\ntitle: Titre fiche {mark}\ntags: [motcle, {mark}]\naliases: [alias-{folder}]\n---\n"
        _write(site, f"{folder}/fiche", f"{head}{mark} [[{OPEN}]] [[à écrire {mark}]]\n", mark)
        _write(site, f"{folder}/fiche", f"{head}{mark} deux [[{OPEN}]] [[à écrire {mark}]]\n", mark)
        _write(site, f"{folder}/partie", f"# Titre {mark}\n", mark)
        _write(
            site,
            f"{folder}/notice",
            f"---\ntitle: Titre notice {mark}\n{RECORD.replace('MARK', mark).replace('NUMBER', IDS[folder])}---\n{mark}\n",
            mark,
        )
        _keep_secrets(site, folder, mark)
        for path in (f"{folder}/fiche", f"{folder}/partie"):
            _comment(site, path, mark)
        site.door.delete(OPERATOR, f"{folder}/partie", SYSTEM)
        site.door.attach(OPERATOR, f"{folder}/fiche", [Prepared("plan.txt", mark.encode(), "text")], SYSTEM)
    calls = "".join(
        f"[[{path}]]\n\n{{{{include page={path}}}}}\n\n" for path in PATHS[1:] if not path.endswith("partie")
    )
    _write(site, OPEN, f"{calls}{{{{pages}}}}\n\n{{{{changes}}}}\n", "")
    _propose(site)
    show_agendas(site, MARKS, FOLDERS)
    follow_search(site)


def _keep_secrets(site: Station, folder: str, mark: str) -> None:
    """Give a record its private answers, an error that was reported, a message, and a twin in the open folder."""
    said: dict[str, Value] = {field: word for field, (word, _) in SECRETS.items() if field != "lieu.exact"}
    exact = {"address": f"Rue {mark}", "commune": mark, "lat": f"{SECRETS['lieu.exact'][0]}4", "lon": "3.9123"}
    with site.truth.begin() as connection:
        private.store(connection, IDS[folder], said | {"lieu.exact": exact})
        reports.add(connection, IDS[folder], "gone", mark, SYSTEM)
        number = contact.add(connection, IDS[folder], mark, Sender("Zoé", "zoe@example.org", SYSTEM))
        contact.report(connection, number)
        if folder != "place":
            found = {"first_id": IDS["place"], "second_id": IDS[folder], "score": 90, "why": "name"}
            connection.execute(twins.twins.insert(), found | {"state": "open", "found_at": 0})


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


ANYWHERE = {"form": "notice"}  # whatever the address
LISTS = {"name": "vallee", "code": "A" * 32, "number": "01", "year": "2026"}  # of the archive, which is empty here
OF_ALL: dict[str, list[str]] = {"record_id": list(IDS.values()), "folder": list(FOLDERS)}
OF_SECRETS = [
    f"{name}.show" for name in "answer_mine minutes_answer record_answers messages poll_mail poll_mine".split()
]
# What is filled into the places of addresses that are no pages' paths. A new place needs a line here.
VALUES = {
    "record_new.fill": {"name": "notice"},
    "form_builder.edit": {"name": "notice"},
    "form_questions.add": {"name": "notice"},
    "form_questions.edit": {"name": "notice", "question": "title"},
    "form_settings.edit": {"name": "notice"},
    "forms.delete": {"name": "notice"},
    "record_own.show": {"secret": "1"},
    "record_moderated.show": {"number": "1"},
    "record_files.show": {"secret": "x"},
    "comment_mine.show": {"secret": "x"},
    "answer_stops.show": {"secret": "x"},
    "groups.show": {"name": "jardin"},
    "groups.edit": {"name": "jardin"},
    "invite.show": {"secret": "x"},
    "people.person": {"pseudonym": SYSTEM},
    "reviews.person": {"pseudonym": SYSTEM},
    "erase.show": {"pseudonym": SYSTEM},
    "static.show": {"checksum": "x", "name": "site.css"},
    "files.show": {"name": "plan.txt"},
    "logo.show": {"name": "x.png"},
    "proposals.mine": {"secret": "1"},
    **{name: {"secret": "x"} for name in (*OF_SECRETS, "messages.stop", "record_reports.mine", "unsubscribe.show")},
    "api_archive.show_thread": {"name": "liste", "code": "x"},
    "archive_asking.confirm": {"token": "x"},
}


def addresses(rule: Rule) -> Iterator[str]:
    """Fill the places of an address; raises KeyError where nobody has said with what."""
    if rule.endpoint.startswith(NUMBERED) and rule.arguments:
        most = COMMENTS if rule.endpoint == "comment.show" else len(FOLDERS)
        yield from (re.sub(r"<(int(\([^)]*\))?:)?number>", str(number), rule.rule) for number in range(1, most + 1))
        return
    if rule.endpoint == "directory_exports.show" and "kind" in rule.arguments:
        yield from (rule.rule.replace("<form>", "notice").partition(".<")[0] + f".{kind}" for kind in KINDS)
        return
    for name in rule.arguments & OF_ALL.keys():
        yield from (_filled(rule, {"form": "notice", name: value}) for value in OF_ALL[name])
        return
    said = VALUES.get(rule.endpoint, LISTS if rule.rule.startswith("/listes/") else {})
    places = {name: said.get(name, ANYWHERE.get(name)) for name in rule.arguments}
    if unknown := {name for name, value in places.items() if value is None} - {"path"}:
        raise KeyError(f"Say in VALUES what stands at {unknown} of {rule.rule}")
    if "path" not in places:
        yield from (f"{_filled(rule, places)}?{query}" for query in QUERIES)
        return
    for path in PATHS:
        yield _filled(rule, places | {"path": path})
        if rule.endpoint == "record_merging.show" and path.endswith("/notice"):
            yield from (f"{_filled(rule, places | {'path': path})}?with={other}/notice" for other in FOLDERS)


def _filled(rule: Rule, places: dict[str, str | None]) -> str:
    return re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda found: places[found[1]] or "", rule.rule)


def every_address(app: Flask) -> list[str]:
    """Walk the map of addresses."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return [address for rule in rules for address in addresses(rule)]
