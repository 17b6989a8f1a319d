"""The states of the agenda's pages: name, address, the button that is pressed there, does it take an administrator."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.calendar import expansion, stored
from app.shipped import content
from app.wiki import frontmatter

ZONE = "Europe/Paris"


def next_date(path: str) -> str:
    """Name the next date of a series of the demo, from tomorrow on."""
    when = frontmatter.parse(content.demo("fr").pages[path]).values["when"]
    tomorrow = datetime.now(ZoneInfo(ZONE)).date() + timedelta(days=1)
    return str(expansion.next_dates(stored.read(when, ZONE), tomorrow, 1)[0].original)


# One that goes on without end: there is always a next date to which one may come.
SATURDAYS = "agenda/2026/epicerie-permanence-du-samedi"
SHOP = "agenda/2026/epicerie-permanence-du-mercredi"
AGENDA: tuple[tuple[str, str, str, bool], ...] = (
    ("agenda in a calendar", "/agenda/subscribe?q=four", "", False),
    ("agenda in a calendar, private addresses", "/agenda/subscribe", "form[action*=subscribe] button", True),
    ("who comes, dates", f"/-/answers/{SATURDAYS}", "", False),
    (
        "who comes, error",
        f"/-/answers/{SATURDAYS}?day={next_date(SATURDAYS)}",
        "form:has(#gc-field-people) .actions button",
        False,
    ),
    (
        "who comes",
        f"/-/answers/{SATURDAYS}?day={next_date(SATURDAYS)}",
        "form:has(#gc-field-people) .actions button",
        True,
    ),
    ("who comes, for others, error", f"/-/answer/behalf/{SATURDAYS}", "main form .actions button", True),
    ("what one said about events", "/-/me/answers", "", True),
    ("sign-up sheet", f"/-/answer/sheet/{SATURDAYS}", "", True),
    ("sign-up sheet, typed", f"/-/answer/quick/{SATURDAYS}", "main form .actions button", True),
    ("who was there", f"/-/answer/attendance/{SATURDAYS}", "", True),
    ("one date", f"/-/date/{SHOP}?day=2026-12-16", "", True),
    ("one date and all later ones", f"/-/dates/later/{SHOP}?day=2027-01-06", "", True),
    ("agendas of others, error", "/agenda/sources", "main form .actions button", True),
)

# The views of the agenda, on a screen and on paper: name, what follows its word.
DATES = (
    ("filtered", "?tag=fête&q=feu"), ("nothing found", "?q=zzyzzx"), ("past", "?until=2026-11-30"),
    ("month", "?view=month&month=2026-12"), ("week", "?view=week&day=2026-12-02"), ("day", "?view=day&day=2026-12-05"),
    ("map", "?view=map&from=2026-12-01"), ("on another site", "embed?view=month&month=2026-12"),
    ("month on paper", "?paper=month&month=2026-12"), ("list on paper", "?paper=list"),
    ("poster", "poster/agenda/2026/reunion-mensuelle"),
)  # fmt: skip
