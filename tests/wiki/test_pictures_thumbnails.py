"""Thumbnails of the file store."""

import io
from pathlib import Path

import pytest
from PIL import Image

from app.errors import Invalid, OverBudget
from app.wiki import files
from app.wiki.files import WIDTHS, FileStore


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files", cache=tmp_path / "cache")


def photo(width: int, height: int, kind: str = "JPEG", mode: str = "RGB") -> bytes:
    stream = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert(mode).save(stream, kind)
    return stream.getvalue()


def size_of(path: Path | None) -> tuple[int, int]:
    assert path is not None
    with Image.open(path) as image:
        image.load()
        return image.size


@pytest.mark.parametrize("width", WIDTHS)
def test_a_photo_has_a_thumbnail_of_each_width(store: FileStore, width: int):
    oid = store.put(photo(2000, 1000)).oid

    assert size_of(store.thumbnail(oid, width)) == (width, width // 2)


def test_an_upright_photo_has_a_thumbnail_of_full_width(store: FileStore):
    oid = store.put(photo(1500, 2000)).oid

    assert size_of(store.thumbnail(oid, 320)) == (320, 427)


def test_a_thumbnail_is_drawn_once(store: FileStore):
    oid = store.put(photo(1000, 500)).oid
    first = store.thumbnail(oid, 320)
    drawn_at = first.stat().st_mtime_ns

    assert store.thumbnail(oid, 320) == first
    assert first.stat().st_mtime_ns == drawn_at


def test_a_lost_thumbnail_is_drawn_again(store: FileStore):
    oid = store.put(photo(1000, 500)).oid
    store.thumbnail(oid, 320).write_bytes(b"")

    assert size_of(store.thumbnail(oid, 320)) == (320, 160)


def test_a_narrow_picture_serves_itself(store: FileStore):
    oid = store.put(photo(300, 200)).oid

    assert store.thumbnail(oid, 320) is None


def test_a_transparent_picture_has_a_transparent_thumbnail(store: FileStore):
    oid = store.put(photo(1000, 500, "PNG", "RGBA")).oid

    assert store.thumbnail(oid, 320).suffix == ".png"


def test_a_document_has_no_thumbnail_and_is_asked_only_once(store: FileStore, monkeypatch: pytest.MonkeyPatch):
    oid = store.put(b"%PDF-1.7 no picture").oid
    first = store.thumbnail(oid, 320)
    monkeypatch.setattr(files, "draw_thumbnail", None)

    assert (first, store.thumbnail(oid, 320)) == (None, None)


def test_a_hostile_picture_costs_its_budget_only_once(store: FileStore, monkeypatch: pytest.MonkeyPatch):
    asked = []

    def draw_thumbnail(*arguments: Path) -> None:
        _, result, width = arguments
        asked.append(width)
        result.write_bytes(b"half")
        raise OverBudget("This took too long, so it was stopped.")

    monkeypatch.setattr(files, "draw_thumbnail", draw_thumbnail)
    oid = store.put(photo(1000, 500)).oid

    assert [store.thumbnail(oid, 320), store.thumbnail(oid, 320)] == [None, None]
    assert asked == [320]


def test_a_missing_file_has_no_thumbnail_but_may_get_one_later(store: FileStore):
    content = photo(1000, 500)
    oid = files.hashlib.sha256(content).hexdigest()
    missing = store.thumbnail(oid, 320)
    store.put(content)

    assert missing is None
    assert store.thumbnail(oid, 320) is not None


def test_only_known_widths_are_drawn(store: FileStore):
    oid = store.put(photo(1000, 500)).oid

    with pytest.raises(Invalid):
        store.thumbnail(oid, 321)


def test_removing_a_file_removes_its_thumbnails(store: FileStore, tmp_path: Path):
    oid = store.put(photo(1000, 500)).oid
    store.thumbnail(oid, 320)
    store.remove(oid)

    assert not [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]


def test_a_thumbnail_leaves_no_drafts(store: FileStore, tmp_path: Path):
    store.thumbnail(store.put(photo(1000, 500)).oid, 320)
    store.thumbnail(store.put(b"text").oid, 320)

    assert sorted(path.suffix for path in (tmp_path / "cache").rglob("*") if path.is_file()) == [".jpg", ".none"]
