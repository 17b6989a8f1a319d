"""Turns: people who press at the same moment come one after the other, and nobody is sent away."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

_TURN = threading.Lock()


@contextmanager
def taking(engine: Engine) -> Iterator[Connection]:
    """Open a transaction in which places are taken or given.

    The database sees to it that none is given twice (`app/answers/waiting.py`). But many who wait for SQLite ask again
    and again, for seconds, and some give up: those of one process wait here instead.
    """
    with _TURN, engine.begin() as connection:
        yield connection
