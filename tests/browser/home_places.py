"""The states of the pages of the home board: name, address, the button pressed there, does it take an administrator."""

HOME: tuple[tuple[str, str, str, bool], ...] = (
    ("settings, home page, error", "/-/admin/home", "main button[value=add]", True),
    ("how to reach us", "/accueil/nous-joindre", "", False),
)
