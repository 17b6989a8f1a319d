"""Files of a page: list, upload, delete, serve."""

from types import SimpleNamespace

from flask import Blueprint, jsonify, make_response, redirect, request, send_file
from flask_babel import format_decimal, gettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app.catalog.rows import Attachment
from app.errors import N_, GareError, Invalid, NotFound
from app.web.addresses import address, url
from app.web.errors import wants_json
from app.web.kit import author, door, etag_of, notice, render, say, station, typed_path, viewer
from app.wiki.files import WIDTHS, content_type, is_inline
from app.wiki.page import INDEX, files_folder, title_of_path
from app.wiki.uploads import Prepared, prepare_upload

blueprint = Blueprint("files", __name__)

MAX_AT_ONCE = 20
KINDS = N_("Pictures, PDF, office documents, text, sound and films, up to %(cap)s MB.")


@blueprint.get("/-/files/<path:path>/")
def manage(path: str) -> Response:
    """List the files of a page, with what to write to show them."""
    return _list(typed_path(path), {})


@blueprint.post("/-/files/<path:path>")  # with a slash at the end or without
def change(path: str) -> Response:
    """Add files, or take one away."""
    path = typed_path(path.removesuffix("/"))
    if request.form.get("action") == "delete":
        return _detach(path, request.form.get("name", ""))
    try:
        names = door().attach(viewer(), path, _uploads(), author(is_needed=False))
    except GareError as error:
        if wants_json():
            raise
        return _list(path, {"file": say(error)}, error.status)
    if wants_json():
        return jsonify(_answer(path, names[0]))
    notice("done", gettext("Added: %(names)s.", names=", ".join(names)))
    return redirect(url("files.manage", path=path), 303)


def _detach(path: str, name: str) -> Response:
    has_history = door().detach(viewer(), path, name, author(is_needed=False))
    undo = (gettext("Bring the file back"), url("files.reattach", path=path, name=name)) if has_history else None
    notice("done", gettext("The file was deleted. History keeps it."), undo)
    return redirect(url("files.manage", path=path), 303)


@blueprint.post("/-/reattach/<path:path>")
def reattach(path: str) -> Response:
    """Put a file back that was taken away."""
    path = typed_path(path)
    name = door().reattach(viewer(), path, request.args.get("name", ""), author(is_needed=False))
    notice("done", gettext("“%(name)s” is back.", name=name))
    return redirect(url("files.manage", path=path), 303)


def _uploads() -> list[Prepared]:
    sent = [one for one in request.files.getlist("file") if one.filename]
    if not sent:
        raise Invalid(N_("Choose a file first."))
    if len(sent) > MAX_AT_ONCE:
        raise Invalid(N_("Send at most %(cap)s files at once."), cap=MAX_AT_ONCE)
    return [_prepare(one) for one in sent]


def _prepare(sent: FileStorage) -> Prepared:
    cap = station().config.upload_bytes
    return prepare_upload(sent.filename or "", sent.stream.read(cap + 1), max_bytes=cap)


def _answer(path: str, name: str) -> dict[str, str]:
    return {"name": name, "markup": markup(path, name), "href": href(path, name)}


def _list(path: str, errors: dict[str, str], code: int = 200) -> Response:
    files = described(path)
    page = SimpleNamespace(path=path, title=_title(path), address=address(path))
    cap = station().config.upload_bytes
    kinds = gettext(KINDS, cap=format_decimal(cap // 1_000_000))
    return render(
        "files/manage.html", code, page=page, files=files, errors=errors, max_bytes=cap, kinds=kinds,
        may_edit=door().may_write(viewer(), path),
    )  # fmt: skip


def _title(path: str) -> str:
    try:
        return door().find(viewer(), path).title
    except NotFound:
        return title_of_path(path)


def described(path: str) -> list[SimpleNamespace]:
    """Prepare the files of a page for a list."""
    files = door().files(viewer(), path)
    text = _text(path) if files else ""
    return [_described(path, file, text) for file in files]


def _described(path: str, file: Attachment, text: str) -> SimpleNamespace:
    is_picture = is_inline(file.name)
    place = href(path, file.name)
    return SimpleNamespace(
        name=file.name, href=place, size_words=size_words(file.size), is_picture=is_picture,
        thumb=f"{place}?width={WIDTHS[0]}" if is_picture else None, markup=markup(path, file.name),
        used=file.name in text,
    )  # fmt: skip


def _text(path: str) -> str:
    try:
        return door().text(viewer(), path)[1]
    except NotFound:
        return ""


def href(path: str, name: str) -> str:
    """Give the address of a file."""
    return url("files.show", path=path, name=name)


def markup(path: str, name: str) -> str:
    """Give the Markdown that shows a file in its page; it works in a clone too."""
    folder = files_folder(path).rpartition("/")[2]
    words = name.rpartition(".")[0].replace("-", " ").replace("_", " ")
    return f"{'!' if is_inline(name) else ''}[{words}]({folder}/{name})"


def size_words(size: int) -> str:
    """Say a size in kilobytes or megabytes."""
    if size < 1_000_000:
        return gettext("%(size)s kB", size=format_decimal(max(1, round(size / 1000))))
    return gettext("%(size)s MB", size=format_decimal(round(size / 1_000_000, 1)))


@blueprint.get("/-/files/<path:path>/<name>")
def show(path: str, name: str) -> Response:
    """Serve a file: pictures in the page, everything else as a download."""
    path = typed_path(path) if path != INDEX else INDEX
    width = request.args.get("width", "")
    file, place = door().file(viewer(), path, name)
    if width in map(str, WIDTHS) and is_inline(name):
        place = door().thumbnail(viewer(), path, name, int(width))
    response = make_response(send_file(
        place, mimetype=content_type(name), as_attachment=not is_inline(name), download_name=name, conditional=False,
        etag=False,
    ))  # fmt: skip
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # Asked for again each time, at the price of a 304: what was closed since must not go on showing.
    response.headers["Cache-Control"] = f"{'private' if viewer().is_signed_in else 'public'}, no-cache"
    response.headers["Vary"] = "Cookie"
    response.set_etag(etag_of(file.oid, width[:10]))
    return response.make_conditional(request, accept_ranges=True, complete_length=place.stat().st_size)
