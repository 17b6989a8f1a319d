"""Words of the pages of meetings."""

from flask_babel import gettext

from app.errors import N_
from app.plugin import url

STATES = {
    "agenda": N_("Agenda of the meeting"),
    "running": N_("Meeting going on"),
    "reread": N_("To be read again"),
    "valid": N_("Validated"),
}
WAYS = {
    "consent": N_("by consent"),
    "consensus": N_("by consensus"),
    "vote": N_("by vote"),
    "advice": N_("after asking for advice"),
    "other": N_("another way"),
}
_TABS = (
    ("minutes.show", N_("Minutes")),
    ("minutes_register.decisions", N_("Decisions")),
    ("minutes_register.actions", N_("Who does what")),
)


def state(key: str) -> str:
    """Say in which state a meeting is."""
    return str(gettext(STATES.get(key, key)))


def way(key: str) -> str:
    """Say how something was decided."""
    return str(gettext(WAYS[key])) if key in WAYS else ""


def tabs(here: str) -> list[tuple[str, str, bool]]:
    """Give the three lists: words, address, whether this is it."""
    return [(str(gettext(words)), url(endpoint), endpoint == here) for endpoint, words in _TABS]
