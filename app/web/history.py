"""History of a page: its versions, what changed, who wrote what, back to an older version."""

from types import SimpleNamespace

from flask import Blueprint, redirect, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from app.catalog.editing import Edit, EditConflict
from app.catalog.rows import Grave, PageRow, RevisionRow
from app.errors import N_, Invalid
from app.web.addresses import address, url
from app.web.fill import fill_body
from app.web.kept import until_change
from app.web.kit import author, door, notice, render, sign, typed_path, viewer, wiki
from app.web.pages import breadcrumbs
from app.web.templates import format_moment
from app.web.wording import name_of, version_entries
from app.wiki import blame as blaming
from app.wiki import diff as difference

blueprint = Blueprint("history", __name__)

PER_PAGE = 50
MAX_BLAMED = 500  # versions looked through
MAX_BLAMED_BYTES = 10_000_000  # of all of them; older ones are left out


@blueprint.get("/-/history/<path:path>")
@until_change
def show(path: str) -> Response:
    """List the versions of a page."""
    path = typed_path(path)
    before = _number(request.args.get("before"))
    skipped = _number(request.args.get("after")) or 0
    page, rows, total = door().history(viewer(), path, before=before, limit=PER_PAGE + 1)
    current = page.revision if isinstance(page, PageRow) else ""
    entries = version_entries(page.path, rows[:PER_PAGE], total - skipped, current)
    older = None
    if len(rows) > PER_PAGE:
        older = url("history.show", path=path, before=rows[PER_PAGE - 1].seq, after=skipped + PER_PAGE)
    newer = url("history.show", path=path) if before else None
    shown = SimpleNamespace(path=page.path, title=page.title, address=address(page.path))
    pager = SimpleNamespace(older=older, newer=newer)
    return render("history/list.html", page=shown, entries=entries, pager=pager)


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isdecimal() and len(said) < 12 else None


@blueprint.get("/-/diff/<path:path>")
@until_change
def diff(path: str) -> Response:
    """Show what changed between two versions; without `from`, since the version before."""
    path, wanted = typed_path(path), request.args.get("to", "")
    page, new, new_text = door().revision(viewer(), path, wanted)
    if since := request.args.get("from"):
        _, old, old_text = door().revision(viewer(), path, since)
    else:
        old, old_text = _before(page.path, new)
    if old.seq > new.seq:
        old, new, old_text, new_text = new, old, new_text, old_text
    return render(
        "history/diff.html", page=_shown(page), old=_entry(page, old), new=_entry(page, new),
        sentence=_sentence(new, old_text, new_text), rows=difference.words(old_text, new_text), restore=old.revision,
        may_edit=door().may_write(viewer(), page.path),
    )  # fmt: skip


def _before(path: str, new: RevisionRow) -> tuple[RevisionRow, str]:
    """Give the version before another one; the first has an empty one before it."""
    row = door().before(viewer(), path, new.seq)
    if row is None:
        return new, ""
    return row, door().revision(viewer(), path, row.revision)[2]


def _shown(page: PageRow | Grave) -> SimpleNamespace:
    return SimpleNamespace(path=page.path, title=page.title, address=address(page.path))


def _entry(page: PageRow | Grave, row: RevisionRow) -> SimpleNamespace:
    return version_entries(page.path, [row], 0, page.revision)[0]


def _sentence(new: RevisionRow, old_text: str, new_text: str) -> str:
    """Say who changed how much, in one sentence."""
    added, removed = difference.count(old_text, new_text)
    return gettext(
        "%(name)s, %(when)s: %(added)s, %(removed)s.",
        name=name_of(new.author),
        when=format_moment(new.at),
        added=ngettext("%(num)s word added", "%(num)s words added", added),
        removed=ngettext("%(num)s word removed", "%(num)s words removed", removed),
    )


@blueprint.get("/-/version/<path:path>")
@until_change
def revision(path: str) -> Response:
    """Show a page as it was."""
    page, row, text = door().revision(viewer(), typed_path(path), request.args.get("revision", ""))
    body = wiki().preview(page.path, text)
    shown = SimpleNamespace(
        **{name: getattr(_shown(page), name) for name in ("path", "title", "address")},
        html=fill_body(page.path, body), headings=(), toc=False, lang=page.lang, tags=(), space=page.space,
        is_source=body.details["is_source"], fault=None, block="", revision=row.revision,
        edited_at=row.at, author_name=name_of(row.author),
    )  # fmt: skip
    is_current = row.revision == page.revision and isinstance(page, PageRow)
    trail = breadcrumbs(page.path, page.title)
    return render(
        "pages/revision.html", page=shown, revision=row.revision, edited_at=row.at, author_name=name_of(row.author),
        is_current=is_current, breadcrumbs=trail, may_edit=door().may_write(viewer(), page.path),
    )  # fmt: skip


@blueprint.get("/-/source/<path:path>")
@until_change
def source(path: str) -> Response:
    """Show the bare text of a page, today's or that of a version."""
    path = typed_path(path)
    page, row, text = door().revision(viewer(), path, request.args.get("revision", ""))
    return render("history/source.html", page=_shown(page), text=text, revision=row.revision)


@blueprint.get("/-/blame/<path:path>")
@until_change
def blame(path: str) -> Response:
    """Show who wrote which paragraph."""
    page = door().find(viewer(), typed_path(path))
    versions = door().versions(viewer(), page.path, MAX_BLAMED, MAX_BLAMED_BYTES)
    rows = {row.revision: row for row, _ in versions}
    found = blaming.paragraphs((row.revision, read()) for row, read in versions)
    names = door().author_names({row.author for row in rows.values()})
    paragraphs = [
        SimpleNamespace(
            text=one.text,
            author_name=names.get(rows[one.revision].author) or gettext("former member"),
            at=rows[one.revision].at,
            diff_address=url("history.diff", path=page.path, to=one.revision),
        )
        for one in found
    ]
    return render("history/blame.html", page=_shown(page), paragraphs=paragraphs)


@blueprint.post("/-/restore/<path:path>")
def restore(path: str) -> Response:
    """Make an older version the current one again; nothing of the history is lost."""
    wanted = request.form.get("revision") or "none"
    page, row, text = door().revision(viewer(), typed_path(path), wanted)
    summary = gettext("Back to the version of %(when)s", when=format_moment(row.at))
    try:
        outcome = door().save(
            viewer(), Edit(page.path, text, page.revision, author(is_needed=False), summary), keeps_rights=True
        )
    except EditConflict as error:
        raise Invalid(N_("The page has just changed. Look at it again first.")) from error
    notice("done", gettext("The version of %(when)s is back.", when=format_moment(row.at)))
    return sign(redirect(address(outcome.path), 303), request.form.get("author", ""))
