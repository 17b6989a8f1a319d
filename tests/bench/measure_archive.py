"""The archive of a list: 20,000 mails taken in, counted, shown and found, and 200,000 of plain text."""

import email
import email.policy
import json
import mailbox
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlencode

from app.catalog import searching
from app.cli.init import create
from app.database.settings import Settings
from app.shipped.content import Content
from tests.bench.instances import open_instance
from tests.bench.mail_corpus import MailCorpus, Truth
from tests.bench.run import Run, median, percentile, timed
from tests.bench.server import ROOT, Server, environment, serve
from tests.bench.table import Row, Target, at_least, at_most
from tests.bench.words import common, middling

MANY, MOST = 1000, 10_000  # pages of the largest site from which on there are 20,000 and 200,000 mails
LIST = "mesure"
_HOME = "---\ntitle: Accueil\n---\nBienvenue.\n"
INDEXED, BARE, AGAIN, PEAK_MB = 350, 1300, 3, 300
THREAD_MS, SEARCH_MS, PAGE_MS = (30, 80), (20, 80), 30
_COUNTS = {
    "messages": "SELECT count(*) FROM messages", "threads": "SELECT count(*) FROM threads",
    "attachments": "SELECT count(*) FROM attachments",
    "distinct_attachments": "SELECT count(DISTINCT oid) FROM attachments",
}  # fmt: skip


def measure_archive(run: Run) -> Iterator[Row]:
    """Measure the list with files, then the larger one of plain text, of which the search takes nothing in."""
    yield from _measured(run, MailCorpus(20_000 if run.largest >= MANY else run.largest))
    if run.largest >= MOST:
        yield from _measured(run, MailCorpus(200_000, is_plain=True))


def _measured(run: Run, corpus: MailCorpus) -> Iterator[Row]:
    folder = run.instances.work / f"mails-{corpus.count}"
    mbox = folder.with_suffix(".mbox")
    run.tell(f"writing {corpus.count} mails")
    truth = corpus.write(mbox)
    create(folder, Settings(title="Liste de mesure", language="fr"), Content({"index": _HOME}, {}))
    run.tell(f"taking {corpus.count} mails in")
    took = _taken_in(folder, mbox, "once" if corpus.is_plain else "twice")
    yield _bare(corpus, took, mbox)
    if not corpus.is_plain:
        yield from _indexed(corpus.count, took)
    yield _counted(corpus.count, folder, truth, took)
    yield _disk(corpus.count, folder, truth)
    mbox.unlink()
    with open_instance(folder) as station, searching.single_writer(station.wiki):  # nothing is indexed meanwhile
        site = serve(folder)
        try:
            yield from _shown(run, corpus.count, folder, site)
            if not corpus.is_plain:
                yield from _found(run, corpus.count, site)
        finally:
            site.stop()


def _taken_in(folder: Path, mbox: Path, how: str) -> dict[str, float]:
    start = [sys.executable, "-m", "tests.bench.mail_in", str(folder), LIST, str(mbox), how]
    done = subprocess.run(start, cwd=ROOT, env=environment(), capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the mails were not taken in: {done.stderr.decode(errors='replace')[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _parsed(mbox: Path) -> float:
    """Let Python's own modules read the same file; gives messages a second of the processor."""
    start, read = time.process_time(), 0
    with closing(mailbox.mbox(mbox, create=False)) as box:
        for key in box.iterkeys():
            email.message_from_bytes(box.get_bytes(key), policy=email.policy.default).get_body()
            read += 1
    return read / (time.process_time() - start)


def _bare(corpus: MailCorpus, took: dict[str, float], mbox: Path) -> Row:
    """Say how fast messages came in; the control takes too long where there are very many."""
    control = None if corpus.is_plain else _parsed(mbox)
    rate = corpus.count / took["import"]
    memory = f"memory {took['import_peak']:.0f} MB at most, {took['before']:.0f} before"
    note = memory if control is None else f"of the processor; beside it Python's mailbox and email alone; {memory}"
    return Row("import without search index", corpus.count, rate, "mails/s", at_least(BARE), control,
               control and rate / control, note)  # fmt: skip


def _indexed(count: int, took: dict[str, float]) -> Iterator[Row]:
    bare, indexed, again = count / took["import"], count / (took["import"] + took["search"]), count / took["again"]
    documents = f"{took['indexed']:.0f} documents, {took['indexed'] / max(took['search'], 1e-3):.0f}/s"
    yield Row("import with search index", count, indexed, "mails/s", at_least(INDEXED), note=documents)
    note = f"{again:.0f} mails/s, {took['added']:.0f} added; {again / bare:.1f} to that without index"
    yield Row("  the same again, to the first time", count, again / indexed, "", at_least(AGAIN), note=note)
    yield Row("  memory at most", count, took["peak"], "MB", at_most(PEAK_MB))


def _counted(count: int, folder: Path, truth: Truth, took: dict[str, float]) -> Row:
    """Compare what the archive counts to what was written: how much it is wrong in all."""
    with closing(sqlite3.connect(folder / "archive.db")) as connection:
        found = {name: connection.execute(query).fetchone()[0] for name, query in _COUNTS.items()}
    found |= {"duplicates": int(took["there"]), "added": int(took["added"])}
    wanted = {**asdict(truth), "added": 0}
    wrong = {name: f"{value} for {wanted[name]}" for name, value in found.items() if value != wanted[name]}
    said = ", ".join(f"{name} {value}" for name, value in (wrong or found).items())
    return Row("counts that are wrong", count, len(wrong), "", at_most(0), note=said)


def _disk(count: int, folder: Path, truth: Truth) -> Row:
    parts = {"raw": "mail", "attachments": "files", "search": "search", "rows": "archive.db"}
    sizes = {name: _size(folder / place) / 1e6 for name, place in parts.items()}
    total, raw = sum(sizes.values()), truth.size / 1e6
    note = ", ".join(f"{name} {size:.0f}" for name, size in sizes.items())
    return Row("disk, beside it the mbox", count, total, "MB", Target("at most", 1, "ratio"), raw, total / raw, note)


def _size(place: Path) -> int:
    files = [place] if place.is_file() else [one for one in place.rglob("*") if one.is_file()]
    return sum(one.stat().st_size for one in files)


def _shown(run: Run, count: int, folder: Path, site: Server) -> Iterator[Row]:
    """Ask for pages, no address twice: what is kept of an answer is not measured."""
    samples = max(4, run.effort.samples // 2)
    with closing(sqlite3.connect(folder / "archive.db")) as connection:
        codes = [row[0] for row in connection.execute("SELECT code FROM threads ORDER BY code")]
        months = [row[0] for row in connection.execute("SELECT month FROM months ORDER BY month")]
    run.chance.shuffle(codes)
    run.chance.shuffle(months)
    home = f"/listes/{LIST}/"
    yield from _rows("thread", count, site, [f"{home}t/{code}" for code in codes[: 4 * samples]], THREAD_MS)
    by_month = [f"{home}{month // 100}/{month % 100:02}/" for month in months[:samples]]
    yield from _rows("month", count, site, by_month, (PAGE_MS,))
    for what, address in (("list home", home), ("feed", f"{home}feed.atom")):
        yield from _rows(what, count, site, [f"{address}?n={number}" for number in range(samples)], (PAGE_MS,))


def _found(run: Run, count: int, site: Server) -> Iterator[Row]:
    """Search in turns for a common word, a rarer one and two words."""
    samples = max(2, run.effort.samples // 8)
    several, middle = run.chance.choices(list(common()), k=samples), run.chance.choices(list(middling()), k=samples)
    words = [said for one, other in zip(several, middle, strict=True) for said in (one, other, f"{one} {other}")]
    targets = [f"/listes/{LIST}/search?{urlencode({'q': one})}" for one in words]
    yield from _rows("search in the list", count, site, targets, SEARCH_MS)


def _rows(what: str, count: int, site: Server, targets: list[str], most: tuple[int, ...]) -> Iterator[Row]:
    """Time addresses; the second of two targets is that of the 95th hundredth."""
    address, sign = targets[0], "&" if "?" in targets[0] else "?"
    timed(site, [f"{address}{sign}warm={letter}" for letter in "abcd"])  # in both processes
    found = timed(site, targets)
    yield Row(f"{what}, p50", count, median(found.each), "ms", at_most(most[0]), note=found.note)
    yield Row(f"{what}, p95", count, percentile(found.each, 0.95), "ms", at_most(most[1]) if most[1:] else None)
