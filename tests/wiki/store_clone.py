"""A clone of a store, as an administrator has one on another machine."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Clone:
    """A clone with an administrator in front of it."""

    folder: Path

    def git(
        self, *arguments: str | bytes, stdin: bytes = b"", check: bool = True
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "LC_ALL": "C"}
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, input=stdin, env=environment, capture_output=True, check=False
        )
        assert not check or done.returncode == 0, done.stderr.decode()
        return done

    def sign(self, name: str, email: str) -> None:
        self.git("config", "user.name", name)
        self.git("config", "user.email", email)

    def write(self, file: str, content: str | bytes, message: str = "outside") -> None:
        place = self.folder / file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def push(self, *arguments: str) -> str:
        """Push; gives `""` when it was taken, else what the pusher reads."""
        done = self.git("push", "-q", "origin", *(arguments or ("main",)), check=False)
        return done.stderr.decode(errors="replace") if done.returncode else ""
