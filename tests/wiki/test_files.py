"""Pointers and the store of attachments."""

import hashlib
import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Invalid, StorageFull
from app.wiki.files import FileStore, Pointer, content_type, is_inline

OID = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393"
PROJECT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files", cache=tmp_path / "thumbnails")


def list_files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def git_blob_id(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def test_a_pointer_has_the_bytes_of_the_specifications_example():
    blob = git_blob_id(Pointer(OID, 12345).to_bytes())

    assert blob == "60c8d8ab2adcf57a391163a7eeb0cdb8bf348e44"


@given(st.binary(min_size=1), st.integers(min_value=1, max_value=10**18))
def test_a_pointer_is_read_as_it_was_written(content: bytes, size: int):
    pointer = Pointer(hashlib.sha256(content).hexdigest(), size)

    assert Pointer.parse(pointer.to_bytes()) == pointer


def test_an_empty_file_is_its_own_pointer():
    pointer = Pointer.parse(b"")

    assert pointer == Pointer(hashlib.sha256(b"").hexdigest(), 0)
    assert pointer.to_bytes() == b""


@pytest.mark.parametrize(
    "change",
    [
        (b"\n", b"\r\n"),
        (b"size 12345\n", b"size 12345"),
        (b"size 12345\n", b"size 012345\n"),
        (b"size 12345\n", b"size -1\n"),
        (b"sha256:4d", b"sha256:4D"),
        (b"sha256:", b"sha1:"),
        (b"spec/v1", b"spec/v2"),
        (b"oid ", b"ext-0-foo sha256:" + OID.encode() + b"\noid "),
        (b"size 12345\n", b"size 12345\n\n"),
        (b"version", b"\xef\xbb\xbfversion"),
    ],
)
def test_what_is_not_exactly_a_pointer_is_none(change: tuple[bytes, bytes]):
    content = Pointer(OID, 12345).to_bytes().replace(*change)

    assert Pointer.parse(content) is None


@given(st.binary(max_size=2000))
def test_any_bytes_can_be_asked_whether_they_are_a_pointer(content: bytes):
    pointer = Pointer.parse(content)

    assert pointer is None or pointer.to_bytes() == content


def test_a_file_stands_where_git_lfs_looks_for_it(store: FileStore, tmp_path: Path):
    pointer = store.put(b"plan of the garden")

    assert list_files(tmp_path / "files") == [f"{pointer.oid[:2]}/{pointer.oid[2:4]}/{pointer.oid}"]
    assert store.path(pointer.oid).read_bytes() == b"plan of the garden"
    assert pointer == Pointer(hashlib.sha256(b"plan of the garden").hexdigest(), 18)


def test_a_stream_is_stored_like_bytes(store: FileStore):
    content = os.urandom(2_500_000)

    assert store.put(io.BytesIO(content)) == store.put(content)


def test_the_same_content_is_kept_once(store: FileStore, tmp_path: Path):
    store.put(b"twice")
    store.put(b"twice")

    assert len(list_files(tmp_path / "files")) == 1


def test_sending_a_file_again_heals_a_damaged_copy(store: FileStore):
    oid = store.put(b"sound").oid
    store.path(oid).write_bytes(b"rotten")
    was_sound = store.is_sound(oid)

    store.put(b"sound")

    assert (was_sound, store.is_sound(oid)) == (False, True)


def test_the_store_lists_what_it_holds(store: FileStore):
    oids = {store.put(content).oid for content in (b"a", b"b", b"c")}

    assert list(store.list_oids()) == sorted(oids)


def test_an_empty_store_holds_nothing(store: FileStore):
    assert not store.has(OID)
    assert list(store.list_oids()) == []


def test_a_removed_file_is_gone(store: FileStore, tmp_path: Path):
    oid = store.put(b"a face").oid
    store.remove(oid)
    store.remove(oid)

    assert not store.has(oid)
    assert list_files(tmp_path) == []


@pytest.mark.parametrize("oid", ["", "..", "../../etc/passwd", OID.upper(), OID + "\n", OID[:63], f"{OID[:63]}/"])
def test_only_64_hex_digits_name_a_file(store: FileStore, oid: str):
    with pytest.raises(Invalid):
        store.path(oid)


def test_bytes_and_folders_are_synced_before_the_pointer_is_given(store: FileStore, monkeypatch: pytest.MonkeyPatch):
    synced = []
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)

    path = store.path(store.put(b"durable").oid)

    assert synced[0].parent.name == "tmp"
    assert synced[1:] == [path.parent, path.parent.parent, path.parent.parent.parent]


def test_a_stream_that_breaks_leaves_nothing_behind(store: FileStore, tmp_path: Path):
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise ConnectionError
            return super().read(min(size or 0, 10))

    with pytest.raises(ConnectionError):
        store.put(Broken(b"half of it never comes"))

    assert list_files(tmp_path) == []


def run_python(code: str, folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-c", code, str(folder)]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=30, check=False)


FILL = """
import os, sys
from pathlib import Path
from app.errors import StorageFull
from app.wiki.files import FileStore
folder = Path(sys.argv[1])
store = FileStore(folder / "files", cache=folder / "cache")
small = store.put(b"small")
try:
    store.put(os.urandom(3_000_000))
except StorageFull as error:
    print(error)
print(sum(path.is_file() for path in folder.rglob("*")), store.is_sound(small.oid), store.put(b"afterwards").size)
"""


def test_a_full_disk_is_said_and_leaves_nothing_behind(tmp_path: Path):
    mount = f'mount -t tmpfs -o size=1m none "{tmp_path}" && exec "$0" "$@"'
    done = run_python(FILL, tmp_path, "unshare", "-Urm", "sh", "-c", mount)
    if done.returncode and "Traceback" not in done.stderr:
        pytest.skip(f"no small disk can be made here: {done.stderr.strip()}")

    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "The disk of this site is full. Nothing was changed. Tell an administrator.",
        "1 True 10",
    ]


def test_a_limit_on_file_sizes_is_said_like_a_full_disk(tmp_path: Path):
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))\n"
    done = run_python(limit + FILL, tmp_path)

    assert done.stdout.splitlines()[-1] == "1 True 10"
    assert "disk of this site is full" in done.stdout


def test_a_killed_writer_leaves_no_half_file_and_its_draft_is_swept(store: FileStore, tmp_path: Path):
    code = """
import os, signal, sys
from pathlib import Path
from app.wiki.files import FileStore
class Stream:
    def read(self, size):
        if self.count:
            os.kill(os.getpid(), signal.SIGKILL)
        self.count = 1
        return b"half"
    count = 0
FileStore(Path(sys.argv[1]) / "files", cache=Path(sys.argv[1])).put(Stream())
"""
    run_python(code, tmp_path)
    (draft,) = (tmp_path / "files" / "tmp").iterdir()
    yesterday = time.time() - 90_000
    os.utime(draft, (yesterday, yesterday))
    oid = store.put(b"whole").oid

    assert list(store.list_oids()) == [oid]
    assert not draft.exists()


def test_only_pictures_are_shown_in_the_page():
    names = ("a.jpg", "a.PNG", "a.gif", "a.webp", "a.pdf", "a.svg", "a.html", "a.txt", "a")

    assert [name for name in names if is_inline(name)] == ["a.jpg", "a.PNG", "a.gif", "a.webp"]


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("plan.jpg", "image/jpeg"),
        ("compte-rendu.odt", "application/vnd.oasis.opendocument.text"),
        ("page.html", "application/octet-stream"),
        ("drawing.svg", "application/octet-stream"),
        ("no-ending", "application/octet-stream"),
    ],
)
def test_a_file_is_served_with_the_type_of_its_name(name: str, media_type: str):
    assert content_type(name) == media_type


def test_a_full_disk_is_an_error_with_its_own_status():
    assert StorageFull("full").status == 507
