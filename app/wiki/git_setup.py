"""What a repository is given when it is made: its settings, its hook, its first files."""

import re
import shlex
import time
from collections.abc import Iterator
from pathlib import Path

from app.wiki.commit import Change
from app.wiki.git import Git

SETTINGS_FILE = "gare.config"
_OLD_SECONDS = 3600

# Ours alone, rewritten by every upgrade; what an administrator sets stands in `config`, which includes this file.
_SETTINGS = """\
[core]
	fsync = all
	logAllRefUpdates = false
	filesRefLockTimeout = 1000
	protectHFS = true
	protectNTFS = true
[fastimport]
	unpackLimit = 1
[gc]
	auto = 0
[maintenance]
	auto = false
[receive]
	autogc = false
	fsckObjects = true
	denyDeletes = true
	denyDeleteCurrent = refuse
	denyNonFastForwards = true
[transfer]
	hideRefs = refs/gare
"""

_ATTRIBUTES = b"""\
* text=auto
*.md text eol=lf
**/*.files/** filter=lfs diff=lfs merge=lfs -text
"""

_LFS_SETTINGS = b"""\
[lfs]
	locksverify = false
"""

FIRST_FILES = (Change(".gitattributes", _ATTRIBUTES), Change(".lfsconfig", _LFS_SETTINGS))

_HOOK = """\
#!/bin/sh
# Written by Gare Centrale: changes here are lost.
PYTHONPATH={root} exec {python} -P -m app.pushed
"""


def configure(git: Git) -> None:
    """Make the repository where there is none, and write our settings."""
    git.check("init", "--quiet", "--bare", "--template=", "--initial-branch=main", str(git.folder.absolute()))
    (git.folder / SETTINGS_FILE).write_text(_SETTINGS)
    git.check("config", "--replace-all", "include.path", SETTINGS_FILE, f"^{re.escape(SETTINGS_FILE)}$")


def install_hooks(folder: Path, python: str) -> None:
    """Write the hook that judges pushes; `python` is the interpreter that runs it."""
    hooks = folder / "hooks"
    hooks.mkdir(exist_ok=True)
    root = Path(__file__).resolve().parents[2]
    new = hooks / "pre-receive.new"
    new.write_text(_HOOK.format(root=shlex.quote(str(root)), python=shlex.quote(python)))
    new.chmod(0o755)
    new.replace(hooks / "pre-receive")


def remove_crash_reports(folder: Path) -> None:
    """Remove what a git that failed or was killed left: reports, packs half written or half removed an hour ago."""
    for report in folder.glob("fast_import_crash_*"):
        report.unlink(missing_ok=True)
    for left in (*folder.glob("objects/pack/tmp_*"), *_without_index(folder)):
        if time.time() - left.stat().st_mtime > _OLD_SECONDS:
            left.unlink(missing_ok=True)


def _without_index(folder: Path) -> Iterator[Path]:
    """List packs that git does not see: their index goes first and comes last."""
    for kind in ("pack", "rev"):
        for part in folder.glob(f"objects/pack/pack-*.{kind}"):
            if not part.with_suffix(".idx").exists():
                yield part
