"""What the editor's scripts ask for: a preview, pasted HTML as Markdown, pages by title."""

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from app.convert.html import to_markdown
from app.errors import N_, TooLarge
from app.web.addresses import address
from app.web.fill import fill_body
from app.web.kit import door, render, station, typed_path, viewer, wiki
from app.web.wording import too_long

blueprint = Blueprint("tools", __name__)

MAX_PASTED_BYTES = 1_000_000
SUGGESTIONS = 10


@blueprint.post("/-/preview/<path:path>")
def preview(path: str) -> Response:
    """Show how a text will look, as a fragment."""
    path, text = typed_path(path), request.form.get("text", "")
    if not door().may_propose(viewer(), path):
        door().check_may_write_somewhere(viewer())
    if len(text.encode()) > station().config.page_bytes:
        raise TooLarge(N_("The text is too long to be shown."))
    return render("edit/_preview.html", html=fill_body(path, wiki().preview(path, text)), bare=too_long(text))


@blueprint.post("/-/convert")
def convert() -> Response:
    """Turn pasted HTML into Markdown."""
    door().check_may_write_somewhere(viewer())
    if (request.content_length or 0) > MAX_PASTED_BYTES:
        raise TooLarge(N_("This is too much to paste at once. Paste it in parts."))
    html = request.get_data(as_text=False).decode("utf-8", "replace")
    return Response(to_markdown(html), mimetype="text/plain")


@blueprint.get("/-/titles")
def titles() -> Response:
    """Suggest pages for what is being typed."""
    typed = request.args.get("q", "")[:200]
    rows = door().similar(viewer(), typed, SUGGESTIONS) if typed.strip() else []
    return jsonify([{"title": row.title, "path": row.path, "address": address(row.path)} for row in rows])
