"""What arrives is on the disk first, then in the archive; nothing is lost on the way."""

import io
import smtplib
import socket

import pytest
from sqlalchemy import func, select

from app.errors import Unavailable
from plugins.archive import lmtp, spool
from plugins.archive.archive import Archive
from plugins.archive.lists import MailList
from plugins.archive.live_commands import _ingest
from plugins.archive.rows import messages

MAIL = b"Message-ID: <one@vallee.example>\r\nFrom: a@vallee.example\r\nSubject: Bonjour\r\n\r\nA tous.\r\n"


def count(archive: Archive) -> int:
    with archive.rows.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(messages)).scalar_one())


def test_a_kept_message_is_taken_in_and_waits_no_more(archive: Archive, list_: MailList) -> None:
    path = spool.put(archive, list_, MAIL)

    assert spool.take(archive, list_, path)
    assert (count(archive), spool.waiting(archive, list_)) == (1, [])


def test_what_another_process_left_on_the_disk_is_taken_in(archive: Archive, list_: MailList) -> None:
    spool.put(archive, list_, MAIL)

    assert spool.take_waiting(archive, list_) == 1
    assert count(archive) == 1


def test_what_fails_stays_with_its_reason_and_is_tried_again(
    archive: Archive, list_: MailList, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = spool.put(archive, list_, MAIL)
    with monkeypatch.context() as patch:
        patch.setattr(spool, "live", lambda *_, **__: (_ for _ in ()).throw(Unavailable("Busy.")))
        assert not spool.take(archive, list_, path)
    [kept] = spool.waiting(archive, list_)
    monkeypatch.setattr(spool, "PAUSE", 0)

    assert kept.fault == "Busy."
    assert spool.take_waiting(archive, list_) == 1
    assert not list(spool.folder(archive, list_).iterdir())


def _typed(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))


@pytest.mark.parametrize(("name", "content", "status"), [("vallee", MAIL, 0), ("other", MAIL, 67), ("vallee", b"", 65)])
def test_the_pipe_says_what_became_of_a_message(
    archive: Archive, list_: MailList, monkeypatch: pytest.MonkeyPatch,
    name: str, content: bytes, status: int,
) -> None:  # fmt: skip
    _typed(monkeypatch, content)

    assert _ingest(archive, name) == status
    assert list_.name == "vallee"


def test_the_pipe_asks_to_try_again_where_the_disk_refuses(
    archive: Archive, list_: MailList, monkeypatch: pytest.MonkeyPatch
) -> None:
    _typed(monkeypatch, MAIL)
    (archive.folder).mkdir(exist_ok=True)
    (archive.folder / "spool").write_text("no folder")

    assert _ingest(archive, list_.name) == 75


def test_lmtp_takes_mail_for_lists_and_refuses_other_addresses(archive: Archive, list_: MailList) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    listener = lmtp.listener(archive, "127.0.0.1", port)
    listener.start()
    try:
        with smtplib.LMTP("127.0.0.1", port) as client:
            refused = client.sendmail("a@b.example", ["liste@vallee.example", "nobody@vallee.example"], MAIL)
    finally:
        listener.stop()

    assert list(refused) == ["nobody@vallee.example"]
    assert (count(archive), list_.name) == (1, "vallee")


def test_lmtp_asks_to_try_again_where_the_disk_refuses(archive: Archive, list_: MailList) -> None:
    archive.folder.mkdir(exist_ok=True)
    (archive.folder / "spool").write_text("no folder")

    assert lmtp.Handler(archive)._keep("liste@vallee.example", MAIL, {}).startswith("451")
    assert (count(archive), list_.name) == (0, "vallee")


def test_a_message_that_takes_its_readers_with_it_is_set_aside(
    archive: Archive, list_: MailList, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool.put(archive, list_, MAIL)
    with monkeypatch.context() as patch:
        patch.setattr(spool, "live", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        patch.setattr(type(spool.folder(archive, list_)), "unlink", lambda *_, **__: None)  # the process is gone
        for _ in range(spool.MOST_DEATHS):
            with pytest.raises(KeyboardInterrupt):
                spool.take_waiting(archive, list_)

    assert spool.take_waiting(archive, list_) == 0
    assert (spool.waiting(archive, list_), [one.fault for one in spool.aside(archive, list_)]) == ([], [spool.KILLS])


def test_a_list_that_is_addressed_twice_takes_a_message_once(archive: Archive, list_: MailList) -> None:
    handler, said = lmtp.Handler(archive), dict[str, str]()

    answers = [handler._keep(one, MAIL, said) for one in ("vallee@here.example", "<VALLEE@there.example>")]
    assert (answers, len(said), count(archive)) == ([lmtp.YES, lmtp.YES], 1, 1)
