"""What kinds of questions there are, in words, and what can be chosen about each."""

from dataclasses import dataclass

from app.errors import N_
from app.forms.form import Field


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: `name` is a field type, `title` and `hint` are English msgids."""

    name: str
    title: str
    hint: str = ""


GROUPS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (
        N_("In words"),
        (
            Kind("text", N_("A few words"), N_("A name, a sentence.")),
            Kind("long_text", N_("Several lines"), N_("A description, a story.")),
            Kind("tags", N_("Keywords"), N_("As many as one likes.")),
        ),
    ),
    (
        N_("By choosing"),
        (
            Kind("choice", N_("One answer from a list"), N_("You write the list.")),
            Kind("choices", N_("Several answers from a list"), N_("You write the list.")),
            Kind("yes_no", N_("Yes or no")),
        ),
    ),
    (
        N_("With a number or a date"),
        (
            Kind("number", N_("A number")),
            Kind("date", N_("A day")),
            Kind("date_range", N_("From one day to another")),
            Kind("schedule", N_("When it takes place"), N_("A day, hours, and how it comes back.")),
            Kind("hours", N_("Opening hours")),
            Kind("period", N_("A period of the past"), N_("“Around 1850”, “18th century”.")),
        ),
    ),
    (
        N_("To reach somebody"),
        (
            Kind("contact", N_("An address to write to"), N_("Nobody sees it: letters go through this site.")),
            Kind("phone", N_("A telephone number")),
            Kind("email", N_("An e-mail address"), N_("Visitors do not see it.")),
            Kind("link", N_("A web address")),
        ),
    ),
    (
        N_("With something to show"),
        (
            Kind("place", N_("A place"), N_("An address, a point on the map.")),
            Kind("images", N_("Photos")),
            Kind("file", N_("A document")),
            Kind("records", N_("Other records"), N_("A person or a place of the directory.")),
            Kind("spaces", N_("Spaces of this site"), N_("The groups that it concerns.")),
            Kind("signup", N_("Sign-up"), N_("Who comes, in which role, with which tools.")),
            Kind("poll", N_("Poll"), N_("People choose a date or something else, or agree.")),
        ),
    ),
)
KINDS = {kind.name: kind for _, kinds in GROUPS for kind in kinds}
CHOOSING = frozenset({"choice", "choices"})
FACETS_AT_FIRST = frozenset({"choice", "choices", "yes_no", "tags", "place", "spaces"})
FACETS = FACETS_AT_FIRST | {"text", "period", "records"}
# not shown in lists at first
UNLISTED = frozenset({"long_text", "contact", "email", "images", "file", "hours", "signup", "poll"})
MOST_LISTED = 5  # at first: a card or a row holds no more
DEFAULTS = frozenset({"text", "number", "choice", "yes_no"})


def has_list(field: Field) -> bool:
    """Tell whether its answers are chosen from a list of its own."""
    return field.type in CHOOSING and "form" not in field.options
