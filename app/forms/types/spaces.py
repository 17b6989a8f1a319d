"""The type that names spaces of the site: what a record concerns, whoever's folder it stands in."""

from app.errors import N_, Invalid
from app.forms.form import Field
from app.forms.types.base import Key
from app.forms.types.simple import SeveralWords
from app.wiki.page import parse_path
from app.wiki.yaml_text import Value

MOST_SPACES = 20
MOST_LETTERS = 80
NOT_A_SPACE = N_("“%(word)s” is no space of this site. Choose from the list.")


class Spaces(SeveralWords):
    """Spaces by the names of their folders. Whether there is such a folder, and for whom, is for who shows them."""

    name = "spaces"
    most = MOST_SPACES

    def spell(self, field: Field, word: str) -> str:
        """Give the name of a folder at the top."""
        try:
            space = parse_path(word)
        except Invalid as error:
            raise Invalid(NOT_A_SPACE, word=word[:60]) from error
        if len(space) > MOST_LETTERS or "/" in space or space.startswith("_"):
            raise Invalid(NOT_A_SPACE, word=word[:60])
        return space

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Count each."""
        return tuple(Key(word) for word in self.words(value))
