"""The copy of a backup elsewhere: a folder of this machine, or another machine through the system's `sftp`."""

import os
import secrets
import shutil
import subprocess
from contextlib import suppress
from datetime import date
from pathlib import Path

from app.backup.retention import too_old
from app.backup.series import Series
from app.config import SSH_TARGET
from app.errors import N_, Unavailable

LIMIT = 6 * 3600  # seconds: ten gigabytes over the line of a village
_SFTP = (
    "sftp", "-b", "-", "-o", "BatchMode=yes", "-o", "ConnectTimeout=30",
    "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=4",
)  # fmt: skip


def copy(file: Path, target: str, series: Series, today: date) -> None:
    """Copy a backup, under its name only once it is whole, and remove the copies of its series that are too old.

    Raises Unavailable with the cure.
    """
    if found := SSH_TARGET.fullmatch(target):
        _to_machine(file, found["host"], found["folder"].rstrip("/") or "/", series, today)
    else:
        _to_folder(file, Path(target), series, today)


def copies_in(target: str, series: Series) -> list[str]:
    """Name where copies lie, as far as this machine can tell."""
    if not target or SSH_TARGET.fullmatch(target):
        return [target] if target else []
    return [str(file) for file in sorted(Path(target).glob("gare-*.tar.gz")) if series.day_of(file.name)]


def _to_folder(file: Path, folder: Path, series: Series, today: date) -> None:
    if not folder.is_dir():  # it is not made: below it a disk may be missing
        raise Unavailable(N_("The folder for copies, %(folder)s, is not there. Plug its disk in."), folder=str(folder))
    if folder.samefile(file.parent):
        raise Unavailable(N_("The copy would lie beside the backup. Name another folder in “backup_copy”."))
    draft = folder / f".{file.name}.part"
    try:
        _copy_synced(file, draft)
        draft.replace(folder / file.name)
        series.prune(folder, today)
        for left_over in folder.glob(".gare-*.part"):
            if series.is_part(left_over.name):
                left_over.unlink(missing_ok=True)
    except OSError as error:
        sentence = N_("The copy of the backup to %(folder)s failed (%(fault)s). Make room, or check who may write.")
        raise Unavailable(sentence, folder=str(folder), fault=error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _copy_synced(source: Path, target: Path) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream, source.open("rb") as backup:
        shutil.copyfileobj(backup, stream, 1_000_000)
        stream.flush()
        os.fsync(stream.fileno())


def _to_machine(file: Path, host: str, folder: str, series: Series, today: date) -> None:
    """Send it; `rm` before `rename` is for servers on which a rename replaces nothing, and may fail.

    The name under way is its own each time: an sftp that outlived its job process may still be sending.
    """
    part = f"{folder}/.{file.name}.{secrets.token_hex(4)}.part"
    answer = _sftp(
        host, file.parent,
        f'put "{file.name}" "{part}"', f'-rm "{folder}/{file.name}"',
        f'rename "{part}" "{folder}/{file.name}"', f'ls -1a "{folder}"',
    )  # fmt: skip
    names = {line.rpartition("/")[2].strip() for line in answer.splitlines()}
    old = {series.name_of(day) for day in too_old(filter(None, map(series.day_of, names)), today)}
    gone = old | set(filter(series.is_part, names))
    if gone:
        _sftp(host, file.parent, *(f'rm "{folder}/{name}"' for name in sorted(gone)))


def _sftp(host: str, folder: Path, *commands: str) -> str:
    """Run commands on another machine, from a folder of this one; nobody is there to be asked for a password."""
    script = "".join(f"{line}\n" for line in commands)
    try:
        done = subprocess.run(
            [*_SFTP, "--", host], input=script, cwd=folder, capture_output=True, text=True, errors="replace",
            timeout=LIMIT, env={**os.environ, "LC_ALL": "C"}, check=False,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise Unavailable(N_("Copies to another machine need the program sftp. Install openssh-client.")) from error
    except subprocess.TimeoutExpired as error:
        raise Unavailable(
            N_("%(host)s took too long for the copy of the backup. Look at the line."), host=host
        ) from error
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip() and not line.startswith("Connection closed")]
        fault = (lines or [f"sftp: {done.returncode}"])[-1].strip().rstrip(".")[:200]
        sentence = N_("%(host)s takes no copy of the backup (%(fault)s). Try by hand: sftp %(host)s")
        raise Unavailable(sentence, host=host, fault=fault)
    return done.stdout
