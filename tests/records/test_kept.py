"""A file that was sent to be imported goes by itself when nobody comes back for it."""

import os
import time

import pytest

from app.errors import NotFound
from app.jobs import forget_expired
from app.records.exchange import kept
from app.station import Station


def test_a_file_that_nobody_came_back_for_is_removed_by_the_job(station: Station) -> None:
    instance = station.config.instance
    old, young = (kept.keep(instance, word) for word in (b"old", b"young"))
    before = time.time() - kept.SECONDS - 1
    os.utime(instance / kept.FOLDER / old, (before, before))
    forget_expired(station)

    assert kept.load(instance, young) == b"young"
    with pytest.raises(NotFound):
        kept.load(instance, old)


def test_only_the_program_reads_a_file_that_waits(station: Station) -> None:
    name = kept.keep(station.config.instance, b"x")
    folder = station.config.instance / kept.FOLDER

    assert (folder.stat().st_mode & 0o777, (folder / name).stat().st_mode & 0o777) == (0o700, 0o600)
