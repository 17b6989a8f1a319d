"""What plugins show below the text of the home page, as long as that page does not call it itself."""

from types import SimpleNamespace

from flask_babel import gettext

from app.catalog.rows import Body
from app.web.kit import is_fallback, station, viewer
from app.web.macros import MacroContext, render_macro
from app.wiki.clean import trust
from app.wiki.page import HOME


def home_blocks(path: str, body: Body) -> list[SimpleNamespace]:
    """List title and HTML of the blocks, in the order of the plugins; one that has nothing to show is left out."""
    if path != HOME or is_fallback():
        return []
    called = {call["name"].lower() for call in body.details["macros"]}
    hooks = station().hooks
    found = []
    for plugin in (one for one in hooks.plugins if hooks.is_on(one)):
        for name in (one for one in plugin.home_blocks if one not in called):
            html = render_macro(MacroContext(viewer(), path, (), f"home-{name}-"), name, {})
            found.append(SimpleNamespace(title=gettext(plugin.title), html=trust(html)))
    return [one for one in found if one.html.strip()]
