"""The list of examinations, and how an instance goes through them."""

import logging
from collections.abc import Callable, Iterator, Sequence

from app.checkup.content import files, lists, pages, records, search
from app.checkup.finding import Finding, Said, Sayings, care, good
from app.checkup.machine import address, clock, disk, git, secret
from app.checkup.mail import mail
from app.checkup.upkeep import backup, database, jobs
from app.errors import N_, GareError
from app.hooks import Sentence
from app.station import Station

log = logging.getLogger(__name__)

Examination = Callable[[Station], Sayings]

_LONGEST = 200  # characters of a fault that nobody foresaw

EXAMINATIONS: tuple[tuple[str, Examination], ...] = (
    (N_("Programs"), git),
    (N_("Address"), address),
    (N_("Pages"), pages),
    (N_("Lists"), lists),
    (N_("Records"), records),
    (N_("The search"), search),
    (N_("Accounts and settings"), database),
    (N_("Files"), files),
    (N_("Disk"), disk),
    (N_("Clock"), clock),
    (N_("Secret key"), secret),
    (N_("Jobs"), jobs),
    (N_("Mail"), mail),
    (N_("Backup"), backup),
)


def examine(station: Station, pause: Callable[[], None] | None = None) -> Iterator[Finding]:
    """Examine an instance. With `pause`, what needs care is looked at again after it.

    Somebody may save while two things are compared; nobody shall be alarmed for that.
    """
    for subject, examination in (*EXAMINATIONS, *_of_plugins(station)):
        found = _found(station, examination)
        if pause and not all(one.is_good for one in found):
            pause()
            found = _found(station, examination)
        for one in found:
            yield Finding(subject, one.is_good, one.sentence, one.values)


def _of_plugins(station: Station) -> list[tuple[str, Examination]]:
    """Give what plugins that look after something examine, under their names."""

    def examination(ask: Callable[[], Sequence[Sentence] | None]) -> Examination:
        return lambda _station: [care(msgid, **values) for msgid, values in ask() or ()] or [good(N_("sound"))]

    return [(title, examination(ask)) for title, ask in station.hooks.checkups]


def _found(station: Station, examination: Examination) -> list[Said]:
    """Go through one examination; what cannot be examined at all is a finding too."""
    try:
        return list(examination(station))
    except GareError as error:
        return [Said(False, error.msgid, {key: str(value) for key, value in error.values.items()})]
    except Exception as error:  # the border: one examination that fails must not hide what the others find
        log.exception("an examination failed")
        fault = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST]
        return [care(N_("cannot be looked at: %(fault)s. Tell those who make the program."), fault=fault)]
