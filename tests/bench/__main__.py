"""`make bench`: measure, print one table. `python -m tests.bench --help` tells how to measure a part of it."""

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from tests.bench import machine
from tests.bench.instances import Instances
from tests.bench.measure_agenda import measure_agenda
from tests.bench.measure_archive import measure_archive
from tests.bench.measure_calendars_in import measure_calendars_in
from tests.bench.measure_care import measure_care
from tests.bench.measure_digest import measure_digest
from tests.bench.measure_editing import measure_form, measure_four, measure_save
from tests.bench.measure_feeds import measure_feeds
from tests.bench.measure_importing import measure_importing
from tests.bench.measure_instance import measure_memory, measure_reindex, measure_start
from tests.bench.measure_lists import measure_diff, measure_lists
from tests.bench.measure_minutes import measure_minutes
from tests.bench.measure_people import measure_rights, measure_signed_in
from tests.bench.measure_records import measure_records
from tests.bench.measure_search import measure_search
from tests.bench.measure_view import measure_first, measure_unchanged, measure_view
from tests.bench.run import QUICK, Effort, Run
from tests.bench.table import Row, format_table

# In this order: what writes comes after what reads, memory is weighed after the load of reading.
MEASUREMENTS: dict[str, Callable[[Run], Iterator[Row]]] = {
    "start": measure_start,
    "machine": machine.measure_machine,
    "view": measure_view,
    "first": measure_first,
    "304": measure_unchanged,
    "signed": measure_signed_in,
    "rights": measure_rights,
    "form": measure_form,
    "lists": measure_lists,
    "diff": measure_diff,
    "care": measure_care,
    "search": measure_search,
    "memory": measure_memory,
    "records": measure_records,
    "agenda": measure_agenda,
    "feeds": measure_feeds,
    "importing": measure_importing,
    "calendar": measure_calendars_in,
    "archive": measure_archive,
    "minutes": measure_minutes,
    "save": measure_save,
    "four": measure_four,
    "digest": measure_digest,
    "reindex": measure_reindex,
}
SIZES = (100, 1000, 10_000)
ALONE = {"archive", "calendar", "digest", "importing", "minutes", "reindex"}  # measured while no server runs


def measure(names: Sequence[str], sizes: Sequence[int], effort: Effort, kept: Path) -> dict[str, list[Row]]:
    """Run measurements, by name; instances are kept in a folder for the next run."""
    with tempfile.TemporaryDirectory(prefix="gare-bench-") as work:
        run = Run(sizes, effort, Instances(kept, Path(work), _tell), _tell)
        try:
            return {name: _measured(run, name) for name in names}
        finally:
            run.close()


def _measured(run: Run, name: str) -> list[Row]:
    if name in ALONE:
        run.close()
    start = time.perf_counter()
    rows = list(MEASUREMENTS[name](run))
    _tell(f"{name}: {time.perf_counter() - start:.1f} s")
    return rows


def _tell(sentence: str) -> None:
    click.echo(f"  … {sentence}", err=True)


def _parts(_context: click.Context, _option: click.Parameter, value: str) -> list[str]:
    names = [name.strip() for name in value.split(",") if name.strip()] or list(MEASUREMENTS)
    if unknown := set(names) - MEASUREMENTS.keys():
        raise click.BadParameter(f"{', '.join(sorted(unknown))}: the parts are {', '.join(MEASUREMENTS)}")
    return [name for name in MEASUREMENTS if name in names]


def _sizes(_context: click.Context, _option: click.Parameter, value: str) -> list[int]:
    if not all(one.isdecimal() and int(one) >= 20 for one in value.split(",")):
        raise click.BadParameter("write numbers of pages, at least 20, as 100,1000")
    return [int(one) for one in value.split(",")]


@click.command(help="Measure what the project promises of speed and memory, with a control in the same run.")
@click.option("--only", default="", callback=_parts, help=f"Parts to run, of: {', '.join(MEASUREMENTS)}.")
@click.option(
    "--sizes", default=",".join(map(str, SIZES)), show_default=True, callback=_sizes, help="Numbers of pages."
)
@click.option("--quick", is_flag=True, help="Short rounds and few samples: to see that it works.")
@click.option("--json", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write the rows to a file too.")
@click.option("--cache", type=click.Path(path_type=Path, file_okay=False), help="Where instances are kept.")
def main(only: list[str], sizes: list[int], quick: bool, file: Path | None, cache: Path | None) -> None:
    """Measure and print the table."""
    others, start = machine.Others(), time.perf_counter()
    found = measure(
        only, sizes, QUICK if quick else Effort(), cache or Path(tempfile.gettempdir()) / "gare-bench-cache"
    )
    rows = [row for own in found.values() for row in own]
    about = (
        f"{machine.describe()}; {time.perf_counter() - start:.0f} s, "
        f"in which other programs took {others.share():.0%} of the processors"
    )
    click.echo(f"{about}\n\n{format_table(rows)}")
    if file:
        file.write_text(json.dumps({"machine": about, "rows": [_plain(row) for row in rows]}, indent=1))


def _plain(row: Row) -> dict[str, object]:
    target = {"target": str(row.target), "is_met": row.verdict == "met"} if row.target else {}
    return {**asdict(row), "target": None, **target}


if __name__ == "__main__":
    main()
