"""Hands for the leak test of polls: in the record of each folder something is asked, and somebody answers with its word."""

from app.answers import votes
from app.answers.answer import Who
from app.answers.votes import Said
from app.forms.poll import Option, Poll
from app.people.authors import SYSTEM
from app.station import Station
from tests.web.leaking import ACCOUNTS, IDS, MARKS
from tests.web.leaking_answers import _change
from tests.web.leaking_mails import account_of

POLL = "  - {name: sondage, type: poll, label: Sondage}\n"


def answer(site: Station) -> None:
    """Let everybody answer, also to what they may not read any more, and one whose name only those may read."""
    _change(site, "_forms/notice", lambda text: text + POLL)
    for folder, mark in MARKS.items():
        asked = f"\nsondage: {{kind: one, options: [{mark}, Autre], who: everyone, then: {mark}}}\n---\n"
        _change(site, f"{folder}/notice", lambda text, asked=asked: text.replace("\n---\n", asked, 1))
        poll = Poll("one", (Option(mark, mark), Option("autre", "Autre")))
        with site.truth.begin() as connection:
            who = Who(name=mark, channel="paper", entered_by=SYSTEM)
            votes.cast(connection, IDS[folder], poll, who, Said({mark: "yes"}, mark))
            for name in ACCOUNTS:
                mine = Who(account_id=account_of(site, name).id)
                votes.cast(connection, IDS[folder], poll, mine, Said({"autre": "yes"}))
