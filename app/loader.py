"""Find, check and connect themes (and, with the records issue, plugins).

Every process that opens an instance connects the plugins: the web, the job process, the command line.
"""

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from app.config import Config
from app.errors import Misconfigured
from app.hooks import Hooks

if TYPE_CHECKING:
    from app.web.theme import Theme

ROOT = Path(__file__).parent.parent


def load_theme(config: Config) -> "Theme":
    """Find the chosen theme and those that it extends; a theme of the instance wins over one of the program."""
    from app.web.theme import Theme  # the web, which the job process and most commands do without

    folders, name = [], config.theme
    while name:
        folder = _theme_folder(config, name)
        if folder in folders:
            raise Misconfigured([f"theme: “{name}” extends itself. Mend `extends` in its theme.toml."])
        folders.append(folder)
        name = _read(folder).get("extends", "" if name == "default" else "default")
    return Theme(tuple(folders), ROOT / "app")


def _theme_folder(config: Config, name: str) -> Path:
    for home in (config.instance / "themes", ROOT / "themes"):
        if (home / name / "theme.toml").is_file() and Path(name).name == name:
            return home / name
    known = sorted(file.parent.name for file in (ROOT / "themes").glob("*/theme.toml"))
    there = ", ".join(known)
    raise Misconfigured([f"theme: there is no theme “{name}”. There are: {there}. Example: theme = 'default'"])


def _read(folder: Path) -> dict[str, str]:
    try:
        return tomllib.loads((folder / "theme.toml").read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured([f"theme: {folder.name}/theme.toml cannot be read: {error}"]) from error


def load_hooks(config: Config) -> Hooks:
    """Give the hooks with all that the plugins switched on add to them; nothing of the web is needed for it.

    Raises Misconfigured for names that are not there: none is, before the plugin contract.
    """
    if config.plugin_names:
        names = ", ".join(config.plugin_names)
        raise Misconfigured([f"plugins: there is no plugin “{names}” yet. Leave it empty: plugins = ''"])
    return Hooks()
