"""The home page with all its blocks, against a plain page; minutes: lines recognised, a document of Word brought in."""

import time
from collections.abc import Callable, Iterator
from datetime import date

from app.cli.init import create
from app.convert.documents import convert_document
from app.database.settings import Settings
from app.shipped import content
from plugins.minutes.lines.finding import find_lines
from tests.bench.run import Run, median, timed
from tests.bench.server import Server, serve
from tests.bench.table import Row, at_most
from tests.convert.word_files import docx, item, paragraph

PLAIN = "/charte"  # a page of the demo with nothing but text
SLOWER, LINES_MS, WORD_SECONDS = 1.6, 100, 2
LETTERS, PARAGRAPHS = 100_000, 700  # 700 paragraphs and points of lists are about fifty pages
DAY = date(2026, 11, 6)
LINES = (
    "Le compost a bien chauffé, dit Bernard ; il faut le retourner une fois avant l’hiver.",
    "",
    "Décision : l’épicerie ouvre à 9 h 30 jusqu’à fin février.",
    "On parle longuement de la serre : le kit coûte 400 €, il en manque 135.",
    "À faire : Nadia appelle la mairie avant le 3 avril",
    "- Aïcha raconte la dernière veillée, 62 personnes, trois soupes.",
    "- Prochaine fois : les haies, avec ceux de Fontanelle.",
    "## La serre",
    "Tout le monde est d’accord pour attendre le printemps.",
    "Yann demande qui a vu la clé du local ; elle est chez Paulette.",
)


def measure_minutes(run: Run) -> Iterator[Row]:
    """Serve the demo, then work on texts."""
    folder = run.instances.work / "demo"
    settings = Settings(title="Vallée", language="fr", set_up="1", demo="fr")
    create(folder, settings, content.starter("fr").with_others(content.demo("fr")), has_plugins=True)
    site = serve(folder)
    try:
        yield _home(site, run.effort.samples, "home page of the demo, kept, p50", "")
        yield _home(site, run.effort.samples, "home page of the demo, made anew, p50", "?n=")
        yield from _registers(site, run.effort.samples)
    finally:
        site.stop()
    yield _recognised(run.effort.samples)
    yield _word(run.effort.starts)


def _home(site: Server, samples: int, what: str, query: str) -> Row:
    """Ask for the home page and a plain one in turns; with a query no address twice, so that nothing kept is given."""
    own, plain, worked = list[float](), list[float](), list[float]()
    for address in ("/", PLAIN) * 4:
        timed(site, [address])
    for number in range(max(4, samples)):
        for address, found in (("/", own), (PLAIN, plain)):
            times = timed(site, [f"{address}{query}{number}" if query else address])
            found += times.each
            worked += [times.worked] if address == "/" else []
    mine, theirs = median(own), median(plain)
    target = None if query else at_most(SLOWER, "ratio")
    return Row(
        what,
        100,
        mine,
        "ms",
        target,
        theirs,
        mine / theirs,
        f"control: a plain page; processor {median(worked):.1f} ms",
    )


def _registers(site: Server, samples: int) -> Iterator[Row]:
    for what, address in (("minutes", "/reunions/"), ("decisions", "/reunions/decisions"), ("polls", "/sondages/")):
        times = timed(site, [f"{address}?n={number}" for number in range(max(4, samples // 5))])
        yield Row(f"list of {what} of the demo, p50", 100, median(times.each), "ms", note=times.note)


def _recognised(samples: int) -> Row:
    """Find decisions and actions in 100 kB of notes, one in five lines; the control counts their words."""
    text = "\n".join(LINES[number % len(LINES)] for number in range(LETTERS // 40))[:LETTERS]
    took = _middle(samples // 20 + 1, lambda: find_lines(text, DAY))
    control = _middle(samples // 20 + 1, lambda: len(text.split()))
    note = f"{len(find_lines(text, DAY))} found; control: the words counted"
    what = "decisions and actions in 100 kB of notes"
    return Row(what, LETTERS, took, "ms", at_most(LINES_MS), control, took / control, note)


def _word(rounds: int) -> Row:
    """Bring in a document of fifty pages, in its process; the control is a document of one paragraph."""
    words = "La serre est montée par huit personnes, le matin, puis on mange ensemble sur le quai. " * 3
    blocks = [
        paragraph(f"Point {number}", "Titre1")
        if number % 14 == 0
        else item(words)
        if number % 3 == 0
        else paragraph(words)
        for number in range(PARAGRAPHS)
    ]
    long, short = docx(*blocks), docx(paragraph("Bonjour"))
    took = _middle(rounds, lambda: convert_document(long, "notes.docx")) / 1000
    plain = _middle(rounds, lambda: convert_document(short, "notes.docx")) / 1000
    note = f"{len(convert_document(long, 'notes.docx').text):,} letters; control: one paragraph"
    return Row(
        "document of Word, 50 pages, to text", PARAGRAPHS, took, "s", at_most(WORD_SECONDS), plain, took / plain, note
    )


def _middle(rounds: int, work: Callable[[], object]) -> float:
    """Time some work; the middle of the rounds, in milliseconds."""
    found = []
    for _ in range(max(1, rounds)):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return median(found)
