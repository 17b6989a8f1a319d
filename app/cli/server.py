"""gunicorn as this project runs it, and the job process that lives and dies with its master."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from app import create_app
from app.cli.command import ROOT
from app.config import Config
from app.serving import marked, note

_RESTART_AFTER = 1.0  # seconds: a job process that cannot live must not be started without end in between
_JOBS_END = 5.0  # seconds that the job process is given to end
_GRACE = 10  # seconds that workers are given to end
_TIMEOUT = 60  # seconds after which a worker that says nothing is killed
_LINE_BYTES = 8190
_MEMORY = Path("/dev/shm")  # noqa: S108 - where workers give signs of life, which must not wait for a slow disk


class Server(BaseApplication):  # type: ignore[misc]
    """The site behind gunicorn. `on_ready` is called when it listens."""

    def __init__(self, config: Config, bind: str, workers: int, on_ready: Callable[[], None]) -> None:
        self._config, self._bind, self._workers, self._on_ready = config, bind, workers, on_ready
        self.is_ready = False
        super().__init__()

    def load_config(self) -> None:
        """Set what gunicorn is to do; no file and no environment variable of its own is read."""
        settings: dict[str, Any] = {
            "bind": self._bind,
            "workers": self._workers,
            "worker_class": "gthread",
            "threads": self._config.threads,
            "preload_app": True,
            "timeout": _TIMEOUT,
            "graceful_timeout": _GRACE,
            "limit_request_line": _LINE_BYTES,
            "loglevel": "warning",
            "proc_name": "gare",
            "control_socket_disable": True,
            "when_ready": self._ready,
            # Who asked, and how, is judged by `trusted_proxies` alone (app/web/protection.py), whoever the peer is.
            "forwarder_headers": "",
            "secure_scheme_headers": {},
        }
        if _MEMORY.is_dir():
            settings["worker_tmp_dir"] = str(_MEMORY)
        for name, value in settings.items():
            if name in self.cfg.settings:  # `control_socket_disable` came with gunicorn 24
                self.cfg.set(name, value)

    def load(self) -> Any:
        """Make the application once, before the workers are forked; no open connection is handed to them."""
        app = create_app(self._config.instance)
        station = app.extensions["gare"]
        app.test_client().get("/")  # compiles templates and loads languages once, for all workers
        station.truth.dispose()
        station.wiki.catalog.close()
        return app

    def run(self) -> None:
        """Serve until a signal ends it."""
        with marked(self._config.instance):
            Master(self, self._config).run()

    def _ready(self, master: Arbiter) -> None:
        note(self._config.instance, str(master.LISTENERS[0]))
        self.is_ready = True
        self._on_ready()


class Master(Arbiter):  # type: ignore[misc]
    """gunicorn's master, which looks after the job process as it does after the workers."""

    def __init__(self, server: Server, config: Config) -> None:
        super().__init__(server)
        self._jobs = JobProcess(config)

    def manage_workers(self) -> None:
        """Once a second, and when a child has ended: see to it that all are there."""
        super().manage_workers()
        self._jobs.keep_alive()

    def stop(self, graceful: bool = True) -> None:
        """End the workers and the job process."""
        self._jobs.begin_end()
        super().stop(graceful)
        self._jobs.end()


class JobProcess:
    """The one process that runs `app.jobs`; it ends with its parent, even if that is killed."""

    def __init__(self, config: Config) -> None:
        self._command = [
            sys.executable, "-m", "app.cli", "--instance", str(config.instance.absolute()),
            "jobs", "--loop", "--parent", str(os.getpid()),
        ]  # fmt: skip
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0

    def keep_alive(self) -> None:
        """Start it if it is not there."""
        if self._process is not None and self._process.poll() is None:
            return
        if time.monotonic() - self._started < _RESTART_AFTER:
            return
        self._started = time.monotonic()
        self._process = subprocess.Popen(self._command, cwd=ROOT, stdin=subprocess.DEVNULL)

    def begin_end(self) -> None:
        """Ask it to end."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def end(self) -> None:
        """Wait for its end; kill it when that takes too long."""
        if self._process is None:
            return
        try:
            self._process.wait(_JOBS_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
