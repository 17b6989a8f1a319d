"""The mail that says what changed about dates to which somebody comes."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.answers import letters
from app.answers.letters import Draft, Letterhead
from app.answers.told import Told
from app.catalog.occurrence_rows import OccurrenceRow

MOST = 30  # dates of one series in one mail


@dataclass(frozen=True, slots=True)
class Difference:
    """What people know of a date, and what is so now; `row` bears no path where its page is gone."""

    before: Told
    after: Told
    row: OccurrenceRow


def draft(head: Letterhead, changes: Sequence[Difference], own: str) -> Draft:
    """Write what the mail says; all dates are of one page."""
    words = head.words
    is_off = all(one.after.is_cancelled for one in changes)
    subject = words.gettext("Cancelled: %(title)s") if is_off else words.gettext("Changed: %(title)s")
    paragraphs = [_said(head, one) for one in changes[:MOST]]
    more = len(changes) - MOST
    if more > 0:
        said = words.ngettext("And %(num)s more date.", "And %(num)s more dates.", more)
        paragraphs.append(said % {"num": more})
    return Draft(
        letters.subject(subject, changes[0].row.title), paragraphs, own if not is_off else "",
        letters.filed(head, [one.row for one in changes]),
    )  # fmt: skip


def _said(head: Letterhead, one: Difference) -> str:
    words = head.words
    if one.after.is_cancelled:
        reason = [words.gettext("Reason: %(reason)s") % {"reason": letters.one_line(one.row.reason)}]
        lines = [letters.block(head, one.row), *(reason if one.row.reason else [])]
        return "\n".join([words.gettext("This does not take place:"), *lines])
    if one.before.is_cancelled:
        return "\n".join([words.gettext("This takes place after all:"), letters.block(head, one.row)])
    before = words.gettext("Before: %(when)s") % {"when": _before(head, one)}
    return "\n".join([words.gettext("This is now so:"), letters.block(head, one.row), before])


def _before(head: Letterhead, one: Difference) -> str:
    start, end = one.before.times
    said = letters.say_when(head, start, end, one.before.timezone, is_all_day=one.before.is_all_day)
    place = letters.one_line(one.before.place)
    return f"{said}, {place}" if place and place != one.row.place else said
