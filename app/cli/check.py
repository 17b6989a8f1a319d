"""`gare check`: the doctor. Looks at everything that can go wrong unseen, and says what to do."""

import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import func, select, text

from app.backup import last_backup
from app.catalog.catalog import get_fact
from app.catalog.tables import attachments, pages, revisions, search_queue
from app.cli.command import Command, opened
from app.cli.erasing import unfinished
from app.cli.language import _, say
from app.cli.serving import is_open_to_others, served_since
from app.config import SECRET_FILE
from app.errors import N_, GareError
from app.jobs import alive_at, read_report
from app.station import Station
from app.wiki.page import path_of

MIN_GIT = (2, 36)  # `core.fsync`, without which a save that was acknowledged may be lost in a power cut
MIN_FREE_BYTES = 500_000_000
BACKUP_EVERY = 8 * 86_400  # seconds: a weekly backup that is a day late is not late
WAITING_SECONDS = 60
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one subject; `is_good` means that nobody needs to do anything."""

    subject: str
    is_good: bool
    sentence: str


@click.command(cls=Command, help=_("Look whether everything is well; exit status 1 if something needs care."))
def check() -> None:
    """Print the findings."""
    with opened() as station:
        findings = list(examine(station))
    marks = {True: _("ok"), False: _("CARE")}
    width = max(map(len, marks.values()))
    for finding in findings:
        said = _("%(subject)s: %(finding)s", subject=finding.subject, finding=finding.sentence)
        click.echo(f"{marks[finding.is_good]:{width}}  {said}")
    if not all(finding.is_good for finding in findings):
        sys.exit(1)


def examine(station: Station) -> Iterator[Finding]:
    """Examine an instance; what cannot be examined at all is a finding too."""
    for subject, examination in EXAMINATIONS:
        try:
            for is_good, sentence in examination(station):
                yield Finding(_(subject), is_good, sentence)
        except GareError as error:
            yield Finding(_(subject), False, say(error))


Sentences = Iterator[tuple[bool, str]]


def _git(station: Station) -> Sentences:
    version = station.wiki.store.git_version()
    is_new = tuple(map(int, re.findall(r"\d+", version)[:2])) >= MIN_GIT
    cure = _("%(version)s is too old: a power cut could take saves away. Install 2.36 or newer.", version=version)
    yield is_new, version if is_new else cure


def _address(station: Station) -> Sentences:
    """Ask for the public address as soon as others than this machine reach the site."""
    config = station.config
    if config.address:
        yield True, config.address
    elif config.trusted_proxies or is_open_to_others(config.instance):
        yield False, _("not set: feeds and mails repeat whatever address was asked. Set `address` in gare.toml.")
    else:
        yield True, _("not needed while only this machine reaches the site")


def _pages(station: Station) -> Sentences:
    faults = station.wiki.store.fsck()
    for fault in faults[:5]:
        yield False, _("git says: %(fault)s. Bring a backup back: gare restore", fault=fault)
    if not faults:
        yield True, _("sound")


def _lists(station: Station) -> Sentences:
    wiki = station.wiki
    wiki.catch_up()  # what every start does, too
    for fault in wiki.catalog.check()[:3]:
        yield False, _("damaged (%(fault)s). Build them anew: gare reindex", fault=fault)
    tip = wiki.store.tip()
    with wiki.catalog.reading() as connection:
        reached = get_fact(connection, "tip")
        known = set(connection.execute(select(pages.c.path)).scalars())
    there = {path for file, _blob, _size in wiki.store.files(tip) if (path := path_of(file))} if tip else set()
    if reached != tip or known != there:
        yield False, _("not in step with the pages. Build them anew: gare reindex")
    else:
        yield True, _("in step, %(count)s pages", count=len(known))


def _search(station: Station) -> Sentences:
    wiki = station.wiki
    if not wiki.search.is_sound(deep=True):
        yield False, _("damaged or missing. It is built anew by: gare jobs")
        return
    with wiki.catalog.reading() as connection:
        waiting, oldest = connection.execute(select(func.count(), func.min(search_queue.c.seq))).one()
        paths = connection.execute(select(pages.c.path).where(pages.c.redirect == "")).scalars()
        wanted = {path for path in paths if not path.startswith("_")}  # templates are not searched
    if waiting:
        is_late = time.time() - oldest / 1e9 > WAITING_SECONDS
        yield not is_late, _("%(count)s pages wait. They are read by: gare jobs", count=waiting)
    elif wanted != {key for key in wiki.search.keys() if not key.startswith("file:")}:  # noqa: SIM118
        yield False, _("not in step with the pages. Build it anew: gare reindex")
    else:
        yield True, _("in step")


def _database(station: Station) -> Sentences:
    if station.truth.dialect.name == "sqlite":
        with station.truth.connect() as connection:
            said = str(connection.execute(text("PRAGMA integrity_check")).scalar())
        if said != "ok":
            yield False, _("damaged (%(fault)s). Bring a backup back: gare restore", fault=said)
            return
    yield True, _("sound")


def _files(station: Station) -> Sentences:
    for path in unfinished(station.config.instance):
        yield False, _("erasing %(page)s was stopped. Go on: gare page purge %(page)s", page=path)
    with station.wiki.catalog.reading() as connection:
        rows = connection.execute(select(attachments.c.page, attachments.c.name, attachments.c.oid)).all()
    missing = [row for row in rows if not station.wiki.files.has(row.oid)]
    for row in missing[:5]:
        yield False, _("%(name)s of %(page)s is missing. Upload it again.", name=row.name, page=row.page)
    if not missing:
        yield True, _("all there, %(count)s", count=len(rows))


def _disk(station: Station) -> Sentences:
    free = shutil.disk_usage(station.config.instance).free
    has_room, sentence = free > MIN_FREE_BYTES, _("%(free)s MB free", free=free // 1_000_000)
    yield has_room, sentence if has_room else f"{sentence}. " + _("Make room.")


def _clock(station: Station) -> Sentences:
    """Compare with the newest change: a clock that is behind lets no link expire."""
    with station.wiki.catalog.reading() as connection:
        newest = connection.execute(select(func.max(revisions.c.at))).scalar() or 0
    newest = max(newest, Path(__file__).stat().st_mtime)
    is_right = time.time() > newest - _DAY
    yield is_right, _("right") if is_right else _("behind by days. Set the clock of this machine.")


def _secret(station: Station) -> Sentences:
    mode = (station.config.instance / SECRET_FILE).stat().st_mode
    is_closed = not mode & 0o077
    cure = _("others can read it. Close it: chmod 600 %(file)s", file=station.config.instance / SECRET_FILE)
    yield is_closed, _("closed") if is_closed else cure


def _jobs(station: Station) -> Sentences:
    results = read_report(station.config.instance)
    failed = {name: result.error for name, result in results.items() if result.error}
    for name, error in failed.items():
        yield False, f"{name}: {error}"
    minutes = _minutes_without_jobs(station.config.instance, alive_at(results))
    if minutes:
        yield False, _("nothing has run for %(minutes)s minutes. Restart the site: gare serve", minutes=minutes)
    elif not failed:
        yield True, _("none has failed")


def _minutes_without_jobs(instance: Path, last: float | None) -> int:
    """Tell for how many minutes the site has been served without a sign of life from its job process."""
    since = served_since(instance)
    return int(time.time() - max(since, last or 0.0)) // 60 if since is not None else 0


def _backup(station: Station) -> Sentences:
    instance = station.config.instance
    last = last_backup(instance)
    age = time.time() - (last.at if last else (instance / SECRET_FILE).stat().st_mtime)
    is_new, words = age < BACKUP_EVERY, _("none yet")
    if last:
        words = _("the last one is %(days)s days old", days=int(age // _DAY))
    yield is_new, words if is_new else f"{words}. " + _("Make one: gare backup FILE")


EXAMINATIONS: tuple[tuple[str, Callable[[Station], Sentences]], ...] = (
    (N_("Git"), _git),
    (N_("Address"), _address),
    (N_("Pages"), _pages),
    (N_("Lists"), _lists),
    (N_("Search index"), _search),
    (N_("Database"), _database),
    (N_("Files"), _files),
    (N_("Disk"), _disk),
    (N_("Clock"), _clock),
    (N_("Secret key"), _secret),
    (N_("Jobs"), _jobs),
    (N_("Backup"), _backup),
)
