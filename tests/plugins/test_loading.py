"""Plugins are found in three places, and one that is written wrongly stops the start with a sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

from app import plugging
from app.errors import Misconfigured
from app.hooks import Hooks
from app.loader import load_config, load_hooks
from app.plugin import Plugin
from tests.plugins.conftest import Make
from tests.plugins.written import small, write, write_plugin

ROOT = Path(__file__).parents[2]


def load(instance: Path) -> Hooks:
    return load_hooks(load_config(instance))


def names(instance: Path) -> list[str]:
    return [plugin.name for plugin in load(instance).plugins]


def faults(instance: Path) -> list[str]:
    with pytest.raises(Misconfigured) as caught:
        load(instance)
    return list(caught.value.faults)


def put(instance: Path, source: str, name: str = "small") -> None:
    write(instance / "plugins" / name, {"__init__.py": "", "plugin.py": source})


def test_plugins_of_the_program_and_of_the_instance_are_found(instance: Path) -> None:
    write_plugin(instance, "bells")

    assert names(instance) == ["agenda", "archive", "bells", "directory", "minutes", "polls"]


def test_an_installed_package_is_found_by_its_entry_point(
    instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "installed", {
        "gare_small/__init__.py": "", "gare_small/plugin.py": small("pass"),
        "gare_small-1.dist-info/METADATA": "Name: gare-small\nVersion: 1\n",
        "gare_small-1.dist-info/entry_points.txt": "[gare.plugins]\nsmall = gare_small.plugin\n",
    })  # fmt: skip
    monkeypatch.syspath_prepend(str(tmp_path / "installed"))

    assert names(instance) == ["agenda", "archive", "directory", "minutes", "polls", "small"]


def test_only_those_that_the_settings_name_are_loaded(instance: Path) -> None:
    put(instance, "raise RuntimeError('not to be loaded')")
    write_plugin(instance, "bells")
    (instance / "gare.toml").write_text('plugins = "bells"\n')

    assert names(instance) == ["bells"]


def test_a_site_can_be_without_any(instance: Path) -> None:
    (instance / "gare.toml").write_text('plugins = "none"\n')

    assert names(instance) == []


def test_a_program_without_the_folder_of_plugins_starts(
    instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plugging, "ROOT", tmp_path / "elsewhere")

    assert names(instance) == []


def test_a_site_without_any_shows_its_pages(instance: Path, make_app: Make) -> None:
    (instance / "gare.toml").write_text('plugins = "none"\n')
    browser = make_app().test_client()

    assert [browser.get(address).status_code for address in ("/-/health", "/-/pages", "/annuaire/")] == [200, 200, 404]


def test_a_plugin_that_is_not_there_is_named_with_those_that_are(instance: Path) -> None:
    (instance / "gare.toml").write_text('plugins = "bels"\n')

    known = "agenda, archive, directory, minutes, polls"
    assert faults(instance)[0].startswith(f"plugins: there is no plugin “bels”. There are: {known} (")


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("def on_save(self, event): ...", "app.plugin.Plugin has no `on_save`. Did you mean `on_saved`?"),
        ("def change_markdwon(self, text): ...",
         "app.plugin.Plugin has no `change_markdwon`. Did you mean `change_markdown`?"),
        ("def blueprint(self): ...", "app.plugin.Plugin has no `blueprint`. Did you mean `blueprints`?"),
        ("def xyz(self): ...", "app.plugin.Plugin has no `xyz`. Call it `_xyz` if it is the plugin's own"),
        ("word = 'Annuaire'", "“Annuaire” cannot begin an address. Use small letters, digits and hyphens"),
        ("word = '-'", "“-” cannot begin an address. Use small letters, digits and hyphens"),
        ("word = 'static'", "“static” cannot begin an address. Use small letters, digits and hyphens"),
        ("word = 'annuaire'", "its addresses begin as those of “directory”. Set plugin_words = 'small=…'"),
        ("title = ''", "it says no `title` or no `help`"),
        ("def jobs(self):\n    from app.plugin import Job\n    return [Job('mail', 1, str)]",
         "the name of its job `mail` must begin with small"),
        ("import sqlalchemy as _sa\ntables = _sa.MetaData()\n_t = _sa.Table('seen', tables)",
         "the name of its table `seen` must begin with small_"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(instance: Path, body: str, fault: str) -> None:
    put(instance, small(body))

    assert f"The plugin “small”: {fault}" in faults(instance)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("x = (", "SyntaxError: '(' was never closed (plugin.py, line 1)"),
        ("import not_there_at_all", "ModuleNotFoundError: No module named 'not_there_at_all'"),
        ("x = 1", "plugin.py must hold one class that inherits from Plugin; it holds 0"),
        (small("pass", name="other"), "its `name` is “other”. Call it as its folder: “small”"),
    ],
)
def test_a_plugin_that_cannot_be_loaded_is_named(instance: Path, source: str, fault: str) -> None:
    put(instance, source)

    assert faults(instance) == [f"The plugin “small” cannot be loaded: {fault}"]


def test_two_plugins_of_one_name_are_refused(instance: Path) -> None:
    put(instance, small("pass", name="directory"), name="directory")

    assert faults(instance) == ["There are two plugins called “directory”. Rename or remove one"]


def test_all_faults_are_said_at_once(instance: Path) -> None:
    put(instance, small("def on_save(self, event): ...", name="one", word="un"), name="one")
    put(instance, small("def on_save(self, event): ...", name="two", word="deux"), name="two")

    assert len(faults(instance)) == 2


def test_the_settings_give_a_plugin_another_word(instance: Path) -> None:
    (instance / "gare.toml").write_text('plugin_words = "directory=repertoire"\n')

    assert [plugin.word for plugin in load(instance).plugins] == [
        "agenda",
        "listes",
        "repertoire",
        "reunions",
        "sondages",
    ]


@pytest.mark.parametrize("words", ["directory=Pas ça", "directory=", "nothing=mot"])
def test_a_wrong_word_is_refused(instance: Path, words: str) -> None:
    (instance / "gare.toml").write_text(f'plugin_words = "{words}"\n')

    assert faults(instance)[0].startswith("plugin_words: ")


def test_what_does_nothing_is_not_even_asked(instance: Path) -> None:
    put(instance, small("pass"))
    (instance / "gare.toml").write_text('plugins = "small"\n')
    hooks = load(instance)

    assert (hooks.saved, hooks.change_html, hooks.digest, hooks.jobs, hooks.collections) == ([], [], [], [], [])


def test_whatever_a_plugin_may_override_says_what_it_is() -> None:
    methods = [name for name in vars(Plugin) if callable(getattr(Plugin, name)) and not name.startswith("_")]

    assert [name for name in methods if not getattr(Plugin, name).__doc__] == []


def test_plugins_are_loaded_without_the_web(instance: Path) -> None:
    write_plugin(instance, "bells")
    program = f"""
import sys
from pathlib import Path
from app.loader import load_config, load_hooks
print(len(load_hooks(load_config(Path({str(instance)!r}))).plugins))
print([name for name in sys.modules if name.startswith("app.web")])
"""
    printed = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert printed.splitlines() == ["6", "[]"]
