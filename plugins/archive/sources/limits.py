"""How much of a source is read at most."""

from app.errors import N_

MOST_MESSAGE = 100_000_000  # bytes
MOST_MEMBERS = 500_000  # of a folder
MOST_ZIPPED = 250_000  # files of an archive: their list is held in memory
MOST_UNPACKED = 40_000_000_000  # bytes of a whole archive
MOST_RATIO = 200  # unpacked to packed, beyond FREE bytes
FREE = 20_000_000
HEAD = 8192  # bytes by which a file is recognised

TOO_LONG = N_("This message is over 100 MB.")
BOMB = N_("This file grows far too large when it is unpacked.")
TOO_MANY = N_("This archive holds over 250,000 files. Give it in several parts.")
BROKEN = N_("The file is damaged or ends too early.")
NOT_MAIL = N_("This is not a mail.")
NESTED = N_("This is an archive inside an archive. Unpack it and import it by itself.")
BAD_NAME = N_("The name of this file is not safe.")
LOCKED = N_("This file is locked with a password.")
DELETED = N_("This message was marked as deleted.")
UNREADABLE = N_("This file cannot be read.")
