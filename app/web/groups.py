"""Groups: which there are and who looks after what, who is in one, joining and leaving, letting people in."""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from app.errors import N_, GareError, Invalid, NotFound, Refused
from app.people import accounts, acts, groups, rights
from app.people.groups import Group, Member
from app.web.addresses import url
from app.web.group_mails import tell_answer, tell_caring
from app.web.kit import UNKNOWN_BUTTON, check_admin, door, notice, render, say, station, uncached, viewer
from app.wiki.page import INDEX

blueprint = Blueprint("groups", __name__)

EMPTY = Group(0, "", "", "", True)


@blueprint.get("/-/groups/")
def show_all() -> Response:
    """List the groups with those who look after them."""
    return _list(EMPTY, {})


@blueprint.post("/-/groups/")
def make() -> Response:
    """Make a group."""
    check_admin()
    typed = _typed(EMPTY)
    if faults := _faults(typed):
        return _list(typed, *_said(faults))
    with station().truth.begin() as connection:
        groups.add(connection, typed)
        acts.note(connection, viewer().pseudonym or "", "made-group", typed.name)
    station().stamp.touch()  # blocks show groups and who looks after them
    notice("done", gettext("The group is made."))
    return redirect(url("groups.show", name=typed.name), 303)


def _typed(group: Group) -> Group:
    typed = {name: request.form.get(name, "").strip()[:300] for name in ("title", "space", "contact")}
    name = group.name or request.form.get("name", "").strip()[:300]
    return replace(group, name=name, is_open=request.form.get("entry") == "open", **typed)


def _faults(typed: Group) -> dict[str, GareError]:
    with station().truth.connect() as connection:
        return groups.faults(connection, typed)


def _said(faults: dict[str, GareError]) -> tuple[dict[str, str], int]:
    """Give the sentences at the fields, and the status of the first."""
    return {field: say(fault) for field, fault in faults.items()}, next(iter(faults.values())).status


def _list(typed: Group, errors: dict[str, str], code: int = 200) -> Response:
    with station().truth.connect() as connection:
        found, referents = groups.list_all(connection), groups.list_referents(connection)
        asking = waiting_in(connection)
    entries = [(group, _home(group), referents.get(group.id, []), group.name in viewer().groups) for group in found]
    return uncached(render("groups/list.html", code, entries=entries, asking=asking, values=typed, errors=errors))


def waiting_in(connection: Connection) -> dict[str, int]:
    """Count who asks to be in the groups that the viewer looks after, by the group's name."""
    if not rights.may_invite(viewer()):
        return {}
    return {name: n for name, n in groups.count_asking(connection).items() if rights.may_look_after(viewer(), name)}


def _home(group: Group) -> str | None:
    """Give the home page of a group's folder, where the reader may read it."""
    path = f"{group.space}/{INDEX}"
    return path if group.space and door().titles(viewer(), [path]) else None


@blueprint.get("/-/groups/<name>")
def show(name: str) -> Response:
    """Show a group: its referents to everybody, its members to members."""
    with station().truth.connect() as connection:
        group = groups.get(connection, name)
        people, referents = groups.list_members(connection, group.id), groups.list_referents(connection)
        others = _others(connection, people) if viewer().is_admin else []
        beside = _beside(connection, people) if rights.may_look_after(viewer(), group.name) else set()
    looks_after = rights.may_look_after(viewer(), group.name)
    inside = [one for one in people if not one.is_asking]
    mine = next((one for one in people if one.pseudonym == viewer().pseudonym), None)
    return uncached(render(
        "groups/show.html", group=group, home=_home(group), referents=referents.get(group.id, []),
        members=inside if viewer().is_signed_in else [], count=len(inside), mine=mine,
        asking=[one for one in people if one.is_asking] if looks_after else [], looks_after=looks_after,
        others=others, beside=beside,
    ))  # fmt: skip


def _others(connection: Connection, inside: list[Member]) -> list[tuple[str, str]]:
    """List who could be taken in: pseudonym and name."""
    known = {one.pseudonym for one in inside}
    found = [one for one in accounts.list_all(connection) if one.pseudonym not in known and not one.is_blocked]
    return sorted(((one.pseudonym, one.name) for one in found), key=lambda one: one[1].casefold())


def _beside(connection: Connection, people: list[Member]) -> set[str]:
    """Choose whom the viewer may sign in: their pseudonyms."""
    found = [accounts.find_by_pseudonym(connection, one.pseudonym) for one in people if not one.is_asking]
    known = [account for account in found if account and not account.is_blocked]
    return {
        one.pseudonym for one in known
        if rights.may_sign_in_beside(viewer(), groups.viewer_of(connection, one))
    }  # fmt: skip


@blueprint.post("/-/groups/<name>")
def act(name: str) -> Response:
    """Join, leave, or, as somebody who looks after the group, let in, take out, share the care."""
    deed = DEEDS.get(request.form.get("action", ""))
    if deed is None:
        raise Invalid(UNKNOWN_BUTTON)
    if not viewer().is_signed_in:
        raise Refused(N_("Sign in to join a group."))
    with station().truth.begin() as connection:
        sentence = deed(connection, groups.get(connection, name))
    station().stamp.touch()
    notice("done", sentence)
    return redirect(url("groups.show", name=name), 303)


def _join(connection: Connection, group: Group) -> str:
    was_asking = _is_asking(connection, group, current_user.account.id)
    is_in = groups.join(connection, group, current_user.account.id)
    if not is_in and not was_asking:
        tell_caring(connection, group)
    return gettext("You are in this group now.") if is_in else gettext("You have asked. Somebody of the group answers.")


def _is_asking(connection: Connection, group: Group, account_id: int) -> bool:
    account = accounts.find(connection, account_id)
    people = groups.list_members(connection, group.id)
    return account is not None and any(one.is_asking and one.pseudonym == account.pseudonym for one in people)


def _check_cared_for(connection: Connection, group: Group, account_id: int) -> None:
    """Refuse to leave members without anybody who looks after their group; administrators know what they do."""
    if not viewer().is_admin and groups.has_others_without_care(connection, group.id, account_id):
        raise Refused(N_("Nobody else looks after this group. Share the care with a member first."))


def _leave(connection: Connection, group: Group) -> str:
    _check_cared_for(connection, group, current_user.account.id)
    groups.leave(connection, group.id, current_user.account.id)
    return gettext("You are not in this group any more.")


def _other(connection: Connection, group: Group, what: str) -> int:
    """Find the person that somebody who looks after the group decides on; what is done is written down.

    Among those who look after a group nobody decides on another: he could make a member of him, and sign in as him.
    """
    if not rights.may_look_after(viewer(), group.name):
        raise Refused(N_("Those who look after the group decide this."))
    account = accounts.find_by_pseudonym(connection, request.form.get("person", "")[:10])
    if account is None:
        raise NotFound(accounts.MISSING)
    is_other = account.pseudonym != viewer().pseudonym and not viewer().is_admin
    if is_other and groups.is_referent(connection, group.id, account.id):
        raise Refused(N_("This person looks after the group too. Ask an administrator."))
    acts.note(connection, viewer().pseudonym or "", what, account.pseudonym)
    return account.id


def _accept(connection: Connection, group: Group) -> str:
    person = _other(connection, group, "let-in")
    groups.accept(connection, group.id, person)
    tell_answer(connection, group, person, is_in=True)
    return gettext("This person is in the group now.")


def _add(connection: Connection, group: Group) -> str:
    check_admin()
    groups.enter(connection, group.id, _other(connection, group, "let-in"))
    return gettext("This person is in the group now.")


def _remove(connection: Connection, group: Group) -> str:
    person = _other(connection, group, "took-out")
    _check_cared_for(connection, group, person)
    was_asking = _is_asking(connection, group, person)
    groups.leave(connection, group.id, person)
    if was_asking:
        tell_answer(connection, group, person, is_in=False)
        return gettext("This person is not let in.")
    return gettext("This person is not in the group any more.")


def _name_referent(connection: Connection, group: Group) -> str:
    person = _other(connection, group, "named-referent")
    groups.set_referent(connection, group.id, person, is_referent=True)
    if person == current_user.account.id:
        return gettext("You look after the group now.")
    return gettext("This person looks after the group now.")


def _unname_referent(connection: Connection, group: Group) -> str:
    person = _other(connection, group, "unnamed-referent")
    _check_cared_for(connection, group, person)
    groups.set_referent(connection, group.id, person, is_referent=False)
    if person == current_user.account.id:
        return gettext("You do not look after the group any more.")
    return gettext("This person does not look after the group any more.")


DEEDS: dict[str, Callable[[Connection, Group], str]] = {
    "join": _join, "leave": _leave, "accept": _accept, "add": _add, "remove": _remove,
    "referent": _name_referent, "no-referent": _unname_referent,
}  # fmt: skip


@blueprint.get("/-/groups/<name>/change")
def edit(name: str) -> Response:
    """Show what can be changed of a group."""
    check_admin()
    with station().truth.connect() as connection:
        return _form(groups.get(connection, name), {})


@blueprint.post("/-/groups/<name>/change")
def save(name: str) -> Response:
    """Keep another title, folder, contact or way to join."""
    check_admin()
    with station().truth.connect() as connection:
        typed = _typed(groups.get(connection, name))
    if faults := _faults(typed):
        return _form(typed, *_said(faults))
    with station().truth.begin() as connection:
        groups.change(connection, typed)
        acts.note(connection, viewer().pseudonym or "", "changed-group", name)
    station().stamp.touch()
    notice("done", gettext("The group is changed."))
    return redirect(url("groups.show", name=name), 303)


def _form(group: Group, errors: dict[str, str], code: int = 200) -> Response:
    return uncached(render("groups/change.html", code, group=group, values=group, errors=errors))
