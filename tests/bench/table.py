"""The rows that a run yields, and the table of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

_HEAD = ("what", "pages", "measured", "target", "", "control", "ratio", "")


@dataclass(frozen=True, slots=True)
class Target:
    """What the value (or its ratio to the control) must not be below or above."""

    kind: Literal["at least", "at most"]
    number: float
    of: Literal["value", "ratio"] = "value"

    def is_met(self, row: "Row") -> bool:
        """Tell whether a row reaches it."""
        found = row.value if self.of == "value" else row.ratio
        return found is not None and (found >= self.number if self.kind == "at least" else found <= self.number)

    def __str__(self) -> str:
        sign = "≥" if self.kind == "at least" else "≤"
        return f"{sign} {_number(self.number)}" if self.of == "value" else f"{sign} {self.number:.0%} of control"


@dataclass(frozen=True, slots=True)
class Row:
    """One number. `pages` is the size of the corpus; `control` was measured in the same run, in the same unit.

    `ratio` is value to control: the median of the rounds' ratios where they alternated.
    """

    what: str
    pages: int
    value: float
    unit: str
    target: Target | None = None
    control: float | None = None
    ratio: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Say whether the target is met; empty where there is none."""
        return "" if self.target is None else ("met" if self.target.is_met(self) else "MISSED")


def at_least(number: float, of: Literal["value", "ratio"] = "value") -> Target:
    """Make a target that the number must reach."""
    return Target("at least", number, of)


def at_most(number: float, of: Literal["value", "ratio"] = "value") -> Target:
    """Make a target that the number must not go over."""
    return Target("at most", number, of)


def format_table(rows: Sequence[Row]) -> str:
    """Write the rows as a Markdown table, which also reads well on a terminal."""
    lines = [_HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(_HEAD))]
    written = [
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |" for line in lines
    ]
    rule = f"| {' | '.join('-' * max(width, 3) for width in widths)} |"
    return "\n".join([written[0], rule, *written[1:]])


def _cells(row: Row) -> tuple[str, ...]:
    control = "" if row.control is None else _with_unit(row.control, row.unit)
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    pages = f"{row.pages:,}" if row.pages else ""
    target = str(row.target or "")
    return (row.what, pages, _with_unit(row.value, row.unit), target, row.verdict, control, ratio, row.note)


def _with_unit(value: float, unit: str) -> str:
    return f"{_number(value)} {unit}".strip()


def _number(value: float) -> str:
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
