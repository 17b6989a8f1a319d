"""What the tests of backups share: a clock, a job, an `sftp` that works on folders of this machine."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.backup import schedule
from app.backup.series import series_of
from app.config import SECRET_FILE, Config
from app.errors import GareError
from app.station import Station

ZONE = ZoneInfo("Europe/Paris")
KEY = "k" * 64
Night = Callable[..., str | None]
SERIES = series_of(Config(Path(), KEY))


def moment(day: int, hour: int, month: int = 3) -> float:
    """Give a moment of 2026, as the site's clock shows it, in seconds since 1970."""
    return datetime(2026, month, day + hour // 24, hour % 24, tzinfo=ZONE).timestamp()


def configured(station: Station, **settings: object) -> Station:
    """Give the same parts with other settings."""
    return replace(station, config=replace(station.config, **settings))


def run(station: Station, now: float) -> str | None:
    """Run the job; a failure becomes its sentence."""
    try:
        return schedule.run(station, now)
    except GareError as error:
        return str(error)


@pytest.fixture
def aged(station: Station) -> Station:
    """Give an instance that was made in January 2026, with a key by which its backups are named in these tests."""
    file = station.config.instance / SECRET_FILE
    file.write_text(KEY)
    os.utime(file, (moment(1, 12, month=1),) * 2)
    return configured(station, secret_key=KEY)


def named(day: int, month: int = 3) -> str:
    """Name the backup of a day of 2026 of this instance."""
    return SERIES.name_of(date(2026, month, day))


STAND_IN = '''#!{python}
"""sftp as far as the program uses it: commands from standard input, on folders below {home}."""
import os, shlex, sys
from pathlib import Path

options = sys.argv[1:]
assert options[:2] == ["-b", "-"] and "BatchMode=yes" in options and options[-2] == "--", options
home = Path({home!r}) / options[-1]
(home.parent / "calls").open("a").write(options[-1] + chr(10))
if not home.is_dir():
    sys.exit("Permission denied (publickey).\\nConnection closed.  ")
for line in sys.stdin:
    print("sftp>", line, end="")
    command, *names = shlex.split(line)
    try:
        if command == "put":
            (home / names[1]).write_bytes(Path(names[0]).read_bytes())
        elif command == "rename":
            if (home / names[1]).exists():  # as RFC draft-ietf-secsh-filexfer-02 has it, and many servers
                raise FileExistsError(17, "Failure")
            os.rename(home / names[0], home / names[1])
        elif command == "ls":
            assert names[0] == "-1a", line
            print(*sorted(names[-1] + "/" + file.name for file in (home / names[-1]).iterdir()), sep=chr(10))
        elif command.lstrip("-") == "rm":
            (home / names[0]).unlink()
    except OSError as error:
        if not command.startswith("-"):
            sys.exit("remote " + command + ": " + str(error.strerror))
'''


@pytest.fixture
def machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put an `sftp` on the PATH for which each folder in here, named `user@host`, is another machine."""
    home = tmp_path / "machines"
    home.mkdir()
    program = tmp_path / "bin/sftp"
    program.parent.mkdir()
    program.write_text(STAND_IN.format(python=sys.executable, home=str(home)))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    return home
