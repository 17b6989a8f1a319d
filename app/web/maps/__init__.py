"""Maps: the ground they are drawn on, their points, the search for a place. Settings: `/-/admin/map`."""

from app.web.maps import settings, views
from app.web.maps.showing import connect

__all__ = ["BLUEPRINTS", "connect"]

BLUEPRINTS = (views.blueprint, settings.blueprint)
