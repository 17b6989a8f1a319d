"""Hands for the tests of records: a site with a form, people who fill it in."""

from typing import Any

from app.catalog.editing import Edit
from app.people.authors import SYSTEM
from app.people.viewer import signed_in
from app.station import Station
from tests.web.hands import Browser, form
from tests.web.proposing import long_ago

ADMIN = signed_in("Programme", SYSTEM, is_admin=True)
MILL = """
title: {fr: Patrimoine, en: Heritage site}
plural: {fr: Patrimoine, en: Heritage sites}
folder: patrimoine
submit: everyone
moderated: yes
fields:
  - {name: title, type: text, label: {fr: Nom, en: Name}, required: yes}
  - {name: kind, type: choice, label: Kind, choices: {mill: Mill, cross: Cross}, facet: yes}
  - {name: ruined, type: yes_no, label: Is it in ruins}
  - {name: since, type: text, label: Since when, only_if: {field: ruined, is: [yes]}}
  - {name: words, type: tags, label: Words}
  - {name: place, type: place, label: Place}
  - {name: photos, type: images, label: Photos}
  - {name: phone, type: phone, label: Phone, readers: members}
  - {name: owner, type: text, label: Owner, readers: admins}
  - {name: contact, type: contact, label: Your address}
  - {name: history, type: long_text, label: History}
  - {name: near, type: records, form: mill, label: Near to}
"""
FORM = "form[data-record]"


def make_form(site: Station, text: str = MILL, name: str = "mill") -> None:
    """Write a form into the wiki."""
    site.door.save(ADMIN, Edit(f"_forms/{name}", text, None, SYSTEM))


def open_form(site: Station, text: str = MILL, **changed: str) -> None:
    """Write the form, its lines said otherwise: `moderated="no"`."""
    for key, value in changed.items():
        lines = [line for line in text.splitlines() if not line.startswith(f"{key}:")]
        text = "\n".join([f"{key}: {value}", *lines]) + "\n"
    make_form(site, text)


def fill_in(browser: Browser, site: Station, address: str, **answers: Any) -> Any:
    """Open a form, type answers (`title`, `place__lat`), press the button; visitors say who they are."""
    fields: dict[str, Any] = dict(form(browser.get(address), FORM))
    if "email" in fields:
        fields = long_ago(fields, site) | {"author": "Zoé", "email": "zoe@example.org"}
    elif "author" in fields:
        fields["author"] = "Zoé"
    action = answers.pop("action", "send")
    extra = {name.removeprefix("_"): answers.pop(name) for name in list(answers) if name.startswith("_")}
    typed = {"f." + name.replace("__", "."): value for name, value in answers.items()}
    return browser.post(address.partition("?")[0], **(fields | typed | extra | {"action": action}))
