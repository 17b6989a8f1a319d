"""A member answers a poll by the link of a mail, without signing in."""

from flask import Blueprint
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.answers import poll_mails, votes
from app.answers.answer import MAIL, STANDING, Who
from app.answers.turns import taking
from app.errors import N_, Conflict, Invalid, NotFound, Refused
from app.people import groups
from app.people.accounts import Account
from app.web.answers.typed import faults
from app.web.kit import door, render, station, uncached
from app.web.polls import shown, things
from app.web.polls.things import Thing, thing_of

blueprint = Blueprint("poll_mail", __name__)

TOO_OLD = N_("This link no longer works. Sign in, and answer on the page.")


def _find(secret: str) -> tuple[Account, Thing]:
    """Find whose link it is and what it is about; nothing that this member may not read. Raises NotFound."""
    with station().truth.connect() as connection:
        named = poll_mails.read_link(connection, station().config.secret_key, secret)
        if named is None:
            raise NotFound(TOO_OLD)
        page_id, account = named
        reader = groups.viewer_of(connection, account, may_write=False)
    record = door().records_by_id(reader, [page_id]).get(page_id)
    thing = thing_of(door().find_form(reader, record.form), record) if record else None
    if thing is None:
        raise NotFound(TOO_OLD)
    return account, thing


@blueprint.get("/-/poll/mail/<secret>")
def show(secret: str) -> Response:
    """Ask; opening the address changes nothing, because programs that look for viruses open it too."""
    account, thing = _find(secret)
    return _page(account, thing, secret, {})


def _page(
    account: Account, thing: Thing, secret: str, errors: dict[str, str], code: int = 200, done: str = ""
) -> Response:
    with station().truth.connect() as connection:
        who = Who(account_id=account.id)
        own = votes.find_own(connection, thing.record.id, votes.key_of(thing.poll), who)
    said = own.said if own and own.state == STANDING else None
    return uncached(render(
        "voting/mail.html", code, **shown.head(thing), secret=secret, errors=errors, name=account.name, done=done,
        said=shown.said_words(thing.poll, said) if said else [], form=shown.form_of(thing, said),
    ))  # fmt: skip


@blueprint.post("/-/poll/mail/<secret>")
def answer(secret: str) -> Response:
    """Keep the answer."""
    account, thing = _find(secret)
    try:
        things.check_open(thing)
        with taking(station().truth) as connection:
            who = Who(account_id=account.id, channel=MAIL)
            thing = things.still_open(thing)
            votes.cast(connection, thing.record.id, thing.poll, who, shown.typed_said(thing.poll))
    except (Invalid, Conflict, Refused) as error:
        return _page(account, thing, secret, faults(error, "choice"), error.status)
    station().stamp.touch()
    done = gettext("Your answer is noted. You can change it as long as it is open.")
    return _page(account, thing, secret, {}, done=done)
