"""Three ways to begin: what a small collective, a village or a network of collectives sets at its first day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from app.errors import N_
from app.people import groups
from app.people.groups import Group
from app.wiki.page import slugify

WELCOME = N_("Welcome")
COORDINATION = N_("Coordination")


@dataclass(frozen=True, slots=True)
class Preset:
    """A beginning; `words` say what it sets. Of `groups`: the title, and whether whoever asks is in at once."""

    name: str
    label: str
    words: tuple[str, ...]
    comments: str
    review_first: str = "0"
    groups: tuple[tuple[str, bool], ...] = ()
    reading: str = "public"
    writing: str = "members"

    @property
    def settings(self) -> dict[str, str]:
        """The settings of the site that it chooses."""
        return {"reading": self.reading, "writing": self.writing, "comments": self.comments}


PRESETS = (
    Preset(
        "small",
        N_("A small collective"),
        (N_("You know each other."), N_("Only members comment.")),
        comments="members",
    ),
    Preset(
        "village",
        N_("A village or a neighbourhood"),
        (
            N_("Everybody may comment."),
            N_("The first three changes of newcomers are shown, and you read them again."),
            N_("A group “Welcome” is made, open to all members."),
        ),
        comments="all",
        review_first="3",
        groups=((WELCOME, True),),
    ),
    Preset(
        "network",
        N_("A network of collectives"),
        (
            N_("Everybody may comment."),
            N_("The first three changes of newcomers are shown, and you read them again."),
            N_("Two groups are made: “Welcome” for all, “Coordination” for those whom you let in."),
        ),
        comments="all",
        review_first="3",
        groups=((WELCOME, True), (COORDINATION, False)),
    ),
)


def find(name: str) -> Preset | None:
    """Find a beginning by its name."""
    return next((one for one in PRESETS if one.name == name), None)


def make_groups(connection: Connection, preset: Preset, account_id: int, say: Callable[[str], str]) -> None:
    """Make its groups that are not there yet, looked after by this account; `say` gives their titles."""
    for title, is_open in _missing(connection, [(say(msgid), is_open) for msgid, is_open in preset.groups]):
        name = slugify(title)
        group_id = groups.add(connection, Group(0, name, title, name, is_open))
        groups.enter(connection, group_id, account_id)
        groups.set_referent(connection, group_id, account_id, is_referent=True)


def _missing(connection: Connection, wanted: Iterable[tuple[str, bool]]) -> list[tuple[str, bool]]:
    known = groups.list_all(connection)
    taken = {group.name for group in known} | {group.space for group in known}
    return [(title, is_open) for title, is_open in wanted if slugify(title) not in taken]
