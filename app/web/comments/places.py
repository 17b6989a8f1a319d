"""Where comments stand: a page as its reader sees the talk below it."""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.catalog.rows import PageRow
from app.comments import reading
from app.comments.comment import SHOWN, Comment
from app.comments.reading import Talk
from app.errors import N_, Invalid, NotFound
from app.web.addresses import url
from app.web.kit import door, station, viewer

MAX_DIGITS = 9
OFF = N_("Comments are switched off on this site.")


@dataclass(frozen=True, slots=True)
class Place:
    """A page with its comments; `page_id` is empty while it has no identity of its own, and so no comments."""

    page: PageRow
    page_id: str
    is_moderator: bool

    @property
    def talk(self) -> Talk:
        """The comments as the viewer sees them."""
        return Talk(self.page_id, viewer().pseudonym or "", self.is_moderator)


def find_place(path: str) -> Place:
    """Find a page that the viewer may read; raises NotFound, also where comments are switched off."""
    check_on()
    page = door().find(viewer(), path)
    own = page.id if page.id and door().is_own_id(page) else ""
    return Place(page, own, door().may_administer(viewer(), page.path))


def check_on() -> None:
    """Refuse everything where comments are switched off."""
    if station().settings.get().comments == "off":
        raise NotFound(OFF)


def find_answered(connection: Connection, place: Place, number: str) -> Comment | None:
    """Find the comment that an answer is written to, on the upper of the two levels."""
    found = reading.find(connection, int(number)) if number.isdecimal() and len(number) <= MAX_DIGITS else None
    is_here = found is not None and place.page_id != "" and found.page_id == place.page_id
    return found if found and is_here and found.state == SHOWN and not found.parent_id else None


def parent_of(connection: Connection, place: Place, number: str) -> int | None:
    """Give the number of what is answered; raises Invalid where it is gone, so that the words are kept in the form."""
    found = find_answered(connection, place, number)
    if number and found is None:
        raise Invalid(N_("The comment that you answer is gone. Send this as a new one."))
    return found.id if found else None


def address_in(place: Place, comment: Comment) -> str:
    """Give the address of a comment in the list of its page."""
    with station().truth.connect() as connection:
        number = reading.number_of(connection, place.talk, comment)
    page = number if number > 1 else None  # what is None stands in no address
    return url("comments.show", path=place.page.path, page=page, _anchor=f"gc-comment-{comment.id}")
