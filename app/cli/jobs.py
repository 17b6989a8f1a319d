"""`gare jobs`: run what is due, once or for as long as the site stays up."""

import ctypes
import logging
import os
import signal
import sys
import threading

import click

from app.cli.command import Command, opened
from app.cli.language import _
from app.jobs import Runner

_PR_SET_PDEATHSIG = 1  # prctl(2)
_STEP_BACK = 5  # beside a site: people who wait for a page come before the search index


@click.command(cls=Command, help=_("Run what is due: search, repairs, upkeep."))
@click.option("--loop", is_flag=True, help=_("Go on until stopped."))
@click.option("--parent", type=int, hidden=True, help="End when this process ends.")
def jobs(loop: bool, parent: int | None) -> None:
    """Run the jobs."""
    level = logging.INFO if loop else logging.ERROR
    logging.basicConfig(level=level, format="%(asctime)s jobs: %(message)s", stream=sys.stderr)
    if parent:
        _end_with(parent)
        os.nice(_STEP_BACK)
    with opened() as station:
        runner = Runner(station)
        if not loop:
            _tell(runner)
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_arguments: stop.set())
        runner.loop(stop, is_orphan=lambda: parent is not None and os.getppid() != parent)


def _tell(runner: Runner) -> None:
    failed = False
    for name, result in runner.once():
        if result.said or result.error:
            click.echo(f"{name}: {result.error or result.said}", err=result.error is not None)
        failed = failed or result.error is not None
    if failed:
        raise SystemExit(1)


def _end_with(parent: int) -> None:
    """Ask Linux to end this process when its parent dies, however it dies; elsewhere the loop notices it."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before we asked
        raise SystemExit(0)
