"""Write the public pages as plain files that link to each other by relative addresses, so that `file://` works."""

import posixpath
import re
import shutil
from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from flask import Flask, g, render_template

from app import create_app
from app.catalog.rebuild import Progress
from app.cli.pages import every_page
from app.config import Config
from app.errors import N_, Conflict, GareError
from app.people.viewer import READER
from app.station import Station
from app.wiki.page import address_of

# Stands before every address of the site while pages are rendered, so that these are told from all others.
_ROOT = "/gc-export"
_ADDRESS = re.compile(rf' (href|src|srcset)="{_ROOT}(/[^"]*)?"')
_STYLE = "-/site.css"
_STATIC = re.compile(r"/-/static/[^/]+/(.+)")


def write_site(config: Config, folder: Path, progress: Progress) -> int:
    """Write all pages that everybody may read; gives their number. Raises Conflict where the folder is not empty."""
    if folder.exists() and any(folder.iterdir()):
        raise Conflict(N_("The folder %(folder)s is not empty. Choose another one."), folder=folder)
    app = create_app(config.instance)
    station: Station = app.extensions["gare"]
    try:
        paths = [row.path for row in every_page(station, READER)]
        site = _Site(app, folder, {address_of(path): exported_name(path) for path in paths})
        site.copy_static("site.css", _STYLE)
        for done, path in enumerate(paths, start=1):
            site.write(path)
            progress("pages", done, len(paths))
    finally:
        station.close()
    return len(paths)


def exported_name(path: str) -> str:
    """Name the file of a page: `jardins/compost` → `jardins/compost.html`."""
    return f"{path}.html"


class _Site:
    def __init__(self, app: Flask, folder: Path, pages: Mapping[str, str]) -> None:
        self._app, self._folder, self._pages = app, folder, pages
        self._station: Station = app.extensions["gare"]

    def write(self, path: str) -> None:
        """Write one page."""
        name = exported_name(path)
        html = self._render(path)
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_ADDRESS.sub(lambda found: self._replace(found, name), html), encoding="utf-8")

    def _render(self, path: str) -> str:
        from app.web.pages import shown_page

        with self._app.test_request_context(address_of(path), environ_overrides={"SCRIPT_NAME": _ROOT}):
            g.viewer = READER
            page, body, _generation = self._station.door.view(READER, path)
            return render_template(
                "pages/export_page.html", page=shown_page(page, body, may_edit=False),
                root=f"{_ROOT}/", stylesheet=f"{_ROOT}/{_STYLE}",
            )  # fmt: skip

    def _replace(self, found: re.Match[str], name: str) -> str:
        """Make an address of the site relative to the file; what is not exported is no link any more."""
        parts = urlsplit(unescape(found[2] or "/"))
        target = self._target(unquote(parts.path))
        if target is None:
            return ""
        relative = quote(posixpath.relpath(target, posixpath.dirname(name) or "."))
        return f' {found[1]}="{escape(relative + (f"#{parts.fragment}" if parts.fragment else ""))}"'

    def _target(self, address: str) -> str | None:
        """Name the exported file that an address of the site leads to, and see to it that it is there."""
        if address in self._pages:
            return self._pages[address]
        if address.startswith("/-/files/"):
            return self._copy_file(address.removeprefix("/-/files/"))
        if static := _STATIC.fullmatch(address):
            return self.copy_static(static[1], f"-/static/{static[1]}")
        return address[1:] if address.lstrip("/") in {"index.html", _STYLE} else None

    def _copy_file(self, name: str) -> str | None:
        page, _, attachment = name.rpartition("/")
        try:
            _found, source = self._station.door.file(READER, page, attachment)
        except GareError:  # it is not there, or not for everybody
            return None
        target = f"-/files/{name}"
        if not (self._folder / target).exists():
            (self._folder / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, self._folder / target)
        return target

    def copy_static(self, name: str, target: str) -> str | None:
        """Copy a file of the theme."""
        file = self._app.extensions["gare.theme"].find_static(name)
        if file is None:
            return None
        (self._folder / target).parent.mkdir(parents=True, exist_ok=True)
        (self._folder / target).write_bytes(file.content)
        return target
