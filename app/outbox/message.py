"""Write a mail as it is sent: RFC 5322 headers, the words as plain text and as light HTML, nothing that tracks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parents[1] / "templates"
_WEB = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:!?)\]»])")
CALENDAR_NAME = "agenda.ics"
_LONGEST_LINE = 990  # characters; RFC 5322, section 2.1.1, allows 998


class _Policy(EmailPolicy):
    """Leaves ASCII headers on one line: the library would encode a long address to unsubscribe at, and break it."""

    def fold_binary(self, name: str, value: str) -> bytes:
        line = f"{name}: {value}"
        if line.isascii() and len(line) < _LONGEST_LINE and len(line.splitlines()) == 1:
            return line.encode() + b"\r\n"
        return super().fold_binary(name, value)


POLICY = _Policy(linesep="\r\n")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail with its words, and the text of a calendar that goes with it, if any.

    `mark` is the same at each try, so that whoever gets it twice can tell.
    """

    to: str
    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    mark: str = ""
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who mails come from: an address, the name of the site, its language, and a key that Message-IDs are made with."""

    address: str
    name: str
    language: str
    key: str = field(repr=False)

    @property
    def domain(self) -> str:
        """The domain of the address."""
        return self.address.rpartition("@")[2]


def write(letter: Letter, sender: Sender) -> bytes:
    """Write the message; raises ValueError where a header cannot be written."""
    message = EmailMessage(POLICY)
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html or light_html(letter, sender.language), "html", cte="quoted-printable")
    if letter.calendar:
        _attach_calendar(message, letter.calendar)
    message["From"] = Address(_printable(sender.name), addr_spec=sender.address)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{_identifier(letter, sender)}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine answers it
    for name, value in ({"Content-Language": sender.language} | dict(letter.headers)).items():
        message[name] = value
    return message.as_bytes()


def _attach_calendar(message: EmailMessage, calendar: str) -> None:
    """Attach a calendar as iMIP names it (RFC 6047, 2.4): programs offer to take it over, people may open it.

    It is a file beside the words and no other form of them: programs that can read it would show it in their place.
    """
    content = calendar.replace("\n", "\r\n").encode()
    params = {"method": "PUBLISH", "charset": "utf-8"}
    message.add_attachment(content, "text", "calendar", filename=CALENDAR_NAME, params=params)


def _printable(name: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name).replace("=?", "= ?").split())


def _identifier(letter: Letter, sender: Sender) -> str:
    digest = blake2b(letter.mark.encode(), key=sender.key.encode()[:64], digest_size=15)
    return digest.hexdigest()


def light_html(letter: Letter, language: str) -> str:
    """Make HTML of the text: its paragraphs and lines as they are, its addresses to press, nothing to be fetched."""
    lang = letter.headers.get("Content-Language", language)
    paragraphs = [
        [list(_pieces(line)) for line in paragraph.split("\n")]
        for paragraph in re.split(r"\n{2,}", letter.text.strip())
    ]
    return (
        _environment().get_template("outbox/mail.html").render(lang=lang, subject=letter.subject, paragraphs=paragraphs)
    )


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _pieces(line: str) -> Iterator[tuple[str, str]]:
    """Cut a line into words and the address that they lead to; empty where they lead nowhere."""
    for number, words in enumerate(_WEB.split(line)):
        if words:
            yield words, words if number % 2 else ""
