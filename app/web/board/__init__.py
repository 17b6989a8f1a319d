"""The home board: the blocks below the text of the home page, and the page where administrators arrange them."""

from app.web.board import views
from app.web.board.blocks import macros

BLUEPRINTS = (views.blueprint,)

__all__ = ["BLUEPRINTS", "macros"]
