"""A listener for mail servers (LMTP): it says yes once the message stands on the disk, for each list by itself."""

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP

from plugins.archive import lists, spool

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList

log = logging.getLogger(__name__)

YES, UNKNOWN, LATER = "250 kept", "550 no such list here", "451 cannot be kept now, try again later"


def find(archive: "Archive", recipient: str) -> "MailList | None":
    """Find the list that an address means: its own address, or its name before the @."""
    wanted = recipient.strip("<>").casefold()
    known = lists.load(archive.truth)
    own = next((one for one in known if one.address and one.address.casefold() == wanted), None)
    return own or next((one for one in known if one.name == wanted.partition("@")[0]), None)


class Handler:
    """Answers what the mail server says."""

    def __init__(self, archive: "Archive") -> None:
        self._archive = archive

    async def handle_RCPT(  # noqa: N802 - the library finds it by its name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        """Take a recipient that is a list."""
        try:
            list_ = find(self._archive, address)
        except Exception:  # the border: the mail server keeps the message and tries again
            log.exception("a list could not be looked for")
            return LATER
        if list_ is None:
            return UNKNOWN
        envelope.rcpt_tos.append(address)
        return YES

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - as above
        """Keep the message for each of its lists; one answer each."""
        said: dict[str, str] = {}  # a list may be addressed twice, by its address and by its name
        found = [await asyncio.to_thread(self._keep, one, envelope.content, said) for one in envelope.rcpt_tos]
        return "\r\n".join(found)

    def _keep(self, address: str, content: bytes, said: dict[str, str]) -> str:
        try:
            list_ = find(self._archive, address)
        except Exception:  # the border: the mail server keeps the message and tries again
            log.exception("a list could not be looked for")
            return LATER
        if list_ is None:
            return UNKNOWN
        if list_.name not in said:
            said[list_.name] = self._kept(list_, content)
        return said[list_.name]

    def _kept(self, list_: "MailList", content: bytes) -> str:
        try:
            path = spool.put(self._archive, list_, content)
        except Exception:  # the border: as above
            log.exception("a message could not be kept")
            return LATER
        spool.take(self._archive, list_, path)
        return YES


class _Listener(Controller):
    def factory(self) -> LMTP:
        return LMTP(self.handler, data_size_limit=spool.MOST_BYTES, enable_SMTPUTF8=True, ident="Gare Centrale")


def listener(archive: "Archive", host: str, port: int) -> Controller:
    """Make the listener; `start` and `stop` it."""
    return _Listener(Handler(archive), hostname=host, port=port)
