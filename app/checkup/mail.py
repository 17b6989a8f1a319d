"""Does the mail go out?"""

from collections.abc import Iterator

from app.checkup.finding import Said, Sayings, care, good
from app.config import Config
from app.errors import N_
from app.outbox import health, smtp
from app.outbox.health import Health
from app.outbox.mails import DAY, HOUR
from app.station import Station

MANY = 3  # one address that does not exist is nobody's fault here


def mail(station: Station) -> Sayings:
    """Ask for a mail server once something has waited a day for one; and whether the one that is set takes our mail."""
    with station.truth.connect() as connection:
        found = health.examine(connection)
    is_set = smtp.is_configured(station.mail_config)
    faults = [*_settings(station.config), *_flow(found, is_set=is_set)]
    yield from faults or [_fine(found, is_set=is_set)]


def _settings(config: Config) -> Iterator[Said]:
    if config.smtp_host and not config.mail_from:
        yield care(N_("nobody knows who the mails are from. Set mail_from in gare.toml."))


def _flow(found: Health, *, is_set: bool) -> Iterator[Said]:
    if not is_set:
        if found.overdue > DAY:
            yield care(N_("%(count)s mails wait. Name a mail server on the page of settings."), count=found.waiting)
    elif found.failed >= MANY and not found.sent:
        yield care(N_("no mail was taken: %(fault)s. Try: gare mail test ADDRESS"), fault=found.failed_error)
    elif found.waiting_error and found.overdue > HOUR and not found.sent:
        yield care(N_("no mail goes out: %(fault)s. Try: gare mail test ADDRESS"), fault=found.waiting_error)
    elif found.overdue > DAY and not found.waiting_error:
        yield care(N_("%(count)s mails wait for a day. Raise mail_per_hour in gare.toml."), count=found.waiting)


def _fine(found: Health, *, is_set: bool) -> Said:
    if not is_set:
        return good(N_("not set up; %(count)s mails wait"), count=found.waiting)
    numbers = {"sent": found.sent, "failed": found.failed, "count": found.waiting}
    return good(N_("%(sent)s sent in a day, %(failed)s refused, %(count)s wait"), **numbers)
