"""A mailbox is read from a real Dovecot, which nothing is changed in; odd servers do no harm."""

import os
import pwd
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import Invalid
from plugins.archive import imap, lists, mailbox, mailboxes
from plugins.archive.archive import Archive
from plugins.archive.lists import MailList
from plugins.archive.mailboxes import Mailbox
from plugins.archive.tests.live.test_arriving import MAIL, count

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
SETTINGS = """
protocols = imap
listen = 127.0.0.1
base_dir = {base}/run
log_path = {base}/log
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_location = maildir:{base}/Maildir
first_valid_uid = 0
first_valid_gid = 0
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={base}
}}
"""


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def dovecot(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """Start a Dovecot with one mailbox; gives its port and the folder where new mail is put."""
    if DOVECOT is None:
        pytest.skip("Dovecot is not installed (apt install dovecot-imapd)")
    import grp
    import tempfile

    user = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    with tempfile.TemporaryDirectory(prefix="gare-dc-") as name:  # short: sockets stand below
        base, port = Path(name), _free_port()
        for part in ("cur", "new", "tmp"):
            (base / "Maildir" / part).mkdir(parents=True)
        for path in (base, *base.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid)
        names = {"user": user.pw_name, "group": grp.getgrgid(user.pw_gid).gr_name}
        text = SETTINGS.format(base=base, port=port, uid=user.pw_uid, gid=user.pw_gid, **names)
        (base / "conf").write_text(text)
        process = subprocess.Popen([DOVECOT, "-F", "-c", str(base / "conf")])
        try:
            _until(lambda: socket.socket().connect_ex(("127.0.0.1", port)) == 0, process)
            yield port, base / "Maildir" / "new"
        finally:
            process.terminate()
            process.wait()


def _until(is_so, process=None) -> None:  # type: ignore[no-untyped-def]
    for _ in range(600):
        if is_so():
            return
        assert process is None or process.poll() is None
        time.sleep(0.05)
    raise AssertionError("it never came")


def _box(archive: Archive, list_: MailList, port: int) -> Mailbox:
    wish = Mailbox(list_.id, "127.0.0.1", port, "none", "liste")
    mailboxes.keep(archive, wish, "secret")
    found = mailboxes.find(archive, list_.id)
    assert found
    return found


def _found(archive: Archive, list_: MailList) -> Mailbox:
    found = mailboxes.find(archive, list_.id)
    assert found
    return found


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_new_mail_is_read_once_and_left_unread(
    archive: Archive,
    list_: MailList,
    dovecot: tuple[int, Path],
) -> None:
    port, new = dovecot
    (new / "1.a.host").write_bytes(MAIL)
    box = _box(archive, list_, port)

    assert mailbox.read_new(archive, list_, box) == 1
    assert mailbox.read_new(archive, list_, _found(archive, list_)) == 0
    assert count(archive) == 1
    assert not [one for one in new.parent.glob("*/*") if "S" in one.name.partition(":2,")[2]]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_mailbox_with_new_numbers_is_read_again_without_doubles(
    archive: Archive,
    list_: MailList,
    dovecot: tuple[int, Path],
) -> None:
    port, new = dovecot
    (new / "1.a.host").write_bytes(MAIL)
    mailbox.read_new(archive, list_, _box(archive, list_, port))
    mailboxes.note(archive, _found(archive, list_), uid_validity=1)

    assert mailbox.read_new(archive, list_, _found(archive, list_)) == 1
    assert count(archive) == 1


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_mail_that_comes_while_it_is_waited_for_is_read(
    archive: Archive,
    list_: MailList,
    dovecot: tuple[int, Path],
) -> None:
    port, new = dovecot
    _box(archive, list_, port)
    watch = mailbox.Watch(archive)
    watch.run_due()
    try:
        _until(lambda: _found(archive, list_).asked_at)
        (new / "1.a.host").write_bytes(MAIL)

        _until(lambda: count(archive) == 1)
    finally:
        watch.end()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_wrong_password_is_said(
    archive: Archive,
    list_: MailList,
    dovecot: tuple[int, Path],
) -> None:
    box = _box(archive, list_, dovecot[0])
    mailboxes.keep(archive, box, "wrong")

    mailbox.ask(archive, list_, box)

    assert _found(archive, list_).error == imap.CLOSED


def _later(archive: Archive, monkeypatch: pytest.MonkeyPatch, hours: int) -> list[str]:
    """Give what the check-up says some hours from now."""
    now = time.time()
    with monkeypatch.context() as patch:
        patch.setattr(mailbox.time, "time", lambda: now + 3600 * hours)
        return [msgid % values for msgid, values in mailbox.checkup(archive)]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_password_that_is_refused_for_a_day_stands_in_the_check_up(
    archive: Archive,
    list_: MailList,
    dovecot: tuple[int, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mailboxes.keep(archive, _box(archive, list_, dovecot[0]), "wrong")
    mailbox.ask(archive, list_, _found(archive, list_))
    mailbox.ask(archive, list_, _found(archive, list_))

    assert _later(archive, monkeypatch, 23) == []
    assert _later(archive, monkeypatch, 25) == [
        "Vallée: its mailbox refuses the name or the password. Type them again in its settings."
    ]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_mailbox_that_was_read_since_is_not_in_the_check_up(
    archive: Archive,
    list_: MailList,
    dovecot: tuple[int, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = _box(archive, list_, dovecot[0])
    mailboxes.note_error(archive, before, Invalid(imap.SILENT), 1)
    was_ill = _later(archive, monkeypatch, 0)
    stale = _found(archive, list_)
    mailbox.ask(archive, list_, stale)
    mailboxes.note_error(archive, stale, Invalid(imap.SILENT), int(time.time()))  # in a thread that began long ago

    assert was_ill == ["Vallée: its mail server does not answer. Check its name in the settings."]
    assert _later(archive, monkeypatch, 0) == []


def test_a_mail_server_that_is_away_for_a_day_stands_in_the_check_up(
    archive: Archive, list_: MailList, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.ask(archive, list_, _box(archive, list_, _free_port()))

    assert _later(archive, monkeypatch, 23) == []
    assert "does not answer" in _later(archive, monkeypatch, 25)[0]


def test_the_password_is_for_its_owner_only(archive: Archive, list_: MailList) -> None:
    _box(archive, list_, 143)

    assert (archive.folder / "passwords" / str(list_.id)).stat().st_mode & 0o777 == 0o600


HELLO = b"* OK [CAPABILITY IMAP4rev1] hi\r\n"


@pytest.fixture
def odd_server(request: pytest.FixtureRequest) -> Iterator[int]:
    """Listen, say to each command what the test wants, `{tag}` being its tag; then hang up."""
    server = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve() -> None:
        one, _ = server.accept()
        with one:
            one.sendall(request.param[0])
            for answer in request.param[1:]:
                tag = one.recv(10_000).split(b" ")[0]
                one.sendall(answer.replace(b"{tag}", tag))
            if not request.param[0]:
                stop.wait(20)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield int(server.getsockname()[1])
    stop.set()
    thread.join()
    server.close()


OK = b"{tag} OK done\r\n"
SELECTED = b"* OK [UIDVALIDITY 7] so\r\n" + OK
UIDS = b"* SEARCH 1 x 99999999999999 -4\r\n" + OK


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize(
    ("odd_server", "said"),
    [
        ([b""], imap.BROKEN),
        ([HELLO], imap.BROKEN),
        ([HELLO, OK, SELECTED, UIDS, OK, b"* 1 FETCH (UID 1 BODY[] {1000000000}\r\nabc"], imap.BROKEN),
        ([HELLO, OK, SELECTED, UIDS, OK, b"* 1 FETCH (UID 1 BODY[] {100}\r\nabc"], imap.BROKEN),
    ],
    indirect=["odd_server"],
    ids=["never answers", "hangs up", "a literal of 1 GB", "hangs up in a message"],
)
def test_an_odd_server_ends_in_a_sentence(
    archive: Archive,
    list_: MailList,
    odd_server: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(imap, "SECONDS", 0.3)

    with pytest.raises(Invalid) as caught:
        mailbox.read_new(archive, list_, _box(archive, list_, odd_server))

    assert caught.value.msgid in (said, imap.SILENT)
    assert (lists.load(archive.truth), count(archive)) == ([list_], 0)
