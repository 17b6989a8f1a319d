"""The states of the pages of meetings: name, address, the button pressed there, does it take an administrator."""

HELD = "reunions/2026/2026-11-06-reunion-du-6-novembre-2026"
EVENT = "agenda/2026/reunion-mensuelle"
MINUTES: tuple[tuple[str, str, str, bool], ...] = (
    ("minutes", "/reunions/", "", True),
    ("decisions", "/reunions/decisions", "", False),
    ("who does what", "/reunions/actions?show=all", "", True),
    ("minutes of a year", "/reunions/paper?year=2026", "", False),
    ("item, proposed, error", f"/reunions/propose?event={EVENT}", "main form .actions button", True),
    ("minutes, next step, error", f"/reunions/next/{HELD}", "main form .actions button", True),
    ("minutes, found", f"/reunions/found/{HELD}", "", True),
    ("notes of an event", f"/-/record/new/minutes?from=minutes:{EVENT}", "", True),
    ("notes brought in, error", "/reunions/import", "main form .actions button", True),
)
# Here no list is opened: that of “More” would lie over a link of the record.
MEETING: tuple[tuple[str, str, str, bool], ...] = (("minutes of a meeting", f"/{HELD}", "", True),)
