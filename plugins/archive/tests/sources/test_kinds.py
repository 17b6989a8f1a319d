"""Each kind of source is recognised by what it holds, and gives its mails as they were sent."""

import gzip
import zipfile
from pathlib import Path

import pytest

from plugins.archive.sources.limits import LOCKED, NESTED
from plugins.archive.sources.opening import open_source
from plugins.archive.sources.raw import Raw, Skipped

MAIL = b"From: a@b.fr\r\nSubject: Un\r\n\r\nBonjour.\r\n"
START = b"From a@b.fr Thu Mar 12 10:22:00 2014\n"
LF = MAIL.replace(b"\r\n", b"\n")
NOTE = b"-------------- next part --------------\nA non-text attachment was scrubbed...\n"


def contents(path: Path) -> list[bytes]:
    return [item.content for item in open_source(path) if isinstance(item, Raw)]


def reasons(path: Path) -> list[str]:
    return [item.why for item in open_source(path) if isinstance(item, Skipped)]


def written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_the_tree_of_a_sympa_server_is_read_in_order_without_what_was_removed(tmp_path: Path) -> None:
    for name in ("2014-03/arctxt/10", "2014-03/arctxt/9", "2014-04/arctxt/1", "2014-03/arctxt/deleted/3"):
        written(tmp_path / name, MAIL.replace(b"Un", name.encode()))
    written(tmp_path / "2014-03" / "arctxt" / "index", b"notes")

    assert open_source(tmp_path).kind == "Export of Sympa"
    assert [item.place for item in open_source(tmp_path)] == [
        "2014-03/arctxt/9",
        "2014-03/arctxt/10",
        "2014-04/arctxt/1",
    ]


def test_an_export_of_google_is_recognised(tmp_path: Path) -> None:
    members = {
        "Takeout/archive_browser.html": b"<html>",
        "Takeout/Groups/l/topics.mbox": START + LF + b"\n" + START + LF,
    }
    path = zipped(tmp_path / "x", members)

    assert open_source(path).kind == "Export of Google"
    assert contents(path) == [LF, LF]


def test_a_folder_of_single_mails_is_read(tmp_path: Path) -> None:
    for name in ("2.eml", "10.eml"):
        written(tmp_path / name, MAIL + name.encode())

    assert open_source(tmp_path).kind == "Folder of mails"
    assert contents(tmp_path) == [MAIL + b"2.eml", MAIL + b"10.eml"]


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    written(tmp_path / "box" / "1.eml", MAIL)
    secret = written(tmp_path / "secret.eml", MAIL + b"secret")
    (tmp_path / "box" / "2.eml").symlink_to(secret)

    assert contents(tmp_path / "box") == [MAIL]


def test_an_mbox_with_two_letters_at_the_ends_of_lines_is_split(tmp_path: Path) -> None:
    start = START.replace(b"\n", b"\r\n")
    path = written(tmp_path / "x", start + MAIL + b">From x\r\n\r\n" + start + MAIL)

    assert contents(path) == [MAIL + b"From x\r\n", MAIL]


def test_twice_escaped_lines_lose_one_mark(tmp_path: Path) -> None:
    path = written(tmp_path / "x", START + LF + b">>From x\n>From y\n\n" + START + LF)

    assert contents(path) == [LF + b">From x\nFrom y\n", LF]


def test_a_start_at_once_below_the_headers_and_one_without_blank_line_above(tmp_path: Path) -> None:
    head, _, body = LF.partition(b"\n\n")
    path = written(tmp_path / "x", START + head + b"\n\n" + START + head + b"\n\n" + body + START + b"to the end\n")

    assert contents(path) == [head + b"\n\n", head + b"\n\n" + body + START + b"to the end\n"]


@pytest.mark.parametrize("length", [b"3", b"999999999", b"1048576"])
def test_a_content_length_that_leads_nowhere_is_not_believed(tmp_path: Path, length: bytes) -> None:
    mail = LF.replace(b"Subject", b"Content-Length: " + length + b"\nSubject")
    path = written(tmp_path / "x", START + mail + b"\n" + START + mail)

    assert contents(path) == [mail, mail]


def test_an_mbox_that_ends_too_early_gives_the_beginning_of_its_last_mail(tmp_path: Path) -> None:
    path = written(tmp_path / "x", START + LF + b"\n" + START + LF[:20])

    assert contents(path) == [LF, LF[:20]]


def test_files_of_an_english_pipermail_come_along(tmp_path: Path) -> None:
    written(tmp_path / "attachments" / "20140312" / "a.pdf", b"PDF")
    about = b"Name: plan.pdf\nType: application/pdf\nSize: 3 bytes\nURL: <http://x/attachments/20140312/a.pdf>\n"
    written(tmp_path / "2014-March.txt.gz", gzip.compress(START + LF + NOTE + about))

    (found,) = open_source(tmp_path)

    assert isinstance(found, Raw)
    assert found.files == (("plan.pdf", b"PDF"),)


def test_locked_members_are_said(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x", {"1.eml": MAIL, "2.eml": MAIL})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rindex(mark) + offset] |= 1
    path.write_bytes(data)

    assert (contents(path), reasons(path)) == ([MAIL], [LOCKED])


def test_an_archive_in_an_archive_is_said(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner", {"1.eml": MAIL}).read_bytes()
    path = zipped(tmp_path / "x", {"1.eml": MAIL, "2.zip": inner, "3.mbox.gz": gzip.compress(START + LF)})

    assert (contents(path), reasons(path)) == ([MAIL], [NESTED, NESTED])
