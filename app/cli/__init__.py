"""The command `gare`: what each subcommand does stands in the module of its subject."""

import click

from app.cli import backup, check, demo, export, importing, init, jobs, mail, pages, people, reindex, serve
from app.cli.command import instance_option
from app.cli.language import _
from app.cli.plugins import Program

COMMANDS: tuple[click.Command, ...] = (
    init.init,
    serve.serve,
    check.check,
    reindex.reindex,
    backup.backup,
    backup.restore,
    backup.upgrade,
    jobs.jobs,
    pages.page,  # get, put, list, purge
    mail.mail,  # test
    people.user,  # add, list, erase
    people.login_link,
    people.token,
    importing.import_,  # csv, xlsx, geojson, gogocarto
    export.export,  # html, csv, xlsx, geojson …
    demo.demo,  # load, remove
)

gare = Program(
    "gare",
    help=_("Make, serve and look after a Gare Centrale, the wiki of a collective."),
    commands=list(COMMANDS),
    params=[instance_option()],
)


def main() -> None:
    """Run the command line."""
    gare.main(prog_name="gare")
