"""What a link of a mail opens: name, address, the button pressed there, does it take an administrator."""

MAILS: tuple[tuple[str, str, str, bool], ...] = (
    ("poll, answered from a mail", "/-/poll/mail/{poll}", "", False),
    ("action, answered from a mail", "/reunions/answer/{action}", "", False),
    ("answers, no more mails", "/-/answer/stop/{stop}", "", False),
)
