"""`gare check`: the doctor, at a terminal; looks at everything now."""

import sys

import click

from app.checkup import Finding, examine
from app.cli.command import Command, opened
from app.cli.language import _


@click.command(cls=Command, help=_("Look whether everything is well; exit status 1 if something needs care."))
def check() -> None:
    """Print the findings."""
    with opened() as station:
        findings = list(examine(station))
    marks = {True: _("ok"), False: _("CARE")}
    width = max(map(len, marks.values()))
    for finding in findings:
        click.echo(f"{marks[finding.is_good]:{width}}  {_said(finding)}")
    if not all(finding.is_good for finding in findings):
        sys.exit(1)


def _said(finding: Finding) -> str:
    sentence = _(finding.sentence) % finding.values if finding.values else _(finding.sentence)
    return _("%(subject)s: %(finding)s", subject=_(finding.subject), finding=sentence)
