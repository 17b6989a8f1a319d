"""A real mail server for the tests of mail, and an instance that sends through it."""

import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from app.database.settings import Settings
from app.outbox import sending
from app.outbox.mails import Mail, queue
from app.station import Station

ACCEPTED = "250 OK"
FREE_PORT = 0
SITE = Settings(title="Gare de la vallée, « le wiki »", language="fr")


@dataclass
class Postman:
    """What the server does: keeps each message, and answers what is set at MAIL, at RCPT, at the end of the data."""

    messages: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    at_mail: Callable[[str], str] = lambda _address: ACCEPTED
    at_rcpt: Callable[[str], str] = lambda _address: ACCEPTED
    at_data: Callable[[str], str] = lambda _address: ACCEPTED
    logins: list[LoginPassword] = field(default_factory=list)
    login_answer: str = ""

    async def handle_MAIL(  # noqa: N802 - the library finds it by its name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.at_mail(address)
        if answer == ACCEPTED:
            envelope.mail_from = address
        return answer

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.at_rcpt(address)
        if answer == ACCEPTED:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.at_data(envelope.rcpt_tos[0])
        if answer == ACCEPTED:
            assert isinstance(envelope.content, bytes)
            self.messages.append(message_from_bytes(envelope.content, policy=default))
            self.envelopes.append(envelope)
        return answer

    def authenticate(self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: Any) -> AuthResult:
        """Note who signs in; take them unless `login_answer` says no."""
        self.logins.append(given)
        if self.login_answer:
            return AuthResult(success=False, handled=False, message=self.login_answer)
        return AuthResult(success=True)

    @property
    def addressees(self) -> list[str]:
        """To whom messages came, in their order."""
        return [envelope.rcpt_tos[0] for envelope in self.envelopes]


@pytest.fixture
def postman() -> Postman:
    """Give what the server does; a test sets its answers."""
    return Postman()


class Server(Controller):
    """A server on a port that the system draws."""

    def _trigger_server(self) -> None:  # the library asks the port that it was given, not the one that was drawn
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def server(postman: Postman) -> Iterator[Server]:
    """Give a mail server on this machine; it offers to sign in, and does not ask for it."""
    made = Server(postman, hostname="127.0.0.1", port=FREE_PORT, authenticator=postman.authenticate,
                  auth_require_tls=False)  # fmt: skip
    made.start()
    yield made
    made.stop()


@pytest.fixture
def sending_station(station: Station, server: Server) -> Station:
    """Give an instance that sends its mail through the server."""
    return through(station, server.port)


def through(station: Station, port: int, **settings: Any) -> Station:
    """Give the instance with a mail server at this port."""
    chosen = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", "mail_from": "gare@example.org"}
    return replace(station, config=replace(station.config, **(chosen | settings)))


def closed_port() -> int:
    """Give a port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def put(station: Station, to: str = "nadia@example.org", subject: str = "Bonjour", **more: Any) -> int:
    """Queue a mail, now or for later (`due_at`)."""
    due_at = more.pop("due_at", None)
    with station.truth.begin() as connection:
        return queue(connection, Mail(to, subject, more.pop("text", "Un mot.\n"), **more), due_at=due_at)


def send(station: Station) -> str | None:
    """Do what the job does."""
    return sending.send_due(station.truth, station.config, SITE)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Give a function that sets the clock to so many seconds after the test began."""
    began, moved = time.time(), [0.0]
    monkeypatch.setattr("time.time", lambda: began + moved[0])

    def move(seconds: float) -> None:
        moved[0] = seconds

    return move
