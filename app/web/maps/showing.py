"""Maps in templates: `shows_map()` in what shows one, `drawn_on()` in what starts them all."""

import json

from flask import Flask, g

from app.catalog.records import colouring_of
from app.errors import Invalid
from app.forms.form import Form, words_in
from app.records import communes, map_ground
from app.web.addresses import url
from app.web.kit import station
from app.web.language import spoken


def connect(app: Flask) -> None:
    """Give templates what maps need."""
    functions = (shows_map, has_map, has_ground, drawn_on, map_credit, map_legend)
    app.jinja_env.globals.update({one.__name__: one for one in functions})


def shows_map() -> str:
    """Note that this answer shows a map: the foot of the page brings the scripts, the policy opens for its pictures."""
    g.shows_map = True
    return ""


def has_map() -> bool:
    """Tell whether a map was shown so far."""
    return bool(g.get("shows_map"))


def drawn_on() -> str:
    """Say what maps are drawn on, as JSON for their script."""
    told = map_ground.ground_of(station())
    if told["kind"] in {"vector", "raster"}:
        told["url"] = url("maps.tiles")
    if _has_outlines():
        told["outlines"] = url("maps.outlines")
    if told["kind"] == "none" and communes.list_all(station()):
        told["names"] = url("maps.names")
    return json.dumps(told, separators=(",", ":"))


def has_ground() -> bool:
    """Tell whether one point on a map says anything: there is something around it."""
    told = map_ground.ground_of(station())
    return told["kind"] != "none" or _has_outlines() or bool(communes.list_all(station()))


def map_credit() -> str:
    """Say whom the ground is owed to; `""` where it is nobody's."""
    settings = station().settings.get()
    return settings.map_credit if settings.map_ground != "none" else ""


def map_legend(form: Form) -> list[tuple[str, str, str]]:
    """List key, label and colour of the choices by which the points of a form are coloured."""
    field = form.find(colouring_of(form))
    choices = field.choices if field else ()
    return [(one.key, words_in(one.label, spoken()), one.colour) for one in choices if one.colour]


def _has_outlines() -> bool:
    file = map_ground.outlines_file(station().config.instance)
    try:
        return file is not None and bool(map_ground.read_outlines(file))
    except Invalid:
        return False
