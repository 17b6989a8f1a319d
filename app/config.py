"""Every setting of an instance: name, default, meaning. Read from `gare.toml` and `GARE_…`, checked at start.

What administrators change in the browser (title, language, colour) is not here but in `app/database/settings.py`.
"""

import os
import re
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from app.errors import Misconfigured

FILE = "gare.toml"
SECRET_FILE = "secret.key"  # noqa: S105 - the name of the file, not what is in it
PASSWORD_FILE = "smtp.password"  # noqa: S105 - of the mail server; may stand in GARE_SMTP_PASSWORD instead
OPENID_FILE = "openid.secret"  # may stand in GARE_OPENID_SECRET instead

# Another machine, as `scp` writes it. No sign that its program would take for anything but a name.
SSH_TARGET = re.compile(r"(?P<host>\w[\w.-]*@[A-Za-z0-9][A-Za-z0-9.-]*):(?P<folder>[^\"\\\0-\x1f*?\[\]]+)", re.ASCII)

Check = Callable[[Any], object]  # raises ValueError, which says what is wrong with the value of a setting


def setting(default: Any, meaning: str, example: str, *, low: float | None = None, high: float | None = None) -> Any:
    """Declare a setting with its meaning, an example of a right value and, for numbers, its bounds."""
    return field(default=default, metadata={"meaning": meaning, "example": example, "low": low, "high": high})


@dataclass(frozen=True, slots=True)
class Config:
    """The settings. In the environment a setting is written `GARE_` and its name in capitals."""

    instance: Path
    secret_key: str = field(repr=False)
    address: str = setting("", "public address of the site, for feeds and mails; empty: as asked", "https://wiki.fr")
    database_url: str = setting(
        "", "truth database; empty: gare.db of the instance", "postgresql+psycopg://u@host/gare"
    )
    timezone: str = setting("Europe/Paris", "zone in which hours are shown", "Europe/Paris")
    theme: str = setting("default", "folder in themes/ or in the instance's themes/", "default")
    plugins: str = setting("", "plugins that are there at all, separated by commas; empty: all; none: no one",
                           "agenda, directory")  # fmt: skip
    plugin_words: str = setting("", "first word of a plugin's addresses, where it is another one than its own",
                                "directory=repertoire")  # fmt: skip
    pad_hosts: str = setting("", "machines besides the usual ones whose public pads are read, separated by commas",
                             "pad.example.org")  # fmt: skip
    pad_hosts_inside: str = setting("", "pads in this machine or its own network, in full, separated by commas",
                                    "pad.village.example, 192.168.1.5:9001")  # fmt: skip
    anonymous_editing: bool = setting(True, "of before, now on the admin page; false: nobody writes without signing in",
                                     "true")  # fmt: skip
    page_bytes: int = setting(1_000_000, "largest page text, in bytes", "1000000", low=10_000, high=20_000_000)
    upload_bytes: int = setting(20_000_000, "largest attachment, in bytes", "20000000", low=100_000, high=500_000_000)
    mail_upload_bytes: int = setting(2_000_000_000, "largest export of a mailing list sent by browser, in bytes",
                                     "2000000000", low=100_000, high=1e12)  # fmt: skip
    anonymous_upload_bytes: int = setting(200_000_000, "what may be uploaded a day without signing in, all together",
                                          "200000000", low=0, high=1e12)  # fmt: skip
    anonymous_proposal_bytes: int = setting(20_000_000, "how much may be proposed a day without signing in, in bytes",
                                            "20000000", low=0, high=1e12)  # fmt: skip
    render_bytes: int = setting(200_000, "longest text that is rendered, longer is shown as source", "200000", low=1000,
                                high=5_000_000)  # fmt: skip
    render_seconds: float = setting(1.5, "time one page may take to render, in seconds", "1.5", low=0.1, high=30)
    lock_seconds: float = setting(10.0, "how long a save waits for another one, in seconds", "10.0", low=0.1, high=120)
    trusted_proxies: int = setting(0, "how many proxies of yours stand before the site", "1", low=0, high=5)
    proxy_prefix: bool = setting(False, "does the outermost proxy set X-Forwarded-Prefix (site below a path)?", "true")
    request_rate: str = setting("120 per minute", "how often one address may ask for history, differences, search",
                                "120 per minute")  # fmt: skip
    write_rate: str = setting("60 per minute", "how often one address may save, upload or preview", "60 per minute")
    page_memory: int = setting(8_000_000, "memory of each process for pages as they were last shown, in bytes",
                               "8000000", low=0, high=1_000_000_000)  # fmt: skip
    smtp_host: str = setting("", "server through which mails go out; empty: they wait", "smtp.example.org")
    smtp_port: int = setting(587, "its port", "587", low=1, high=65_535)
    smtp_security: str = setting("starttls", "how it is spoken to: starttls, tls, or none on this machine", "starttls")
    smtp_user: str = setting("", "name to sign in there with; the password stands in smtp.password", "gare@example.org")
    mail_from: str = setting("", "address that mails come from, and that errors go back to", "gare@example.org")
    mail_per_hour: int = setting(300, "how many mails may go out in an hour", "300", low=1, high=1_000_000)
    backup_hour: int = setting(3, "hour at which a backup is made each night; -1: never", "3", low=-1, high=23)
    backup_folder: str = setting("", "folder for these backups; empty: backups/ of the instance", "/srv/backups")
    backup_copy: str = setting("", "where each is copied to: a folder, or user@host:folder by SSH; empty: nowhere",
                               "gare@example.org:backups")  # fmt: skip
    openid_issuer: str = setting("", "service that signs people in (OpenID Connect); empty: none",
                                 "https://cloud.example.org")  # fmt: skip
    openid_client_id: str = setting("", "what this site is called there; the secret stands in openid.secret", "gare")
    openid_label: str = setting("", "name of that service on the sign-in page", "our cloud")
    openid_new_accounts: bool = setting(False, "does who comes from there for the first time get an account?", "true")
    header_user: str = setting("", "header in which your proxy names who is signed in; empty: none", "Ynh-User")
    header_email: str = setting("", "header with the proved address of that person", "Ynh-User-Email")
    header_name: str = setting("", "header with the name of that person", "Ynh-User-Fullname")
    header_proxies: str = setting("", "addresses of the proxies that are believed; unix: by a socket", "127.0.0.1, ::1")
    header_new_accounts: bool = setting(False, "does who is named so for the first time get an account?", "true")
    header_signout: str = setting("", "address at which who was named so signs out", "/yunohost/sso/?action=logout")
    workers: int = setting(2, "processes that serve pages", "2", low=1, high=64)
    threads: int = setting(4, "threads of each of them", "4", low=1, high=64)

    @property
    def truth_url(self) -> str:
        """The address of the truth database."""
        return self.database_url or f"sqlite:///{(self.instance / 'gare.db').absolute()}"

    @property
    def plugin_names(self) -> tuple[str, ...]:
        """The plugins that are switched on."""
        return tuple(name.strip() for name in self.plugins.split(",") if name.strip())


def declared() -> dict[str, Any]:
    """Give the settings that may be set, by name."""
    return {one.name: one for one in fields(Config) if one.metadata}


def load(
    instance: Path, environment: Mapping[str, str] | None = None, checks: Mapping[str, Check] | None = None
) -> Config:
    """Read the settings of an instance; raises Misconfigured with a sentence for each wrong one.

    `checks` are those of parts that stand above this one, by setting; see `app/loader.py`.
    """
    environment = os.environ if environment is None else environment
    checks = {**CHECKS, **(checks or {})}
    faults: list[str] = []
    given = _from_file(instance / FILE, faults) | _from_environment(environment)
    values = {name: _checked(name, value, checks, faults) for name, value in given.items()}
    values = {name: value for name, value in values.items() if value is not None}
    if faults:
        raise Misconfigured(faults)
    return Config(instance=instance, secret_key=_secret(instance), **values)


def _from_file(file: Path, faults: list[str]) -> dict[str, Any]:
    if not file.exists():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(f'{file.name} cannot be read: {error}. A line looks like: timezone = "Europe/Paris"')
        return {}


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    return {name: environment[f"GARE_{name.upper()}"] for name in declared() if f"GARE_{name.upper()}" in environment}


def _checked(name: str, value: Any, checks: Mapping[str, Check], faults: list[str]) -> Any:
    known = declared().get(name)
    if known is None:
        faults.append(f"There is no setting “{name}”. The settings are: {', '.join(sorted(declared()))}.")
        return None
    try:
        right = _converted(value, type(known.default))
        _check_bounds(right, known.metadata)
        checks.get(name, lambda _: None)(right)
    except (ValueError, TypeError) as error:
        faults.append(f"{name}: {error} ({known.metadata['meaning']}). Example: {name} = {known.metadata['example']!r}")
        return None
    return right


def _converted(value: Any, kind: type) -> Any:
    if kind is bool and isinstance(value, str):
        if value.casefold() not in {"true", "false", "1", "0", "yes", "no"}:
            raise ValueError(f"“{value}” is neither true nor false")
        return value.casefold() in {"true", "1", "yes"}
    if kind is not str and isinstance(value, str):
        return kind(value)
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise TypeError(f"{value!r} is not {'text' if kind is str else 'a number'}")
    return value


def _check_bounds(value: Any, metadata: Mapping[str, Any]) -> None:
    low, high = metadata["low"], metadata["high"]
    if low is not None and not low <= value <= high:
        raise ValueError(f"{value} is not between {low:g} and {high:g}")


def _check_timezone(value: str) -> None:
    if value not in available_timezones():
        raise ValueError(f"“{value}” is not a known time zone")
    ZoneInfo(value)


def _check_address(value: str) -> None:
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment):
        raise ValueError(f"“{value}” is not a web address")


def _check_database_url(value: str) -> None:
    """Look whether the address can be understood and its driver is there; it is not shown: it may hold a password."""
    from sqlalchemy import make_url  # slow to import, and most sites leave this setting empty
    from sqlalchemy.exc import ArgumentError

    if not value:
        return
    try:
        dialect = make_url(value).get_dialect()
        dialect.import_dbapi()
    except (ArgumentError, ValueError) as error:
        raise ValueError("this is not the address of a database") from error
    except ImportError as error:
        raise ValueError(f"the package {error.name} is missing. Install gare-centrale[postgresql]") from error
    if dialect.name not in {"sqlite", "postgresql"} or dialect.is_async:
        raise ValueError("only sqlite:///… and postgresql+psycopg://… are known")


def _check_smtp_host(value: str) -> None:
    if not re.fullmatch(r"[\w.:-]*", value, re.ASCII):
        raise ValueError(f"“{value}” is not the name of a server")


def _check_smtp_security(value: str) -> None:
    if value not in {"starttls", "tls", "none"}:
        raise ValueError(f"“{value}” is neither starttls, tls nor none")


def _check_mail_from(value: str) -> None:
    if value and not re.fullmatch(r"[\w.+=-]+@[a-z0-9-]+(\.[a-z0-9-]+)*", value, re.ASCII | re.IGNORECASE):
        raise ValueError(f"“{value}” is not an e-mail address")


def _check_backup_copy(value: str) -> None:
    if value and not Path(value).is_absolute() and not SSH_TARGET.fullmatch(value):
        raise ValueError(f"“{value}” is neither a whole path, such as /media/stick, nor user@host:folder")


def _check_issuer(value: str) -> None:
    """Look whether it is an address that nobody on the way can speak for."""
    _check_address(value)
    parts = urlsplit(value)
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ValueError(f"“{value}” does not begin with https://")


def _check_header(value: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9-]{0,60}", value):
        raise ValueError(f"“{value}” is not the name of a header")


def proxies_of(value: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Read addresses and networks, but for the word `unix`; raises ValueError."""
    return tuple(ip_network(one) for one in re.split(r"[,\s]+", value) if one not in {"", "unix"})


def _check_place(value: str) -> None:
    if value and not re.fullmatch(r"(https?://[\w.-]+(:\d+)?)?/[!-~]*", value, re.ASCII):
        raise ValueError(f"“{value}” is not an address")


def _check_rate(value: str) -> None:
    from limits import parse_many  # only the few settings that are rates need it

    parse_many(value)


CHECKS: dict[str, Check] = {
    "timezone": _check_timezone,
    "address": _check_address,
    "database_url": _check_database_url,
    "smtp_host": _check_smtp_host,
    "smtp_security": _check_smtp_security,
    "mail_from": _check_mail_from,
    "backup_copy": _check_backup_copy,
    "openid_issuer": _check_issuer,
    "header_user": _check_header,
    "header_email": _check_header,
    "header_name": _check_header,
    "header_proxies": proxies_of,
    "header_signout": _check_place,
    "request_rate": _check_rate,
    "write_rate": _check_rate,
}


def _secret(instance: Path) -> str:
    """Read the key that signs sessions; an instance that has none yet gets one, readable by its owner only."""
    file = instance / SECRET_FILE
    if file.exists():
        return file.read_text(encoding="ascii").strip()
    if not instance.is_dir():
        return secrets.token_hex(32)  # nothing to keep it in: `gare init` has not run yet
    key = secrets.token_hex(32)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(key)
    return key
