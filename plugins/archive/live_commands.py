"""Commands for mail servers: they hand messages over as they come."""

import logging
import signal
import sys
from typing import TYPE_CHECKING

import click

from app.errors import N_, Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.archive.archive import Archive

log = logging.getLogger(__name__)

AGAIN, UNKNOWN, NO_DATA = 75, 67, 65  # sysexits: EX_TEMPFAIL, EX_NOUSER, EX_DATAERR


def group(archive: "Callable[[], Archive]") -> click.Group:
    """Make the commands that join `gare mail`."""
    mail = click.Group("mail")

    @mail.command("ingest", help="Take in a message that stands on the standard input.")
    @click.argument("name", metavar="LIST")
    def ingest(name: str) -> None:
        sys.exit(_ingest(archive(), name))

    @mail.command("lmtp", help="Listen for messages that a mail server hands over (LMTP).")
    @click.option("--bind", default="127.0.0.1:2424", show_default=True)
    def lmtp(bind: str) -> None:
        _listen(archive(), bind)

    return mail


def _ingest(archive: "Archive", name: str) -> int:
    """Give the exit status: 0 kept or already there, 75 try again, 67 no such list, 65 nothing or too much."""
    from plugins.archive import lists, spool

    try:
        content = sys.stdin.buffer.read(spool.MOST_BYTES + 1)
        list_ = lists.find(archive.truth, name)
        if list_ is None:
            click.echo(f"gare: no such list: {name}", err=True)
            return UNKNOWN
        if not content.strip() or len(content) > spool.MOST_BYTES:
            return NO_DATA
        path = spool.put(archive, list_, content)
    except Exception:  # the border: the mail server keeps the message and tries again
        log.exception("a message could not be kept")
        return AGAIN
    spool.take(archive, list_, path)
    return 0


def _listen(archive: "Archive", bind: str) -> None:
    from plugins.archive import lmtp

    host, _, port = bind.rpartition(":")
    if not port.isdecimal():
        raise Invalid(N_("Type an address and a port, such as 127.0.0.1:2424."))
    found = lmtp.listener(archive, host.strip("[]"), int(port))
    found.start()
    try:
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
    finally:
        found.stop()
