"""`{{newcomers}}`: the corner of those who come for the first time. A page says it: welcome, story, how to help."""

from app.hooks import MacroArguments
from app.web.board import lead
from app.web.macros import MacroContext

USUAL = {"fr": "Bienvenue", "en": "Welcome"}  # what that page is called where nobody has chosen one


def show(context: MacroContext, arguments: MacroArguments) -> str:
    """Show the page; where nobody asked for it, only if there is one."""
    return lead.corner(context, arguments, USUAL, "board/page.html", "board/no_welcome.html")
