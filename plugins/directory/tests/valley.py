"""A small valley: initiatives with themes, phases and places, of which one is for members; sheds, of which none has a place."""

from app.catalog.editing import Edit
from app.people.authors import SYSTEM
from app.people.viewer import signed_in
from app.station import Station

OPERATOR = signed_in("Gare", SYSTEM, is_admin=True)
MARK = "zq'\"><zq onload=zq>"  # would be an element, were it not made words
INITIATIVE = """\
title: Initiative
plural: {fr: Initiatives, en: Initiatives}
description: {en: What people do here.}
folder: annuaire/initiative
submit: everyone
checks: yes
icon: people
colour: green
fields:
  - {name: title, type: text, label: Name, required: yes}
  - {name: summary, type: text, label: Summary, listed: yes}
  - name: theme
    type: choices
    label: Theme
    facet: yes
    listed: yes
    choices: {food: Food, water: Water, roads: Roads}
  - name: phase
    type: choice
    label: Phase
    facet: yes
    listed: yes
    choices: [{key: idea, label: An idea, colour: blue}, {key: running, label: Running, colour: green}]
  - {name: place, type: place, label: Place, facet: yes, listed: yes}
  - {name: people, type: number, label: People, listed: yes}
  - {name: page, type: tags, label: Keywords, facet: yes}
  - {name: near, type: records, form: initiative, label: Near, facet: yes}
  - {name: mail, type: email, label: Mail, facet: yes, listed: yes}
  - {name: secret, type: text, label: Secret, readers: members, listed: yes}
"""
SHED = """\
title: Shed
folder: annuaire/shed
view: table
fields:
  - {name: title, type: text, label: Name}
  - name: kind
    type: choice
    label: Kind
    facet: yes
    choices:
      - {key: wood, label: Wood, choices: [{key: oak, label: Oak}, {key: pine, label: Pine}, {key: elm, label: Elm}]}
      - {key: stone, label: Stone, choices: [{key: lime, label: Lime}, {key: slate, label: Slate}, {key: chalk, label: Chalk}]}
      - {key: earth, label: Earth, choices: [{key: clay, label: Clay}, {key: loam, label: Loam}]}
  - {name: mine, type: yes_no, label: Ours, facet: yes, listed: yes}
"""
# path, theme, phase, commune, people, further lines
RECORDS = (
    ("a/atelier", "Atelier", "roads", "running", "Saint-Privelin", "4", "page: [bikes]\nmail: zanzibar@example.org\n"),
    ("c/cantine", "Cantine", "food", "idea", "Valcrozette", "12", "page: [cooking]\n"),
    ("e/epicerie", "Épicerie", "food", "running", "Saint-Privelin", "31", "state: checked\n"),
    ("f/four", "Four à pain", "food, water", "running", "Arzenoux", "7", "expires: 2020-01-01\n"),
    ("g/gardiens", "Gardiens de la rivière", "water", "running", "Saint-Privelin", "9", "state: archived\n"),
    ("r/riviere", "Rivière", "water", "idea", "Arzenoux", "2", "page: [cooking, fishing]\n"),
    ("s/source", "Source cachée", "water", "idea", "Ombrelle", "3", "audience: members\npage: [zanzibar]\n"),
)
PLACES = {
    "Saint-Privelin": ("44.6", "3.9"),
    "Valcrozette": ("44.61", "3.92"),
    "Arzenoux": ("44.58", "3.88"),
    "Ombrelle": ("44.5", "3.8"),
}


def record(title: str, theme: str, phase: str, commune: str, people: str, more: str = "", body: str = "") -> str:
    """Write a record as its page holds it."""
    lat, lon = PLACES.get(commune, ("44.6", "3.9"))
    place = f"{{commune: {commune}, lat: {lat}, lon: {lon}}}"
    lines = (
        f"form: initiative\ntitle: {title}\nsummary: On se retrouve à {commune}.\ntheme: [{theme}]\nphase: {phase}\n"
    )
    return f"---\n{lines}place: {place}\npeople: {people}\n{more}---\n{body}"


def write(site: Station, path: str, text: str) -> None:
    """Save a page."""
    found = site.door.find_view(OPERATOR, path)
    site.door.save(OPERATOR, Edit(path, text, found[0].revision if found else None, SYSTEM))


def fill(site: Station) -> None:
    """Write the forms and their records."""
    write(site, "_forms/initiative", INITIATIVE)
    write(site, "_forms/shed", SHED)
    for path, *values in RECORDS:
        write(site, f"annuaire/initiative/{path}", record(*values))
    for name, kind, mine in (
        ("Remise", "oak", "yes"),
        ("Hangar", "slate", "no"),
        ("Abri", "oak", "no"),
        ("Cave", "clay", "no"),
    ):
        write(
            site, f"annuaire/shed/{name.lower()}", f"---\nform: shed\ntitle: {name}\nkind: {kind}\nmine: {mine}\n---\n"
        )
