"""What a plugin needs before it is used for the first time: addresses that are free, and its ready forms."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.catalog import finding
from app.catalog.readers import EVERYTHING
from app.catalog.wiki import Plan, Session, Wiki
from app.errors import N_, Invalid, Unavailable
from app.hooks import Saved
from app.people import authors
from app.station import Station
from app.wiki.page import file_of, form_of, path_of, path_of_form
from app.wiki.store import Change


def is_occupied(wiki: Wiki, plugin: Any) -> bool:
    """Tell whether pages that are not the plugin's own stand where its addresses would; asks git, not the catalog."""
    tip = wiki.store.tip()
    if tip is None:
        return False
    pages = {path_of(file) for file in _files(wiki, tip, plugin.word)} - {None}
    return any(not plugin.is_own_page(path) for path in pages)


def _files(wiki: Wiki, tip: str, word: str) -> Iterator[str]:
    yield from (file for file, _ in wiki.store.list_folder(word, tip))
    if wiki.store.read(file_of(word), tip) is not None:
        yield file_of(word)


def switch(station: Station, wanted: Iterable[str]) -> None:
    """Switch these plugins on and all others off; raises Invalid where a word is taken by pages, and changes nothing.

    Those that are on for the first time bring their forms. Every process follows at once.
    """
    names, hooks = set(wanted), station.hooks
    for plugin in hooks.plugins:
        if plugin.name in names and not hooks.is_on(plugin) and is_occupied(station.wiki, plugin):
            raise Invalid(
                N_("“%(word)s” holds pages already. Rename that folder, then switch this on."), word=plugin.word
            )
    known = {plugin.name: plugin.name in names for plugin in hooks.plugins}
    _keep(station, station.settings.get().switched | known)
    with suppress(Unavailable):  # then the job process brings them
        begin(station)


def leave_off(station: Station) -> list[Any]:
    """Switch new ones off that nobody switched on and whose addresses are pages already; gives them."""
    switched = station.settings.get().switched
    off = [one for one in _new(station) if one.name not in switched and is_occupied(station.wiki, one)]
    if off:
        _keep(station, switched | {plugin.name: False for plugin in off})
    return off


def _keep(station: Station, switched: dict[str, bool]) -> None:
    said = " ".join(name if is_on else f"-{name}" for name, is_on in sorted(switched.items()))
    station.store_settings(plugins_on=said)


def begin(station: Station) -> str | None:
    """Bring the ready forms of plugins that are on for the first time; what stands there already is left as it is.

    Whoever deletes a form afterwards keeps it deleted. Gives a sentence for the log.
    """
    leave_off(station)
    new = _new(station)
    if not new:
        return None
    paths = _bring(station.wiki, {path: text for plugin in new for path, text in _forms(plugin.folder / "forms")})
    begun = station.settings.get().plugins_begun.split()
    station.store_settings(plugins_begun=" ".join([*begun, *(plugin.name for plugin in new)]))
    return f"{len(paths)} forms" if paths else None


def _new(station: Station) -> list[Any]:
    """List the plugins that are on and have not begun."""
    begun = station.settings.get().plugins_begun.split()
    return [one for one in station.hooks.plugins if one.name not in begun and station.hooks.is_on(one)]


def _forms(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.glob("*.yaml")):
        if form_of(path := path_of_form(file.stem)):
            yield path, file.read_text(encoding="utf-8")


def _bring(wiki: Wiki, forms: dict[str, str]) -> list[str]:
    """Write the forms that are missing, in one change."""
    missing: list[str] = []

    def plan(session: Session) -> Plan | None:
        nonlocal missing
        missing = [path for path in forms if finding.find_page(session.connection, path, EVERYTHING) is None]
        changes = [Change(file_of(path), forms[path].encode()) for path in missing]
        return Plan(changes, authors.SYSTEM, "") if changes else None

    if commit := wiki.change(plan):
        for path in missing:
            wiki.tell(wiki.hooks.saved, Saved(path, forms[path], None, authors.SYSTEM, commit.revision))
    return missing
