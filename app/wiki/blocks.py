"""The blocks of a page: mistune's parser, which also notes where the headings begin that can be edited alone."""

from dataclasses import dataclass
from re import Match, Pattern
from typing import Any

from mistune import BlockParser, BlockState

_ENDS_OF_A_QUOTE = ["blank_line", "thematic_break", "fenced_code", "list", "block_html"]


@dataclass(frozen=True, slots=True)
class Start:
    """Where a heading begins: offset in characters; level 1 to 6 and text as typed."""

    at: int
    level: int
    text: str


class PageState(BlockState):
    """The state of a page; that of its quotes, lists and notes has a parent, that of a definition is no PageState."""

    def is_page(self) -> bool:
        return self.parent is None

    def add_paragraph(self, text: str) -> None:
        """Add to the paragraph, or begin one and note where: the next line may make a heading of it."""
        at = self.cursor
        last = self.last_token()
        super().add_paragraph(text)
        if last is not self.last_token():
            self.tokens[-1]["at"] = at

    @property
    def starts(self) -> list[Start]:
        starts: list[Start] = self.env.setdefault("starts", [])
        return starts


class Blocks(BlockParser):
    """Numbers the headings that stand in no quote, list, definition or note: 1, 2, … in the order of the text."""

    def compile_sc(self, rules: list[str] | None = None) -> Pattern[str]:
        """Let a heading end a quote: mistune 3.4 leaves it out of the rules that do (CommonMark, "Block quotes")."""
        return super().compile_sc([*rules, "atx_heading"] if rules == _ENDS_OF_A_QUOTE else rules)

    def parse_atx_heading(self, m: Match[str], state: BlockState) -> int:
        at = state.cursor
        end = super().parse_atx_heading(m, state)
        _number(state, state.tokens[-1], at)
        return end

    def parse_setex_heading(self, m: Match[str], state: BlockState) -> int | None:
        paragraph = state.last_token()
        at = paragraph.get("at", 0) if paragraph else 0
        end = super().parse_setex_heading(m, state)
        if paragraph is not None and paragraph is state.last_token() and paragraph["type"] == "heading" and end:
            _number(state, paragraph, at)
        return end


def _number(state: BlockState, token: dict[str, Any], at: int) -> None:
    if isinstance(state, PageState) and state.is_page():
        state.starts.append(Start(at, token["attrs"]["level"], token["text"].strip()))
        token["attrs"]["section"] = len(state.starts)
