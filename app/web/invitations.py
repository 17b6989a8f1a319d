"""Invite: one person by mail, or several by a link with an end and a ceiling, shown as a QR code too."""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from app.errors import N_, Conflict, Invalid, Refused, TooMany
from app.outbox.mails import queue
from app.people import acts, groups, invitations, rights, throttle
from app.people.addresses import clean_email
from app.people.groups import Group
from app.people.invitations import MAX_CEILING
from app.people.throttle import Rule
from app.web.addresses import absolute, in_mail, url
from app.web.kit import notice, render, say, station, uncached, viewer
from app.web.qr import draw
from app.web.signin_mails import invitation_mail, may_mail_links

blueprint = Blueprint("inviting", __name__)

DAYS = ("1", "7", "30")
INVITING = N_("Those who look after the site or a group invite people.")
INVITATIONS_OF = Rule("invite", 100)


class NoGroup(Invalid):
    """The group that was chosen is none of one's own."""


@blueprint.get("/-/people/invite")
def form() -> Response:
    """Show both ways to invite."""
    return _form(_groups(), {})


def _groups() -> dict[str, Group]:
    """Give the groups into which the viewer may invite; raises Refused where somebody may not invite at all."""
    if not rights.may_invite(viewer()):
        raise Refused(INVITING)
    with station().truth.connect() as connection:
        found = groups.list_all(connection)
    return {one.name: one for one in found if rights.may_look_after(viewer(), one.name)}


def _form(own: dict[str, Group], errors: dict[str, str], code: int = 200) -> Response:
    group = request.args.get("group", "")
    typed = {"email": "", "days": "7", "ceiling": "30", "group": group, "link-group": group} | request.form.to_dict()
    options = [("", gettext("No group"))] if viewer().is_admin else []
    options += [(one.name, one.title) for one in own.values()]
    with station().truth.connect() as connection:
        made = [] if viewer().is_admin else invitations.list_open(connection, current_user.account.id)
        into = groups.titles(connection)
    names = {one.made_by: viewer().name for one in made}
    return uncached(
        render("people/invite.html", code, errors=errors, typed=typed, may_ask=may_mail_links(), most=MAX_CEILING,
               groups=options, invitations=made, names=names, into=into)
    )  # fmt: skip


def _chosen_group(own: dict[str, Group], field: str) -> int | None:
    """Give the number of the group that was chosen; raises NoGroup where it is none of one's own."""
    name = request.form.get(field, "")
    if name in own:
        return own[name].id
    if name or not viewer().is_admin:
        raise NoGroup(N_("Choose a group of yours."))
    return None


@blueprint.post("/-/people/invite")
def invite() -> Response:
    """Send an invitation to an address."""
    own = _groups()
    try:
        email, group_id = clean_email(request.form.get("email", "")), _chosen_group(own, "group")
        with station().truth.begin() as connection:
            throttle.spend(connection, INVITATIONS_OF, current_user.account.pseudonym)
            secret = invitations.make(connection, current_user.account.id, email=email, group_id=group_id)
            link = in_mail(url("invite.show", secret=secret))
            if not link:
                raise Invalid(N_("No mail can be sent from here. Make a link instead."))
            queue(connection, invitation_mail(email, current_user.account.name, link))
            acts.note(connection, current_user.account.pseudonym, "invited")
    except NoGroup as error:
        return _form(own, {"group": say(error)}, error.status)
    except (Invalid, Conflict, TooMany) as error:
        return _form(own, {"email": say(error)}, error.status)
    notice("done", gettext("An invitation is on its way to %(email)s.", email=email))
    return redirect(url("people.show" if viewer().is_admin else "inviting.form"), 303)


@blueprint.post("/-/people/invite/link")
def make_link() -> Response:
    """Make a link for several people; it is shown this once."""
    own = _groups()
    days, ceiling = request.form.get("days", ""), request.form.get("ceiling", "")
    try:
        group_id = _chosen_group(own, "link-group")
    except NoGroup as error:
        return _form(own, {"link-group": say(error)}, error.status)
    if errors := _link_errors(days, ceiling):
        return _form(own, errors, 400)
    bounds = {"days": int(days), "ceiling": int(ceiling), "group_id": group_id}
    with station().truth.begin() as connection:
        secret = invitations.make(connection, current_user.account.id, **bounds)
        acts.note(connection, current_user.account.pseudonym, "invited-link", ceiling)
        made = invitations.find(connection, secret)
    link = absolute(url("invite.show", secret=secret))
    return uncached(render("people/link.html", link=link, picture=draw(link), invitation=made))


def _link_errors(days: str, ceiling: str) -> dict[str, str]:
    errors = {}
    if days not in DAYS:
        errors["days"] = gettext("Choose how long the link works.")
    if not (ceiling.isdecimal() and len(ceiling) < 5 and 1 <= int(ceiling) <= MAX_CEILING):
        errors["ceiling"] = gettext("Type a number from 1 to %(most)s.", most=MAX_CEILING)
    return errors


@blueprint.post("/-/people/withdraw")
def withdraw() -> Response:
    """Make an invitation useless: an administrator any, others those that they made."""
    if not rights.may_invite(viewer()):
        raise Refused(INVITING)
    number, own = request.form.get("id", ""), None if viewer().is_admin else current_user.account.id
    with station().truth.begin() as connection:
        is_done = invitations.withdraw(connection, int(number) if number.isdecimal() and len(number) < 10 else 0, own)
        if is_done:
            acts.note(connection, current_user.account.pseudonym, "withdrew")
    notice("done", gettext("The invitation is withdrawn."))
    return redirect(url("people.show" if viewer().is_admin else "inviting.form"), 303)
