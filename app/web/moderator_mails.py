"""Tell those who look after a page that something waits for them: at most twice a day, and never what it is."""

import time

from flask_babel import force_locale, gettext
from sqlalchemy import Connection

from app.outbox.mails import Mail, queue, waits_for
from app.people import caring, throttle
from app.people.accounts import Account
from app.people.throttle import Rule
from app.web.addresses import in_mail, url
from app.web.kit import station, viewer
from app.web.signin_mails import may_mail_links, site_name

KIND = "waiting"
HALF_DAY = 12 * 3600  # seconds
TOLD = Rule("moderator-told", 1, HALF_DAY)


def tell_moderators(connection: Connection, path: str) -> None:
    """Queue a mail to those who decide on what is proposed or said at a page, but to who does it right now."""
    if not may_mail_links():
        return
    for account in caring.list_caring(connection, path):
        if account.email and account.pseudonym != viewer().pseudonym and not waits_for(connection, account.email, KIND):
            _tell(connection, account, account.email)


def _tell(connection: Connection, account: Account, email: str) -> None:
    """Queue a mail for now or, after one that went out lately, for half a day later: what comes by then is in it."""
    is_soon = throttle.is_spent(connection, TOLD, account.pseudonym)
    if not is_soon:
        throttle.note(connection, TOLD, account.pseudonym)
    with force_locale(station().settings.get().language):
        queue(connection, _mail(email, account.name), due_at=time.time() + HALF_DAY if is_soon else None)


def _mail(email: str, name: str) -> Mail:
    site = site_name()
    words = [
        gettext("Hello %(name)s,", name=name),
        gettext("Somebody proposes or asks something on %(site)s. It waits for you:", site=site),
        in_mail(url("moderation.first")) or "",
        gettext("You get such a mail at most twice a day."),
        gettext("Nothing is there any more? Then somebody else was faster."),
        site,
    ]
    return Mail(email, gettext("Something waits for you on %(site)s", site=site), "\n\n".join(words) + "\n", kind=KIND)
