"""What the tests of the plain parts share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.wiki.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give an empty repository, whose writers lose patience sooner than in life."""
    store = Store(tmp_path / "content.git", lock_seconds=5.0, stale_seconds=0.3)
    store.create()
    yield store
    store.close()
