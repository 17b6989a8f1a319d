"""The mails of the contact form. What the sender typed stands quoted: a line without the mark is always ours."""

from flask_babel import force_locale, gettext
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import Connection

from app.catalog.record_rows import RecordRow
from app.outbox.mails import Mail, queue
from app.people.visitors import Visitor
from app.records import contact
from app.records.contact import Message, Sender
from app.web.addresses import address, in_mail, url
from app.web.kit import station
from app.web.signin_mails import site_name

KIND, CONFIRM = "relay", "relay-confirm"
MARK = "> "
TITLE = 100  # characters of a title in a subject


def relay(connection: Connection, to: str, row: RecordRow, text: str, sender: Sender, number: int) -> None:
    """Queue a message for who stands behind a record; an answer goes to the sender, never through the site."""
    secret = stop_secret(row.id, number, sender)
    with force_locale(station().settings.get().language):
        site, title = site_name(), one_line(row.title)
        words = "\n".join([
            gettext("Hello,"), "",
            gettext("Somebody writes to you about “%(title)s” through %(site)s:", title=title, site=site), "",
            quoted(f"{text}\n\n— {sender.name}"), "",
            gettext("Answer this mail to write back. Your answer goes to %(email)s.", email=sender.email),
            gettext("Only then does that person know your address."), "",
            gettext("This is about:"), in_mail(address(row.path)) or "", "",
            gettext("Is this message misuse, or do you want no more of them?"),
            in_mail(url("messages.stop", secret=secret)) or "", "",
            site,
        ])  # fmt: skip
        subject = gettext("A message about “%(title)s”", title=title)
    queue(connection, Mail(to, subject, f"{words}\n", kind=KIND, headers={"Reply-To": sender.email}))


def ask_to_confirm(connection: Connection, visitor: Visitor, secret: str) -> None:
    """Queue the mail by which a sender confirms an address; it says nothing that was typed."""
    site = site_name()
    words = [
        gettext("Hello,"),
        gettext("A message was written on %(site)s with this address. Is it yours?", site=site),
        gettext("Open this link and press the button. Then it is sent:"),
        in_mail(url("messages.show", secret=secret)) or "",
        gettext("The link works for 7 days."),
        gettext("You did not write it? Then do nothing."),
        site,
    ]
    subject = gettext("Confirm your message on %(site)s", site=site)
    queue(connection, Mail(visitor.email, subject, "\n\n".join(words) + "\n", kind=CONFIRM))


def quoted(text: str) -> str:
    """Mark every line, whatever a line break is made of, so that none looks like one of ours."""
    return "\n".join(f"{MARK}{line}".rstrip() for line in text.splitlines())


def one_line(title: str) -> str:
    """Bring a title into one line that fits into a subject."""
    line = " ".join("".join(char if char.isprintable() else " " for char in title).split())
    return line if len(line) <= TITLE else f"{line[:TITLE]}…"


def stop_secret(page_id: str, number: int, sender: Sender) -> str:
    """Make the secret of the link by which the receiver of a message reports it.

    It names the record and the sender besides the number: a database gives that of a forgotten message to another.
    """
    return str(_serializer().dumps([page_id, number, sender.pseudonym]))


def find_received(connection: Connection, secret: str) -> Message | None:
    """Find the message that a link is about; None where it is forgotten, or nobody here has made the link."""
    try:
        page_id, number, pseudonym = _serializer().loads(secret)
        message = contact.find(connection, int(number))
    except (BadData, ValueError, TypeError):
        return None
    return message if message and (message.page_id, message.pseudonym) == (page_id, pseudonym) else None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(station().config.secret_key, salt="message about a record")
