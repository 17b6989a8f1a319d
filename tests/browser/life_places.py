"""The states of the pages on which records are looked after: name, address, a button to press, whether by Samira."""

ONE = "annuaire/initiative/a/atelier-velo"
SEND = "main form .actions button"
LIFE = (
    ("record, an error, not said", f"/-/record/report/{ONE}", SEND, False),
    ("people of a record, written to", f"/-/contact/{ONE}", "", False),
    ("record, what becomes of it", f"/-/record/life/{ONE}", "", False),
    ("record, to be looked after", f"/-/record/life/{ONE}", "", True),
    ("record, there twice", f"/-/record/merge/{ONE}?q=atelier", "", True),
    ("two records", f"/-/record/merge/{ONE}?with=annuaire/initiative/c/cantine-des-petits", "", True),
    ("what has aged", "/-/aged", "", True),
    ("records that need care", "/-/records/care", "", True),
)
