"""Edit pages: the whole or one section, preview, conflict; new pages from a title and a template."""

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.catalog.editing import Edit, EditConflict, Outcome
from app.catalog.finding import PageQuery
from app.errors import N_, Conflict, GareError, Invalid, NotFound, OverBudget, Refused
from app.people import rights
from app.web.addresses import address, url
from app.web.beginning import TEMPLATES, begun_from, begun_title, starting_text
from app.web.fill import fill_body
from app.web.form_links import leads_to_form
from app.web.kit import author, door, notice, render, say, sign, station, typed_name, typed_path, viewer, wiki
from app.web.page_form import as_typed, check_is_utf8, overlong, put_together, take_apart
from app.web.places import list_places
from app.web.plugged import macros
from app.web.rights_form import choices, tell_rule
from app.web.unsaved import keep
from app.web.wording import name_of, too_long
from app.wiki import diff, frontmatter, sections
from app.wiki.page import INDEX, MAX_PATH_BYTES, folder_of, form_of, parse_path, slugify, title_of_path

blueprint = Blueprint("edit", __name__)

# Characters that are read of what is typed for a new page; no path that is longer is one, so that none is cut short.
_READ = {"title": 300, "folder": MAX_PATH_BYTES + 1, "template": MAX_PATH_BYTES + 1, "author": 300}


@blueprint.get("/-/edit/<path:path>")
def edit(path: str) -> Response:
    """Show the editor with the page's text, or that of one section."""
    door().check_may_write_somewhere(viewer())
    path, section = typed_path(path), section_asked()
    if (name := form_of(path)) and "text" not in request.args and rights.may_moderate(viewer()):
        return redirect(url("form_builder.edit", name=name))
    try:
        page, text = door().text(viewer(), path)
    except NotFound:
        return _begin(path)
    if leads_to_form(page, section):
        return redirect(url("record_edit.edit", path=page.path), 303)
    door().check_may_write(viewer(), page.path)
    part, section = part_of(text, section)
    return _form(page.path, part, base=page.revision, section=section)


def _begin(path: str) -> Response:
    """Show the editor of a new page; where none may be written, ask for another title before anything is typed."""
    try:
        door().check_new_path(viewer(), path)
    except (Conflict, Refused) as error:
        title = request.args.get("title", "")[: _READ["title"]] or title_of_path(path)
        values = {"title": title, "folder": folder_of(path), "template": request.args.get("template", ""), "author": ""}
        return _new_form(values, {"title": say(error)}, error.status)
    return _form(path, starting_text(path), base="", section=0)


@blueprint.post("/-/edit/<path:path>")
def save(path: str) -> Response:
    """Save what was typed, or show how it will look."""
    door().check_may_write_somewhere(viewer())
    path, section = typed_path(path), section_asked()
    try:
        check_is_utf8(request.get_data(cache=True), request.mimetype)
        typed = put_together(request.form)
    except Invalid as error:
        return _again(say(error), error.status)
    if request.form.get("action") == "preview":
        return _form(path, typed, base=base_sent(), section=section, preview=True)
    try:
        signed = author()
    except Invalid as error:
        return _form(path, typed, base=base_sent(), section=section, errors={"author": say(error)}, code=error.status)
    try:
        whole = whole_text(path, typed, section)
        outcome = door().save(viewer(), Edit(path, whole, base_sent() or None, signed, request.form.get("summary", "")))
    except EditConflict as conflict:
        return _conflict(conflict, whole_text(path, typed, section))
    except GareError as error:
        return _form(path, typed, base=base_sent(), section=section, errors={"text": say(error)}, code=error.status)
    return sign(_saved(outcome, section, whole), request.form.get("author", ""))


def _again(sentence: str, code: int) -> Response:
    path, typed = typed_path((request.view_args or {})["path"]), as_typed(request.form)
    return _form(path, typed, base=base_sent(), section=section_asked(), errors={"text": sentence}, code=code)


def _saved(outcome: Outcome, section: int, whole: str) -> Response:
    """Go to the page, to the section that was edited."""
    if said := too_long(whole):
        notice("warning", said)
    if outcome.is_merged:
        notice("done", gettext("Saved. Somebody else's change was kept too."))
    if outcome.kept_keys:
        keys = ", ".join(outcome.kept_keys)
        notice("warning", gettext("Saved, but for what only administrators may set: %(keys)s.", keys=keys))
    if not outcome.is_changed:
        notice("done", gettext("Nothing had changed."))
    tell_rule(outcome.path)
    return redirect(address(outcome.path) + _anchor(outcome.path, section), 303)


def _anchor(path: str, section: int) -> str:
    if not section:
        return ""
    _, body, _ = door().view(viewer(), path)
    return next((f"#{one['anchor']}" for one in body.details["headings"] if one["section"] == section), "")


def _form(
    path: str, text: str, *, base: str, section: int, preview: bool = False,
    errors: dict[str, str] | None = None, code: int = 200,
) -> Response:  # fmt: skip
    response = render("edit/form.html", code, **editor(path, text, base, section), errors=errors or {},
                      preview=preview_of(path, text) if preview else None, bare=too_long(text))  # fmt: skip
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def take_over(path: str, typed: str, section: int) -> Response:
    """Show what somebody proposes in the ordinary editor: he may write the page meanwhile."""
    errors = {"text": gettext("You may change this page yourself now. Save your text.")}
    return _form(path, typed, base=base_sent(), section=section, errors=errors, code=409)


def editor(path: str, text: str, base: str, section: int) -> dict[str, Any]:
    """What the editor's templates need whatever is shown beside."""
    title = frontmatter.parse(text).text("title") if not section else ""
    page = title_of(path) if base else title or title_of_path(path)
    name = typed_name()
    apart = None if section or form_of(path) else take_apart(text)
    return {
        "page": SimpleNamespace(path=path, title=page, address=address(path), is_new=not base),
        "text": apart.text if apart else text,
        "apart": apart,
        "overlong": overlong(request.form),
        "rights": choices(path, text) if apart else None,
        "base": base,
        "section": section,
        "summary": request.form.get("summary", ""),
        "author": name,
        "ask_author": viewer().may_write and not viewer().is_signed_in,
        "blocks": [(m.name, gettext(m.help), m.example) for m in macros().values()],
        "max_bytes": station().config.upload_bytes,
        "zone": station().config.timezone,
        "files": _files(path),
    }


def title_of(path: str) -> str:
    """Give the title of a page, or what it will be called."""
    try:
        return door().find(viewer(), path).title
    except GareError:
        return title_of_path(path)


def _files(path: str) -> list[tuple[str, str, str, bool]]:
    from app.web.files import described

    try:
        return [(one.name, one.href, one.markup, one.is_picture) for one in described(path)]
    except GareError:  # a closed page stands there, or the catalog is damaged: no reason to lose a text
        return []


def preview_of(path: str, text: str) -> Any:
    """Lay a text out as the page that it would be."""
    return fill_body(path, wiki().preview(path, text))


def _conflict(conflict: EditConflict, mine: str) -> Response:
    page = conflict.page
    context = editor(page.path, mine, page.revision, 0) | {"errors": {}, "preview": None}
    # Shown without the lines at their top, which few people know; what is sent back holds them.
    my_words, their_words = frontmatter.split(mine)[1].lstrip("\n"), frontmatter.split(conflict.text)[1].lstrip("\n")
    return render(
        "edit/conflict.html", 409, **context, mine=mine, my_words=my_words, theirs=their_words,
        theirs_author=name_of(page.author), theirs_at=page.edited_at, rows=diff.words(their_words, my_words),
    )  # fmt: skip


def section_asked() -> int:
    """Give the number of the section that is edited; 0: the whole page."""
    said = request.args.get("section", "0")
    return int(said) if said.isdecimal() and len(said) < 6 else 0


def base_sent() -> str:
    """Give the revision that the writer started from; empty for a new page."""
    return request.form.get("base", "")


def part_of(text: str, section: int) -> tuple[str, int]:
    """Give the text of a section; the whole page and 0 where it has none of that number, or finding it is too dear."""
    if not section:
        return text, 0
    try:
        return sections.get_section(frontmatter.split(text)[1], section, wiki().section_bounds), section
    except (NotFound, OverBudget):
        return text, 0


def whole_text(path: str, typed: str, section: int) -> str:
    """Put an edited section back into the text that the writer started from."""
    if not section:
        return typed
    _, _, text = door().revision(viewer(), path, base_sent())
    block, body = frontmatter.split(text)
    return block + sections.replace_section(body, section, typed.rstrip("\n") + "\n", wiki().section_bounds)


@blueprint.get("/-/new")
def new() -> Response:
    """Ask for the title of a new page, its place and a template."""
    _check_may_begin()
    asked = request.args.get("path", "")
    title = (begun_title() or (title_of_path(asked) if asked else ""))[: _READ["title"]]
    folder = folder_of(asked) if asked and not asked.endswith(f"/{INDEX}") else ""
    if asked.endswith(f"/{INDEX}"):
        path = parse_path(asked)
        return redirect(url(_editor_of(path), path=path))
    return _new_form({"title": title, "folder": folder, "template": "", "author": ""}, {})


@blueprint.post("/-/new")
def create() -> Response:
    """Find the path for a title and open the editor there, with the template's text."""
    _check_may_begin()
    values = _values()
    try:
        path = _path_for(values["title"], values["folder"])
    except Invalid as error:
        return _new_form(values, {"title": say(error)}, 400)
    place = door().locate(viewer(), path)
    if place.kind in {"page", "moved"}:
        there = [(title_of(place.path), address(place.path))]
        return _new_form(values, {"title": gettext("There is such a page already. Choose another title.")}, 409, there)
    if not request.form.get("anyway") and (similar := similar_pages(values["title"])):
        return _new_form(values, {}, 200, similar)
    # The title and the template travel in the address, so that the editor works without a session.
    view = _editor_of(path)
    return redirect(
        url(view, path=path, title=values["title"][:150], template=values["template"] or None, **begun_from()), 303
    )


def _values() -> dict[str, str]:
    return {name: request.form.get(name, "").strip()[:most] for name, most in _READ.items()}


keep(blueprint, {"edit.save": _again, "edit.create": lambda said, code: _new_form(_values(), {"title": said}, code)})


def _check_may_begin() -> None:
    """Refuse who may neither write nor propose a page anywhere."""
    if not viewer().may_write and not door().may_propose_somewhere(viewer()):
        door().check_may_write_somewhere(viewer())


def _editor_of(path: str) -> str:
    """Name the view that a page is written or proposed in."""
    return "propose.edit" if door().may_propose(viewer(), path) else "edit.edit"


def _path_for(title: str, folder: str) -> str:
    slug = slugify(title)
    if not slug:
        raise Invalid(N_("Type a title with at least one letter or digit."))
    return parse_path(f"{folder.strip('/')}/{slug}" if folder else slug)


def _new_form(
    values: dict[str, str], errors: dict[str, str], code: int = 200, similar: list[tuple[str, str]] | None = None
) -> Response:
    templates = door().list(viewer(), PageQuery(below=TEMPLATES))
    return render(
        "edit/new.html", code, values=values, errors=errors, similar=similar or [],
        folders=list_places(values["folder"]), templates=[(row.path, row.title) for row in templates],
    )  # fmt: skip


def similar_pages(title: str) -> list[tuple[str, str]]:
    """List pages whose names contain a title, with their addresses."""
    return [(row.title, address(row.path)) for row in door().similar(viewer(), title)]
