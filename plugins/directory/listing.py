"""What the template of a list shows of the records asked for; each link bears the whole state in its address."""

from dataclasses import dataclass, replace
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext

from app.plugin import Form, door, fold, spoken, station, url, viewer, words_in
from plugins.directory import entries, filters, model
from plugins.directory.entries import Entry
from plugins.directory.filters import Facet, Option, state_words
from plugins.directory.model import Asked
from plugins.directory.names import names

KNOWN_ICONS = frozenset({"people", "user", "place", "home", "tag", "calendar", "key", "link", "folder", "page", "help",
                         "settings", "comment", "plus", "clock", "image", "block", "file", "info", "task"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """One way to see a list: a link, and whether it is the one that is shown."""

    label: str
    address: str
    icon: str = ""
    is_on: bool = False


def today() -> str:
    """Name this day in the site's zone: what has expired before is left out."""
    return station().today().isoformat()


def context(asked: Asked, base: str) -> dict[str, Any]:
    """Give all that a list shows; its links lead to `base`."""
    query = asked.query(today())
    rows, total = door().records(viewer(), query)
    counts = door().facets(viewer(), query)
    label = names(asked, counts)
    shown = entries.entries(asked.form, rows, spoken())
    return head(asked.form) | {
        "asked": asked,
        "entries": shown,
        "groups": by_letter(shown) if asked.view == "letters" else [],
        "columns": columns(asked, base),
        "total": total,
        "facets": [*_states(asked), *filters.facets(asked, counts, label, base, spoken())],
        "chips": filters.chips(asked, label, base, spoken()),
        "views": _views(asked, base),
        "orders": _orders(asked.form),
        "letters": _letters(asked, base) if asked.view == "letters" else [],
        "kept": _kept(asked),
        "pager": _pager(asked, base, total),
        "points": points_address(asked),
        "reset": asked.address(base, words="", where={}, states=(), letter="", unfolded=""),
    }


def head(form: Form) -> dict[str, Any]:
    """Give what every page of a form shows at its head."""
    title = title_of(form)
    return {
        "form": form,
        "title": title,
        "description": words_in(form.description, spoken()),
        "new_address": new_address(form),
        "list_address": list_address(form.name),
        "breadcrumbs": [
            (gettext("Home"), url("pages.home")),
            (gettext("Directory"), url("directory.index")),
            (title, None),
        ],
    }


def list_address(form: str) -> str:
    """Give the address of a form's list."""
    return url("directory.show", form=form)


def title_of(form: Form) -> str:
    """Name what a form collects."""
    return words_in(form.plural, spoken()) or words_in(form.title, spoken()) or form.name


def new_address(form: Form) -> str:
    """Give the address at which a record is added; empty for those who may not."""
    return url("directory.new", form=form.name) if door().may_submit(viewer(), form) else ""


def icon_of(form: Form) -> str:
    """Name the icon of a form; one that the site does not have becomes a folder."""
    return form.icon if form.icon in KNOWN_ICONS else "folder"


def points_address(asked: Asked) -> str:
    """Give the address of the points of a map."""
    return model.with_pairs(url("directory_exports.points", form=asked.form.name), asked.narrowed())


def view_words() -> dict[str, tuple[str, str]]:
    """Name the ways to show a list, each with its icon."""
    return {
        "cards": (gettext("Cards"), "block"),
        "list": (gettext("List"), "list"),
        "table": (gettext("Table"), "table"),
        "letters": (gettext("A–Z"), "heading"),
        "map": (gettext("Map"), "place"),
    }


def _views(asked: Asked, base: str) -> list[Way]:
    words = view_words()
    return [
        Way(words[one][0], asked.address(base, view=one), words[one][1], one == asked.view)
        for one in model.views(asked.form)
    ]


def _orders(form: Form) -> list[tuple[str, str]]:
    """List what the reader may sort by, as value and words."""
    found = [("title", gettext("Name")), ("-edited", gettext("Latest changes")), ("-created", gettext("Newest"))]
    for name in model.sortable(form)[len(model.ORDERS) :]:
        field = form.find(name)
        found.append((name, words_in(field.label, spoken()) if field else name))
    return found


def columns(asked: Asked, base: str) -> list[SimpleNamespace]:
    """Prepare the heads of a table: a press sorts by a column, another one the other way round; without `base` none."""
    found = []
    for name, label in [("title", gettext("Name"))] + [
        (one.name, words_in(one.label, spoken())) for one in model.listed(asked.form)
    ]:
        is_on = asked.order == name
        turned = is_on and not asked.is_descending
        there = (
            asked.address(base, order=name, is_descending=turned) if base and name in model.sortable(asked.form) else ""
        )
        sense = ("descending" if asked.is_descending else "ascending") if is_on else ""
        found.append(SimpleNamespace(label=label, address=there, sense=sense))
    return found


def _states(asked: Asked) -> list[Facet]:
    """Prepare the filter by state, of forms that tell what was seen from what was checked."""
    if not asked.form.has_checks:
        return []
    options = []
    for name in ("published", "checked"):
        one = replace(asked, states=(name,)).query(today(), limit=1)
        _, count = door().records(viewer(), one)
        options.append(Option(name, state_words(name), count, name in asked.states))
    return [Facet(model.STATE, gettext("State"), tuple(options), "", True)]


def _letters(asked: Asked, base: str) -> list[SimpleNamespace]:
    counts = door().letters(viewer(), replace(asked, letter="").query(today()))
    return [
        SimpleNamespace(
            letter=letter.upper(),
            count=count,
            address=asked.address(base, letter="" if letter == asked.letter else letter),
            is_on=letter == asked.letter,
        )
        for letter, count in sorted(counts.items(), key=lambda one: (not one[0].isalpha(), one[0]))
    ]


def by_letter(shown: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """Put records under the first letter of their titles."""
    ordered = sorted(shown, key=lambda one: fold(one.title))
    return [(letter, list(group)) for letter, group in groupby(ordered, key=_letter)]


def _letter(entry: Entry) -> str:
    first = fold(entry.title)[:1].upper()
    return first if first.isalpha() else "#"


def _kept(asked: Asked) -> model.Pairs:
    """List what the form of the filters passes on unseen."""
    pairs = [pair for pair in asked.shown() if pair[0] == model.VIEW]
    if asked.letter:
        pairs.append((model.LETTER, asked.letter))
    return pairs if asked.form.has_checks else [*pairs, *((model.STATE, one) for one in asked.states)]


def _pager(asked: Asked, base: str, total: int) -> SimpleNamespace:
    has_more = asked.page * model.PAGE_SIZES[asked.view] < total and asked.page < model.LAST_PAGE
    return SimpleNamespace(
        older=asked.address(base, page=asked.page + 1) if has_more else None,
        newer=asked.address(base, page=asked.page - 1) if asked.page > 1 else None,
    )


def ways_out(asked: Asked) -> list[Way]:
    """List the ways to take these records along: paper, a feed, files. Those for search engines are not for people."""
    name, narrowed = asked.form.name, asked.narrowed()
    files = {"csv": gettext("Table for any program (CSV)"), "xlsx": gettext("Table for Excel or LibreOffice")}
    if "map" in model.views(asked.form):
        files["geojson"] = gettext("Places for other maps (GeoJSON)")
        files["gogocarto.json"] = gettext("For GoGoCarto and Transiscope")
    if asked.form.of_type("phone", "email"):
        files["vcf"] = gettext("Cards for an address book (vCard)")
    files["json"] = gettext("All of it, for programs")
    return [
        Way(gettext("Booklet to print"), model.with_pairs(url("directory_booklet.show", form=name), narrowed)),
        Way(gettext("News in a news reader"), model.with_pairs(url("directory_feed.show", form=name), narrowed)),
        *(
            Way(words, model.with_pairs(url("directory_exports.show", form=name, kind=kind), narrowed))
            for kind, words in files.items()
        ),
    ]
