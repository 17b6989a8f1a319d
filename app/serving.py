"""Whether the site is being served, and where: a lock that `gare serve` holds and the kernel frees, however it ends."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

FILE = "serving"
LOCAL_HOST = "127.0.0.1"
DEFAULT_PORT = "8000"
_ALL_HOSTS = re.compile(r"//(0\.0\.0\.0|\[::\]):")


@contextmanager
def marked(instance: Path) -> Iterator[None]:
    """Say that the site is being served, while the block runs; several servers may say so at once."""
    with (instance / FILE).open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_SH)
        note(instance, "")
        yield


def note(instance: Path, address: str) -> None:
    """Say where a server listens, as gunicorn writes it: `http://0.0.0.0:8000`, `unix:/run/gare.sock`."""
    with suppress(OSError):  # a full disk must not keep the site closed
        (instance / FILE).write_text(address)  # the same file as before: the locks are on it


def served_since(instance: Path) -> float | None:
    """Tell when the last server started, in seconds since 1970; None while none is running."""
    return (instance / FILE).stat().st_mtime if _is_served(instance) else None


def default_bind() -> str:
    """Tell where `gare serve` listens when nothing else is said."""
    return f"{LOCAL_HOST}:{os.environ.get('PORT') or DEFAULT_PORT}"


def local_address(instance: Path) -> str:
    """Give the address by which this machine reaches the site: of the last server, else of the next one."""
    said = _served_at(instance)
    return _ALL_HOSTS.sub(f"//{LOCAL_HOST}:", said) if said.startswith("http") else f"http://{default_bind()}"


def is_open_to_others(instance: Path) -> bool:
    """Tell whether others than this machine reach the running server: by the network or by a proxy at its socket."""
    said = _served_at(instance)
    return bool(said) and not re.match(r"127\.|::1$", urlsplit(said).hostname or "")


def _served_at(instance: Path) -> str:
    return (instance / FILE).read_text() if _is_served(instance) else ""


def _is_served(instance: Path) -> bool:
    try:
        with (instance / FILE).open("r") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
