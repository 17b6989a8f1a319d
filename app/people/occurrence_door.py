"""The part of the door for dates: those of a record are read by whoever reads its page."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, Engine

from app.catalog import calendar_listing, occurrences, rolling, uids
from app.catalog.dated import has_schedule
from app.catalog.horizon import Horizon
from app.catalog.occurrence_rows import CalendarText, OccurrenceQuery, OccurrenceRow
from app.catalog.occurrences import Asked
from app.catalog.record_rows import RecordQuery
from app.catalog.records import Asked as AskedRecords
from app.catalog.sieve import weighed
from app.catalog.wiki import Wiki
from app.forms.form import Form
from app.people.poll_door import PollDoor
from app.people.record_door import facets_of
from app.people.viewer import Viewer


class OccurrenceDoor(PollDoor):
    """Finds when something takes place, for a viewer."""

    def __init__(self, wiki: Wiki, truth: Engine) -> None:
        super().__init__(wiki, truth)
        self._counts: tuple[object, dict[int, int]] = (None, {})

    def dated_forms(self, viewer: Viewer) -> "list[Form]":
        """List the forms whose records have dates."""
        return [form for form in self.all_forms(viewer) if has_schedule(form)]

    def occurrences(self, viewer: Viewer, query: OccurrenceQuery) -> "tuple[list[OccurrenceRow], int]":
        """List the dates that a query asks for, and say how many there are without its limit."""
        forms = self._forms(viewer, query)
        with self._wiki.catalog.reading() as connection:
            rows = occurrences.list_dates(connection, self._asked(connection, viewer, query, forms))
            is_end = query.limit is None or len(rows) < query.limit
            if is_end and (rows or not query.offset):
                return rows, query.offset + len(rows)
            dates = self._counted(connection, query)
            asked = (self._of_form(connection, viewer, query, form) for form in forms)
            return rows, sum(weighed(one.sieve, dates)(one.found()) for one in asked)

    def some_of_each_day(
        self, viewer: Viewer, query: OccurrenceQuery, most: int
    ) -> "tuple[list[OccurrenceRow], dict[date, int]]":
        """List at most so many dates of each day, and all that last longer; by day, how many more there are."""
        forms = self._forms(viewer, query)
        with self._wiki.catalog.reading() as connection:
            asked = self._asked(connection, viewer, query, forms)
            return occurrences.list_some_of_each_day(connection, asked, most)

    def occurrence_counts(self, viewer: Viewer, query: OccurrenceQuery) -> "dict[str, list[tuple[str, int]]]":
        """Count the dates found by the keys of each facet of their forms; a facet's own filter does not narrow it."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        with self._wiki.catalog.reading() as connection:
            dates = self._counted(connection, query)
            for form in self._forms(viewer, query):
                asked = self._of_form(connection, viewer, query, form)
                number = weighed(asked.sieve, dates)
                for name in facets_of(viewer, form):
                    found[name].update(dict(asked.count(name, number)))
        return {name: sorted(keys.items(), key=lambda pair: (-pair[1], pair[0])) for name, keys in found.items()}

    def _counted(self, connection: Connection, query: OccurrenceQuery) -> dict[int, int]:
        """Count the dates of some days by record, whoever may read it; kept for the next question only, it is large."""
        days = (query.first, query.last, query.since, query.has_cancelled)
        key = (self._wiki.catalog.generation(), *days)
        kept = self._counts
        if kept[0] != key:
            kept = self._counts = (key, occurrences.count_by_record(connection, query))
        return kept[1]

    def dates_of(
        self, viewer: Viewer, path: str, first: date, last: date | None = None, limit: int | None = None
    ) -> "list[OccurrenceRow]":
        """List the dates of one record that touch some days, as far as they are worked out."""
        with self._wiki.catalog.reading() as connection:
            return occurrences.of_record(connection, path, first, last, self._readable(viewer), limit)

    def occurrence(self, viewer: Viewer, page_id: str, original: str) -> OccurrenceRow | None:
        """Find one date by the identity of its record and the day by which its series knows it (`""`: no series)."""
        with self._wiki.catalog.reading() as connection:
            return occurrences.find(connection, page_id, original, self._readable(viewer))

    def calendar_texts(self, viewer: Viewer, query: OccurrenceQuery) -> "list[CalendarText]":
        """List what other calendars are told of the records that a query asks for, whatever their days."""
        forms = self._forms(viewer, query)
        with self._wiki.catalog.reading() as connection:
            return calendar_listing.list_for(connection, self._asked(connection, viewer, query, forms))

    def ids_by_uid(self, form: str) -> dict[str, str]:
        """Give the ids of records by the names that other calendars have for them; for whom, `identified` decides."""
        with self._wiki.catalog.reading() as connection:
            return uids.ids_by_uid(connection, form)

    # -- how far they are worked out ---------------------------------------------------------------------------------

    def horizon(self) -> Horizon:
        """Give the first and the last day for which the dates of series are worked out."""
        return self._memo.get(self.generation(), ("horizon",), lambda: rolling.reach(self._wiki))

    def widen(self, until: date) -> bool:
        """Have them worked out as far as the year of a day, if one may look so far; False where they are already."""
        if self.horizon().wider(until) == self.horizon():  # nobody waits for the lock in vain
            return False
        return rolling.widen(self._wiki, until)

    # -- which ones --------------------------------------------------------------------------------------------------

    def _forms(self, viewer: Viewer, query: OccurrenceQuery) -> "list[Form]":
        return [form for form in self.dated_forms(viewer) if not query.forms or form.name in query.forms]

    def _asked(self, connection: Connection, viewer: Viewer, query: OccurrenceQuery, forms: Sequence[Form]) -> Asked:
        """Narrow a query to the records that meet its filters."""
        lineages: set[int] | None = None
        if query.words or query.ids is not None or any(query.where.values()):
            found = (self._of_form(connection, viewer, query, form) for form in forms)
            lineages = {lineage for asked in found for lineage in asked.lineages()}
        return Asked(query, [form.name for form in forms], self._readable(viewer), lineages)

    def _of_form(self, connection: Connection, viewer: Viewer, query: OccurrenceQuery, form: Form) -> AskedRecords:
        return self._ask(connection, viewer, RecordQuery(form.name, query.where, query.words, ids=query.ids))
