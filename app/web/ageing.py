"""What has aged: the check-up of those who look after pages. Each line leads by one press to where it is mended."""

import time
from collections.abc import Iterator, Sequence
from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.catalog.ageing import Aged
from app.catalog.editing import Edit
from app.catalog.rows import PageRow
from app.errors import N_
from app.proposals import moderating
from app.proposals.proposals import WAITING
from app.web.addresses import address, url
from app.web.kit import author, door, notice, render, station, uncached, viewer
from app.web.wording import former
from app.wiki import frontmatter
from app.wiki.page import MAX_PATH_BYTES

blueprint = Blueprint("ageing", __name__)

UNTOUCHED_SECONDS = 365 * 86_400
UNANSWERED_SECONDS = 7 * 86_400
LINKS = 20  # of one page: a page may name thousands
SHOWN, ALL = 10, 200  # lines of each section: at first, and where one section is asked for alone


@blueprint.get("/-/aged")
def show() -> Response:
    """Show what has aged; with `only`, one section with more lines."""
    door().check_moderates(viewer())
    only = request.args.get("only", "")
    sections = [one for one in _sections(ALL if only else SHOWN) if one.total]
    chosen = [one for one in sections if only and one.name == only]
    if only and not chosen:  # the last of its lines was mended
        return redirect(url("ageing.show"))
    return uncached(render("ageing/show.html", sections=chosen or sections, is_one=bool(chosen)))


@blueprint.post("/-/aged")
def confirm() -> Response:
    """Note that a page is right still, as a change of its own: its history says who looked, and when."""
    door().check_moderates(viewer())
    path = request.form.get("path", "")[:MAX_PATH_BYTES]
    page, text = door().text(viewer(), path)
    checked = frontmatter.rewrite(text, {"checked": station().today().isoformat()})
    door().save(viewer(), Edit(path, checked, page.revision, author(), gettext("Right still")))
    notice("done", gettext("Noted: “%(title)s” is right still.", title=page.title))
    return redirect(url("ageing.show"), 303)


def _sections(limit: int) -> Iterator[SimpleNamespace]:
    yield _proposals(limit)
    yield from _of_plugins(limit)
    yield _section("links", N_("Links that lead nowhere"), *_broken(limit))
    yield _section("empty", N_("Empty parts of pages"), *_hollow(limit))
    yield _section("untouched", N_("Not changed for a year"), *_untouched(limit))


def _section(name: str, title: str, lines: Sequence[SimpleNamespace], total: int, whole: str = "") -> SimpleNamespace:
    more = whole or url("ageing.show", only=name)
    return SimpleNamespace(name=name, title=title, lines=lines, total=total, address=more)


def _line(words: str, place: str, **more: object) -> SimpleNamespace:
    empty: dict[str, object] = {"aside": "", "at": None, "links": (), "edit": "", "path": ""}
    return SimpleNamespace(words=words, address=place, **empty | more)


def _untouched(limit: int) -> tuple[list[SimpleNamespace], int]:
    rows, total = door().untouched(viewer(), int(time.time()) - UNTOUCHED_SECONDS, limit)
    knows = door().who_knows(rows)
    names = door().author_names(knows.values())
    return [_untouched_line(row, names.get(knows.get(row.path, ""), "")) for row in rows], total


def _untouched_line(row: PageRow, name: str) -> SimpleNamespace:
    said = gettext("%(name)s knows it best", name=name) if name else ""
    edit = _edit(row.path)
    return _line(row.title, address(row.path), aside=said, at=row.edited_at, edit=edit, path=row.path if edit else "")


def _edit(path: str) -> str:
    """Give the address of the editor to those who may write there."""
    return url("edit.edit", path=path) if door().may_write(viewer(), path) else ""


def _broken(limit: int) -> tuple[list[SimpleNamespace], int]:
    rows, total = door().broken(viewer(), limit)
    return [_broken_line(row) for row in rows], total


def _broken_line(row: Aged) -> SimpleNamespace:
    links = [
        (gettext("Write “%(title)s”", title=typed), url(
            "edit.new", title=typed.rpartition("/")[2], path=typed if "/" in typed else None
        ))
        for typed in row.missing[:LINKS]
    ]  # fmt: skip
    return _line(row.title, address(row.path), links=links, edit=_edit(row.path))


def _hollow(limit: int) -> tuple[list[SimpleNamespace], int]:
    rows, total = door().hollow(viewer(), limit)
    return [_hollow_line(row) for row in rows], total


def _hollow_line(row: Aged) -> SimpleNamespace:
    edit = _edit(row.path)
    links = [
        (gettext("Fill “%(title)s”", title=gap.words), url("edit.edit", path=row.path, section=gap.section or None))
        for gap in row.gaps[:LINKS]
        if edit
    ]
    return _line(row.title, address(row.path), links=links, edit=edit)


def _proposals(limit: int) -> SimpleNamespace:
    before = time.time() - UNANSWERED_SECONDS
    with station().truth.connect() as connection:
        waiting, _ = moderating.list_waiting(connection, door(), viewer())
    old = [
        one.proposal for one in waiting
        if one.proposal.state == WAITING and one.proposal.changed_at.timestamp() < before
    ]  # fmt: skip
    names = door().author_names({one.pseudonym for one in old[:limit]})
    lines = [
        _line(
            one.draft.title, url("moderation.look", number=one.id), at=one.changed_at,
            aside=names.get(one.pseudonym) or former(),
        )
        for one in old[:limit]
    ]  # fmt: skip
    title = N_("Proposals without an answer for a week")
    return _section("proposals", title, lines, len(old), url("moderation.show"))


def _of_plugins(limit: int) -> Iterator[SimpleNamespace]:
    for give in station().hooks.cares:
        for one in give(viewer()) or ():
            lines = [_line(line.words, line.address, aside=line.aside) for line in one.lines[:limit]]
            yield _section("", one.title, lines, len(one.lines), one.address)
