"""Writing pages: the form, a save, four writers at once; beside them, what git alone needs for a commit."""

import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import func, select

from app.catalog.tables import revisions
from app.wiki.store import Store
from tests.bench.client import Client
from tests.bench.editing import Opened, form_address, open_editor, save
from tests.bench.instances import commits_of, corpus_of, open_instance
from tests.bench.run import Run, compare, median, timed
from tests.bench.table import Row, at_least, at_most
from tests.bench.words import words_of

EDITORS = 4
WARM_UP = 10
BATCH = 10  # saves before the next contender has its turn


def measure_form(run: Run) -> Iterator[Row]:
    """Open the editor."""
    timed(run.site(run.largest), [form_address(outline) for outline in run.pick(run.largest, WARM_UP)])
    targets = [form_address(outline) for outline in run.pick(run.largest, run.effort.samples)]
    yield compare(run, "edit form, p50", targets, at_most(10))


def measure_save(run: Run) -> Iterator[Row]:
    """Save through the form, at the smallest and the largest size and with git alone in turns."""
    sizes, count = sorted({run.sizes[0], run.largest}), run.effort.saves
    for size in sizes:
        _save_some(run, size, min(count, BATCH))  # starts what the first save starts
    found: dict[int, list[tuple[float, float]]] = {size: [] for size in sizes}
    plain: list[float] = []
    with tempfile.TemporaryDirectory(dir=run.instance(run.largest), prefix="bench-") as folder:
        store = _repository(Path(folder))
        for _ in range(0, count, BATCH):
            for size in sizes:
                found[size] += _save_some(run, size, min(count, BATCH))
            plain += [_commit(store.folder, number) for number in range(min(count, BATCH))]
    middle = {size: median(took for took, _ in found[size]) for size in sizes}
    git = median(plain)
    for size in sizes:
        worked = sum(worked for _, worked in found[size]) / len(found[size])
        note = f"processor {worked:.1f} ms, git's included; control: git fast-import alone"
        yield Row("save through the form, p50", size, middle[size], "ms", at_most(25), git, middle[size] / git, note)
    if len(sizes) > 1:
        grown = 100 * middle[sizes[1]] / middle[sizes[0]]
        yield Row(f"save, time against that at {sizes[0]:,} pages", sizes[1], grown, "%", at_most(120))


def _save_some(run: Run, size: int, count: int) -> list[tuple[float, float]]:
    """Save pages; gives for each how long it took and how long processors worked for it, in ms."""
    server = run.site(size)
    found = []
    for outline in run.pick(size, count):
        opened, before = open_editor(server.reader, outline), server.processor_time()
        took = save(server.reader, opened, _sentence(run)).seconds
        found.append((took * 1000, (server.processor_time() - before) * 1000))
    return found


def _sentence(run: Run) -> str:
    return " ".join(words_of("fr").draw(run.chance, 12)) + "."


def _repository(folder: Path) -> Store:
    store = Store(folder / "control.git")
    store.create()
    return store


def _commit(repository: Path, number: int) -> float:
    """Commit one page as git does it when nothing stands around it; gives milliseconds."""
    text = b"%d\n" % number * 500
    head = b"commit refs/heads/main\ncommitter m-aaaaaaaa <m-aaaaaaaa@members.invalid> %d +0000\ndata 0\n" % time.time()
    change = b"from refs/heads/main^0\nM 100644 inline page-%d.md\ndata %d\n%b\ndone\n" % (number, len(text), text)
    start = time.perf_counter()
    command = ["git", f"--git-dir={repository}", "fast-import", "--done", "--quiet"]
    subprocess.run(command, input=head + change, check=True)
    return (time.perf_counter() - start) * 1000


def measure_four(run: Run) -> Iterator[Row]:
    """Let four editors save different pages at once, and count what git and the catalog have of it."""
    size, each = run.largest, run.effort.saves
    site, instance = run.site(size), run.instance(size)
    pages = run.chance.sample(corpus_of(size).outlines[2:], min(EDITORS * each, size - 2))
    opened = [open_editor(site.reader, outline) for outline in pages]
    before = _recorded(instance)
    together = threading.Barrier(EDITORS + 1)
    with ThreadPoolExecutor(EDITORS) as pool:
        shares = (opened[number::EDITORS] for number in range(EDITORS))
        editors = [pool.submit(_edit, site.client(), share, together) for share in shares]
        together.wait()
        start = time.perf_counter()
        accepted = sum(editor.result() for editor in editors)
        took = time.perf_counter() - start
    commits, rows = (now - then for now, then in zip(_recorded(instance), before, strict=True))
    yield Row("four editors at once", size, accepted / took, "saves/s", at_least(40))
    for what, count in (("accepted", accepted), ("in git", commits), ("in the history", rows)):
        yield Row(f"  of their {len(opened)} saves {what}", size, 100 * count / len(opened), "%", at_least(100))


def _edit(client: Client, pages: Sequence[Opened], together: threading.Barrier) -> int:
    together.wait()
    accepted = 0
    for opened in pages:
        try:
            save(client, opened, "Une ligne de plus.")
        except RuntimeError:  # refused: it is counted by what is missing
            continue
        accepted += 1
    return accepted


def _recorded(instance: Path) -> tuple[int, int]:
    """Count commits in git and changes in the catalog's history."""
    with open_instance(instance) as station, station.wiki.catalog.reading() as connection:
        rows = connection.execute(select(func.count()).select_from(revisions)).scalar_one()
    return commits_of(instance), rows
