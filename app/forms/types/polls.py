"""The type that asks people to answer: dates, options, consent. Read for others by `app/forms/poll.py`."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.errors import N_, Invalid
from app.forms import poll
from app.forms.form import Field
from app.forms.poll import CONSENT, DATES, KINDS, MOST_LETTERS, MOST_OPTIONS
from app.forms.types import entry
from app.forms.types.base import FieldType, Typed
from app.forms.types.clock import DAY, read_hour
from app.forms.types.days import read_day, say_day
from app.wiki.yaml_text import Value

LATE = timedelta(days=31)  # a day without its year that is longer ago is one of the next year
TEXTS = {"then": 500, "words": 1000, "winner": 60}
WORDS: dict[str, tuple[str, ...]] = {
    "who": (poll.MEMBERS, poll.EVERYONE),
    "shown": (poll.ALWAYS, poll.ANSWERED, poll.CLOSED),
    "names": (poll.NAMED, poll.ORGANISERS, poll.UNNAMED),
    "stage": poll.STAGES,
    "outcome": poll.OUTCOMES,
}
# What nobody types: it is written when a stage or the whole is over, by who looks after it.
OUTCOME = ("closed", "outcome", "words", "winner", "review", "counts")
STATE = ("stage", "round", *OUTCOME)
_BETWEEN = re.compile(r"\s+|(?<=[0-9])T(?=[0-9])|,")
_AT = frozenset({"à", "a", "at", "dès", "vers"})

NO_KIND = N_("Choose what you ask.")
TOO_FEW = N_("Write at least two options, one a line.")
NO_MOMENT = N_("“%(line)s” is no date. Example: 3 December 2026 18:30.")
NAMED_TWICE = N_("“%(name)s” stands here twice. Take one out.")


@dataclass(frozen=True, slots=True)
class _Words:
    kinds: dict[str, str]
    until: str


_SAID = {
    "fr": _Words(
        {DATES: "Choix d’une date", "one": "Un choix", "several": "Plusieurs choix", CONSENT: "Consentement"},
        "jusqu’au {}",
    ),
    "en": _Words(
        {DATES: "Choice of a date", "one": "One choice", "several": "Several choices", CONSENT: "Consent"},
        "until {}",
    ),
}  # fmt: skip


class Polls(FieldType):
    """A poll. Options are typed one a line; those of `dates` as people write dates."""

    name = "poll"
    parts = ("kind", "options", "until", "who", "shown", "names", "then")

    def read(self, field: Field, typed: Typed) -> Value | None:
        """Read each part; without a kind, options or a last day nothing is asked."""
        said: dict[str, Value] = {name: entry.part(typed, name).strip() for name in self.parts}
        lines = entry.lines(str(said["options"])).split("\n")
        said["options"] = [line for one in lines if (line := entry.line(one))]
        if not (said["kind"] or said["options"]):
            return None
        return self.check(field, said)

    def kept(self, field: Field, before: Value | None, value: Value | None) -> Value | None:
        """Keep stage, round and outcome: they are written where the poll is led, by who looks after it."""
        if not isinstance(before, dict) or not isinstance(value, dict):
            return value
        return {**value, **{name: before[name] for name in STATE if name in before}}

    def check(self, field: Field, value: Value) -> Value | None:
        """Bring each part into its form; parts that say nothing are left out."""
        if value == "" or value == {}:
            return None
        if not isinstance(value, dict):
            entry.refuse()
        kind = value.get("kind", "")
        if kind not in KINDS:
            raise Invalid(NO_KIND, part="kind")
        found: dict[str, Value] = {"kind": kind, **_options(str(kind), value.get("options", []))}
        found |= _days(value) | _words(value) | _texts(value) | _numbers(value)
        return found

    def type_again(self, field: Field, value: Value) -> Typed:
        """Show each part; dates as they are stored, which is read again."""
        if not isinstance(value, dict):
            return {}
        said = poll.read(value)
        options = (
            "\n".join(one.text.replace("T", " ") if said.kind == DATES else one.text for one in said.options)
            if said
            else ""
        )
        typed = {
            name: (entry.shown(value.get(name, "")),) for name in ("kind", "until", "who", "shown", "names", "then")
        }
        return {**typed, "options": (options,)}

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say it in short: “Choix d’une date, jusqu’au 3 décembre 2026”."""
        said = poll.read(value)
        if said is None:
            return entry.shown(value)
        words = _SAID.get(language, _SAID["en"])
        until = [words.until.format(say_day(said.until.isoformat(), language))] if said.until else []
        return ", ".join([words.kinds[said.kind], *until])

    def cell(self, field: Field, value: Value) -> str:
        """Write JSON."""
        return entry.write_json(value)

    def read_cell(self, field: Field, cell: str) -> Value | None:
        """Read JSON."""
        value = entry.read_json(cell.strip())
        return self.check(field, cell.strip() if value is None else value)


def read_moment(line: str) -> str:
    """Read a date with or without its hour, and with or without its year: the next such day. Raises Invalid."""
    tokens = [token for token in _BETWEEN.split(line) if token]
    for year in ("", *_years()):
        for cut in range(1, len(tokens) + 1):
            hour = [token for token in tokens[cut:] if token.casefold() not in _AT]
            if found := _moment(" ".join(tokens[:cut]), year, " ".join(hour)):
                return found
    raise Invalid(NO_MOMENT, line=line[:60], part="options")


def _years() -> tuple[str, str]:
    now = datetime.now(UTC)
    return str(now.year), str(now.year + 1)


def _moment(day: str, year: str, hour: str) -> str:
    """Give the moment that these words name, or nothing."""
    sign = "/" if "/" in day else "." if day.count(".") == 1 and day.replace(".", "").isdecimal() else " "
    try:
        found = read_day(f"{day}{sign}{year}" if year else day)
        minutes = read_hour(hour) if hour else None
    except Invalid:
        return ""
    if year and datetime.fromisoformat(found).date() < (datetime.now(UTC) - LATE).date():
        return ""
    if minutes is None:
        return found
    return "" if minutes == DAY else f"{found}T{minutes // 60:02}:{minutes % 60:02}"


def _options(kind: str, said: Value) -> dict[str, Value]:
    if kind == CONSENT:
        return {}
    lines = [entry.line(entry.text_of(one)) for one in ([said] if isinstance(said, str) and said else said)]
    if len(lines) > MOST_OPTIONS:
        raise Invalid(N_("Write at most %(most)d lines here."), most=MOST_OPTIONS, part="options")
    options = (
        sorted({read_moment(line) for line in lines}) if kind == DATES else [_option(line) for line in lines if line]
    )
    if len(options) < 2:
        raise Invalid(TOO_FEW, part="options")
    keys = [one if kind == DATES else poll.key_of(one) for one in options]
    twice = next((one for one, key in zip(options, keys, strict=True) if keys.count(key) > 1), None)
    if twice is not None:
        raise Invalid(NAMED_TWICE, name=twice, part="options")
    return {"options": list(options)}


def _option(line: str) -> str:
    if len(line) > MOST_LETTERS or not poll.key_of(line):
        raise Invalid(N_("“%(name)s” cannot be used here. Write a short word."), name=line[:60], part="options")
    return line


def _days(value: dict[str, Value]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name in ("until", "closed", "review"):
        text = entry.line(entry.text_of(value.get(name, "")))
        try:
            found |= {name: read_day(text)} if text else {}
        except Invalid as error:
            raise Invalid(error.msgid, part="until") from error
    return found


def _words(value: dict[str, Value]) -> dict[str, Value]:
    """Keep the words of a few that were chosen; the first of each says nothing."""
    found: dict[str, Value] = {}
    for name, known in WORDS.items():
        said = entry.line(entry.text_of(value.get(name, "")))
        if said and said not in known:
            entry.refuse()
        if said and (said != known[0] or name == "outcome"):
            found[name] = said
    return found


def _texts(value: dict[str, Value]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, most in TEXTS.items():
        text = entry.line(entry.text_of(value.get(name, "")))
        if text:
            found[name] = entry.check_length(text, most)
    return found


def _numbers(value: dict[str, Value]) -> dict[str, Value]:
    """Keep the number of the round, and how many said what when it was closed."""
    known = poll.read(value)
    found: dict[str, Value] = {}
    if known and known.round_ > 1:
        found["round"] = str(min(known.round_, poll.MOST_ROUNDS))
    if known and known.outcome and known.outcome.counts:
        counts = known.outcome.counts.items()
        found["counts"] = {
            key: {"yes": str(one.yes), "perhaps": str(one.perhaps), "no": str(one.no)} for key, one in counts
        }
    return found
