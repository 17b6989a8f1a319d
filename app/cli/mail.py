"""`gare mail`: try whether mail goes out."""

import click

from app.cli.command import Command, Group, opened
from app.cli.language import _
from app.outbox import sending
from app.outbox.mails import Mail


@click.group(cls=Group, help=_("Mail that the site sends."))
def mail() -> None:
    """Hold the subcommands."""


@mail.command(cls=Command, help=_("Send a message to an address at once, and say what the mail server answers."))
@click.argument("address")
def test(address: str) -> None:
    """Send a message past the queue."""
    with opened() as station:
        settings = station.settings.get()
        words = _("If you read this, %(site)s can send mail.", site=settings.title)
        sending.send_now(station.mail_config, settings, Mail(address, _("Does mail go out?"), words + "\n"))
        click.echo(_("The mail server took it. Look whether it arrives, also among unwanted mail."))
