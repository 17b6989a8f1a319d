"""Speak to the mail server of the settings (RFC 5321), and understand what it answers."""

import base64
import os
import smtplib
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from app.config import PASSWORD_FILE, Config
from app.errors import N_, Unavailable

SECONDS = 20.0  # that the server may take for each answer
MAX_WORDS = 300  # characters that are kept of what it says
TOO_LARGE = 552  # the one refusal of a sender that is about the mail
CLOSING = 421


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one mail: taken, refused for good, or neither.

    `may_go_on` tells whether the connection can take another one; `is_ours`, that no other mail of this site would be
    taken either; `words` are the server's.
    """

    is_taken: bool = False
    is_final: bool = False
    may_go_on: bool = True
    is_ours: bool = False
    words: str = ""


def is_configured(config: Config) -> bool:
    """Tell whether mail can go out: there is a server, and an address that it comes from."""
    return bool(config.smtp_host and config.mail_from)


def read_password(config: Config) -> str:
    """Read the password of the mail server, from the environment or its file; empty where there is none."""
    given = os.environ.get("GARE_SMTP_PASSWORD")
    if given is not None:
        return given
    try:
        return (config.instance / PASSWORD_FILE).read_text(encoding="utf-8", errors="replace").strip("\r\n")
    except FileNotFoundError:
        return ""


@contextmanager
def connected(config: Config, password: str | None = None) -> Iterator[smtplib.SMTP]:
    """Connect and sign in, with the password that is kept or with a given one.

    Raises Unavailable with what the server says.
    """
    try:
        server = _connect(config)
    except (OSError, smtplib.SMTPException) as error:
        raise _unavailable(words_of(error)) from error
    if not config.smtp_user:
        password = ""
    elif password is None:
        password = read_password(config)
    try:
        _sign_in(server, config, password)
    except (OSError, smtplib.SMTPException) as error:
        server.close()
        raise _unavailable(words_of(error, _spellings(config.smtp_user, password))) from None  # it may hold them too
    try:
        yield server
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _connect(config: Config) -> smtplib.SMTP:
    # Its own name would be looked up in the DNS, which can take long and tells the name of this machine.
    name = config.mail_from.rpartition("@")[2]
    if config.smtp_security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(config.smtp_host, config.smtp_port, name, timeout=SECONDS, context=context)
    return smtplib.SMTP(config.smtp_host, config.smtp_port, name, timeout=SECONDS)


def _sign_in(server: smtplib.SMTP, config: Config, password: str) -> None:
    if config.smtp_security == "starttls":
        server.starttls(context=ssl.create_default_context())
    if not (config.smtp_user + password).isascii():  # smtplib would fail, and say with which letter
        raise smtplib.SMTPException("smtp_user or the password has letters that are not ASCII")
    if config.smtp_user:
        server.login(config.smtp_user, password)


def _spellings(user: str, password: str) -> tuple[str, ...]:
    """Give a password in all the ways in which a server may repeat it: as it is, and as AUTH sends it (RFC 4954)."""
    told = (f"\0{user}\0{password}", password) if password else ()  # the longer first: it holds the other
    return (*(base64.b64encode(one.encode()).decode() for one in told), *told)


def _unavailable(words: str) -> Unavailable:
    return Unavailable(N_("The mail server does not take our mail: %(fault)s"), fault=words)


def words_of(error: Exception, secrets: Iterable[str] = ()) -> str:
    """Give what went wrong on one line: the server's own words where it spoke, without the `secrets`."""
    code: int | str
    said: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, said = error.smtp_code, error.smtp_error
    else:
        code, said = "", str(error) or type(error).__name__
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    for secret in secrets:
        words = words.replace(secret, "…")
    return " ".join(f"{code} {words}".split())[:MAX_WORDS].replace("\0", "")


def deliver(server: smtplib.SMTP, sender: str, to: str, message: bytes) -> Answer:
    """Hand one message over; says what became of it, and raises nothing that a server can cause."""
    try:
        server.sendmail(sender, [to], message)
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        return Answer(is_final=code >= 500, may_go_on=code != CLOSING, words=words_of(error))
    except smtplib.SMTPSenderRefused as error:  # a wrong `mail_from`: no fault of this mail
        is_large = error.smtp_code == TOO_LARGE
        return Answer(is_final=is_large, may_go_on=is_large, is_ours=not is_large, words=words_of(error))
    except smtplib.SMTPDataError as error:
        is_final = error.smtp_code >= 500
        return Answer(is_final=is_final, may_go_on=error.smtp_code != CLOSING, words=words_of(error))
    except (OSError, smtplib.SMTPException) as error:
        return Answer(may_go_on=False, words=words_of(error))
    return Answer(is_taken=True)


def explain(answer: Answer) -> Unavailable:
    """Make an error of an answer that is no, for whoever waits for it."""
    return _unavailable(answer.words)
