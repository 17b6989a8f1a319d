"""However large or broken a source is: it ends, in little memory, and what can be read of it is given."""

import struct
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from app.errors import Invalid
from plugins.archive.sources.limits import BAD_NAME, BROKEN, MOST_MESSAGE, TOO_LONG, TOO_MANY
from plugins.archive.sources.opening import open_source
from plugins.archive.sources.raw import Raw, Skipped

MAIL = b"From: a@b.fr\nSubject: Un\n\nBonjour.\n"
START = b"From a@b.fr Thu Mar 12 10:22:00 2014\n"
_WEIGH = """
import sys
from pathlib import Path
from plugins.archive.sources.opening import open_source

def peak():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))

before = peak()
count = sum(1 for _ in open_source(Path(sys.argv[1])))
print(count, peak() - before)
"""
_ROOT = Path(__file__).parents[4]
_LINE = b"x" * 75 + b"\n"


def contents(path: Path) -> list[bytes]:
    return [item.content for item in open_source(path) if isinstance(item, Raw)]


def reasons(path: Path) -> list[str]:
    return [item.why for item in open_source(path) if isinstance(item, Skipped)]


def test_a_message_over_75_mb_is_left_out_and_the_next_one_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x"
    with path.open("wb") as file:
        file.write(START + MAIL)
        file.writelines([_LINE * 10_000] * (MOST_MESSAGE // len(_LINE) // 10_000 + 1))
        file.write(b"\n" + START + MAIL)

    assert contents(path) == [MAIL]
    assert reasons(path) == [TOO_LONG]


def test_an_mbox_of_200_mb_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "x"
    body = _LINE * 2_600  # 200 kB
    with path.open("wb") as file:
        file.writelines([START + MAIL + body + b"\n"] * 1_000)

    done = subprocess.run([sys.executable, "-c", _WEIGH, str(path)], cwd=_ROOT, capture_output=True, check=True)
    count, grown = map(int, done.stdout.split())

    assert count == 1_000
    assert grown < 20_000  # kB


def test_lengths_that_are_all_wrong_cost_no_more_than_the_file_is_long(tmp_path: Path) -> None:
    mail = MAIL.replace(b"Subject", b"Content-Length: 1000000\nSubject")
    path = tmp_path / "x"
    path.write_bytes((START + mail + b"\n") * 60_000)

    start = time.process_time()
    count = sum(1 for _ in open_source(path))

    assert count == 60_000
    assert time.process_time() - start < 8


def test_an_archive_that_is_cut_inside_a_member_gives_what_there_is_of_it(tmp_path: Path) -> None:
    path = tmp_path / "x"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("l_2014-03/1", MAIL)
        archive.writestr("l_2014-03/2", MAIL + _LINE * 10)
    data = path.read_bytes()
    path.write_bytes(data[: data.index(_LINE) + 5])

    assert contents(path) == [MAIL, MAIL + _LINE[:5]]
    assert set(reasons(path)) == {BROKEN}


def test_a_name_with_a_nul_is_refused_and_shown_without_it(tmp_path: Path) -> None:
    path = tmp_path / "x"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("1.eml", MAIL)
        archive.writestr("2?.eml", MAIL)
    path.write_bytes(path.read_bytes().replace(b"2?.eml", b"2\0.eml"))

    assert contents(path) == [MAIL]
    assert [item for item in open_source(path) if isinstance(item, Skipped)] == [Skipped("2.eml", BAD_NAME)]


def write_many(path: Path, count: int) -> None:
    """Write an archive of many mails, faster than zipfile does."""
    crc, size, at, list_ = zlib.crc32(MAIL), len(MAIL), 0, list[bytes]()
    with path.open("wb") as file:
        for number in range(count):
            name = b"l_2014-03/%06d" % number
            file.write(struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, crc, size, size, 16, 0) + name + MAIL)
            fields = (b"PK\1\2", 20, 20, 0, 0, 0, 33, crc, size, size, 16, 0, 0, 0, 0, 0, at)
            list_.append(struct.pack("<4s6H3L5H2L", *fields) + name)
            at += 46 + size
        end = (b"PK\5\6", 0, 0, count & 0xFFFF, count & 0xFFFF, len(list_) * 62, at, 0)
        file.write(b"".join(list_) + struct.pack("<4s4H2LH", *end))


def test_an_archive_of_300_000_files_is_refused_at_once(tmp_path: Path) -> None:
    write_many(tmp_path / "x", 300_000)

    start = time.process_time()
    with pytest.raises(Invalid) as caught:
        open_source(tmp_path / "x")

    assert caught.value.msgid == TOO_MANY
    assert time.process_time() - start < 1


def test_many_files_are_read_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x", "w") as archive:
        for name in ("l_2014-03/10", "l_2014-03/9", "l_2014-03/100", "l_2013-12/11", "l_2014-03/a"):
            archive.writestr(name, MAIL)

    places = [item.place for item in open_source(tmp_path / "x")]

    assert places == ["l_2013-12/11", "l_2014-03/9", "l_2014-03/10", "l_2014-03/100", "l_2014-03/a"]
