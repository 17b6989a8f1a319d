"""The states of the pages of people and groups: name, address, the button pressed there, does it take an administrator."""

SEND = "main form .actions button"
PEOPLE: tuple[tuple[str, str, str, bool], ...] = (
    ("group of the demo", "/-/groups/jardins", "", False),
    ("group of the demo, looked after", "/-/groups/jardins", "", True),
    ("own name", "/-/me/name", "", True),
    ("to leave the site", "/-/me/erase", "", True),
    ("somebody, to be erased", "/-/people/{lucie}/erase", "", True),
    ("changes of somebody", "/-/reviews/{lucie}", "", True),
    ("somebody, not oneself", "/-/people/{lucie}", "", True),
    ("somebody", "/-/people/", "main .rows a", True),
    ("code to sign in", "/-/signin/code", "", False),
    ("proposals to decide", "/-/proposals/", "", True),
    ("own proposals", "/-/proposals/mine/", "", True),
    ("settings, question to visitors", "/-/admin/question", "", True),
    ("table to take in, error", "/-/import/initiative", SEND, True),
    ("event, again", "/-/duplicate/agenda/2027/troc-de-graines", "", True),
)
