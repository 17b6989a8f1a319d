"""The language of the terminal: French where its locale is French, English everywhere else.

Python's own gettext reads the catalogues of the web, so that click's sentences can be translated there too.
"""

import gettext
from pathlib import Path

from app.errors import N_, GareError, Misconfigured

_CATALOGUES = Path(__file__).parent.parent / "translations"

gettext.bindtextdomain("messages", str(_CATALOGUES))
gettext.textdomain("messages")

# What click says by itself; named here so that the catalogues hold it.
CLICK = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("Aborted!"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Invalid value for {param_hint}: {message}"),
)


def _(sentence: str, **values: object) -> str:
    """Translate a sentence for the terminal and put its values in."""
    said = gettext.gettext(sentence)
    return said % values if values else said


def in_language(sentence: str, language: str) -> str:
    """Translate a sentence into the language of a site, whatever the terminal speaks."""
    return gettext.translation("messages", str(_CATALOGUES), [language], fallback=True).gettext(sentence)


def say(error: GareError) -> str:
    """Translate an error; settings name their faults themselves, one a line."""
    return str(error) if isinstance(error, Misconfigured) else _(error.msgid, **error.values)
