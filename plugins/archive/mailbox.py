"""Read what is new in the mailboxes of lists; nothing in them is changed or marked as read."""

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.errors import N_, GareError, Unavailable
from plugins.archive import imap, lists, mailboxes, spool

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList
    from plugins.archive.mailboxes import Mailbox

log = logging.getLogger(__name__)

EVERY = 60  # seconds, where the server does not tell of new mail
IDLE = 20 * 60  # seconds after which IDLE begins anew; servers hang up after 30 minutes
PATIENCE = 86_400  # seconds; mail servers are away for a night now and then
_ODD = N_("%(list)s: its mailbox cannot be read. Try it in the settings of the list.")
_CURES = {
    imap.CLOSED: N_("%(list)s: its mailbox refuses the name or the password. Type them again in its settings."),
    imap.SILENT: N_("%(list)s: its mail server does not answer. Check its name in the settings."),
    imap.UNSAFE: N_("%(list)s: the certificate of its mail server is wrong. Check its name in the settings."),
    imap.NO_FOLDER: N_("%(list)s: its mailbox has no such folder. Check the folder in the settings."),
}
AT_ONCE = 200  # messages, then the time of a round begins again


def read_new(archive: "Archive", list_: "MailList", box: "Mailbox") -> int:
    """Read what is new in a mailbox, once; raises Invalid with a sentence. Gives how many messages it was."""
    with _opened(archive, box) as client:
        return _read(archive, list_, box, client)


def ask(archive: "Archive", list_: "MailList", box: "Mailbox") -> int:
    """Read what is new and write down how it went; raises nothing that is not a fault of the program."""
    try:
        return read_new(archive, list_, box)
    except GareError as error:
        mailboxes.note_error(archive, box, error, int(time.time()))
        return 0


def checkup(archive: "Archive") -> Sequence[tuple[str, Mapping[str, str]]]:
    """Name the lists whose mailbox could not be read for a day, with the cure."""
    titles = {one.id: one.title for one in lists.load(archive.truth)}
    before = time.time() - PATIENCE
    ill = [one for one in mailboxes.load(archive) if one.failing_since is not None and one.failing_since <= before]
    return [(_CURES.get(one.error, _ODD), {"list": titles[one.list_id]}) for one in ill if one.list_id in titles]


def _opened(archive: "Archive", box: "Mailbox"):  # type: ignore[no-untyped-def]
    password = mailboxes.password_of(archive, box.list_id)
    return imap.opened(box.host, box.port, box.security, box.username, password)


def _read(archive: "Archive", list_: "MailList", box: "Mailbox", client: imap.Client) -> int:
    client.begin_round()
    validity = imap.look(client, box.folder)
    # Other numbers than before: all is read again, and what is known is recognised.
    first = box.uid_next if validity == box.uid_validity else 0
    done = 0
    for uid in imap.new_uids(client, first):
        if done % AT_ONCE == 0:
            client.begin_round()
        content = imap.fetch(client, uid)
        if content is not None:
            _keep(archive, list_, content)
            done += 1
        mailboxes.note(archive, box, uid_validity=validity, uid_next=uid + 1)
    now = int(time.time())
    good = {"asked_at": now, "next_at": now + EVERY, **mailboxes.GOOD}
    mailboxes.note(archive, box, uid_validity=validity, **good)
    return done


def _keep(archive: "Archive", list_: "MailList", content: bytes) -> None:
    try:
        path = spool.put(archive, list_, content)
    except OSError as error:
        raise Unavailable(N_("The disk of this site is full. Make room: the mail is fetched later.")) from error
    spool.take(archive, list_, path)


class Watch:
    """Looks after all mailboxes: one thread each, which stays for as long as the server tells of new mail."""

    def __init__(self, archive: "Archive") -> None:
        self._archive = archive
        self._threads: dict[int, threading.Thread] = {}
        self._is_over = threading.Event()

    def run_due(self) -> str | None:
        """Begin to read those that are due, and take in what waits on the disk."""
        boxes = {box.list_id: box for box in mailboxes.load(self._archive)}
        for list_ in lists.load(self._archive.truth):
            spool.take_waiting(self._archive, list_)
            box, thread = boxes.get(list_.id), self._threads.get(list_.id)
            if box and box.next_at <= time.time() and not (thread and thread.is_alive()):
                thread = threading.Thread(target=self._follow, args=(list_, box), daemon=True)
                self._threads[list_.id] = thread
                thread.start()
        return None

    def end(self) -> None:
        """Wait for no more mail."""
        self._is_over.set()
        for thread in self._threads.values():
            thread.join()

    def _follow(self, list_: "MailList", box: "Mailbox") -> None:
        try:
            with _opened(self._archive, box) as client:
                _read(self._archive, list_, box, client)
                while "IDLE" in client.capabilities and (now := self._same(box)):
                    client.wait(IDLE, lambda: self._same(box) is not None)
                    if now := self._same(box):
                        _read(self._archive, list_, now, client)
        except GareError as error:
            mailboxes.note_error(self._archive, box, error, int(time.time()))
        except Exception:  # the border: it is begun anew
            log.exception("the mailbox of %s could not be read", list_.name)
            mailboxes.note_error(self._archive, box, Unavailable(imap.BROKEN), int(time.time()))

    def _same(self, box: "Mailbox") -> "Mailbox | None":
        """Give what is known of a mailbox now; None where another was chosen, or it is over."""
        found = None if self._is_over.is_set() else mailboxes.find(self._archive, box.list_id)
        return replace(found) if found and found.place == box.place else None
