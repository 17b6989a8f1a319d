"""What the address of a list asks for: which records, shown how. Read from its query, written into other addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol
from urllib.parse import urlencode

from app.plugin import SHOWN, Field, Form, RecordQuery

VIEWS = ("cards", "list", "table", "letters", "map")
UNSHOWN = ("email", "contact")  # mails are written through the site
PAGE_SIZES = {"cards": 15, "list": 30, "table": 30, "letters": 60, "map": 20}
LAST_PAGE = 1000
MAX_NAMED = 300  # records of which a filter offers to choose
MAX_TICKED = 20  # of one filter
MAX_VALUE = 200  # letters of a ticked value, of the words searched for
DEFAULT_ORDER = "title"
ORDERS = ("title", "edited", "created")
SORTABLE = ("text", "number", "date", "date_range", "period", "choice", "yes_no", "place")
# How an address names the states of records; that of a record that says nothing needs a name there.
STATES = {"published": "", "checked": "checked", "to-verify": "to-verify", "archived": "archived"}
# What the address means by these; a field of one of these names is asked for as `f.NAME`.
WORDS, VIEW, ORDER, PAGE, LETTER, STATE, UNFOLDED = "q", "view", "sort", "page", "letter", "state", "all"
RESERVED = frozenset({WORDS, VIEW, ORDER, PAGE, LETTER, STATE, UNFOLDED, "paper", "lat", "lon", "key", "count", "f"})

Pairs = list[tuple[str, str]]


class Arguments(Protocol):
    """The query of an address, as werkzeug's MultiDict gives it."""

    def get(self, key: str, default: str, /) -> str: ...
    def getlist(self, key: str, /) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as somebody wants it: `where` holds ticked keys by field, `unfolded` the filter of which all is shown.

    `states` are names of `STATES`.
    """

    form: Form
    view: str = VIEWS[0]
    words: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    states: tuple[str, ...] = ()
    letter: str = ""
    order: str = DEFAULT_ORDER
    is_descending: bool = False
    page: int = 1
    unfolded: str = ""

    def query(self, today: str, *, limit: int | None = None) -> RecordQuery:
        """Give the question for the catalog; one page of it, or `limit` records from the first on."""
        size = PAGE_SIZES[self.view]
        return RecordQuery(
            form=self.form.name,
            where=self.where,
            words=self.words,
            letter=self.letter,
            states=tuple(STATES[name] for name in self.states) or SHOWN,
            today="" if self.states == ("archived",) else today,
            order=self.order,
            is_descending=self.is_descending,
            limit=size if limit is None else limit,
            offset=0 if limit is not None else (self.page - 1) * size,
        )

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything is filtered."""
        return bool(self.words or self.where or self.states or self.letter)

    def narrowed(self) -> Pairs:
        """List what narrows the list, as it stands in an address: exports and feeds are of the same records."""
        pairs = [(WORDS, self.words)] if self.words else []
        pairs += [(parameter(name), key) for name, keys in self.where.items() for key in keys]
        pairs += [(STATE, state) for state in self.states]
        return [*pairs, (LETTER, self.letter)] if self.letter else pairs

    def shown(self) -> Pairs:
        """List what says how the list is shown; what is usual is left out."""
        pairs = [(VIEW, self.view)] if self.view != usual_view(self.form) else []
        if (self.order, self.is_descending) != (DEFAULT_ORDER, False):
            pairs.append((ORDER, f"-{self.order}" if self.is_descending else self.order))
        if self.unfolded:
            pairs.append((UNFOLDED, self.unfolded))
        return [*pairs, (PAGE, str(self.page))] if self.page > 1 else pairs

    def address(self, base: str, **changes: Any) -> str:
        """Write the address of this list with something changed; whatever is changed begins at its first page."""
        changed = replace(self, **({"page": 1} | changes))
        return with_pairs(base, changed.narrowed() + changed.shown())

    def ticking(self, name: str, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Give what is ticked with other keys of one field."""
        others = {one: ticked for one, ticked in self.where.items() if one != name}
        kept = tuple(keys)
        return others | {name: kept} if kept else others


def read(form: Form, typed: Arguments) -> Asked:
    """Read the query of an address; what means nothing is left out."""
    order = typed.get(ORDER, "")[:MAX_VALUE]
    name = order.removeprefix("-")
    is_known = name in sortable(form)
    view = typed.get(VIEW, "")
    return Asked(
        form=form,
        view=view if view in views(form) else usual_view(form),
        words=typed.get(WORDS, "").strip()[:MAX_VALUE],
        where=_ticked(form, typed),
        states=tuple(name for name in dict.fromkeys(typed.getlist(STATE)) if name in STATES),
        letter=typed.get(LETTER, "").strip()[:1].lower(),
        order=name if is_known else DEFAULT_ORDER,
        is_descending=is_known and order.startswith("-"),
        page=_page(typed.get(PAGE, "1")),
        unfolded=typed.get(UNFOLDED, "") if form.find(typed.get(UNFOLDED, "")) else "",
    )


def _ticked(form: Form, typed: Arguments) -> dict[str, tuple[str, ...]]:
    found = {}
    for one in facets(form):
        keys = [key[:MAX_VALUE] for key in typed.getlist(parameter(one.name)) if key.strip()]
        if keys:
            found[one.name] = tuple(dict.fromkeys(keys))[:MAX_TICKED]
    return found


def _page(said: str) -> int:
    return max(1, min(int(said), LAST_PAGE)) if said.isascii() and said.isdecimal() and len(said) < 6 else 1


def parameter(name: str) -> str:
    """Name the parameter of an address by which a field is asked for."""
    return f"f.{name}" if name in RESERVED else name


def facets(form: Form) -> tuple[Field, ...]:
    """List the fields that are filters; private ones are none, because a count would tell what they hold."""
    return tuple(one for one in form.fields if one.is_facet and not one.is_private and one.type not in UNSHOWN)


def listed(form: Form) -> tuple[Field, ...]:
    """List the fields shown in lists, but for the title."""
    fields = (one for one in form.fields if one.is_listed and not one.is_private and one.type not in UNSHOWN)
    return tuple(one for one in fields if one.name != "title")


def is_linking(field: Field) -> bool:
    """Tell whether the keys of a field are records, not words."""
    return field.type == "records" or (field.type in {"choice", "choices"} and "form" in field.options)


def sortable(form: Form) -> tuple[str, ...]:
    """Name what a list can be sorted by."""
    return (*ORDERS, *(one.name for one in listed(form) if one.type in SORTABLE and one.name not in ORDERS))


def views(form: Form) -> tuple[str, ...]:
    """Name the ways to show a form's records; on a map only what has a place."""
    return VIEWS if any(not one.is_private for one in form.of_type("place")) else VIEWS[:-1]


def usual_view(form: Form) -> str:
    """Name the view that is shown when the address names none; a form may say `view: table`."""
    said = form.extras.get("view", "")
    return said if said in views(form) else VIEWS[0]


def with_pairs(base: str, pairs: Pairs) -> str:
    """Write an address with a query."""
    return f"{base}?{urlencode(pairs)}" if pairs else base
