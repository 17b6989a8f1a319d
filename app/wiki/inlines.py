"""The words of a page: mistune's parser, kept from its one runaway."""

import re
from typing import Any

from mistune import InlineParser

MAX_EMPHASIS = 500  # runs of `*` and `_` in one paragraph or cell; more is no emphasis but an attack, or a drawing
_RUN = re.compile(r"\*+|_+")


class Inlines(InlineParser):
    """Leaves `*` and `_` as typed where there are too many: mistune 3.4 takes cubic time, 13 s for 28 kB."""

    def finalize_tokens(self, tokens: list[dict[str, Any]], depth: int) -> list[dict[str, Any]]:
        runs = sum(len(_RUN.findall(token["raw"])) for token in tokens if token["type"] == "text")
        if runs > MAX_EMPHASIS:
            tokens = [{**token, "_emphasis": False} if token["type"] == "text" else token for token in tokens]
        return super().finalize_tokens(tokens, depth)
