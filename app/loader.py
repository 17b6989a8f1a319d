"""Read the settings; find, check and connect themes and plugins.

Every process that opens an instance connects the plugins: the web, the job process, the command line.
"""

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from app import config as settings
from app import plugging
from app.config import Config
from app.hooks import Hooks

if TYPE_CHECKING:
    from app.web.theme import Theme

ROOT = Path(__file__).parent.parent


def load_config(instance: Path) -> Config:
    """Read the settings, and see whether the theme and the plugins that they name are there.

    Raises Misconfigured with a sentence for each wrong setting.
    """
    checks = {
        "theme": lambda name: _theme_folders(instance, name),
        "plugins": lambda names: plugging.check_names(instance, names),
        "plugin_words": lambda words: plugging.check_words(instance, words),
    }
    return settings.load(instance, checks=checks)


def load_hooks(config: Config) -> Hooks:
    """Give the hooks with all that the plugins add to them; nothing of the web is needed for it.

    Raises Misconfigured with a sentence for each fault of a plugin.
    """
    return plugging.connect(plugging.load(config))


def load_theme(config: Config, hooks: Hooks) -> "Theme":
    """Find the chosen theme and those that it extends; a theme of the instance wins over one of the program."""
    from app.web.theme import Theme  # the web, which the job process and most commands do without

    plugins = {plugin.name: plugin.folder for plugin in hooks.plugins}
    return Theme(tuple(_theme_folders(config.instance, config.theme)), ROOT / "app", plugins)


def _theme_folders(instance: Path, name: str) -> list[Path]:
    folders: list[Path] = []
    while name or not folders:
        folder = _theme_folder(instance, name)
        if folder in folders:
            raise ValueError(f"“{name}” extends itself. Mend `extends` in its theme.toml")
        folders.append(folder)
        name = _read(folder).get("extends", "" if name == "default" else "default")
    return folders


def _theme_folder(instance: Path, name: str) -> Path:
    for home in (instance / "themes", ROOT / "themes"):
        if (home / name / "theme.toml").is_file() and Path(name).name == name:
            return home / name
    known = sorted(file.parent.name for file in (ROOT / "themes").glob("*/theme.toml"))
    raise ValueError(f"there is no theme “{name}”. There are: {', '.join(known)}")


def _read(folder: Path) -> dict[str, str]:
    try:
        return tomllib.loads((folder / "theme.toml").read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{folder.name}/theme.toml cannot be read: {error}") from error
