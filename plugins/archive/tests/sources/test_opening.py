import gzip
import zipfile
from pathlib import Path

import pytest

from app.errors import Invalid
from plugins.archive.sources.limits import BAD_NAME, BOMB, BROKEN, DELETED
from plugins.archive.sources.opening import open_source
from plugins.archive.sources.raw import Raw, Skipped

MAIL = b"From: a@b.fr\r\nSubject: Un\r\n\r\nBonjour.\r\n"
START = b"From a@b.fr Thu Mar 12 10:22:00 2014\n"
LF = MAIL.replace(b"\r\n", b"\n")


def contents(path: Path) -> list[bytes]:
    return [item.content for item in open_source(path) if isinstance(item, Raw)]


def reasons(path: Path) -> list[str]:
    return [item.why for item in open_source(path) if isinstance(item, Skipped)]


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_an_mbox_gives_its_messages_unescaped(tmp_path: Path) -> None:
    body = LF + b"\n>From here\nFrom the start, no date\n"
    path = written(tmp_path / "x", START + body + b"\n" + START + LF)

    assert contents(path) == [body.replace(b">From", b"From"), LF]


def test_a_deleted_message_of_thunderbird_is_skipped(tmp_path: Path) -> None:
    path = written(tmp_path / "x", START + b"X-Mozilla-Status: 0009\n" + LF)

    assert reasons(path) == [DELETED]


def test_a_content_length_that_lands_on_a_start_is_obeyed(tmp_path: Path) -> None:
    body = b"a\n\n" + START + b"b\n"
    head = b"From: a@b.fr\nSubject: x\nContent-Length: %d\n\n" % len(body)
    path = written(tmp_path / "x", START + head + body + b"\n" + START + LF)

    assert contents(path) == [head + body, LF]


def test_a_truncated_gz_gives_what_can_be_read(tmp_path: Path) -> None:
    path = written(tmp_path / "x", gzip.compress(START + LF + b"\n" + START + LF)[:-8])

    assert len(contents(path)) == 2 and reasons(path) == [BROKEN]


@pytest.mark.parametrize("names", [("l_2014-03/1", "l_2014-03/2"), ("l_2014-03/1.eml", "l_2014-03/10.eml")])
def test_an_export_of_sympa_is_recognised(tmp_path: Path, names: tuple[str, ...]) -> None:
    path = zipped(tmp_path / "x", dict.fromkeys(names, MAIL))

    assert open_source(path).kind == "Export of Sympa" and contents(path) == [MAIL, MAIL]


def test_a_truncated_zip_gives_the_members_that_are_whole(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x", {"l_2014-03/1": MAIL, "l_2014-03/2": MAIL})
    path.write_bytes(path.read_bytes()[:-60])

    assert contents(path) == [MAIL, MAIL] and reasons(path)[-1] == BROKEN


def test_a_bomb_and_a_name_that_climbs_are_skipped(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x", {"1.eml": MAIL, "2.eml": MAIL + b"a" * 60_000_000, "../3.eml": MAIL})

    assert contents(path) == [MAIL] and set(reasons(path)) == {BOMB, BAD_NAME}


def test_a_maildir_leaves_out_what_was_trashed(tmp_path: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    written(tmp_path / "cur" / "1:2,S", MAIL)
    written(tmp_path / "cur" / "2:2,ST", MAIL)
    written(tmp_path / "tmp" / "3", MAIL)

    assert contents(tmp_path) == [MAIL]


def test_files_of_pipermail_come_along_and_none_from_outside(tmp_path: Path) -> None:
    (tmp_path / "attachments").mkdir()
    written(tmp_path / "attachments" / "a.pdf", b"PDF")
    written(tmp_path / "secret", b"no")
    note = b"-------------- section suivante --------------\nNom: plan.pdf\nURL: <http://x/attachments/%s>\n"
    path = written(tmp_path / "2014.txt", START + LF + note % b"a.pdf" + note % b"../secret")

    (found,) = open_source(path)

    assert isinstance(found, Raw)
    assert found.files == (("plan.pdf", b"PDF"),)


def test_what_holds_no_mail_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        open_source(written(tmp_path / "x.mbox", b"hello"))
