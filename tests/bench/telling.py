"""A program of its own: writes the mails that are due in an instance, and says how long it took and how much memory."""

import json
import os
import sys
import time
from pathlib import Path

from sqlalchemy import delete, func, select

from app.follow.telling import BATCH, tell_due
from app.outbox.mails import Mail, queue
from app.outbox.tables import mails
from app.station import Station
from tests.bench.instances import open_instance
from tests.bench.processes import memory


def main(folder: Path) -> None:
    """Write them, then queue as many that are written already."""
    with open_instance(folder) as station:
        start = time.perf_counter()
        tell_due(station)
        seconds = time.perf_counter() - start
        peak = memory(os.getpid()).peak  # that of getrusage counts what the bench held when it started this
        count, size = _weigh(station)
        control = _queue(station, count, " " * round(size))
    found = {"seconds": seconds, "peak": peak, "mails": count, "control": control, "kilobytes": size / 1000}
    sys.stdout.write(json.dumps(found))


def _weigh(station: Station) -> tuple[int, float]:
    """Count the mails, and give the characters of one on average."""
    with station.truth.connect() as connection:
        row = connection.execute(select(func.count(), func.avg(func.length(mails.c.text)))).one()
    return int(row[0]), float(row[1] or 0)


def _queue(station: Station, count: int, text: str) -> float:
    """Queue mails, as many in one transaction as the program does; gives the seconds."""
    with station.truth.begin() as connection:
        connection.execute(delete(mails))
    start = time.perf_counter()
    for _ in range(-(-count // BATCH)):
        with station.truth.begin() as connection:
            for number in range(BATCH):
                queue(
                    connection, Mail(f"v{number}@example.org", "Nouvelles", text, unsubscribe="https://gare.example/x")
                )
    return time.perf_counter() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]))
