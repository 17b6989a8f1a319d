"""The places of records: name, address, the button that is pressed there, whether an administrator looks."""

SEND = "form[data-record] .actions [value=send]"
PREVIEW = "form[data-record] .actions [value=preview]"
SITE = "annuaire/heritage/l/lavoir-des-combes-hautes"

RECORDS = (
    ("record, new, errors", "/-/record/new/heritage", SEND, False),
    ("record, new, preview", "/-/record/new/initiative", PREVIEW, True),
    ("record, new, person", "/-/record/new/person", "", True),
    ("event, new, errors", "/-/record/new/event?day=2030-05-02", SEND, False),
    ("record", f"/{SITE}", "", False),
    ("record, changed", f"/-/record/edit/{SITE}", "", True),
)
