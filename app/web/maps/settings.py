"""Settings of the maps, for administrators: their ground, the service that finds addresses, the communes."""

from types import SimpleNamespace

from flask import Blueprint, make_response, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.config import Config
from app.database.settings import GEOCODERS, GROUNDS, Settings
from app.errors import N_, GareError, Invalid
from app.people import acts
from app.records import communes, geocoding, map_ground
from app.web.addresses import url
from app.web.kit import UNFIT, check_admin, notice, render, say, station, uncached, viewer

blueprint = Blueprint("map_settings", __name__)

FIELDS = ("map_ground", "map_tiles", "map_credit", "map_zoom", "map_start", "geocoder", "geocoder_address")
MAX = 500  # letters
ZOOMS = range(5, 23)


@blueprint.get("/-/admin/map")
def show() -> Response:
    """Show what maps are drawn on, and who is asked where an address is."""
    check_admin()
    settings = station().settings.get()
    return _form(SimpleNamespace(**{name: getattr(settings, name) for name in FIELDS}))


def _form(values: SimpleNamespace, errors: dict[str, str] | None = None) -> Response:
    config: Config = station().config
    count = len(communes.list_all(station()))
    return uncached(
        render("maps/settings.html", 400 if errors else 200, values=values, errors=errors or {}, count=count,
               tile_file=map_ground.tile_file(config.instance), outlines=map_ground.outlines_file(config.instance),
               folder=map_ground.FOLDER, example=map_ground.EXAMPLE)
    )  # fmt: skip


@blueprint.post("/-/admin/map")
def save() -> Response:
    """Keep it."""
    check_admin()
    typed = SimpleNamespace(**{name: _typed(name) for name in FIELDS})
    typed.map_zoom = typed.map_zoom or Settings().map_zoom
    if errors := {field: say(error) for field, error in _faults(typed).items()}:
        return _form(typed, errors)
    station().store_settings(**vars(typed))
    with station().truth.begin() as connection:
        acts.note(connection, viewer().pseudonym or "", "settings")
    notice("done", gettext("The settings are saved."))
    return redirect(url("admin.show"), 303)


def _typed(name: str) -> str:
    return " ".join(UNFIT.sub("", request.form.get(name, "")).split())[:MAX]


def _faults(typed: SimpleNamespace) -> dict[str, GareError]:
    """Say by field what cannot be kept."""
    faults: dict[str, GareError] = {}
    if typed.map_ground not in GROUNDS:
        faults["map_ground"] = Invalid(N_("Choose what maps are drawn on."))
    if typed.geocoder not in GEOCODERS:
        faults["geocoder"] = Invalid(N_("Choose who finds addresses."))
    if not (typed.map_zoom.isdecimal() and typed.map_zoom.isascii() and int(typed.map_zoom[:3]) in ZOOMS):
        faults["map_zoom"] = Invalid(N_("Type a number from 5 to 22."))
    if typed.map_ground == "tiles" and not typed.map_credit:
        faults["map_credit"] = Invalid(N_("Say whom the pictures are owed to: their makers ask for it."))
    is_without_tiles = typed.map_ground != "tiles" and not typed.map_tiles
    checks = (
        ("map_tiles", lambda: is_without_tiles or map_ground.check_tiles(typed.map_tiles)),
        ("map_start", lambda: map_ground.start_of(Settings(map_start=typed.map_start))),
        ("geocoder_address", lambda: geocoding.check_address(typed.geocoder_address)),
    )
    for field, check in checks:
        try:
            check()
        except GareError as error:
            faults[field] = error
    return faults


@blueprint.get("/-/admin/communes")
def show_communes() -> Response:
    """Show the table of the communes."""
    check_admin()
    return _table(communes.write_table(communes.list_all(station())))


def _table(text: str, errors: dict[str, str] | None = None) -> Response:
    count = len(communes.list_all(station()))
    return uncached(render("maps/communes.html", 400 if errors else 200, text=text, errors=errors or {}, count=count))


@blueprint.post("/-/admin/communes")
def save_communes() -> Response:
    """Keep the table that was sent as a file, else the typed one."""
    check_admin()
    sent = request.files.get("file")
    is_file = bool(sent and sent.filename)
    content = sent.stream.read(communes.MAX_BYTES + 1) if sent and is_file else b""
    text = _decoded(content) if is_file else UNFIT.sub("", request.form.get("table", "").replace("\r", ""))
    try:
        found = communes.read_table(text)
    except GareError as error:
        return _table(text[: communes.MAX_BYTES], {"file" if is_file else "table": say(error)})
    communes.store(station(), found)
    with station().truth.begin() as connection:
        acts.note(connection, viewer().pseudonym or "", "settings")
    notice("done", gettext("The communes are saved: %(count)s.", count=len(found)))
    return redirect(url("map_settings.show"), 303)


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@blueprint.get("/-/admin/communes.csv")
def download() -> Response:
    """Give the table as a file."""
    check_admin()
    response = make_response(communes.write_table(communes.list_all(station())))
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = 'attachment; filename="communes.csv"'
    return uncached(response)
