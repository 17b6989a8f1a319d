"""Is the machine fit: its programs, address, disk, clock; is the key closed to others?"""

import re
import shutil
import time
from pathlib import Path

from sqlalchemy import func, select

from app.backup.reading import SECRETS
from app.catalog.tables import revisions
from app.checkup.finding import Sayings, care, good
from app.errors import N_
from app.outbox.mails import DAY
from app.serving import is_open_to_others
from app.station import Station

MIN_GIT = (2, 36)  # `core.fsync`, without which a save that was acknowledged may be lost in a power cut
MIN_FREE_BYTES = 500_000_000


def git(station: Station) -> Sayings:
    """Compare the version of git with the oldest that is safe."""
    version = station.wiki.store.git_version()
    if tuple(map(int, re.findall(r"\d+", version)[:2])) >= MIN_GIT:
        yield good("%(program)s %(version)s", program="git", version=version)
        return
    sentence = N_("%(program)s %(version)s is too old: a power cut could take changes away. Install %(least)s.")
    yield care(sentence, program="git", version=version, least=".".join(map(str, MIN_GIT)))


def address(station: Station) -> Sayings:
    """Ask for the public address as soon as others than this machine reach the site."""
    config = station.config
    if station.address:
        yield good("%(address)s", address=station.address)
    elif config.trusted_proxies or is_open_to_others(config.instance):
        yield care(N_("not set: links go wrong. Type it in the settings, “Mail server”, or in gare.toml."))
    else:
        yield good(N_("not needed while only this machine reaches the site"))


def disk(station: Station) -> Sayings:
    """Look for room on the disk of the instance."""
    free = shutil.disk_usage(station.config.instance).free
    if free > MIN_FREE_BYTES:
        yield good(N_("%(free)s MB free"), free=free // 1_000_000)
    else:
        yield care(N_("%(free)s MB free. Make room."), free=free // 1_000_000)


def clock(station: Station) -> Sayings:
    """Compare with the newest change: a clock that is behind lets no link expire."""
    with station.wiki.catalog.reading() as connection:
        newest = connection.execute(select(func.max(revisions.c.at))).scalar() or 0
    newest = max(newest, Path(__file__).stat().st_mtime)
    is_right = time.time() > newest - DAY
    yield good(N_("right")) if is_right else care(N_("behind by days. Set the clock of this machine."))


def secret(station: Station) -> Sayings:
    """See to it that the key that signs sessions, and what is told to other machines, are their owner's only."""
    files = [station.config.instance / name for name in SECRETS]
    are_open = [file for file in files if file.exists() and file.stat().st_mode & 0o077]
    for file in are_open:
        yield care(N_("others can read it. Close it: chmod 600 %(file)s"), file=str(file))
    if not are_open:
        yield good(N_("closed"))
