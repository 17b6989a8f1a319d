"""What the inputs of a record's form show: one widget a question. Templates: `records/_widgets.html`."""

from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace

from flask_babel import gettext

from app.catalog.record_rows import RecordQuery
from app.errors import N_
from app.forms.form import Choice, Field, Form, words_in
from app.forms.types.amounts import unit
from app.forms.types.hours_reading import DAYS
from app.forms.types.places import PRECISIONS
from app.forms.types.references import form_of
from app.forms.types.rows import ID, MOST_ROWS, columns_of
from app.web.kit import door, viewer
from app.web.records import widgets_dates, widgets_poll
from app.web.records.asked import Asked, Option
from app.web.records.typed import PREFIX, Parts, Sent
from app.web.records.wording import readers_words
from app.wiki.files import is_inline

FEW = 8  # choices that are shown as buttons; more of them fold into a list
MOST_RECORDS = 500  # that can be chosen from
BLANK_ROWS = 2  # of a table
SLOTS = 3  # lists to choose another record from, where there are too many to tick

_INPUTS = {
    "number": {"inputmode": "decimal"},
    "link": {"type": "url", "inputmode": "url", "autocomplete": "url"},
    "email": {"type": "email", "inputmode": "email", "autocomplete": "email"},
    "contact": {"type": "email", "inputmode": "email", "autocomplete": "email"},
    "phone": {"type": "tel", "inputmode": "tel", "autocomplete": "tel"},
}
_COLUMNS = {"number": {"inputmode": "decimal", "class": "short"}, "date": {"type": "date", "class": "short"}}
_HINTS = {
    "tags": N_("Put commas between the words."),
    "period": N_("Examples: around 1850, late 18th century, before 1789."),
    "link": N_("Example: example.org"),
    "hours": N_("Example: 9:00-12:00, 14:00-18:00. Leave closed days empty."),
    "contact": N_("Nobody sees it. People write to you from here."),
}
PRECISION_WORDS = {
    "exact": N_("Show the exact place"),
    "blurred": N_("Show it to about a kilometre, without the street"),
    "commune": N_("Show the village only"),
    "hidden": N_("Do not show where it is"),
}
DAY_WORDS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
    N_("Public holidays"),
)  # fmt: skip
LICENCES = ("CC BY-SA 4.0", "CC BY 4.0", "CC0 1.0")


def widgets(
    form: Form, fields: Sequence[Field], sent: Sent, language: str, place_of: Callable[[str], str]
) -> list[SimpleNamespace]:
    """Prepare the questions of a form in their order; `place_of` gives the address of a file that the page has."""
    return [_widget(form, Asked(field, sent.of(field), sent.uploads, place_of), sent, language) for field in fields]


def _widget(form: Form, asked: Asked, sent: Sent, language: str) -> SimpleNamespace:
    field, parts = asked.field, asked.parts
    label = words_in(field.label, language) or field.name
    if not field.is_required:
        label = gettext("%(label)s (optional)", label=label)
    common = SimpleNamespace(
        name=f"{PREFIX}{field.name}", type=field.type, kind="line", label=label, value=_whole(parts),
        hint=_hint(form, field, language), is_required=field.is_required, input=_INPUTS.get(field.type, {}),
        readers=_readers(field), condition=_condition(form, field), language=language,
        error=sent.errors.get(field.name, ""), wrong=sent.wrong.get(field.name, ""), offer=None,
    )  # fmt: skip
    _PREPARE.get(field.type, _line)(common, asked)
    common.extra = {name: said for name, said in common.input.items() if name != "type"}
    return common


def _whole(parts: Parts) -> str:
    return next(iter(parts.get("", ())), "")


def _hint(form: Form, field: Field, language: str) -> str:
    said = words_in(field.help, language) or (gettext(_HINTS[field.type]) if field.type in _HINTS else "")
    measure = unit(field) if field.type == "number" else ""
    only = _only_if(form, field, language)
    return " ".join(words for words in (said, gettext("In %(unit)s.", unit=measure) if measure else "", only) if words)


def _only_if(form: Form, field: Field, language: str) -> str:
    """Say when a question is to be answered, for those whose browser does not fold it away."""
    other = form.find(field.condition.field) if field.condition else None
    if other is None or field.condition is None:
        return ""
    label = words_in(other.label, language) or other.name
    labels = {one.value: one.label for one in _options(other.choices, language, ())}
    labels |= {"yes": gettext("Yes"), "no": gettext("No")}
    said = ", ".join(labels.get(value, value) for value in field.condition.values)
    if not said:
        return gettext("Only if you answered “%(label)s”.", label=label)
    return gettext("Only if “%(label)s” is: %(answers)s.", label=label, answers=said)


def _condition(form: Form, field: Field) -> dict[str, str]:
    """Give what the script needs to fold a question away."""
    if field.condition is None or form.find(field.condition.field) is None:
        return {}
    return {"data-only-if": f"{PREFIX}{field.condition.field}", "data-only-is": " ".join(field.condition.values)}


def _readers(field: Field) -> str:
    """Say who reads a private answer."""
    if not field.is_private or field.type == "contact":
        return ""
    return gettext("Read by: %(readers)s.", readers=readers_words(field.readers))


def _line(widget: SimpleNamespace, asked: Asked) -> None:
    if asked.field.type == "tags":
        widget.value = ", ".join(asked.parts.get("", ()))


def _lines(widget: SimpleNamespace, asked: Asked) -> None:
    lines = asked.field.options.get("lines", "")
    widget.kind = "lines"
    widget.rows = min(20, int(lines)) if isinstance(lines, str) and lines.isdecimal() and len(lines) < 3 else 5


def _yes_no(widget: SimpleNamespace, asked: Asked) -> None:
    widget.kind = "radios"
    widget.options = [Option(one, gettext(words), 0, widget.value == one) for one, words in _YES_NO]
    if not asked.field.is_required:
        widget.options.append(Option("", gettext("Say nothing"), 0, not widget.value))


_YES_NO = (("yes", N_("Yes")), ("no", N_("No")))


def _date(widget: SimpleNamespace, _asked: Asked) -> None:
    widget.input = {"type": "date"}


def _range(widget: SimpleNamespace, asked: Asked) -> None:
    widget.kind = "range"
    widget.start, widget.end = (next(iter(asked.parts.get(part, ())), "") for part in ("start", "end"))


def _choice(widget: SimpleNamespace, asked: Asked) -> None:
    if form_of(asked.field):
        return _one_record(widget, asked)
    widget.options = _options(asked.field.choices, widget.language, asked.parts.get("", ()))
    is_short = len(widget.options) <= FEW
    widget.kind = "radios" if is_short else "select"
    if is_short and not asked.field.is_required:
        widget.options.append(Option("", gettext("Say nothing"), 0, not widget.value))
    return None


def _choices(widget: SimpleNamespace, asked: Asked) -> None:
    if form_of(asked.field):
        return _records(widget, asked)
    widget.kind = "checks"
    widget.options = _options(asked.field.choices, widget.language, asked.parts.get("", ()))
    return None


def _options(choices: Sequence[Choice], language: str, chosen: Sequence[str], depth: int = 0) -> list[Option]:
    """List the choices of a tree from the top down; a chosen one that is gone comes last, so that it is not lost."""
    found: list[Option] = []
    for choice in choices:
        label = words_in(choice.label, language) or choice.key
        found.append(Option(choice.key, label, depth, choice.key in chosen))
        found += _options(choice.children, language, chosen, depth + 1)
    if depth == 0:
        known = {one.value for one in found}
        found += [Option(key, key, 0, is_chosen=True) for key in chosen if key and key not in known]
    return found


def _records_of(field: Field) -> list[tuple[str, str]]:
    """List the records that may be chosen, as far as the viewer reads them."""
    form = door().find_form(viewer(), form_of(field))
    if form is None:
        return []
    rows, _ = door().records(viewer(), RecordQuery(form.name, limit=MOST_RECORDS))
    return [(row.id, row.title) for row in rows]


def _one_record(widget: SimpleNamespace, asked: Asked) -> None:
    widget.kind = "select"
    widget.options = [Option(key, title, 0, key == widget.value) for key, title in _records_of(asked.field)]


def _records(widget: SimpleNamespace, asked: Asked) -> None:
    """Offer other records: as boxes to tick, or, where they are many, the chosen ones and lists for more."""
    chosen = [key for key in asked.parts.get("", ()) if key]
    offered = _records_of(asked.field)
    titles = dict(offered) | {row.id: row.title for row in door().records_by_id(viewer(), chosen).values()}
    is_long = len(offered) > 2 * FEW
    shown = [(key, titles[key]) for key in chosen if key in titles] if is_long else list(titles.items())
    widget.kind = "records"
    widget.options = [Option(key, title, 0, key in chosen) for key, title in shown]
    widget.hidden = [key for key in chosen if key not in titles]  # that the viewer may not read: kept as they are
    widget.more = [Option(key, title) for key, title in offered if key not in chosen] if is_long else []
    widget.slots = SLOTS


def _place(widget: SimpleNamespace, asked: Asked) -> None:
    widget.kind = "place"
    names = ("address", "postcode", "commune", "lat", "lon", "precision")
    widget.parts = {part: next(iter(asked.parts.get(part, ())), "") for part in names}
    widget.precisions = [(one, gettext(PRECISION_WORDS[one])) for one in PRECISIONS]


def _hours(widget: SimpleNamespace, asked: Asked) -> None:
    widget.kind = "hours"
    known = {part: next(iter(texts), "") for part, texts in asked.parts.items()}
    has_days = any(known.get(day.lower()) for day in DAYS)
    widget.note = known.get("note", "") or ("" if has_days else widget.value)
    widget.days = [
        (day.lower(), gettext(words), _no_off(known.get(day.lower(), "")))
        for day, words in zip(DAYS, DAY_WORDS, strict=True)
    ]


def _no_off(hours: str) -> str:
    return "" if hours == "off" else hours


def _rows(widget: SimpleNamespace, asked: Asked) -> None:
    """Show the rows of a table, and some that are empty; “Add rows” gives as many again."""
    widget.kind = "rows"
    columns = columns_of(asked.field)
    widget.columns = [
        SimpleNamespace(
            name=one.name, kind=one.kind, label=words_in(one.label, widget.language) or one.name,
            input=_COLUMNS.get(one.kind, {}),
            choices=[(key, words_in(words, widget.language) or key) for key, words in one.choices.items()],
        )
        for one in columns
    ]  # fmt: skip
    names = (ID, *(one.name for one in columns))
    count = max((len(asked.parts.get(name, ())) for name in names), default=0)
    rows = [{name: _at(asked.parts.get(name, ()), number) for name in names} for number in range(count)]
    filled = [row for row in rows if any(text for name, text in row.items() if name != ID)]
    blank = min(BLANK_ROWS + count - len(filled), MOST_ROWS - len(filled))
    widget.rows = [*filled, *[dict.fromkeys(names, "")] * blank]


def _at(texts: Sequence[str], number: int) -> str:
    return texts[number] if number < len(texts) else ""


def _files(widget: SimpleNamespace, asked: Asked) -> None:
    widget.kind = asked.field.type
    count = len(asked.parts.get("file", ()))
    rows = [
        {part: texts[number] if number < len(texts) else "" for part, texts in asked.parts.items()}
        for number in range(count)
    ]
    widget.rows = [_filed(row, asked) for row in rows if row["file"]]
    widget.slot = next((row for row in rows if not row["file"]), {})
    widget.licences = LICENCES


def _filed(row: Mapping[str, str], asked: Asked) -> SimpleNamespace:
    """Prepare a file that is there already, or waits."""
    name = row["file"]
    upload = asked.uploads.get(name)
    place = upload.address if upload else asked.place_of(name)
    bare = dict.fromkeys(("alt", "author", "licence", "date", "title", "token"), "")
    known = {"token": upload.secret} if upload else {}
    return SimpleNamespace(**{**bare, **row, **known}, thumb=f"{place}?width=320" if is_inline(name) else "")


_PREPARE = {
    "long_text": _lines,
    "yes_no": _yes_no,
    "date": _date,
    "date_range": _range,
    "choice": _choice,
    "choices": _choices,
    "records": _records,
    "place": _place,
    "hours": _hours,
    "rows": _rows,
    "images": _files,
    "file": _files,
    "schedule": widgets_dates.schedule,
    "signup": widgets_dates.signup,
    "poll": widgets_poll.poll,
    "spaces": widgets_dates.spaces,
}
