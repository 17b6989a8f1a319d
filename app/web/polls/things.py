"""The poll of a record: found for who looks, open or not, seen or not."""

from dataclasses import dataclass

from app.answers import votes
from app.answers.answer import STANDING, Who
from app.answers.votes import Vote
from app.catalog.record_rows import RecordRow
from app.errors import N_, NotFound, Refused
from app.forms import poll as polls
from app.forms.form import SHOWN, Form
from app.forms.poll import Poll
from app.people.viewer import OPERATOR
from app.web.addresses import address, url
from app.web.answers.organisers import may_organise
from app.web.kit import door, say, station, viewer
from app.web.life.states import day_words

NO_POLL = N_("Nothing is asked on this page.")
OTHER_ROUND = N_("The proposal was changed since. Answer again on its page.")
MEMBERS = N_("Members answer here. Sign in first.")
NOT_YOURS = N_("This is for those who look after it. Ask one of them.")


@dataclass(frozen=True, slots=True)
class Thing:
    """A record that asks something."""

    record: RecordRow
    form: Form
    poll: Poll

    @property
    def address(self) -> str:
        """Give the address of its answers."""
        return url("voting.show", path=self.record.path)

    @property
    def page(self) -> str:
        """Give the address of its page."""
        return address(self.record.path)


def thing_of(form: Form | None, record: RecordRow) -> Thing | None:
    """Find out what a record asks; None where it asks nothing."""
    poll = polls.of_record(form, record.values) if form and record.id else None
    return Thing(record, form, poll) if form and poll else None


def find(path: str) -> Thing:
    """Find a record that the viewer may read, and that asks something; raises NotFound."""
    record = door().record(viewer(), path)
    thing = thing_of(door().find_form(viewer(), record.form), record)
    if thing is None:
        raise NotFound(NO_POLL)
    return thing


def find_own_thing(path: str) -> Thing:
    """Find one that the viewer looks after; raises NotFound, Refused."""
    thing = find(path)
    if not may_organise(thing.record):
        raise Refused(NOT_YOURS)
    return thing


def closed(thing: Thing) -> str:
    """Say why nobody can answer any more, or not yet; nothing where one can."""
    obstacle = _obstacle(thing)
    return say(obstacle) if obstacle else ""


def check_open(thing: Thing) -> None:
    """Refuse an answer where none is taken."""
    if obstacle := _obstacle(thing):
        raise obstacle


def still_open(thing: Thing) -> Thing:
    """Look again once one's turn has come: it may have been closed or changed while one waited. Raises Refused."""
    record = door().records_by_id(OPERATOR, [thing.record.id]).get(thing.record.id)
    now = thing_of(thing.form, record) if record else None
    if now is None:
        raise NotFound(NO_POLL)
    check_open(now)
    if votes.key_of(now.poll) != votes.key_of(thing.poll):
        raise Refused(OTHER_ROUND)
    return now


def _obstacle(thing: Thing) -> Refused | None:
    poll = thing.poll
    if poll.outcome or thing.record.state not in SHOWN:
        return Refused(N_("It is closed. Answers are not taken any more."))
    if poll.until and station().today() > poll.until:
        return Refused(N_("One could answer until %(day)s."), day=day_words(poll.until.isoformat()))
    if not poll.is_asked:
        return Refused(N_("It is still talked about. Write below its page; objections are asked later."))
    return None


def may_answer(thing: Thing) -> bool:
    """Tell whether the viewer may answer: members, and visitors where everybody may."""
    return viewer().is_signed_in or thing.poll.who == polls.EVERYONE


def may_see(thing: Thing, own: Vote | None) -> bool:
    """Tell whether the viewer sees what was answered so far."""
    if thing.poll.outcome or thing.poll.shown == polls.ALWAYS:
        return True
    return thing.poll.shown == polls.ANSWERED and own is not None


def shown_by_name(thing: Thing, found: list[Vote]) -> list[Vote]:
    """List the answers whose names he sees: as it was said when they were given, or stricter since.

    What he wrote down for others is always among them: he may take it off.
    """
    if not viewer().is_signed_in:
        return []
    return [one for one in found if _may_see_name(thing, one) or is_noted_by_viewer(one)]


def is_noted_by_viewer(vote: Vote) -> bool:
    """Tell whether the viewer wrote an answer down for somebody."""
    return bool(vote.who.entered_by) and vote.who.entered_by == viewer().pseudonym


def _may_see_name(thing: Thing, vote: Vote) -> bool:
    said = {thing.poll.names, vote.names}
    return polls.UNNAMED not in said and (polls.ORGANISERS not in said or may_organise(thing.record))


def own_vote(thing: Thing, account_id: int) -> Vote | None:
    """Find what a member has answered, as long as it stands."""
    with station().truth.connect() as connection:
        who = Who(account_id=account_id)
        found = votes.find_own(connection, thing.record.id, votes.key_of(thing.poll), who)
    return found if found and found.state == STANDING else None
