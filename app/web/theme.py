"""A theme: where templates and static files are looked for, and the checksums in static addresses."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader

CHECKSUM = 10  # hex digits in a static address


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One static file, read once; `packed` is it in gzip, or None where that does not pay."""

    content: bytes
    packed: bytes | None
    mimetype: str
    checksum: str


@dataclass(frozen=True)
class Theme:
    """The chosen theme's folder, then those that it extends, then the app itself, then the plugins' by name."""

    folders: tuple[Path, ...]
    app_folder: Path
    plugins: Mapping[str, Path] = field(default_factory=dict)
    _files: dict[str, StaticFile] = field(default_factory=dict)

    def templates(self) -> BaseLoader:
        """Look for templates in the theme, then in the app, then in the plugins: they only add."""
        homes = [folder / "templates" for folder in (*self.folders, self.app_folder, *self.plugins.values())]
        return ChoiceLoader([FileSystemLoader(home) for home in homes])

    def digest(self) -> str:
        """Give a mark of every file of the theme: whatever looks otherwise has another one."""
        marks = hashlib.sha256()
        own = (self.app_folder / "templates", self.app_folder / "static")
        for home in (*self.folders, *own, *self.plugins.values()):
            for file in sorted(file for file in home.rglob("*") if file.is_file() and "__pycache__" not in file.parts):
                marks.update(f"{file.relative_to(home)}\0{file.stat().st_size}\0".encode() + file.read_bytes())
        return marks.hexdigest()

    def find_static(self, name: str) -> StaticFile | None:
        """Find a static file by its name, `site.css` or `editor/start.js`."""
        if name not in self._files:
            file = self._locate(name)
            if file is None:
                return None
            self._files[name] = _read(file)
        return self._files[name]

    def _locate(self, name: str) -> Path | None:
        if any(part in {"", ".", ".."} for part in name.split("/")) or "\0" in name or "\\" in name:
            return None
        plugin = self.plugins.get(name.partition("/")[0])  # only what stands under its name
        homes = (folder / "static" for folder in (*self.folders, self.app_folder, *([plugin] if plugin else [])))
        return next((home / name for home in homes if (home / name).is_file()), None)

    def address(self, name: str) -> str:
        """Give a static file's address below `/-/static/`: its checksum, then its name."""
        found = self.find_static(name)
        return f"{found.checksum if found else 'missing'}/{name}"


def _read(file: Path) -> StaticFile:
    content = file.read_bytes()
    mimetype = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    packed = (
        gzip.compress(content, 9, mtime=0) if mimetype.startswith("text/") or file.suffix in {".svg", ".js"} else None
    )
    return StaticFile(content, packed, mimetype, hashlib.sha256(content).hexdigest()[:CHECKSUM])
