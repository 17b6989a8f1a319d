"""Who may read, who may send: the audiences that a form can name, in words."""

from flask_babel import gettext

from app.catalog.readers import CLOSED, GROUP, MEMBERS, PUBLIC
from app.forms.form import EVERYONE, SPACES
from app.people import groups
from app.web.kit import station


def list_readers(said: str) -> list[tuple[str, str]]:
    """List who may read one answer; `""` are those who read the record."""
    of_spaces = (SPACES, gettext("Members of the spaces that the record names"))
    return _with(said, [("", gettext("Whoever reads the record")), of_spaces, *_narrower()])


def list_audiences(said: str) -> list[tuple[str, str]]:
    """List who may read new records; `""`: as their folder says."""
    return _with(said, [("", gettext("As its folder says")), (PUBLIC, gettext("Everybody")), *_narrower()])


def list_submitters(said: str) -> list[tuple[str, str]]:
    """List who may send a record."""
    return _with(said, [(EVERYONE, gettext("Everybody, also without an account")), *_narrower()])


def _narrower() -> list[tuple[str, str]]:
    return [(MEMBERS, gettext("Members only")), *_of_groups(), (CLOSED, gettext("Administrators only"))]


def _of_groups() -> list[tuple[str, str]]:
    with station().truth.connect() as connection:
        return [(f"{GROUP}{group.name}", group.title) for group in groups.list_all(connection)]


def _with(said: str, known: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return known if said in dict(known) else [*known, (said, said)]
