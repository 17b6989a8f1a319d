"""`gare user`, `gare login-link`, `gare token`: people, and how they and their programs get in."""

import click
from sqlalchemy import Connection

from app.answers import recipients
from app.backup.holding import list_holding
from app.cli.command import Command, Group, opened
from app.cli.language import _
from app.cli.links import address_of
from app.database.engine import forget_traces
from app.errors import N_, Conflict, NotFound, Refused
from app.people import accounts, acts, erasing, tokens
from app.people.accounts import Account
from app.people.addresses import clean_email
from app.people.authors import SYSTEM


@click.group(cls=Group, help=_("People who can sign in."))
def user() -> None:
    """Hold the three subcommands."""


@user.command(help=_("Add somebody, and print a link by which they sign in once."))
@click.argument("name")
@click.option("--email", help=_("Address with which they sign in later."))
@click.option("--admin", is_flag=True, help=_("May change the settings and everything else."))
def add(name: str, email: str | None, admin: bool) -> None:
    """Add an account."""
    with opened() as station, station.truth.begin() as connection:
        if accounts.find_named(connection, name):
            raise Conflict(N_("There is somebody named “%(name)s” already. Choose another name."), name=name)
        account = accounts.add(connection, name, is_admin=admin, email=clean_email(email) if email else None)
        click.echo(address_of(station.config, accounts.make_link(connection, account.id)))


@user.command("list", help=_("List the people who can sign in."))
def list_users() -> None:
    """List the accounts."""
    with opened() as station, station.truth.connect() as connection:
        for account in accounts.list_all(connection):
            role = _("administrator") if account.is_admin else ""
            state = _("blocked") if account.is_blocked else ""
            click.echo("\t".join(filter(None, (account.name, account.email, role, state))))


@user.command(help=_("Erase whoever has this address, with an account or without. Nothing brings it back."))
@click.argument("address")
@click.option("--yes", is_flag=True, help=_("Do not ask."))
def erase(address: str, yes: bool) -> None:
    """Erase a member, or somebody who contributed without an account."""
    email = clean_email(address)
    with opened() as station:
        if not yes:
            click.confirm(_("Erase all that is known of %(email)s, for ever?", email=email), abort=True, err=True)
        with station.truth.begin() as connection:
            _erase(connection, email)
        station.stamp.touch()
        forget_traces(station.truth)
        backups = list_holding(station.config)
    click.echo(_("Erased: %(files)s.", files=email))
    for backup in backups:
        click.echo(_("This backup still holds it: %(file)s", file=backup))


def _erase(connection: Connection, email: str) -> None:
    account = accounts.find_by_email(connection, email)
    if account:
        erasing.erase(connection, account)
    elif not erasing.erase_address(connection, email):
        raise NotFound(N_("Nobody here has the address “%(email)s”. See: gare user list"), email=email)
    recipients.forget_address(connection, email)
    acts.note(connection, SYSTEM, "erased", account.pseudonym if account else "")


@click.command(cls=Command, help=_("Print a link by which somebody signs in once, within a day."))
@click.argument("name")
def login_link(name: str) -> None:
    """Print a sign-in link."""
    with opened() as station, station.truth.begin() as connection:
        account = _get(connection, name)
        if account.is_blocked:
            raise Refused(N_("“%(name)s” is blocked. Let them in again first, at /-/people/."), name=name)
        click.echo(address_of(station.config, accounts.make_link(connection, account.id)))


@click.command(cls=Command, help=_("Make a key by which a program reads or writes for an administrator."))
@click.argument("name")
@click.option("--write", is_flag=True, help=_("May write, too."))
def token(name: str, write: bool) -> None:
    """Print a bearer token of the API."""
    with opened() as station, station.truth.begin() as connection:
        account = _get(connection, name)
        if not account.is_admin:
            raise Refused(N_("“%(name)s” is no administrator, so no key can be made."), name=name)
        click.echo(tokens.make(connection, account.id, "gare token", may_write=write))


def _get(connection: Connection, name: str) -> Account:
    account = accounts.find_named(connection, name)
    if account is None:
        raise NotFound(N_("There is nobody named “%(name)s”. See: gare user list"), name=name)
    return account
