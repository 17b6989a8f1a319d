"""Through which server mails go out: the one that gare.toml names, else the one chosen in the browser.

Who may write gare.toml runs the machine, and has the last word. The password stands in its own file either way.
"""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.config import CHECKS, PASSWORD_FILE, Config
from app.database.settings import Settings
from app.errors import N_, GareError, Invalid
from app.outbox.mails import clean_address
from app.outbox.smtp import read_password
from app.wiki.disk import refusing_when_full

PORTS = {"starttls": 587, "tls": 465, "none": 25}
OTHER_PORT = 2525  # of services for places that block the usual ones
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
MAX_PASSWORD = 500
PASSWORD_NEEDED = N_("Type the password that belongs to this name.")


@dataclass(frozen=True, slots=True)
class Choice:
    """A mail server as typed in the browser; `port` empty: the usual one, `password` empty: the one that is kept."""

    host: str
    port: str
    security: str
    user: str
    sender: str
    password: str


def in_force(config: Config, settings: Settings) -> Config:
    """Give the settings of the instance with the mail server that holds."""
    if is_fixed(config) or not settings.smtp_host:
        return config
    return replace(
        config, smtp_host=settings.smtp_host, smtp_port=int(settings.smtp_port), smtp_user=settings.smtp_user,
        smtp_security=settings.smtp_security, mail_from=settings.mail_from,
    )  # fmt: skip


def is_fixed(config: Config) -> bool:
    """Tell whether whoever runs the machine has said where mails go, so that nobody chooses in the browser."""
    return bool(config.smtp_host) or "GARE_SMTP_PASSWORD" in os.environ


def checked(choice: Choice, own_port: int) -> tuple[Choice, dict[str, GareError]]:
    """Bring a choice into the form in which it is kept; what cannot be taken is said by field.

    Only ports of mail servers, and `own_port` of gare.toml: else the form would look for what else this machine runs.
    """
    faults: dict[str, GareError] = {}
    if choice.security not in PORTS:
        faults["security"] = Invalid(N_("Choose how the mail server is spoken to."))
    elif choice.security == "none" and choice.host not in THIS_MACHINE:
        faults["security"] = Invalid(N_("Without protection, only a mail server on this machine can be used."))
    if not choice.host or not _passes("smtp_host", choice.host):
        faults["host"] = Invalid(N_("Type the name of the mail server, such as smtp.example.org."))
    port = choice.port or str(PORTS.get(choice.security, 0))
    if choice.port and port not in {str(one) for one in (*PORTS.values(), OTHER_PORT, own_port)}:
        faults["port"] = Invalid(N_("Type 25, 465, 587 or 2525, or leave this empty."))
    if not choice.user.isascii() or not choice.user.isprintable():
        faults["user"] = Invalid(N_("Use letters without accents here."))
    if not choice.password.isascii() or not choice.password.isprintable() or len(choice.password) > MAX_PASSWORD:
        faults["password"] = Invalid(N_("Use letters without accents here."))
    if fault := _sender_fault(choice.sender):
        faults["sender"] = fault
    return replace(choice, port=port), faults


def _passes(setting: str, value: str) -> bool:
    check: Callable[[str], object] = CHECKS[setting]
    try:
        check(value)
    except ValueError:
        return False
    return True


def is_web_address(typed: str) -> bool:
    """Tell whether links in mails can begin with this; empty: there are none."""
    return _passes("address", typed) and typed.isascii() and typed.isprintable() and " " not in typed


def _sender_fault(typed: str) -> GareError | None:
    if not typed:
        return Invalid(N_("Type the address that the mails come from."))
    try:
        clean_address(typed)
    except Invalid as error:
        return error
    fault = Invalid(N_("Type an address without strange signs, such as gare@example.org."))
    return None if _passes("mail_from", typed) else fault


def asks_password(config: Config, settings: Settings, choice: Choice) -> bool:
    """Tell whether the password must be typed: the one that is kept is told to no server but its own."""
    is_same = (choice.host, choice.port, choice.security, choice.user) == (
        settings.smtp_host, settings.smtp_port, settings.smtp_security, settings.smtp_user,
    )  # fmt: skip
    return bool(choice.user) and not choice.password and not (is_same and read_password(config))


def chosen(choice: Choice) -> dict[str, str]:
    """Give the settings of the site that name a mail server."""
    return {
        "smtp_host": choice.host, "smtp_port": choice.port, "smtp_security": choice.security,
        "smtp_user": choice.user, "mail_from": choice.sender,
    }  # fmt: skip


def keep_password(config: Config, password: str) -> None:
    """Write the password into its file, whole or not at all, for its owner only."""
    file = config.instance / PASSWORD_FILE
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    with refusing_when_full():
        try:
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
                stream.write(password)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
