"""Comments as templates show them: who said what, what the reader may do with it, what stands below what."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace

from flask import request

from app.comments import comment as states
from app.comments.comment import Comment
from app.comments.words import paragraphs
from app.people import visitors
from app.web.kit import door, station, viewer
from app.web.wording import former

MAX_NUMBER = 10_000


def list_number() -> int:
    """Give the number of the list page that is asked for."""
    typed = request.args.get("page", "")
    return min(max(int(typed), 1), MAX_NUMBER) if typed.isdecimal() and len(typed) < 8 else 1


def pager(number: int, has_more: bool, address: Callable[[int], str]) -> SimpleNamespace:
    """Give the ways to the list pages before and after."""
    newer = address(number - 1) if number > 1 else None
    return SimpleNamespace(newer=newer, older=address(number + 1) if has_more else None)


def entries_of(comments: Sequence[Comment], *, is_moderator: bool) -> list[SimpleNamespace]:
    """Prepare comments for a template; words that are hidden from the reader do not get there."""
    names = door().author_names({one.pseudonym for one in comments})
    entries = [_entry(one, names.get(one.pseudonym) or former(), is_moderator) for one in comments]
    waiting = {one.visitor_id for one in comments if one.visitor_id and one.state == states.WAITING}
    unconfirmed = _unconfirmed(waiting) if waiting else set()
    for entry, one in zip(entries, comments, strict=True):
        entry.is_unconfirmed = one.visitor_id in unconfirmed
    return entries


def _unconfirmed(visitor_ids: set[int]) -> set[int]:
    """Find those who could not be asked by mail whether the address is theirs."""
    with station().truth.connect() as connection:
        return visitor_ids - visitors.list_confirmed(connection, visitor_ids)


def _entry(one: Comment, name: str, is_moderator: bool) -> SimpleNamespace:
    is_own = bool(viewer().pseudonym) and one.pseudonym == viewer().pseudonym
    is_shown = one.state == states.SHOWN
    told_to = {
        states.SHOWN: True,
        states.HIDDEN: is_moderator or is_own,
        states.DELETED: is_own,
        states.WAITING: is_moderator,
    }
    is_told = told_to.get(one.state, False)
    return SimpleNamespace(
        number=one.id,
        is_answer=one.parent_id is not None,
        parent=one.parent_id,
        author_name=name,
        at=one.at,
        state=one.state,
        is_answered=one.is_answered,
        paragraphs=paragraphs(one.text) if is_told else (),
        reason=one.reason if is_told else "",
        may_answer=is_shown and one.parent_id is None,
        may_close=is_shown and one.parent_id is None and (is_own or is_moderator),
        may_withdraw=is_own and one.state in {states.SHOWN, states.HIDDEN},
        may_judge=is_moderator and one.state in {states.SHOWN, states.HIDDEN, states.WAITING},
    )


def rows_of(entries: Sequence[SimpleNamespace]) -> list[list[SimpleNamespace]]:
    """Put answers below what they answer; those whose beginning stands on another list page make a row of their own."""
    rows: list[list[SimpleNamespace]] = []
    for entry in entries:
        if rows and entry.is_answer and entry.parent in {rows[-1][0].number, rows[-1][0].parent}:
            rows[-1].append(entry)
        else:
            rows.append([entry])
    return rows
