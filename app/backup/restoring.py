"""Bring a backup back into an empty folder, on whatever database the settings name."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from app.backup.reading import DAMAGED, MANIFEST, SECRETS, members, refusing_damage, verify
from app.backup.tables import fill
from app.config import load
from app.database import truth
from app.database.engine import make_engine
from app.database.truth import Part
from app.errors import N_, Conflict, Invalid
from app.outbox.mails import put_aside
from app.wiki.disk import refusing_when_full
from app.wiki.store import Store


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: the moment that it was made (ISO 8601), how many mails waited then and were put aside."""

    made_at: str
    mails: int


def restore(file: Path, folder: Path, find_plugins: Callable[[], Iterable[Any]] = tuple) -> Restored:
    """Bring the truths back. What is derived is built after, by the caller.

    `find_plugins` is asked for the plugins of the folder once its files are back. Raises Conflict where folder or
    database are not empty, Invalid where the backup is damaged or holds rows of a plugin that is not there. A failure
    leaves the folder as empty as it was.
    """
    manifest = verify(file)
    if manifest["schema"] is None or manifest["schema"] > truth.HEAD:
        raise Invalid(N_("A newer version of the program made this backup. Upgrade the program first."))
    with _emptied_on_failure(folder), refusing_when_full(), tempfile.TemporaryDirectory(dir=folder) as tables:
        with refusing_damage(file):
            for name, stream in members(file):
                _put(name, stream, folder, Path(tables))
        _restore_repository(folder, manifest["tip"])
        parts = _parts(manifest.get("plugins", {}), find_plugins())
        mails = _restore_database(folder, Path(tables), manifest["schema"], parts)
    return Restored(manifest["made_at"], mails)


@contextmanager
def _emptied_on_failure(folder: Path) -> Iterator[None]:
    if folder.exists() and any(folder.iterdir()):
        raise Conflict(N_("The folder %(folder)s is not empty. Choose another one with --instance."), folder=folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    try:
        yield
    except BaseException:
        for entry in folder.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        raise


def _put(name: str, stream: IO[bytes], folder: Path, tables: Path) -> None:
    if name == MANIFEST:
        return
    home, part = (tables, name.removeprefix("tables/")) if name.startswith("tables/") else (folder, name)
    target = home / part
    if not target.resolve().is_relative_to(home.resolve()):  # `tables//etc/…` is absolute once its head is cut
        raise Invalid(DAMAGED, what=name[:80])
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        target.chmod(0o600 if name in SECRETS or name.startswith("mail/passwords/") else 0o640)
        shutil.copyfileobj(stream, file)


def _restore_repository(folder: Path, tip: str) -> None:
    store = Store(folder / "content.git")
    try:
        store.create()  # settings and hooks of this machine
        if store.tip() != tip:
            raise Invalid(DAMAGED, what="content.git")
    finally:
        store.close()


def _parts(versions: Mapping[str, str | None], plugins: Iterable[Any]) -> list[tuple[str | None, Part]]:
    """Give the plugins' tables, each with the version that the backup was made of; None where it holds none of them."""
    parts = truth.parts_of(plugins)
    known = {part.name for part in parts}
    if missing := sorted(name for name, version in versions.items() if version and name not in known):
        raise Invalid(N_("The backup holds rows of the plugin “%(name)s”. Install it first."), name=missing[0])
    return [(versions.get(part.name), part) for part in parts]


def _restore_database(folder: Path, tables: Path, schema: str, parts: Sequence[tuple[str | None, Part]]) -> int:
    """Fill the database; gives how many mails were put aside: they may have gone out after the backup was made."""
    engine = make_engine(load(folder).truth_url)
    try:
        truth.check_empty(engine)
        for version, part in [(schema, truth.CORE), *parts]:
            if version:
                truth.migrate_to(engine, version, part)
        fill(engine, tables)
        for part in [truth.CORE, *(part for _, part in parts)]:
            truth.migrate_to(engine, "head", part)
        with engine.begin() as connection:
            return put_aside(connection)
    finally:
        engine.dispose()
