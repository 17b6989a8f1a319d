"""Polls in words: kinds, who may answer, who sees what, what was said, options."""

from flask_babel import gettext, ngettext

from app.calendar.sentences import say_date
from app.errors import N_
from app.forms import poll
from app.forms.poll import Poll, moment_of
from app.web.kit import station
from app.web.language import day_in_words, spoken
from app.web.signin_mails import may_mail_links

KINDS = {
    poll.DATES: (N_("Which date?"), N_("For each date: yes, if need be, no. The best one becomes an event.")),
    poll.ONE: (N_("One choice"), N_("Everybody chooses one option.")),
    poll.SEVERAL: (N_("Several choices"), N_("Everybody chooses as many options as they like.")),
    poll.CONSENT: (
        N_("A decision by consent"),
        N_("Questions, reactions, objections; then it is adopted or withdrawn."),
    ),
}
WHO = {
    poll.MEMBERS: N_("Members who can read this page"),
    poll.EVERYONE: N_("Everybody who confirms an e-mail address"),
}
UNCHECKED = N_("Everybody; this site sends no mail, so addresses are not checked")
SHOWN = {
    poll.ALWAYS: N_("From the beginning"),
    poll.ANSWERED: N_("Once one has answered"),
    poll.CLOSED: N_("Once it is closed"),
}
NAMES = {
    poll.NAMED: N_("Members"),
    poll.ORGANISERS: N_("Only those who look after it"),
    poll.UNNAMED: N_("Nobody: only numbers are shown"),
}
SAID = {
    poll.YES: N_("Yes"),
    poll.PERHAPS: N_("If need be"),
    poll.NO: N_("No"),
    poll.AGREED: N_("I agree, I see no objection"),
    poll.ASIDE: N_("I leave it to the group"),
    poll.OBJECTION: N_("I object, and say why"),
}
STAGES = {
    poll.QUESTIONS: N_("Questions: what is not clear?"),
    poll.REACTIONS: N_("Reactions: what do you think of it?"),
    poll.OBJECTIONS: N_("Objections: does anything speak against it?"),
}
OUTCOMES = {
    poll.ADOPTED: N_("Adopted"),
    poll.WITHDRAWN: N_("Withdrawn"),
    poll.CHOSEN: N_("Chosen"),
    poll.NONE_CHOSEN: N_("Closed without a choice"),
}


def _who_words(asked: Poll) -> str:
    return gettext(UNCHECKED if asked.who == poll.EVERYONE and not may_mail_links() else WHO[asked.who])


def option_words(asked: Poll, key: str) -> str:
    """Say an option: a date with its weekday, else its text."""
    if asked.kind == poll.CONSENT:
        return gettext(SAID[key]) if key in SAID else key
    text = next((one.text for one in asked.options if one.key == key), key)
    return _date_words(text) if asked.kind == poll.DATES else text


def poll_winner(asked: Poll) -> str:
    """Say what was chosen; nothing as long as it is open, or where nothing was."""
    winner = asked.outcome.winner if asked.outcome else ""
    return option_words(asked, winner) if winner else ""


def _date_words(text: str) -> str:
    moment = moment_of(text)
    if moment is None:
        return text
    has_year = moment.year != station().today().year
    return say_date(moment, moment, len(text) == 10, spoken(), with_year=has_year)


def terms(asked: Poll) -> list[tuple[str, str]]:
    """Say who may answer, until when, who sees what, what is done with it: label and words."""
    found = [(gettext("Who may answer"), _who_words(asked))]
    if asked.until:
        found.append((gettext("Last day to answer"), day_in_words(asked.until, "full")))
    found.append((gettext("The numbers are seen"), gettext(SHOWN[asked.shown])))
    found.append((gettext("The names are seen by"), gettext(NAMES[asked.names])))
    found.append((gettext("What is done with it"), asked.then or gettext("It is not said yet. Ask whoever asks.")))
    return found


def count_words(number: int) -> str:
    """Say how many have answered."""
    return ngettext("%(num)s person has answered", "%(num)s people have answered", number)
