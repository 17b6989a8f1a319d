"""A guarded client of IMAP: it reads and changes nothing, for so long and so much, whatever the server does."""

import imaplib
import re
import select
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from app.errors import N_, Invalid
from plugins.archive.spool import MOST_BYTES

SECONDS = 20.0  # for each answer
ROUND = 300.0  # for all that is asked in a row
MOST_LINE = 1_000_000
MOST_ANSWER = MOST_BYTES + 1_000_000  # bytes of all that is answered to one command
SILENT = N_("The mail server does not answer. Check its name and the port.")
UNSAFE = N_("The certificate of the mail server is not right. Check its name.")
CLOSED = N_("The name or the password was refused. Type them again.")
NO_FOLDER = N_("There is no such folder in this mailbox. Check its name.")
BROKEN = N_("The mail server answered oddly. It is asked again later.")

context: Callable[[], ssl.SSLContext] = ssl.create_default_context
_LITERAL = re.compile(rb"\{(\d+)\}\r?\n\Z")
_SIZE, _UID = re.compile(rb"RFC822\.SIZE (\d+)"), re.compile(rb"UID (\d+)")


class Client(imaplib.IMAP4):
    """Reads by itself from the socket: each answer has a limit of time and of size."""

    def __init__(self, host: str, port: int, security: str) -> None:
        self._came, self._is_tls, self._left = bytearray(), security == "tls", MOST_ANSWER
        self._end = time.monotonic() + ROUND
        super().__init__(host, port, timeout=SECONDS)
        if security == "starttls":
            self.starttls(context())
            self._came.clear()  # nothing that was said before it was safe

    def _create_socket(self, timeout: float | None) -> Any:
        plain = socket.create_connection((self.host, self.port), timeout)
        return context().wrap_socket(plain, server_hostname=self.host) if self._is_tls else plain

    def _new_tag(self) -> bytes:
        """Begin a command: what is answered to it has a limit, in however many pieces."""
        self._left = MOST_ANSWER
        return super()._new_tag()  # type: ignore[misc, no-any-return]

    def begin_round(self) -> None:
        """Give what follows its time."""
        self._end = time.monotonic() + ROUND

    def read(self, size: int) -> bytes:
        """Read so many bytes, if they are not too many."""
        if size > MOST_BYTES:
            raise self.abort("too large")
        while len(self._came) < size:
            self._more()
        return self._cut(size)

    def readline(self) -> bytes:
        """Read a line, if it is not too long and announces nothing too large."""
        seen = 0
        while (end := self._came.find(b"\n", seen)) < 0:
            seen = len(self._came)
            if seen > MOST_LINE:
                raise self.abort("line too long")
            self._more()
        line = self._cut(end + 1)
        if (said := _LITERAL.search(line)) and (len(said[1]) > 12 or int(said[1]) > MOST_BYTES):
            raise self.abort("too large")
        return line

    def _more(self) -> None:
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.abort("too slow")
        self.sock.settimeout(min(SECONDS, left))
        if not (data := self.sock.recv(65_536)):
            raise self.abort("hung up")
        self._left -= len(data)
        if self._left < 0:
            raise self.abort("too much")
        self._came += data

    def _cut(self, size: int) -> bytes:
        data = bytes(self._came[:size])
        del self._came[:size]
        return data

    def _is_coming(self, seconds: float) -> bool:
        if b"\n" in self._came or (isinstance(self.sock, ssl.SSLSocket) and self.sock.pending()):
            return True
        return bool(select.select([self.sock], [], [], seconds)[0])

    def wait(self, seconds: float, goes_on: Callable[[], bool]) -> bool:
        """Wait for new mail (IDLE); tells whether some came. It ends early once `goes_on` says no."""
        self.begin_round()
        tag = self._new_tag()  # type: ignore[attr-defined]
        self.send(tag + b" IDLE\r\n")
        if not self.readline().startswith(b"+"):
            raise self.abort("no IDLE")
        end, has_come = time.monotonic() + seconds, False
        while not has_come and time.monotonic() < end and goes_on():
            if self._is_coming(1.0):
                self.begin_round()
                has_come = b"EXISTS" in self.readline().upper()
        self.begin_round()
        self.send(b"DONE\r\n")
        while not self.readline().startswith(tag):
            pass
        return has_come


@contextmanager
def opened(host: str, port: int, security: str, user: str, password: str) -> Iterator[Client]:
    """Open a mailbox; all that goes wrong, until it is closed, becomes Invalid with a sentence."""
    with _saying(SILENT):
        client = Client(host, port, security)
    try:
        with _saying(CLOSED):
            client.login(user, password)
        with _saying(BROKEN):
            yield client
    finally:
        with suppress(OSError):
            client.shutdown()


@contextmanager
def _saying(refused: str) -> Iterator[None]:
    try:
        yield
    except ssl.SSLError as error:
        raise Invalid(UNSAFE) from error
    except imaplib.IMAP4.abort as error:
        raise Invalid(BROKEN) from error
    except OSError as error:
        raise Invalid(SILENT) from error
    except (imaplib.IMAP4.error, ValueError, TypeError, IndexError, AssertionError) as error:
        raise Invalid(refused) from error


def look(client: Client, folder: str) -> int:
    """Open a folder for reading only, and give its UIDVALIDITY."""
    quoted = '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if client.select(quoted, readonly=True)[0] != "OK":
        raise Invalid(NO_FOLDER)
    said = client.response("UIDVALIDITY")[1]
    return int(said[0]) if said and said[0] and len(said[0]) < 11 else 0


def new_uids(client: Client, first: int) -> list[int]:
    """List the messages from a UID on; `n:*` names the last one even where it is older."""
    found = client.uid("SEARCH", "UID", f"{max(1, first)}:*")[1]
    words = b" ".join(one for one in found if isinstance(one, bytes)).split()
    uids = {int(word) for word in words if word.isdigit() and len(word) < 11}
    return sorted(uid for uid in uids if first <= uid < 2**32 and uid)


def _answered(answer: Any) -> Any:
    """Give what was answered, if it was: a server that is busy says NO, and is asked again later."""
    if answer[0] != "OK":
        raise imaplib.IMAP4.abort("refused")
    return answer[1]


def fetch(client: Client, uid: int) -> bytes | None:
    """Give a message as it is and leave it unread; of one that is too large, what stands above its text."""
    what = "BODY.PEEK[]"
    sizes = _answered(client.uid("FETCH", str(uid), "(RFC822.SIZE)"))
    said = _SIZE.search(b" ".join(one for one in sizes if isinstance(one, bytes)))
    if said and int(said[1]) > MOST_BYTES:
        what = "BODY.PEEK[HEADER]"
    for one in _answered(client.uid("FETCH", str(uid), f"(UID {what})")):
        named = _UID.search(one[0]) if isinstance(one, tuple) else None
        if isinstance(one, tuple) and (named is None or int(named[1]) == uid):
            return bytes(one[1])
    return None
