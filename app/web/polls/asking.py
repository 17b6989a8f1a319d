"""Ask the members by mail, each by a link of his own; once for each round."""

from flask import Blueprint, redirect, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from app.answers import poll_mails
from app.answers.poll_mails import Matter
from app.answers.turns import taking
from app.errors import N_, Refused
from app.people import throttle
from app.people.throttle import DAY, Rule
from app.web.addresses import in_mail
from app.web.kit import notice, station, typed_path, viewer
from app.web.polls import things

blueprint = Blueprint("poll_ask", __name__)

ASKED_BY = Rule("poll-asked-by", 3, DAY)  # each is a mail to every member
_ENOUGH = N_("You have asked all members three times today. Try again tomorrow.")
_NO_MAIL = N_("No mail goes out of this site yet. An administrator sets the mail server.")


@blueprint.post("/-/poll/ask/<path:path>")
def ask(path: str) -> Response:
    """Queue the mails; the hourly cap of the outbox spreads them."""
    thing = things.find_own_thing(typed_path(path))
    things.check_open(thing)
    about, address = Matter(thing.record, thing.poll), (in_mail(request.script_root) or "").rstrip("/")
    if not poll_mails.may_ask(station(), address):
        raise Refused(_NO_MAIL)
    with taking(station().truth) as connection:
        throttle.spend(connection, ASKED_BY, viewer().pseudonym or "", _ENOUGH)
        number = poll_mails.ask_members(connection, station(), about, address)
    said = ngettext("%(num)s mail goes out now.", "%(num)s mails go out now.", number)
    notice("done", said if number else gettext("Nothing was done: it is so already."))
    return redirect(thing.address, 303)
