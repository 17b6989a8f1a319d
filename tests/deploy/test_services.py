"""The services of systemd say nothing that systemd or the program does not know."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from app.config import declared

DEPLOY = Path(__file__).parents[2] / "deploy"
# Read beside the settings: where everything stands, and secrets that belong into no file.
BESIDE = {"GARE_INSTANCE", "GARE_SMTP_PASSWORD", "GARE_OPENID_SECRET"}
PROGRAM = re.compile(r"^(Exec\w+=)\S+(?=/gare\b)\S*", re.MULTILINE)


def texts() -> dict[str, str]:
    files = sorted(file for file in DEPLOY.rglob("*") if file.is_file())
    return {file.relative_to(DEPLOY).as_posix(): file.read_text(encoding="utf-8") for file in files}


def test_every_setting_that_is_named_is_one() -> None:
    known = {f"GARE_{name.upper()}" for name in declared()} | BESIDE
    named = {(file, name) for file, text in texts().items() for name in re.findall(r"GARE_[A-Z_]*[A-Z]", text)}

    assert len(named) > 10
    assert {one for one in named if one[1] not in known} == set()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    units = [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer"), DEPLOY / "yunohost/conf/systemd.service"]
    for unit in units:
        text = PROGRAM.sub(r"\1/bin/true", unit.read_text(encoding="utf-8"))
        text = re.sub(r"__(INSTALL|DATA)_DIR__", str(tmp_path), text).replace("__APP__", "gare")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    found = subprocess.run(
        ["systemd-analyze", "verify", *(tmp_path / unit.name for unit in units)], capture_output=True, text=True
    )

    assert (found.returncode, found.stderr) == (0, "")


def test_every_file_stands_in_the_table_of_contents() -> None:
    contents = (DEPLOY / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w.-]+/?)`", contents.partition("\n## ")[0]))

    assert {file.partition("/")[0] + "/" * ("/" in file) for file in texts() if file != "README.md"} - named == set()
