"""The states of the archive's pages: name, address, the button that is pressed there, does it take an administrator."""

from plugins.archive.demo_following import NAME
from plugins.archive.message.identity import code_of

# Messages of the demo: one that begins a thread, one that brings a picture.
LIST = f"/listes/{NAME}/"
THREAD = code_of("202607062015.josette@vezoline.example")
PICTURE = code_of("202501121640.lea@vezoline.example")
ARCHIVE: tuple[tuple[str, str, str, bool], ...] = (
    ("lists", "/listes/", "", False),
    ("list", LIST, "", True),
    ("thread", f"{LIST}t/{THREAD}", "", True),
    ("message with a picture", f"{LIST}m/{PICTURE}", "", True),
    ("month of a list", f"{LIST}2026/09/", "", False),
    ("files of a list", f"{LIST}files/", "", False),
    ("search in a list", f"{LIST}search?q=courgettes", "", False),
    ("search in a list, error", f"{LIST}search?from=x", "", False),
    ("lists to look after, error", "/listes/manage", "main form .actions button", True),
    ("settings of a list", f"{LIST}settings", "", True),
    ("old mails, error", f"{LIST}imports", "main form .actions button", True),
    ("old mails, taken in", f"{LIST}imports/1", "", True),
    ("old mails, to be taken back", f"{LIST}imports/1/undo", "", True),
    ("list, removed, error", f"{LIST}remove", "main form button", True),
    ("person of a list", f"{LIST}t/{THREAD}", "main a[href*='/p/']", True),
    ("message, to be looked after", f"{LIST}m/{PICTURE}/care", "", True),
    ("message, to be erased", f"{LIST}m/{PICTURE}/erase", "", True),
    ("to be forgotten, error", "/listes/forget", "main form .actions button", False),
    ("who asks to be forgotten", f"{LIST}requests", "", True),
    ("mailbox of a list, error", f"{LIST}manage/mailbox", "main form .actions button", True),
    ("what was done in a list", f"{LIST}deeds", "", True),
)
