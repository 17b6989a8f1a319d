"""`{{directory …}}`: records of the directory inside a page, for whoever reads it."""

from collections.abc import Sequence

from flask import render_template

from app.errors import N_, Invalid
from app.plugin import Form, MacroArguments, MacroContext, door, spoken
from plugins.directory import entries, listing, model
from plugins.directory.model import Asked

VIEWS = ("cards", "list", "table", "map", "latest")
USUAL, MOST = 6, 60  # records


def show(context: MacroContext, arguments: MacroArguments) -> str:
    """Show records; raises GareError for what is not said as it must be."""
    form = door().form(context.viewer, arguments.get("form") or arguments.get("", ""))
    view = arguments.get("view", "cards")
    if view not in VIEWS or (view == "map" and "map" not in model.views(form)):
        raise Invalid(N_("“view” must be one of: %(views)s."), views=", ".join(VIEWS))
    asked = _asked(form, view, arguments)
    rows, total = door().records(context.viewer, asked.query(listing.today(), limit=_count(arguments)))
    base = listing.list_address(form.name)
    return render_template(
        "directory/block.html",
        form=form,
        asked=asked,
        view="list" if view == "latest" else view,
        entries=entries.entries(form, rows, spoken()),
        columns=listing.columns(asked, ""),
        total=total,
        points=listing.points_address(asked),
        whole=asked.address(base),
        title=listing.title_of(form),
    )


def _asked(form: Form, view: str, arguments: MacroArguments) -> Asked:
    order = arguments.get("sort", "-edited" if view == "latest" else "title")
    pairs = [("sort", order), ("q", arguments.get("q", "")), *read_where(form, arguments.get("where", ""))]
    return model.read(form, Said(pairs + ([("view", view)] if view in model.VIEWS else [])))


class Said:
    """The arguments of a block as the query of an address."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._pairs = pairs

    def get(self, key: str, default: str = "", /) -> str:
        """Give the first value."""
        return next(iter(self.getlist(key)), default)

    def getlist(self, key: str, /) -> list[str]:
        """Give all values."""
        return [value for name, value in self._pairs if name == key]


def read_where(form: Form, typed: str) -> list[tuple[str, str]]:
    """Read `theme=food,phase=idea,starting`: a word without a name is another one of the field before."""
    known = {one.name for one in model.facets(form)}
    pairs: list[tuple[str, str]] = []
    name = ""
    for part in (one.strip() for one in typed.replace(";", ",").split(",")):
        before, is_named, key = part.partition("=")
        name = before.strip() if is_named else name
        if part and name not in known:
            raise Invalid(N_("“%(name)s” is no filter of this form."), name=name or part)
        if part:
            pairs.append((model.parameter(name), (key if is_named else part).strip()))
    return pairs


def _count(arguments: MacroArguments) -> int:
    said = arguments.get("count", str(USUAL))
    if not said.isascii() or not said.isdecimal() or len(said) > 3 or not 1 <= int(said) <= MOST:
        raise Invalid(N_("“%(name)s” must be a number from 1 to %(most)s."), name="count", most=MOST)
    return int(said)
