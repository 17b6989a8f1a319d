"""Read the settings; find, check and connect themes (and, with the records issue, plugins).

Every process that opens an instance connects the plugins: the web, the job process, the command line.
"""

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from app import config as settings
from app.config import Config
from app.hooks import Hooks

if TYPE_CHECKING:
    from app.web.theme import Theme

ROOT = Path(__file__).parent.parent


def load_config(instance: Path) -> Config:
    """Read the settings, and see whether the theme and the plugins that they name are there.

    Raises Misconfigured with a sentence for each wrong setting.
    """
    checks = {"theme": lambda name: _theme_folders(instance, name), "plugins": _check_plugins}
    return settings.load(instance, checks=checks)


def load_theme(config: Config) -> "Theme":
    """Find the chosen theme and those that it extends; a theme of the instance wins over one of the program."""
    from app.web.theme import Theme  # the web, which the job process and most commands do without

    return Theme(tuple(_theme_folders(config.instance, config.theme)), ROOT / "app")


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


def _check_plugins(names: str) -> None:
    """Refuse every name: there is no plugin before the plugin contract."""
    if names.strip(" ,"):
        raise ValueError(f"there is no plugin “{names}” yet. Leave it empty: plugins = ''")


def load_hooks(config: Config) -> Hooks:
    """Give the hooks with all that the plugins switched on add to them; nothing of the web is needed for it."""
    _check_plugins(config.plugins)
    return Hooks()
