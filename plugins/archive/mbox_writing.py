"""Messages as one file that other programs read."""

import re
import time
from collections.abc import Iterable, Iterator

# RFC 4155 leaves open how a body is kept apart from the next message; here as mboxrd does it, which can be undone.
_FROM = re.compile(rb"^(>*From )", re.MULTILINE)


def write(messages: Iterable[tuple[int, bytes]]) -> Iterator[bytes]:
    """Write messages, each with the second at which it arrived, as mboxrd: one piece a message."""
    for arrived_at, raw in messages:
        head = f"From MAILER-DAEMON {time.asctime(time.gmtime(max(arrived_at, 0)))}\n".encode()
        yield head + _FROM.sub(rb">\1", raw) + (b"\n" if raw.endswith(b"\n") else b"\n\n")
