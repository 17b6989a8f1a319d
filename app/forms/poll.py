"""What a record asks people to answer: among which options, who, until when, and what became of it.

Written by the field type `poll` (`app/forms/types/polls.py`), read by `app/answers`. It has one of four kinds: `dates`,
`several` (each option by itself), `one` (one option), `consent` (to the text of the page, in stages).
"""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from app.forms.form import Field, Form, Values
from app.wiki.page import fold
from app.wiki.yaml_text import Value

DATES, ONE, SEVERAL, CONSENT = "dates", "one", "several", "consent"
KINDS = (DATES, ONE, SEVERAL, CONSENT)
YES, PERHAPS, NO = "yes", "perhaps", "no"
AGREED, ASIDE, OBJECTION = "consent", "aside", "objection"  # what one says to a proposal
MEMBERS, EVERYONE = "members", "everyone"  # who may answer
ALWAYS, ANSWERED, CLOSED = "always", "answered", "closed"  # when one sees what was answered
NAMED, ORGANISERS, UNNAMED = "members", "organisers", "nobody"  # who sees the names
QUESTIONS, REACTIONS, OBJECTIONS = "questions", "reactions", "objections"  # stages of consent
STAGES = (QUESTIONS, REACTIONS, OBJECTIONS)
ADOPTED, WITHDRAWN, CHOSEN, NONE_CHOSEN = "adopted", "withdrawn", "chosen", "none"
OUTCOMES = (ADOPTED, WITHDRAWN, CHOSEN, NONE_CHOSEN)
MOST_OPTIONS, MOST_LETTERS, MOST_ROUNDS = 30, 200, 99
MOST_KEY = 60  # letters; of longer options a checksum of the whole


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; of a poll about dates `text` is `2026-12-03T18:30`, or the day alone."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many said what of one option."""

    yes: int = 0
    perhaps: int = 0
    no: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a poll: on which day it was closed, which option won, and the sentence that says it."""

    day: date
    kind: str
    words: str
    winner: str
    review: date | None
    counts: dict[str, Count]


@dataclass(frozen=True, slots=True)
class Poll:
    """What is asked. `until` is the last day on which one may answer; `then` says what is done with the answers.

    `round_` counts how often a proposal was put to objections, changed in between.
    """

    kind: str
    options: tuple[Option, ...] = ()
    until: date | None = None
    who: str = MEMBERS
    shown: str = ALWAYS
    names: str = NAMED
    then: str = ""
    stage: str = QUESTIONS
    round_: int = 1
    outcome: Outcome | None = None

    @property
    def is_each(self) -> bool:
        """Tell whether every option is answered by itself."""
        return self.kind in (DATES, SEVERAL)

    @property
    def keys(self) -> tuple[str, ...]:
        """List what may be chosen."""
        return (AGREED, ASIDE, OBJECTION) if self.kind == CONSENT else tuple(one.key for one in self.options)

    @property
    def is_asked(self) -> bool:
        """Tell whether one answers by choosing: of a proposal that is still talked about one does not."""
        return self.kind != CONSENT or self.stage == OBJECTIONS


def field_of(form: Form) -> Field | None:
    """Find the question of a form that is a poll: the first one that all may read."""
    return next((one for one in form.of_type("poll") if not one.is_private), None)


def of_record(form: Form, values: Values) -> Poll | None:
    """Read the poll of a record; None where it asks nothing."""
    field = field_of(form)
    return read(values[field.name]) if field and field.name in values else None


def read(value: Value) -> Poll | None:
    """Read a stored value; None where it is none. Never raises: what does not fit is left out."""
    if not isinstance(value, dict) or value.get("kind") not in KINDS:
        return None
    kind = _word(value, "kind", KINDS)
    return Poll(
        kind, _options(value.get("options", []), kind), _day(value.get("until", "")),
        _word(value, "who", (MEMBERS, EVERYONE)), _word(value, "shown", (ALWAYS, ANSWERED, CLOSED)),
        _word(value, "names", (NAMED, ORGANISERS, UNNAMED)), _text(value, "then"), _word(value, "stage", STAGES),
        _number(value.get("round", "1"), 1), _outcome(value),
    )  # fmt: skip


def key_of(text: str) -> str:
    """Give the key of an option: two that read alike are one, and long ones differ by all that they say."""
    folded = fold(text)
    return folded if len(folded) <= MOST_KEY else f"{folded[:MOST_KEY]}-{sha256(folded.encode()).hexdigest()[:10]}"


def moment_of(text: str) -> datetime | None:
    """Read an option that is a date; midnight of one without an hour."""
    try:
        return datetime.fromisoformat(text) if len(text) in (10, 16) else None
    except ValueError:
        return None


def _options(said: Value, kind: str) -> tuple[Option, ...]:
    texts = [one for one in said if isinstance(one, str)] if isinstance(said, list) else []
    if kind == DATES:
        found = {one: one for one in texts if moment_of(one)}
    else:
        found = {key_of(one): one[:MOST_LETTERS] for one in texts if key_of(one)}
    return tuple(Option(key, text) for key, text in found.items())[:MOST_OPTIONS]


def _outcome(value: dict[str, Value]) -> Outcome | None:
    day = _day(value.get("closed", ""))
    if day is None:
        return None
    counts = value.get("counts", {})
    found = {key: _count(one) for key, one in counts.items()} if isinstance(counts, dict) else {}
    return Outcome(
        day, _word(value, "outcome", (NONE_CHOSEN, *OUTCOMES)), _text(value, "words"), _text(value, "winner"),
        _day(value.get("review", "")), found,
    )  # fmt: skip


def _count(said: Value) -> Count:
    one = said if isinstance(said, dict) else {}
    return Count(*(_number(one.get(name, "0"), 0) for name in (YES, PERHAPS, NO)))


def _number(said: Value, least: int) -> int:
    is_number = isinstance(said, str) and said.isascii() and said.isdecimal() and len(said) < 6
    return max(least, int(str(said))) if is_number else least


def _day(said: Value) -> date | None:
    try:
        return date.fromisoformat(said) if isinstance(said, str) and len(said) == 10 else None
    except ValueError:
        return None


def _text(value: dict[str, Value], name: str) -> str:
    said = value.get(name, "")
    return said if isinstance(said, str) else ""


def _word(value: dict[str, Value], name: str, known: tuple[str, ...]) -> str:
    """Give a word that must be one of a few; the first of them where it is none."""
    said = value.get(name, "")
    return said if isinstance(said, str) and said in known else known[0]
