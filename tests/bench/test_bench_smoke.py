"""Every measurement of the bench yields numbers; what they are is not judged here."""

import math
from pathlib import Path

import pytest

from tests.bench import server
from tests.bench.__main__ import MEASUREMENTS, measure
from tests.bench.run import Effort

LEAST = Effort(rounds=1, seconds=0.2, samples=4, saves=2, starts=1)


@pytest.mark.slow
def test_every_measurement_yields_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "WORKERS", 1)
    found = measure(list(MEASUREMENTS), [30], LEAST, tmp_path)

    assert [name for name, rows in found.items() if not rows] == []
    assert [row for rows in found.values() for row in rows if not math.isfinite(row.value) or row.value < 0] == []
