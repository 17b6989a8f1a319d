"""Find, check and connect plugins: those of the program, those of the instance, those that were installed beside."""

import difflib
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any
from zlib import crc32

from app.config import Config
from app.errors import GareError, Misconfigured
from app.hooks import Hooks
from app.plugin import Plugin
from app.wiki.addresses import PLUGIN_SCHEMES
from app.wiki.page import parse_path

ROOT = Path(__file__).parent.parent
GROUP = "gare.plugins"  # of entry points
NONE = "none"  # as the setting `plugins`
_NAME = re.compile(r"[a-z][a-z0-9_]{1,29}")
_WORD = re.compile(r"[a-z0-9][a-z0-9-]*")
_PUBLIC = {name for name in (*dir(Plugin), *Plugin.__annotations__) if not name.startswith("_")}
_Source = Callable[[], ModuleType]


# -- finding ---------------------------------------------------------------------------------------------------------


def load(config: Config) -> list[Plugin]:
    """Load the plugins, by name; raises Misconfigured with a sentence for each fault."""
    wanted, words = _named(config.plugins), _words(config.plugin_words)
    loaded, faults = list[Plugin](), list[str]()
    for name, sources in sorted(_sources(config.instance).items()):
        if wanted and name not in wanted:
            continue
        if len(sources) > 1:
            faults.append(f"There are two plugins called “{name}”. Rename or remove one")
            continue
        try:
            plugin = _plugin_of(name, sources[0]())
            plugin.word = words.get(name, plugin.word)
            found = list(_faults(plugin, loaded))
        except Exception as error:  # noqa: BLE001 - the border: whatever its code does, the fault is named
            faults.append(f"The plugin “{name}” cannot be loaded: {_said(error)}")
            continue
        faults += [f"The plugin “{name}”: {fault}" for fault in found]
        loaded.append(plugin)
    if faults:
        raise Misconfigured(faults)
    return loaded


def _said(error: Exception) -> str:
    return str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"


def check_names(instance: Path, names: str) -> None:
    """Refuse names of plugins that are not there; raises ValueError."""
    known = _sources(instance)
    if missing := sorted(_named(names) - known.keys() - {NONE}):
        raise ValueError(f"there is no plugin “{missing[0]}”. There are: {', '.join(sorted(known)) or NONE}")


def check_words(instance: Path, words: str) -> None:
    """Refuse words that no address can begin with, and those of plugins that are not there; raises ValueError."""
    for name, word in _words(words).items():
        check_names(instance, name)
        if not _is_word(word):
            raise ValueError(f"“{word}” cannot begin an address. Use small letters, digits and hyphens")


def _named(names: str) -> set[str]:
    return set(re.split(r"[,\s]+", names)) - {""}


def _words(typed: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in typed.split(",") if pair.strip())
    return {name.strip(): word.strip() for name, _, word in pairs}


def _is_word(word: str) -> bool:
    try:
        return bool(_WORD.fullmatch(parse_path(word)))
    except GareError:
        return False


def _sources(instance: Path) -> dict[str, list[_Source]]:
    """Name the plugins that there are, each with what imports it; nothing is imported yet."""
    found: dict[str, list[_Source]] = {}
    for file in (ROOT / "plugins").glob("*/plugin.py"):
        found.setdefault(file.parent.name, []).append(_importing(f"plugins.{file.parent.name}.plugin"))
    for file in (instance / "plugins").glob("*/plugin.py"):
        found.setdefault(file.parent.name, []).append(_reading(file.parent.absolute()))
    for point in entry_points(group=GROUP):
        found.setdefault(point.name, []).append(_importing(point.value.partition(":")[0]))
    return found


def _importing(module: str) -> _Source:
    def read() -> ModuleType:
        if str(ROOT) not in sys.path:  # installed before there were plugins, the program knows of `app` only
            sys.path.append(str(ROOT))
        return import_module(module)

    return read


def _reading(folder: Path) -> _Source:
    """Import a folder of the instance under a name that no other folder's has."""

    def read() -> ModuleType:
        package = f"gare_plugin_{crc32(bytes(folder)):08x}_{folder.name}"
        if package not in sys.modules:
            spec = spec_from_file_location(package, folder / "__init__.py", submodule_search_locations=[str(folder)])
            assert spec is not None
            assert spec.loader is not None
            sys.modules[package] = module_from_spec(spec)
            try:
                spec.loader.exec_module(sys.modules[package])
            except BaseException:
                del sys.modules[package]
                raise
        return import_module(f"{package}.plugin")

    return read


def _plugin_of(name: str, module: ModuleType) -> Plugin:
    """Make the plugin of a module; raises ValueError where it holds none, or several."""
    classes = [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, Plugin)]
    own = [one for one in classes if one.__module__ == module.__name__]
    if len(own) != 1:
        raise ValueError(f"plugin.py must hold one class that inherits from Plugin; it holds {len(own)}")
    if own[0].name != name:
        raise ValueError(f"its `name` is “{own[0].name}”. Call it as its folder: “{name}”")
    plugin = own[0]()
    plugin.folder = Path(module.__file__ or "").parent
    return plugin


# -- checking --------------------------------------------------------------------------------------------------------


def _faults(plugin: Plugin, others: list[Plugin]) -> Iterator[str]:
    yield from _strange(plugin)
    if not _NAME.fullmatch(plugin.name):
        yield "its name must be of small letters, digits and _"
    if not plugin.title or not plugin.help:
        yield "it says no `title` or no `help`"
    if not _is_word(plugin.word):
        yield f"“{plugin.word}” cannot begin an address. Use small letters, digits and hyphens"
    if other := next((one for one in others if one.word == plugin.word), None):
        yield f"its addresses begin as those of “{other.name}”. Set plugin_words = '{plugin.name}=…'"
    for table in plugin.tables.tables if plugin.tables is not None else ():
        if not table.startswith(f"{plugin.name}_"):
            yield f"the name of its table `{table}` must begin with {plugin.name}_"
    for job in plugin.jobs():
        if not job.name.startswith(plugin.name):
            yield f"the name of its job `{job.name}` must begin with {plugin.name}"
    if strange := sorted(set(plugin.schemes) - PLUGIN_SCHEMES):
        yield f"no page can link to “{strange[0]}:”. There are: {', '.join(sorted(PLUGIN_SCHEMES))}"
    if plugin.tables is not None and not list((plugin.folder / "migrations").glob("[0-9]*.py")):
        yield "it has tables, and no migrations/0001_….py that makes them"


def _strange(plugin: Plugin) -> Iterator[str]:
    """Name what the program will never call: a name that is misspelt, or should begin with `_`."""
    classes = type(plugin).__mro__[: type(plugin).__mro__.index(Plugin)]
    for name in sorted({name for one in classes for name in vars(one)}):
        if name.startswith("_") or name in _PUBLIC:
            continue
        near = difflib.get_close_matches(name, sorted(_PUBLIC), n=1)
        cure = f"Did you mean `{near[0]}`?" if near else f"Call it `_{name}` if it is the plugin's own"
        yield f"app.plugin.Plugin has no `{name}`. {cure}"


# -- connecting ------------------------------------------------------------------------------------------------------


def connect(plugins: list[Plugin]) -> Hooks:
    """Put what plugins hear, change and do in the background into the lists; what the web shows, it asks for itself."""
    hooks = Hooks(plugins=list(plugins))
    for plugin in plugins:
        _connect(hooks, plugin)
    return hooks


def _connect(hooks: Hooks, plugin: Plugin) -> None:
    def when_on(call: Callable[..., Any], otherwise: Callable[..., Any] = lambda *_: None) -> Callable[..., Any]:
        return lambda *given: call(*given) if hooks.is_on(plugin) else otherwise(*given)

    lists: Mapping[str, list[Callable[..., Any]]] = {
        "on_saved": hooks.saved, "on_renamed": hooks.renamed, "on_deleted": hooks.deleted,
        "digest": hooks.digest, "care": hooks.cares, "collection": hooks.collections, "ways_out": hooks.ways_out,
        "search_documents": hooks.findables, "reindex": hooks.reindex,
    }  # fmt: skip
    for name, into in lists.items():
        if _overrides(plugin, name):
            into.append(when_on(getattr(plugin, name)))
    if _overrides(plugin, "checkup"):
        hooks.checkups.append((plugin.title, when_on(plugin.checkup)))
    if _overrides(plugin, "arrivals"):
        hooks.arrivals.append((plugin, when_on(plugin.arrivals)))
    if _overrides(plugin, "keeps"):  # asked while it is off too: what it keeps is still there
        hooks.keeps.append(plugin.keeps)
    changing: Mapping[str, list[Callable[..., Any]]] = {
        "change_markdown": hooks.change_markdown, "change_html": hooks.change_html,
    }  # fmt: skip
    for name, into in changing.items():
        if _overrides(plugin, name):
            into.append(when_on(getattr(plugin, name), _unchanged))
    if any(_overrides(plugin, name) for name in changing):
        hooks.changers.append(plugin)
    hooks.jobs += [replace(job, run=when_on(job.run)) for job in plugin.jobs()]


def _unchanged(text: str) -> str:
    return text


def _overrides(plugin: Plugin, name: str) -> bool:
    return getattr(type(plugin), name) is not getattr(Plugin, name)
