"""A small list for the tests of the views: some threads, with what mail programs and attackers put into messages."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from app.station import Station
from plugins.archive import lists
from plugins.archive.door import door_of
from plugins.archive.message.identity import code_of
from plugins.archive.sources.raw import Raw
from plugins.archive.taking_in import take_in

BEGUN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOW = int(datetime(2026, 4, 1, tzinfo=UTC).timestamp())
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPj/HwADAgH/p9wcLAAAAABJRU5ErkJggg=="
)
NADIA, PAUL, ZOE = (
    "Nadia Benali <nadia@vallee.example>",
    "Paul Roux <paul.roux@vallee.example>",
    "Zoé <zoe@elan.example>",
)
EVIL = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"


def mail(number: int, subject: str, text: str, who: str = NADIA, answers: int = 0) -> EmailMessage:
    """Write a message; a day later than the one before, in answer to another of these."""
    message = EmailMessage()
    message["Message-ID"] = f"<m{number}@vallee.example>"
    message["From"], message["To"], message["Subject"] = who, "liste@vallee.example", subject
    message["Date"] = format_datetime(BEGUN + timedelta(days=number))
    if answers:
        message["In-Reply-To"] = message["References"] = f"<m{answers}@vallee.example>"
    message.set_content(text)
    return message


def _with_files() -> EmailMessage:
    message = mail(5, "Des photos du four", "Voici les photos.\n", PAUL)
    message.add_attachment(PIXEL, maintype="image", subtype="png", filename="four.png")
    message.add_attachment(b"<svg onload=alert(1)></svg>", maintype="image", subtype="svg+xml", filename="plan.svg")
    message.add_attachment(b"<script>alert(1)</script>", maintype="text", subtype="html", filename="<b>page</b>.html")
    return message


def _laid_out() -> EmailMessage:
    message = mail(6, "Lettre du mois", "Le texte de la lettre, lettre@vallee.example.\n", ZOE)
    message.add_alternative(
        '<h1>Lettre</h1><p id="gc-main" style="color:red">Bonjour <b>à tous</b> <script>alert(1)</script>'
        '<img src="cid:pixel"> <img src="https://far.example/spy.gif" alt="loin"> <img src="/-/signout">'
        '<a href="mailto:nadia@vallee.example">écrire</a> <a href="/-/delete/index">ici</a>'
        '<a href="https://vallee.example/">site</a></p>',
        subtype="html",
    )
    message.get_payload()[1].add_related(PIXEL, maintype="image", subtype="png", cid="<pixel>", filename="p.png")  # type: ignore[union-attr]
    return message


def messages() -> list[EmailMessage]:
    """Give the messages of the small list."""
    quoted = "Le 03/03/2026 09:00, Nadia Benali <nadia@vallee.example> a écrit :\n"
    return [
        mail(
            1,
            "[liste] Le four à pain",
            "Qui vient allumer le four samedi ?\nhttps://vallee.example/four.\n\n-- \nNadia\n06 00\n",
        ),
        mail(
            2,
            "Re: [liste] Le four à pain",
            f"Moi, avec paul.roux@vallee.example.\n\n{quoted}> Qui vient ?\n> Samedi.\n",
            PAUL,
            1,
        ),
        mail(3, "Re: [liste] Le four à pain", "Et moi.\n", ZOE, 2),
        mail(4, EVIL, f"{EVIL}\njavascript:alert(1)\n", f'"{EVIL.replace(chr(34), "")}" <evil@elan.example>'),
        _with_files(),
        _laid_out(),
    ]


def raws() -> Iterator[Raw]:
    """Give them as a source does."""
    for number, message in enumerate(messages()):
        at = int((BEGUN + timedelta(days=number + 1, minutes=1)).timestamp())
        yield Raw(bytes(message), str(number), at)


def fill(station: Station) -> None:
    """Make the small list on a site."""
    archive = door_of(station).archive
    list_ = lists.make(
        station.truth, "vallee", "Les gens de la vallée", now=1, address="liste@vallee.example", audience="public",
        is_shown=True, words="On y parle de tout.", rules="Rester poli.", joining="abonnement@vallee.example",
    )  # fmt: skip
    take_in(archive, list_, raws(), now=NOW)


def code(number: int) -> str:
    """Give the code of the message of a number."""
    return code_of(f"m{number}@vallee.example")
