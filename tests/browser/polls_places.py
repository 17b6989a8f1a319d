"""The states of the pages of polls: name, address, the button pressed there, does it take an administrator."""

DATES = "sondages/2026/quand-monter-la-serre"
CONSENT = "sondages/2026/ouvrir-l-epicerie-le-jeudi-soir"
SEND = "main form:has([name=comment]) .actions button"
POLLS: tuple[tuple[str, str, str, bool], ...] = (
    ("polls", "/sondages/", "", False),
    ("poll about dates", f"/{DATES}", "", False),
    ("poll, closed", "/sondages/2026/un-panier-de-legumes-solidaire", "", False),
    ("answer to a poll", f"/-/polls/{DATES}", "", False),
    ("answer to a poll, error", f"/-/polls/{DATES}", SEND, False),
    ("consent, error", f"/-/polls/{CONSENT}", SEND, True),
    ("answer of somebody else, error", f"/-/poll/behalf/{DATES}", SEND, True),
    ("paper of a poll", f"/-/poll/sheet/{DATES}", "", True),
    ("outcome, error", f"/-/poll/close/{DATES}", "main form:has([name=words]) .actions button", True),
    ("outcome of consent", f"/-/poll/close/{CONSENT}", "", True),
    ("new poll, error", "/-/record/new/poll", "main form .actions button", True),
)
