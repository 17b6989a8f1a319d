"""The events that are measured: of 10,000 one in eight is a series, and 2,500 dates lie in the month of the run."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from app.wiki.page import ID_ALPHABET, ID_LENGTH, slugify
from app.wiki.store import Change
from tests.bench.server import ROOT
from tests.bench.words import words_of

VERSION = "1"  # raised with every change to what is written
FORM, FOLDER = "event", "agenda"
SERIES = 8  # one record in so many
BACK, AHEAD = 5 * 12, 12  # months around that of the run in which the rest takes place
SPACES = ("jardins", "cuisine", "energie", "culture", "ecole", "marche")
TAGS, COMMUNES = 24, 40
# Rules by how many of twenty series have them: two dates a month in the middle.
_RULES = (
    *(("FREQ=WEEKLY", ""),) * 3,
    *(("FREQ=WEEKLY;INTERVAL=2", ""),) * 6,
    *(("FREQ=MONTHLY", ""),) * 5,
    *(("FREQ=MONTHLY;BYDAY=1SA", "public"),) * 4,
    *(("FREQ=WEEKLY;INTERVAL=2", "school-a"),) * 2,
)


def form_text() -> str:
    """Give the form, as the agenda brings it."""
    return (ROOT / "plugins" / FOLDER / "forms" / f"{FORM}.yaml").read_text(encoding="utf-8")


def changes(count: int, month: date) -> Iterator[Change]:
    """Write the form, its events and the home pages of the spaces; `month` is the first day of the month of the run."""
    yield Change(f"_forms/{FORM}.yaml", form_text().encode())
    yield Change("index.md", b"---\ntitle: Accueil\n---\nBienvenue.\n")
    for space in SPACES:
        yield Change(f"{space}/index.md", f"---\ntitle: {space.capitalize()}\n---\nUn espace.\n".encode())
    chance, words, taken = random.Random(count), words_of("fr"), set[str]()
    for number in range(count):
        title = " ".join(words.draw(chance, 3)).capitalize()
        start = _start(chance, month, is_series=number % SERIES == 0)
        path = f"{FOLDER}/{start.year}/{slugify(title)}"
        path = f"{path}-{number}" if path in taken else path
        taken.add(path)
        yield Change(f"{path}.md", _event(chance, number, title, start).encode())


def series_of(count: int, start: datetime) -> str:
    """Write the page of a series of so many dates, one a day."""
    when = _when(start, f"FREQ=DAILY;COUNT={count}", "")
    return f"---\ntitle: Tous les jours\nform: {FORM}\nid: serie500\nwhen: {when}\nstatus: confirmed\n---\n\nVenez.\n"


def _start(chance: random.Random, month: date, *, is_series: bool) -> datetime:
    """Draw when something begins: a series goes on already, the rest lies anywhere."""
    months = month.year * 12 + month.month - 1
    months += chance.randint(-24, -1) if is_series else chance.randint(-BACK, AHEAD - 1)
    day = date(months // 12, months % 12 + 1, chance.randint(1, 28))
    return datetime(day.year, day.month, day.day, chance.randint(8, 20), chance.choice((0, 30)))


def _event(chance: random.Random, number: int, title: str, start: datetime) -> str:
    rule, off = _RULES[number // SERIES % len(_RULES)] if number % SERIES == 0 else ("", "")
    place = (
        f"place:\n  address: {chance.randrange(99)} rue du Four\n  commune: Commune {chance.randrange(COMMUNES)}\n"
        f"  lat: '{44 + chance.random():.5f}'\n  lon: '{4 + chance.random():.5f}'"
    )
    lines = [
        f"title: {title}", f"form: {FORM}", f"id: {_identity(chance)}", f"when: {_when(start, rule, off)}", place,
        f"spaces: [{', '.join(chance.sample(SPACES, chance.randint(1, 2)))}]",
        f"tags: [mot-{chance.randrange(TAGS)}, mot-{chance.randrange(TAGS)}]",
        f"organiser: Équipe {chance.randrange(30)}", f"status: {chance.choice(('confirmed',) * 9 + ('planned',))}",
    ]  # fmt: skip
    body = f"{' '.join(words_of('fr').draw(chance, 30)).capitalize()}.\n"
    return "\n".join(["---", *lines, "---", "", body])


def _when(start: datetime, rule: str, off: str) -> str:
    end = start + timedelta(hours=2)
    parts = [f"start: {start.isoformat(timespec='minutes')}", f"end: {end.isoformat(timespec='minutes')}"]
    parts.append("timezone: Europe/Paris")
    parts += [f"rule: {rule}"] if rule else []
    parts += [f"except: [{off}]"] if off else []
    return f"{{{', '.join(parts)}}}"


def _identity(chance: random.Random) -> str:
    return "".join(chance.choices(ID_ALPHABET, k=ID_LENGTH))
