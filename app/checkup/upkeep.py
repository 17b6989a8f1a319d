"""Do the jobs run, is there a young backup, is the truth database whole?"""

import time
from pathlib import Path

from sqlalchemy import text

from app.backup import last_backup
from app.backup.schedule import is_under_way, last_attempt
from app.checkup.finding import Sayings, care, good
from app.config import SECRET_FILE
from app.errors import N_
from app.outbox.mails import DAY
from app.results import alive_at, read_results
from app.serving import served_since
from app.station import Station

# Seconds: two nights without a backup are a fault; by hand, a weekly one that is a day late is not late.
LATE_BY_NIGHT, LATE_BY_HAND = 3 * DAY, 8 * DAY


def database(station: Station) -> Sayings:
    """Let SQLite look through its file; other databases have keepers of their own."""
    if station.truth.dialect.name == "sqlite":
        with station.truth.connect() as connection:
            said = str(connection.execute(text("PRAGMA integrity_check")).scalar())
        if said != "ok":
            yield care(N_("damaged (%(fault)s). Bring a backup back: gare restore"), fault=said)
            return
    yield good(N_("sound"))


def jobs(station: Station) -> Sayings:
    """Name the jobs that failed, and say when none has run for minutes while the site is served."""
    results = read_results(station.config.instance)
    failed = {name: result for name, result in results.items() if result.error and name != "backup"}
    for name, result in failed.items():
        if result.sentence:
            yield care(result.sentence, **result.values)
        else:
            yield care("%(job)s: %(fault)s", job=name, fault=result.error or "")
    if minutes := minutes_without_jobs(station.config.instance, alive_at(results)):
        yield care(N_("nothing has run for %(minutes)s minutes. Restart the site: gare serve"), minutes=minutes)
    elif not failed:
        yield good(N_("none has failed"))


def minutes_without_jobs(instance: Path, last: float | None) -> int:
    """Tell for how many minutes the site has been served without a sign of life from its job process."""
    since = served_since(instance)
    return int(time.time() - max(since, last or 0.0)) // 60 if since is not None else 0


def backup(station: Station) -> Sayings:
    """Ask how old the last backup is, and whether the last attempt on schedule failed."""
    instance = station.config.instance
    attempt, last = last_attempt(instance), last_backup(instance)
    if attempt and attempt.sentence and not is_under_way(instance):
        yield care(attempt.sentence, **attempt.values)
    age = time.time() - (last.at if last else (instance / SECRET_FILE).stat().st_mtime)
    is_late = age > (LATE_BY_HAND if station.config.backup_hour < 0 else LATE_BY_NIGHT)
    if last is None:
        yield care(N_("none yet. Make one: gare backup FILE")) if is_late else good(N_("none yet"))
    elif is_late:
        yield care(N_("the last one is %(days)s days old. Make one: gare backup FILE"), days=int(age // DAY))
    elif age < DAY:
        yield good(N_("the last one is less than a day old"))
    else:
        yield good(N_("the last one is %(days)s days old"), days=int(age // DAY))
