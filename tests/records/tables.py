"""A form with a field of every type, and a site that has it: what the tests of imports and exports work with."""

from collections.abc import Sequence
from datetime import date

from app.catalog.editing import Edit
from app.people import accounts
from app.people.viewer import Viewer, signed_in
from app.records.exchange import taking_in
from app.records.exchange.sheet import Row, Sheet
from app.records.exchange.taking_in import Prepared
from app.station import Station

TODAY = date(2026, 11, 22)
FORM = """
title: {fr: Lieu, en: Place}
plural: {fr: Lieux, en: Places}
folder: annuaire/lieu
submit: everyone
schema: Place
fields:
  - {name: title, type: text, label: {fr: Nom, en: Name}, required: yes}
  - {name: about, type: long_text, label: {fr: Description, en: Description}}
  - {name: rooms, type: number, label: {fr: Salles, en: Rooms}}
  - {name: open, type: yes_no, label: {fr: Ouvert, en: Open}}
  - {name: since, type: date, label: {fr: Depuis, en: Since}}
  - {name: when, type: date_range, label: {fr: Période, en: Dates}}
  - {name: built, type: period, label: {fr: Construit, en: Built}}
  - {name: kind, type: choice, label: {fr: Genre, en: Kind}, facet: yes, choices: {hall: {fr: Salle, en: Hall}, barn: {fr: Grange, en: Barn}}}
  - {name: uses, type: choices, label: {fr: Usages, en: Uses}, facet: yes, choices: {dance: {fr: Danse, en: Dance}, meet: {fr: Réunion, en: Meeting}}}
  - {name: tags, type: tags, label: {fr: Mots, en: Words}}
  - {name: site, type: link, label: {fr: Site, en: Site}}
  - {name: mail, type: email, label: {fr: Courriel, en: Mail}}
  - {name: tel, type: phone, label: {fr: Téléphone, en: Phone}}
  - {name: where, type: place, label: {fr: Lieu, en: Place}}
  - {name: hours, type: hours, label: {fr: Heures, en: Hours}}
  - {name: next, type: schedule, label: {fr: Quand, en: Next}}
  - {name: part, type: signup, label: {fr: Inscriptions, en: Sign-up}}
  - {name: groups, type: spaces, label: {fr: Espaces, en: Spaces}, facet: yes}
  - {name: photos, type: images, label: {fr: Photos, en: Photos}}
  - {name: key, type: text, label: {fr: Clef, en: Key}, readers: members}
  - {name: contact, type: contact, label: {fr: Contact, en: Contact}}
"""
HEADER = ("Nom", "Description", "Salles", "Genre", "Usages", "Lieu – commune", "Lieu – latitude", "Lieu – longitude",
          "Clef", "Contact", "texte libre")  # fmt: skip
HALL = ("Salle des fêtes", "Un *beau* lieu,\nau bourg", "2", "Salle", "danse, réunion", "Aubrives", "44.71", "4.12",
        "chez Nadia", "nadia@example.org", "Il y a un poêle.")  # fmt: skip
BARN = ("Grange du haut", "=1+1", "", "barn", "", "", "", "", "", "", "")


def with_form(station: Station, text: str = FORM) -> Viewer:
    """Put the form into the site; gives the administrator who did."""
    with station.truth.begin() as connection:
        account = accounts.add(connection, "Nadia", is_admin=True)
    admin = signed_in(account.name, account.pseudonym, is_admin=True)
    station.door.save(admin, Edit("_forms/lieu", text, None, account.pseudonym))
    return admin


def sheet(*lines: Sequence[str], header: Sequence[str] = HEADER) -> Sheet:
    """Make a table, as if read from a file."""
    return Sheet(header, [Row(number, cells) for number, cells in enumerate(lines, start=2)])


def take(station: Station, viewer: Viewer, table: Sheet, key: str = "") -> tuple[Prepared, str]:
    """Import a table; gives what was prepared, and the revision."""
    form = station.door.form(viewer, "lieu")
    prepared = taking_in.prepare(station, viewer, form, table, TODAY, key)
    return prepared, taking_in.carry_out(station, viewer, prepared, viewer.pseudonym or "", "Import")
