"""How records speak of themselves: who reads an answer."""

from flask_babel import gettext

from app.catalog.readers import CLOSED, GROUP, MEMBERS, canonical, words_of
from app.forms.form import SPACES


def readers_words(readers: str) -> str:
    """Say an audience in words."""
    if readers == SPACES:
        return gettext("members of the spaces concerned")
    said = canonical(readers) or CLOSED
    if said == MEMBERS:
        return gettext("members")
    if said.startswith(GROUP):
        return ", ".join(gettext("the group %(name)s", name=word.removeprefix(GROUP)) for word in words_of(said))
    return gettext("administrators")
