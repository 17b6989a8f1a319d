"""Hands for the tests of the life of records: a form, records of it, and their private answers."""

from typing import Any

from app.catalog.editing import Edit
from app.catalog.record_rows import RecordRow
from app.people import accounts, groups
from app.people.accounts import Account
from app.people.authors import SYSTEM
from app.people.groups import Group
from app.records import private
from app.station import Station
from app.wiki import frontmatter
from tests.web.leaking import OPERATOR

FORM = """title: {fr: Offre, en: Offer}
plural: {fr: Offres, en: Offers}
folder: offres
submit: everyone
checks: yes
expires: 60
fields:
  - {name: title, type: text, label: {fr: Nom, en: Name}}
  - {name: detail, type: long_text, label: {fr: Détail, en: Detail}}
  - {name: place, type: place, label: {fr: Lieu, en: Place}}
  - {name: phone, type: phone, label: {fr: Téléphone, en: Phone}}
  - {name: site, type: link, label: {fr: Site, en: Website}}
  - {name: themes, type: tags, label: {fr: Thèmes, en: Themes}}
  - {name: photos, type: images, label: {fr: Photos, en: Photos}}
  - {name: with, type: records, form: offre, label: {fr: Avec, en: With}}
  - {name: contact, type: contact, label: {fr: Contact, en: Contact}}
"""
RECEIVER = "secret-garden@example.org"
ZOE = {"author": "Zoé", "email": "zoe@example.org"}


def make_form(site: Station, name: str = "offre", text: str = FORM) -> None:
    """Write a form."""
    site.door.save(OPERATOR, Edit(f"_forms/{name}", text, None, SYSTEM))


def make(
    site: Station, path: str, title: str, /, *, form: str = "offre", body: str = "", by: str = SYSTEM, **values: Any
) -> RecordRow:
    """Write a record; what is called `contact` is kept in the database."""
    contact = values.pop("contact", "")
    head = frontmatter.rewrite("", {"title": title, "form": form, **values})
    site.door.save(OPERATOR, Edit(path, f"{head}{body}\n", None, by))
    row = site.door.record(OPERATOR, path)
    if contact:
        with site.truth.begin() as connection:
            private.store(connection, row.id, {"contact": contact})
    return row


def again(site: Station, path: str) -> RecordRow:
    """Read a record as it stands now."""
    return site.door.record(OPERATOR, path)


def referent(site: Station, name: str, space: str) -> Account:
    """Let somebody who has an account look after a folder."""
    with site.truth.begin() as connection:
        account = accounts.find_named(connection, name)
        assert account
        made = groups.add(connection, Group(0, space, space, space, True))
        groups.join(connection, Group(made, space, "", "", True), account.id)
        groups.set_referent(connection, made, account.id, is_referent=True)
    return account
