"""What the inputs of a poll show: what is asked, among what, who may answer. Template: `_widgets_poll.html`."""

from collections.abc import Mapping
from types import SimpleNamespace

from flask_babel import gettext

from app.forms import poll as polls
from app.forms.types import TYPES
from app.web.polls.wording import KINDS, NAMES, SHOWN, WHO
from app.web.records.asked import Asked, Option


def poll(widget: SimpleNamespace, asked: Asked) -> None:
    """Prepare the inputs of a poll; one that was closed or is on its way keeps that."""
    widget.kind = "poll"
    widget.parts = {part: asked.part(part) for part in TYPES["poll"].parts}
    chosen = widget.parts["kind"]
    widget.kinds = [
        (Option(key, gettext(label), 0, key == chosen), gettext(hint)) for key, (label, hint) in KINDS.items()
    ]
    widget.who, widget.shown, widget.names = (
        _options(words, widget.parts[name]) for name, words in (("who", WHO), ("shown", SHOWN), ("names", NAMES))
    )
    widget.has_more = widget.parts["shown"] not in ("", polls.ALWAYS) or widget.parts["names"] not in ("", polls.NAMED)


def _options(words: Mapping[str, str], chosen: str) -> list[Option]:
    first = next(iter(words))
    return [Option(key, gettext(said), 0, key == (chosen or first)) for key, said in words.items()]
