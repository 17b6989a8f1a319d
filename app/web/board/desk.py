"""`{{desk}}`: the information desk. A page says whom one can call or write to; beside it stands the way to the help."""

from app.hooks import MacroArguments
from app.web.board import lead
from app.web.macros import MacroContext

USUAL = {"fr": "Nous joindre", "en": "Reaching us"}  # what that page is called where nobody has chosen one


def show(context: MacroContext, arguments: MacroArguments) -> str:
    """Show the page; where nobody asked for it, only if there is one: the foot of each page leads to the help."""
    return lead.corner(context, arguments, USUAL, "board/desk.html", "board/no_desk.html")
