"""The package for YunoHost: its manifest, its scripts, its settings and the addresses that it opens."""

import re
import shlex
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import __version__
from app.config import load

PACKAGE = Path(__file__).parents[2] / "deploy/yunohost"
SCRIPTS = ("install", "remove", "upgrade", "backup", "restore", "change_url")
# What YunoHost itself knows of an app: https://doc.yunohost.org/en/packaging/manifest
OWN = {"app", "domain", "path", "install_dir", "data_dir", "mail_pwd"}
# Of no use on a closed site, and its installation says so: who is invited could not go on from there.
CLOSED = {"/-/invite/<secret>"}


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((PACKAGE / name).read_text(encoding="utf-8"))


def script(name: str) -> str:
    return (PACKAGE / "scripts" / name).read_text(encoding="utf-8")


def opened() -> list[str]:
    """List the addresses that visitors reach where the site itself is closed."""
    known = read("manifest.toml")["resources"]["permissions"]
    found = [one for one in known.values() if one.get("allowed") == "visitors"]
    return [address for one in found for address in (one["url"], *one.get("additional_urls", ()))]


def test_manifest_says_what_the_program_says() -> None:
    manifest = read("manifest.toml")

    assert manifest["packaging_format"] == 2
    assert manifest["version"].partition("~ynh")[0] == __version__
    assert manifest["upstream"]["license"] == "AGPL-3.0-or-later"


def test_every_question_is_asked_in_both_languages() -> None:
    manifest = read("manifest.toml")
    said = [manifest["description"], *(
        question[name] for question in manifest["install"].values() for name in ("ask", "help") if name in question
    )]  # fmt: skip

    assert [one for one in said if set(one) != {"en", "fr"}] == []


def test_tests_answer_the_questions_of_the_manifest() -> None:
    questions, tests = read("manifest.toml")["install"], read("tests.toml")
    given = [pair for one in tests.values() if isinstance(one, dict) for pair in one["args"].items()]
    wrong = [name for name, value in given if name not in questions or (
        "choices" in questions[name] and value not in questions[name]["choices"])]  # fmt: skip

    assert len(given) > 3
    assert wrong == []


@pytest.mark.parametrize("name", [*SCRIPTS, "_common.sh"])
def test_script_is_one_of_bash(name: str) -> None:
    checked = subprocess.run(["bash", "-n", PACKAGE / "scripts" / name], capture_output=True, text=True)

    assert (checked.returncode, checked.stderr) == (0, "")


def test_every_word_that_is_put_in_is_known() -> None:
    said = "\n".join(file.read_text(encoding="utf-8") for file in (PACKAGE / "conf").iterdir())
    words = {word.lower() for word in re.findall(r"__([A-Z]+(?:_[A-Z]+)*)__", said)}
    assigned = set(re.findall(r"\b([a-z_]+)=", script("_common.sh")))

    assert words - OWN - set(read("manifest.toml")["install"]) - assigned == set()


@pytest.mark.parametrize(("named", "is_new"), [("Ynh-User", "true"), ("", "false")])
def test_settings_are_taken_by_the_program(tmp_path: Path, named: str, is_new: str) -> None:
    words = {
        "DATA_DIR": str(tmp_path), "DOMAIN": "example.org", "PATH": "/wiki", "MAIN_DOMAIN": "example.org", "APP": "gare",
        "HEADER_USER": named, "HEADER_EMAIL": f"{named}-Email" * bool(named), "HEADER_NAME": "",
        "HEADER_PROXIES": "unix" * bool(named), "HEADER_NEW_ACCOUNTS": is_new, "MAIL_PWD": "secret",
        "HEADER_SIGNOUT": "/yunohost/portalapi/logout" * bool(named),
    }  # fmt: skip
    text = (PACKAGE / "conf/gare.env").read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(f"__{word}__", value)
    given = dict(line.split("=", 1) for line in shlex.split(text, comments=True))
    config = load(tmp_path, given)

    assert "__" not in text
    assert (config.address, config.header_user, config.mail_from) == (
        "https://example.org/wiki", named, "gare@example.org"
    )  # fmt: skip
    assert config.header_new_accounts is (is_new == "true")


def test_every_address_that_is_opened_is_there(app: Flask) -> None:
    rules = [rule.rule for rule in app.url_map.iter_rules()]

    assert [one for one in opened() if not any(rule == one or rule.startswith(f"{one}/") for rule in rules)] == []


def test_links_with_a_secret_reach_a_closed_site(app: Flask) -> None:
    links = {
        rule.rule for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.arguments & {"secret", "token"}
    }  # fmt: skip

    assert len(links) > 5
    assert {link for link in links - CLOSED if not link.startswith(tuple(f"{one}/" for one in opened()))} == set()
