"""Mails about groups: those who look after one hear that somebody asks to be in it, who asked hears the answer."""

from flask_babel import force_locale, gettext
from sqlalchemy import Connection

from app.outbox.mails import Mail, queue, waits_for
from app.people import accounts, caring
from app.people.groups import Group
from app.web.addresses import in_mail, url
from app.web.kit import station, viewer
from app.web.signin_mails import may_mail_links, site_name

ASKED, ANSWERED = "group-asked", "group-answer"


def tell_caring(connection: Connection, group: Group) -> None:
    """Queue a mail to those who let people in; one that waits already tells of those who ask now, too."""
    if not may_mail_links():
        return
    with force_locale(station().settings.get().language):
        site = site_name()
        for account in caring.list_looking_after(connection, group.id):
            if account.email and not waits_for(connection, account.email, ASKED):
                subject = gettext("Somebody asks to be in “%(group)s”", group=group.title)
                queue(connection, _mail(account.email, subject, ASKED, [
                    gettext("Hello %(name)s,", name=account.name),
                    gettext("Somebody on %(site)s waits for your answer. Let them in, or refuse:", site=site),
                    _link(group),
                ]))  # fmt: skip


def tell_answer(connection: Connection, group: Group, account_id: int, *, is_in: bool) -> None:
    """Queue a mail to who asked, if there is an address."""
    account = accounts.find(connection, account_id)
    if not may_mail_links() or account is None or not account.email or account.pseudonym == viewer().pseudonym:
        return
    with force_locale(station().settings.get().language):
        subject = gettext("Your question to “%(group)s”", group=group.title)
        said = gettext("You are in this group now:") if is_in else gettext("You were not let into this group:")
        queue(connection, _mail(account.email, subject, ANSWERED, [
            gettext("Hello %(name)s,", name=account.name), said, _link(group),
        ]))  # fmt: skip


def _link(group: Group) -> str:
    return in_mail(url("groups.show", name=group.name)) or ""


def _mail(to: str, subject: str, kind: str, paragraphs: list[str]) -> Mail:
    return Mail(to, subject, "\n\n".join([*paragraphs, site_name()]) + "\n", kind=kind)
