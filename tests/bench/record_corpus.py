"""The records that are measured: one form of 12 questions, 8 of them filters, and its records; the same in every run."""

import random
from collections.abc import Iterator

from app.wiki.page import ID_ALPHABET, ID_LENGTH, slugify
from app.wiki.store import Change
from tests.bench.words import words_of

VERSION = "2"  # raised with every change to what is written
FORM = "mesure"
FOLDER = "annuaire/mesure"
FACETS = {"phase": 5, "theme": 24, "besoins": 8, "statut": 4, "public": 6, "rythme": 5, "secteur": 36, "langue": 3}
SEVERAL = {"theme": 3, "besoins": 3, "public": 2}  # answers at most
COMMUNES = 40
PARAGRAPHS = 2
PLAIN_PAGES = 200  # pages of the wiki beside them


def form_text() -> str:
    """Write the form."""
    facets = "".join(
        f"  - {{name: {name}, type: {'choices' if name in SEVERAL else 'choice'}, label: {name.capitalize()}, facet: yes,"
        f" listed: yes, choices: [{', '.join(choices(name))}]}}\n"
        for name in FACETS
    )
    return (
        f"title: Mesure\nplural: Mesures\nfolder: {FOLDER}\nsubmit: everyone\nfields:\n"
        "  - {name: title, type: text, label: Nom, required: yes}\n"
        "  - {name: resume, type: long_text, label: En bref, listed: yes}\n"
        f"{facets}  - {{name: depuis, type: date, label: Depuis}}\n  - {{name: lieu, type: place, label: Lieu}}\n"
    )


def path_of(title: str) -> str:
    """Give the path of a record, by the rule that forms have which say none."""
    return f"{FOLDER}/{slugify(title)[0]}/{slugify(title)}"


def choices(name: str) -> list[str]:
    return [f"{name[:3]}-{number}" for number in range(FACETS[name])]


def plain_pages() -> list[str]:
    """Give the addresses of the pages that are no records."""
    return [f"/pages/page-{number}" for number in range(PLAIN_PAGES)]


def changes(count: int) -> Iterator[Change]:
    """Write the form, its records, and some pages of the wiki."""
    yield Change(f"_forms/{FORM}.yaml", form_text().encode())
    chance, words, taken = random.Random(count), words_of("fr"), set[str]()
    for number in range(count):
        title = " ".join(words.draw(chance, 3)).capitalize()
        title = f"{title} {number}" if path_of(title) in taken else title
        taken.add(path_of(title))
        yield Change(f"{path_of(title)}.md", _record(chance, title, number).encode())
    yield Change("index.md", b"---\ntitle: Accueil\n---\nBienvenue.\n")
    for number in range(PLAIN_PAGES):
        text = f"---\ntitle: Page {number}\nid: {_identity(chance)}\n---\n\n{_body(chance, 6)}"
        yield Change(f"pages/page-{number}.md", text.encode())


def _record(chance: random.Random, title: str, number: int) -> str:
    answers = []
    for name, most in ((name, SEVERAL.get(name, 1)) for name in FACETS):
        some = chance.sample(choices(name), chance.randint(1, most))
        answers.append(f"{name}: [{', '.join(some)}]" if name in SEVERAL else f"{name}: {some[0]}")
    place = (
        f"lieu:\n  commune: Commune {chance.randrange(COMMUNES)}\n  postcode: '07{chance.randrange(999):03}'\n"
        f"  lat: '{44 + chance.random():.5f}'\n  lon: '{4 + chance.random():.5f}'\n  precision: exact"
    )
    day = f"depuis: {2000 + number % 25}-{1 + number % 12:02}-{1 + number % 28:02}"
    summary = f"resume: {' '.join(words_of('fr').draw(chance, 18))}"
    lines = [f"title: {title}", f"form: {FORM}", f"id: {_identity(chance)}", summary, *answers, day, place]
    return "\n".join(["---", *lines, "---", "", _body(chance, PARAGRAPHS)])


def _body(chance: random.Random, count: int) -> str:
    words = words_of("fr")
    return "\n\n".join(f"{' '.join(words.draw(chance, 40)).capitalize()}." for _ in range(count)) + "\n"


def _identity(chance: random.Random) -> str:
    return "".join(chance.choices(ID_ALPHABET, k=ID_LENGTH))
