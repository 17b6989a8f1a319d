"""What can go wrong: a small family, each with an HTTP status, an English sentence and its values.

Raised deep, translated where it is shown (`app/web/errors.py`, `app/cli`). The sentence says the cure.
"""

from collections.abc import Sequence


def N_(sentence: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark a sentence for translation where it is written; it is translated where it is shown."""
    return sentence


class GareError(Exception):
    """Base of every error that a person may read; `msgid % values` is the English sentence."""

    status = 500

    def __init__(self, msgid: str, **values: object) -> None:
        super().__init__(msgid)
        self.msgid = msgid
        self.values = values

    def __str__(self) -> str:
        return self.msgid % self.values if self.values else self.msgid


class Invalid(GareError):
    """What was typed or sent cannot be taken as it is."""

    status = 400


class Refused(GareError):
    """The viewer may not do this."""

    status = 403


class NotFound(GareError):
    """There is no such thing, or the viewer may not know of it."""

    status = 404


class Conflict(GareError):
    """Somebody else changed the same thing in between."""

    status = 409


class TooLarge(GareError):
    """Over a size limit of the settings."""

    status = 413


class WrongType(GareError):
    """A kind of file that is not accepted."""

    status = 415


class OverBudget(GareError):
    """A parser took more time or memory than it is given."""

    status = 422


class TooMany(GareError):
    """Too many requests in a short time."""

    status = 429


class Unavailable(GareError):
    """Not now: somebody else holds the lock for too long, or a store cannot be reached."""

    status = 503


class StorageFull(GareError):
    """The disk is full or read-only; nothing was changed."""

    status = 507


class Misconfigured(GareError):
    """One or several settings are wrong; `faults` holds a sentence for each of them."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults).replace("%", "%%"))
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join(self.faults)
