"""What answers are called."""

from flask_babel import gettext

from app.answers.answer import MAIL, NO, PAPER, PERHAPS, PERSON, PHONE, WAITING, WEB, YES, Answer
from app.answers.writing import Given
from app.errors import N_

_SAID = {YES: N_("comes"), PERHAPS: N_("comes perhaps"), NO: N_("does not come")}
_CHANNELS = {WEB: N_("on this site"), MAIL: N_("by e-mail"), PAPER: N_("on paper"), PHONE: N_("by telephone"),
             PERSON: N_("in person")}  # fmt: skip


def answer_words(answer: Answer) -> str:
    """Say what somebody answered, or that he waits."""
    return gettext("waits for a place") if answer.state == WAITING else gettext(_SAID.get(answer.wish.value, ""))


def said(given: Given, value: str) -> str:
    """Say to whoever answered what became of it."""
    if given.state == WAITING:
        return gettext("All places are taken. You are number %(num)s on the waiting list.", num=given.position)
    if value == YES:
        return gettext("You come. Thank you for saying so.")
    if value == PERHAPS:
        return gettext("You come perhaps. Say more when you know it.")
    return gettext("You do not come. Thank you for saying so.")


def channel_words(channel: str) -> str:
    """Say how an answer came."""
    return gettext(_CHANNELS[channel]) if channel in _CHANNELS else ""
