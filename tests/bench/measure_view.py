"""Reading pages: how many a second at eight connections, new and unchanged, against the control in turns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from tests.bench.control import UNCHANGED
from tests.bench.editing import open_editor, save
from tests.bench.load import Request, load
from tests.bench.run import Run, address, compare, median
from tests.bench.server import Server
from tests.bench.table import Row, at_least

WARM_UP = 1.5  # of the seconds of a round: enough for every worker to have shown every page once


@dataclass(slots=True)
class Contender:
    """One server with what it is asked; its answers a second and its processor time for one, in ms, round by round."""

    server: Server
    requests: Sequence[Request]
    rates: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)


def measure_view(run: Run) -> Iterator[Row]:
    """Show pages; every size in every round, so that a slow moment of the machine strikes them all."""
    pairs = {}
    for size in run.sizes:
        _check_same_page(run, size)
        requests = [Request(address(outline)) for outline in run.shown(size)]
        pairs[size] = Contender(run.control(size), requests), Contender(run.site(size), requests)
    compete(run, [one for pair in pairs.values() for one in pair])
    for size, (control, site) in pairs.items():
        yield from view_rows("page view", size, control, site, 0.60)
    if len(pairs) > 1:
        small, large = pairs[run.sizes[0]][1], pairs[run.largest][1]
        kept = 100 * median(b / a for a, b in zip(small.rates, large.rates, strict=True))
        note = f"by processor time {100 * median(small.times) / median(large.times):.0f} %"
        what = f"page view, as fast as at {run.sizes[0]:,} pages"
        yield Row(what, run.largest, kept, "%", at_least(90), note=note)


def measure_first(run: Run) -> Iterator[Row]:
    """Show pages that nobody has asked for since the last change of the wiki: whatever was kept of them is worthless."""
    size = run.largest
    chosen, *others = run.shown(size)[2:][: run.effort.samples]
    reader = run.site(size).reader
    save(reader, open_editor(reader, chosen), "Une phrase de plus.")
    yield compare(run, "page view, the first after a change, p50", [address(outline) for outline in others], None)


def measure_unchanged(run: Run) -> Iterator[Row]:
    """Answer 304 to those who have the page already."""
    size = run.largest
    shown, reader = run.shown(size), run.site(size).reader
    known = [Request(address(one), reader.get(address(one)).headers["etag"]) for one in shown]
    if reader.get(known[0].target, {"If-None-Match": known[0].etag}).status != 304:
        raise RuntimeError("an unchanged page is not answered with 304")
    site = Contender(run.site(size), known)
    control = Contender(run.control(size), [Request(one.target) for one in known])
    from_memory = Contender(run.control(size), [Request(f"{UNCHANGED}/{quote(one.path)}") for one in shown])
    compete(run, [control, site, from_memory])
    yield from view_rows("page view answered 304", size, control, site, 0.80)
    yield from view_rows("304, against one from memory", size, from_memory, site, None)


def _check_same_page(run: Run, size: int) -> None:
    """The control is worth nothing unless it answers as the site does, byte by byte."""
    for one in run.shown(size)[-3:]:
        answers = [server.reader.get(address(one)) for server in (run.site(size), run.control(size))]
        if answers[0].body != answers[1].body or {answer.status for answer in answers} != {200}:
            raise RuntimeError(f"site and control answer differently for {one.path}")


def compete(run: Run, contenders: Sequence[Contender]) -> None:
    """Load each in turn, round after round."""
    for one in contenders:
        load(one.server.port, one.requests, max(0.1, WARM_UP * run.effort.seconds))
    for _ in range(run.effort.rounds):
        for one in contenders:
            before = one.server.processor_time()
            found = load(one.server.port, one.requests, run.effort.seconds)
            spent = one.server.processor_time() - before
            one.rates.append(found.rate)
            one.times.append(1000 * spent / found.count)


def view_rows(what: str, size: int, control: Contender, site: Contender, share: float | None) -> Iterator[Row]:
    """Write what two contenders did; `share` is what of the control's rate the site must reach."""
    ratio = median(mine / theirs for mine, theirs in zip(site.rates, control.rates, strict=True))
    target = at_least(share, "ratio") if share else None
    yield Row(what, size, median(site.rates), "/s", target, median(control.rates), ratio)
    mine, theirs = median(site.times), median(control.times)
    note = f"would be {100 * theirs / mine:.0f} % of the control's rate on an idle machine"
    yield Row("  processor time of one", size, mine, "ms", None, theirs, mine / theirs, note)
