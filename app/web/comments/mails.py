"""The words of the mails to people without an account who have commented."""

from flask_babel import force_locale, gettext
from sqlalchemy import Connection

from app.comments import reading
from app.comments.comment import SHOWN, Comment
from app.outbox.mails import Mail, queue, waits_for
from app.people import visitors
from app.people.visitors import Visitor
from app.web.addresses import in_mail, url
from app.web.kit import station
from app.web.signin_mails import may_mail_links, site_name

KIND, ANSWER = "comment", "comment-answer"


def ask_to_confirm(connection: Connection, visitor: Visitor, secret: str) -> None:
    """Queue the mail by which somebody confirms the address that a comment was sent with."""
    _queue(connection, visitor, [  # no name: whoever typed it may be a stranger, and it may be made to look as a link
        gettext("Hello,"),
        gettext("A comment on %(site)s was sent with this address. Is it yours?", site=site_name()),
        gettext("Open this link to confirm it, within 7 days:"),
        _link(secret),
        gettext("You did not write it? Then do nothing."),
    ])  # fmt: skip


def tell(connection: Connection, comment: Comment) -> None:
    """Queue the mail that says what a moderator decided; none to members, nor to an address nobody has confirmed."""
    visitor = visitors.find_by_id(connection, comment.visitor_id) if comment.visitor_id else None
    if visitor is None or not visitor.is_confirmed or not visitor.email or not may_mail_links():
        return
    link = _link(visitors.make_link(connection, visitor.id))
    with force_locale(station().settings.get().language):  # the moderator's may be another one
        if comment.state == SHOWN:
            said = [gettext("Your comment is shown now. See it, or take it back, here:"), link]
        else:
            reason = [gettext("Your comment is not shown. The reason:"), comment.reason]
            said = [*reason, gettext("See your words here:"), link]
        _queue(connection, visitor, [gettext("Hello %(name)s,", name=visitor.name), *said])


def tell_answered(connection: Connection, answer: Comment) -> None:
    """Queue the mail to somebody without an account whose comment has an answer that is shown; one at a time."""
    asked = reading.find(connection, answer.parent_id) if answer.parent_id and answer.state == SHOWN else None
    if asked is None or asked.state != SHOWN or not asked.visitor_id or asked.pseudonym == answer.pseudonym:
        return
    visitor = visitors.find_by_id(connection, asked.visitor_id)
    if visitor is None or not visitor.is_confirmed or not visitor.email or not may_mail_links():
        return
    if waits_for(connection, visitor.email, ANSWER):
        return
    with force_locale(station().settings.get().language):
        hello = gettext("Hello %(name)s,", name=visitor.name)
        said = gettext("Somebody has answered your comment. Read it here:")
        _queue(connection, visitor, [hello, said, _link(visitors.make_link(connection, visitor.id))], ANSWER)


def _link(secret: str) -> str:
    return in_mail(url("comment_mine.show", secret=secret)) or ""


def _queue(connection: Connection, visitor: Visitor, paragraphs: list[str], kind: str = KIND) -> None:
    subject = gettext("Your comment on %(site)s", site=site_name())
    text = "\n\n".join([*paragraphs, site_name()]) + "\n"
    queue(connection, Mail(visitor.email, subject, text, kind=kind))
