"""How the site is doing, for administrators: what needs care and its cure, backups, jobs, the log of what they did.

Nothing here examines anything: the job process does, and this page shows what it found last.
"""

import shutil
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect
from flask_babel import format_decimal, gettext
from werkzeug.wrappers import Response

from app import __version__
from app.backup import last_backup
from app.backup.schedule import Attempt, ask, folder_of, is_under_way, last_attempt
from app.catalog.finding import PageQuery
from app.catalog.rows import moment
from app.checkup import Finding, Report, read_report
from app.checkup import report as checkup
from app.checkup.machine import MIN_FREE_BYTES
from app.checkup.upkeep import minutes_without_jobs
from app.errors import N_
from app.people import acts
from app.results import Result, alive_at, read_results
from app.web.addresses import url
from app.web.files import size_words
from app.web.kit import check_admin, door, notice, render, station, viewer
from app.web.wording import former

blueprint = Blueprint("keeping", __name__)

SHOWN_ACTS = 50
RESTART = N_("Nothing has run in the background for %(minutes)s minutes. Start the site again.")
ACTS = acts.WORDS | {"backup": N_("asked for a backup"), "settings": N_("changed the settings of the site")}
# The jobs of the core in plain words; a plugin's have their own names.
JOBS = {
    "catalog": N_("Keep the lists in order"),
    "outside": N_("Take in pages sent from other computers"),
    "search": N_("Let the search follow the pages"),
    "mail": N_("Send the mails"),
    "mail-tidy": N_("Tidy up old mails"),
    "answers": N_("Remind who comes, and tell them of changes"),
    "follow": N_("Write the mails with news"),
    "records": N_("Ask whether records are right still"),
    "health": N_("Look whether everything is well"),
    "backup": N_("Make backups"),
    "forget": N_("Throw away links and codes that are too old"),
    "plugins": N_("Bring what new extensions need"),
    "waiting-files": N_("Throw away files that were never sent"),
    "occurrences": N_("Work out the dates of events ahead"),
    "upkeep": N_("Pack the pages at night"),
}


@blueprint.get("/-/admin/health")
def show() -> Response:
    """Show how the site is doing."""
    check_admin()
    report, now = read_report(station().config.instance), time.time()
    return render(
        "admin/health.html", report=_shown_report(report), silence=_silence(report, now), facts=_facts(),
        backup=_backup(), jobs=_jobs(), acts=_acts(),
    )  # fmt: skip


@blueprint.post("/-/admin/health")
def look() -> Response:
    """Ask for an examination."""
    check_admin()
    checkup.ask(station().config.instance)
    notice("done", gettext("Everything is looked at now. Open this page again in a minute."))
    return redirect(url("keeping.show"), 303)


@blueprint.post("/-/admin/backup")
def back_up() -> Response:
    """Ask for a backup."""
    check_admin()
    ask(station().config.instance)
    with station().truth.begin() as connection:
        acts.note(connection, viewer().pseudonym or "", "backup")
    notice("done", gettext("A backup is being made. Open this page again in a few minutes."))
    return redirect(url("keeping.show"), 303)


def care_count() -> int | None:
    """Tell how many things need care; None while nobody has looked, or nobody does any more."""
    report, now = read_report(station().config.instance), time.time()
    return len(report.care) if report and not _silence(report, now) else None


def _shown_report(report: Report | None) -> SimpleNamespace | None:
    if report is None:
        return None
    care = [_shown(one) for one in report.care]
    well = [_shown(one) for one in report.findings if one.is_good]
    is_asked = checkup.is_asked(station().config.instance)
    return SimpleNamespace(at=moment(int(report.at)), care=care, well=well, is_asked=is_asked)


def _shown(finding: Finding) -> tuple[str, str]:
    return gettext(finding.subject), _said(finding.sentence, finding.values.items())


def _said(sentence: str, values: Iterable[tuple[str, object]]) -> str:
    if not sentence:
        return ""  # of nothing, gettext says the head of its catalogue
    filled = dict(values)
    return gettext(sentence) % filled if filled else gettext(sentence)


def _silence(report: Report | None, now: float) -> str:
    """Say that the jobs do not run: then nobody looks, and the report is of the past."""
    instance = station().config.instance
    if minutes := minutes_without_jobs(instance, alive_at(read_results(instance))):
        return gettext(RESTART, minutes=minutes)
    if report and report.is_stale(now):
        return gettext("Nobody has looked for a long time. Start the site again.")
    return ""


def _facts() -> list[tuple[str, str, bool]]:
    """Say what the site is made of: label, value, is it good."""
    waiting = door().search_waiting()
    free = shutil.disk_usage(station().config.instance).free
    return [
        (gettext("Version"), __version__, True),
        (gettext("Pages"), format_decimal(door().count(viewer(), PageQuery())), True),
        (gettext("Pages that the search has still to read"), format_decimal(waiting), waiting < 1000),
        (gettext("Free space on the disk"), size_words(free), free > MIN_FREE_BYTES),
    ]


def _backup() -> SimpleNamespace:
    config = station().config
    last, attempt = last_backup(config.instance), last_attempt(config.instance)
    night = datetime(2000, 1, 1, max(config.backup_hour, 0), tzinfo=ZoneInfo(config.timezone))
    is_running = is_under_way(config.instance)
    return SimpleNamespace(
        at=moment(int(last.at)) if last else None,
        size=size_words(last.size) if last else "",
        file=last.file.name if last else "",
        folder=folder_of(config),
        hour=night if config.backup_hour >= 0 else None,
        is_running=is_running,
        fault=_said(attempt.sentence, attempt.values.items()) if attempt and not is_running else "",
        copy=config.backup_copy,
        copied_at=_copied_at(attempt, config.backup_copy),
        is_alone=not config.backup_copy and _is_on_same_disk(folder_of(config), config.instance),
    )


def _copied_at(attempt: Attempt | None, target: str) -> datetime | None:
    is_known = attempt is not None and bool(attempt.copied_at) and attempt.copied_to == target
    return moment(int(attempt.copied_at)) if attempt and is_known else None


def _is_on_same_disk(folder: Path, instance: Path) -> bool:
    return not folder.exists() or folder.stat().st_dev == instance.stat().st_dev


def _jobs() -> list[SimpleNamespace]:
    results = read_results(station().config.instance)
    order = [*JOBS, *sorted(results.keys() - JOBS.keys())]
    return [_job(name, results[name]) for name in order if name in results]


def _job(name: str, result: Result) -> SimpleNamespace:
    fault = _said(result.sentence, result.values.items()) if result.sentence else (result.error or "")
    label = gettext(JOBS[name]) if name in JOBS else name
    return SimpleNamespace(label=label, at=moment(int(result.at)), fault=fault)


def _acts() -> list[SimpleNamespace]:
    with station().truth.connect() as connection:
        rows = acts.list_acts(connection, SHOWN_ACTS)
    names = door().author_names({name for row in rows for name in (row.pseudonym, row.object)})
    return [
        SimpleNamespace(at=row.at, who=names.get(row.pseudonym) or former(), what=gettext(ACTS.get(row.what, row.what)),
                        to=names.get(row.object) or (former() if row.object.startswith("m-") else row.object))
        for row in rows
    ]  # fmt: skip
