"""One run of the bench: its options, its servers, its rows."""

import random
import statistics
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from app.wiki.page import address_of
from tests.bench.corpus import Outline
from tests.bench.instances import Instances, corpus_of
from tests.bench.server import Server, serve, serve_control
from tests.bench.table import Row, Target

SHOWN = 200  # pages that are asked for again and again; the control keeps them in memory


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: alternating rounds, seconds of load in each, samples of what is timed one by one."""

    rounds: int = 5
    seconds: float = 2.0
    samples: int = 200
    saves: int = 60
    starts: int = 3


@dataclass(frozen=True, slots=True)
class Times:
    """How long each answer took, and how long processors worked for one, on average; in milliseconds."""

    each: list[float]
    worked: float

    @property
    def note(self) -> str:
        """Say what is not seen in the time of an answer on a busy machine."""
        return f"processor {self.worked:.1f} ms"


QUICK = Effort(rounds=2, seconds=0.7, samples=40, saves=12, starts=1)


class Run:
    """What the measurements share. Servers start when they are first asked for and run until the end.

    `sizes` are numbers of pages, the smallest first.
    """

    def __init__(self, sizes: Sequence[int], effort: Effort, instances: Instances, tell: Callable[[str], None]) -> None:
        self.sizes, self.effort, self.instances, self.tell = sorted(sizes), effort, instances, tell
        self.chance = random.Random(2)
        self.largest = self.sizes[-1]
        self._stack = ExitStack()
        self._folders: dict[int, Path] = {}
        self._servers: dict[tuple[str, int], Server] = {}

    def close(self) -> None:
        """Stop the servers."""
        self._stack.close()
        self._servers.clear()

    def instance(self, pages: int) -> Path:
        """Give the instance of this run."""
        if pages not in self._folders:
            self._folders[pages] = self.instances.copy(pages, "served")
        return self._folders[pages]

    def site(self, pages: int) -> Server:
        """Give the site."""
        return self._started("site", pages, lambda: serve(self.instance(pages)))

    def control(self, pages: int) -> Server:
        """Give the control of a site: it has the pages of `shown` in memory."""
        addresses = ["/", *map(address, self.shown(pages))]
        return self._started("control", pages, lambda: serve_control(self.instance(pages), addresses))

    def _started(self, kind: str, pages: int, start: Callable[[], Server]) -> Server:
        if (kind, pages) not in self._servers:
            server = start()
            self._stack.callback(server.stop)
            self._servers[kind, pages] = server
        return self._servers[kind, pages]

    def shown(self, pages: int) -> list[Outline]:
        """Choose the pages that are asked for, the same ones each time."""
        outlines = corpus_of(pages).outlines
        return outlines if pages <= SHOWN else random.Random(pages).sample(outlines, SHOWN)

    def pick(self, pages: int, count: int) -> list[Outline]:
        """Choose pages by chance, others each time; the home page and the journal are not among them."""
        return self.chance.choices(corpus_of(pages).outlines[2:], k=count)


def address(outline: Outline) -> str:
    """Give the address of a page as it stands in a request."""
    return quote(address_of(outline.path))


def timed(server: Server, targets: Sequence[str]) -> Times:
    """Get addresses one after another; raises RuntimeError unless each is answered with 200."""
    found, before = [], server.processor_time()
    for target in targets:
        answer = server.reader.get(target)
        if answer.status != 200:
            raise RuntimeError(f"{target} is answered with {answer.status}")
        found.append(answer.seconds * 1000)
    return Times(found, 1000 * (server.processor_time() - before) / len(found))


def compare(run: Run, what: str, targets: Sequence[str], target: Target | None) -> Row:
    """Time addresses of the largest site, and for scale as many page views of its control."""
    size = run.largest
    shown = [address(outline) for outline in run.shown(size)]
    plain = median(timed(run.control(size), (shown * len(targets))[: len(targets)]).each)
    found = timed(run.site(size), targets)
    own = median(found.each)
    return Row(what, size, own, "ms", target, plain, own / plain, found.note)


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value that this share of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def median(values: Iterable[float]) -> float:
    """Give the middle value."""
    return statistics.median(values)
