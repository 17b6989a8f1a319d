"""The search of a plugin among its own things: words, marks, a time."""

from collections.abc import Sequence

from app.people import search as searching
from app.people.search import PAGE_SIZE, FoundElse, SearchQuery
from app.people.viewer import Viewer
from app.station import Station
from app.wiki.search import Limits, Results


def search_own(
    station: Station,
    viewer: Viewer,
    text: str,
    *,
    kind: str,
    marks: Sequence[str] = (),
    since: int | None = None,
    until: int | None = None,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> tuple[list[FoundElse], Results]:
    """Search things of one kind with all of the marks, of a time in seconds since 1970; without words the newest."""
    query = SearchQuery(text, kind, page=page, size=size, limits=Limits(tuple(marks), since, until))
    return searching.search_own(station.wiki, viewer, query)
