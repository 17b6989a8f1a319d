"""Who is looking: what the door decides by."""

from dataclasses import dataclass

from app.catalog.readers import CLOSED, GROUP, MEMBERS, PUBLIC
from app.people.authors import SYSTEM


@dataclass(frozen=True, slots=True)
class Viewer:
    """A reader, perhaps a writer. `audiences` are the words that let this one read, but for those of `groups`.

    `pseudonym` is None for somebody who is not signed in and signs with a typed name. `may_write` is False where a key
    only reads. `spaces` are the folders of the groups in `referent_of`, each with its slash at the end.
    """

    name: str
    pseudonym: str | None
    audiences: tuple[str, ...]
    may_write: bool
    is_admin: bool
    groups: tuple[str, ...] = ()
    referent_of: tuple[str, ...] = ()
    spaces: tuple[str, ...] = ()

    @property
    def is_signed_in(self) -> bool:
        """Tell whether this is a known person."""
        return self.pseudonym is not None

    @property
    def tokens(self) -> tuple[str, ...]:
        """All words that let this one read: of what everybody is, and of the groups."""
        return (*self.audiences, *(f"{GROUP}{name}" for name in self.groups))


ANONYMOUS = Viewer("", None, (PUBLIC,), may_write=True, is_admin=False)
READER = Viewer("", None, (PUBLIC,), may_write=False, is_admin=False)


def signed_in(
    name: str, pseudonym: str, *, is_admin: bool, may_write: bool = True, groups: tuple[str, ...] = (),
    referent_of: tuple[str, ...] = (), spaces: tuple[str, ...] = (),
) -> Viewer:  # fmt: skip
    """Make the viewer of an account."""
    audiences = (PUBLIC, MEMBERS, CLOSED) if is_admin else (PUBLIC, MEMBERS)
    return Viewer(name, pseudonym, audiences, may_write, is_admin, groups, referent_of, spaces)


# The site itself, and whoever holds its files. Also for links in mails whose secret is the right, not who opens them.
OPERATOR = signed_in("", SYSTEM, is_admin=True)
