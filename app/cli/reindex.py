"""`gare reindex`: build everything derived anew from the truths, while the site stays up."""

import click

from app.catalog import searching
from app.catalog.rebuild import Progress
from app.catalog.wiki import Wiki
from app.cli.command import Command, opened
from app.cli.language import _
from app.cli.progress import shown
from app.errors import N_, Unavailable
from app.jobs import rebuild_catalog


@click.command(cls=Command, help=_("Build lists and search anew from the pages; the site stays up."))
def reindex() -> None:
    """Rebuild what plugins derive, the catalog, then the search."""
    with opened() as station, shown() as progress:
        for again in station.hooks.reindex:
            again(progress)
        rebuild(station.wiki, progress)


def rebuild(wiki: Wiki, progress: Progress, *, is_patient: bool = False) -> None:
    """Rebuild catalog and search index; raises Unavailable where another process is at it and one will not wait."""
    with searching.patient_writer(wiki):
        if rebuild_catalog(wiki, progress, is_patient=is_patient) is None:
            raise Unavailable(N_("The lists are being built anew already. Wait for the end."))
        searching.rebuild(wiki)
