"""Who is looking: what the door decides by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Viewer:
    """A reader, perhaps a writer. `audiences` are those whose pages may be read.

    `pseudonym` is None for somebody who is not signed in and signs with a typed name.
    """

    name: str
    pseudonym: str | None
    audiences: tuple[str, ...]
    may_write: bool
    is_admin: bool

    @property
    def is_signed_in(self) -> bool:
        """Tell whether this is a known person."""
        return self.pseudonym is not None


ANONYMOUS = Viewer("", None, ("public",), may_write=True, is_admin=False)
READER = Viewer("", None, ("public",), may_write=False, is_admin=False)


def signed_in(name: str, pseudonym: str, *, is_admin: bool, may_write: bool = True) -> Viewer:
    """Make the viewer of an account."""
    audiences = ("public", "members", "admins") if is_admin else ("public", "members")
    return Viewer(name, pseudonym, audiences, may_write, is_admin)
