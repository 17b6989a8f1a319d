"""What the archive must not lose, beside the messages themselves; made and changed by `migrations/`.

Times are seconds since 1970. A message is named by a hash of its Message-ID, keyed with its list's own key: so what
was erased can be recognised when it comes again, and not be read here.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from app.plugin import new_metadata

metadata = new_metadata()

# A list. `audience` is one word: public, members, group:NAME, admins. Until `is_shown`, only those read who look after
# it: administrators, and referents of the group in `space`. `words` is what it is about, `rules` what holds there,
# `joining` an address (web or mail) by which one subscribes. `keep_months` 0 keeps all. `secret` keys the hashes.
lists = Table(
    "archive_lists",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(60), nullable=False, unique=True),
    Column("title", String(200), nullable=False),
    Column("address", String(254), nullable=False, server_default=""),
    Column("words", Text, nullable=False, server_default=""),
    Column("rules", Text, nullable=False, server_default=""),
    Column("joining", Text, nullable=False, server_default=""),
    Column("space", String(80), nullable=False, server_default=""),
    Column("audience", String(80), nullable=False, server_default="members"),
    Column("is_shown", Boolean, nullable=False),
    Column("obeys_no_archive", Boolean, nullable=False),
    Column("keep_months", Integer, nullable=False, server_default="0"),
    Column("secret", LargeBinary, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    sqlite_autoincrement=True,  # whoever still holds a list that was removed must not write into another one
)

# The mailbox that is subscribed to a list. The password stands in a file of its own. `uid_validity` and `uid_next`
# say what was read last; `error` is an English msgid, `error_values` its values as JSON. `failing_since` is when it
# could not be read for the first time since it was read last.
mailboxes = Table(
    "archive_mailboxes",
    metadata,
    Column("list_id", Integer, ForeignKey(lists.c.id, ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("host", String(254), nullable=False),
    Column("port", Integer, nullable=False),
    Column("security", String(10), nullable=False),
    Column("username", String(254), nullable=False),
    Column("folder", String(200), nullable=False, server_default="INBOX"),
    Column("uid_validity", BigInteger, nullable=False, server_default="0"),
    Column("uid_next", BigInteger, nullable=False, server_default="0"),
    Column("asked_at", BigInteger),
    Column("next_at", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("failing_since", BigInteger),
    Column("error", Text, nullable=False, server_default=""),
    Column("error_values", Text, nullable=False, server_default="{}"),
)

# The alarm of a list that has fallen silent, or whose replies answer what never came: `why` is an English msgid.
alarms = Table(
    "archive_alarms",
    metadata,
    Column("list_id", Integer, ForeignKey(lists.c.id, ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("why", Text, nullable=False),
    Column("reason_values", Text, nullable=False, server_default="{}"),
    Column("since", BigInteger, nullable=False),
    Column("told_at", BigInteger),
    Column("is_silenced", Boolean, nullable=False),
)

# One import. `state`: waiting, looking (a dry run), running, done, stopped, undone. `source` is the name of what was
# given, `file` where it lies while it is needed. `place` is how far it came. `report` is JSON (runs.Report).
runs = Table(
    "archive_runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", Integer, ForeignKey(lists.c.id, ondelete="CASCADE"), nullable=False),
    Column("source", Text, nullable=False),
    Column("file", Text, nullable=False, server_default=""),
    Column("state", String(10), nullable=False),
    Column("is_dry", Boolean, nullable=False),
    Column("made_by", String(10), nullable=False),
    Column("begun_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Column("place", Text, nullable=False, server_default=""),
    Column("report", Text, nullable=False, server_default="{}"),
    sqlite_autoincrement=True,
)

# What was decided of a message, for ever: `what` is erased (never comes back), altered (words or a file were taken out
# of it: no other version of it comes back), hidden.
marks = Table(
    "archive_marks",
    metadata,
    Column("list_id", Integer, ForeignKey(lists.c.id, ondelete="CASCADE"), primary_key=True),
    Column("hash", String(64), primary_key=True),
    Column("what", String(8), primary_key=True),
    Column("at", BigInteger, nullable=False),
)

# Where moderators put messages: `under` is the key (a hash) of another message, or empty where one begins a thread.
# The latest decision holds.
moves = Table(
    "archive_moves",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", Integer, ForeignKey(lists.c.id, ondelete="CASCADE"), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("under", String(64), nullable=False),
    Column("by", String(10), nullable=False),
    Column("at", BigInteger, nullable=False),
    UniqueConstraint("list_id", "hash"),
)

# What was hidden, redacted, erased, moved, and by whom: never what it said. `what` is an English msgid.
deeds = Table(
    "archive_deeds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", Integer, ForeignKey(lists.c.id, ondelete="CASCADE"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by", String(10), nullable=False),
    Column("what", Text, nullable=False),
    Column("messages", Integer, nullable=False),
    Index("ix_archive_deeds_list_id", "list_id", "at"),
)

# Somebody asks that a message, or all of his, be erased: `code` is the message's, empty for all. `proof`: account (its
# address wrote it) or mail (the link that was sent to the address was opened). `state`: unproven, open, done, refused.
requests = Table(
    "archive_requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", Integer, ForeignKey(lists.c.id, ondelete="CASCADE"), nullable=False),
    Column("code", String(40), nullable=False),
    Column("address", String(254), nullable=False),
    Column("words", Text, nullable=False, server_default=""),
    Column("proof", String(8), nullable=False),
    Column("token_hash", String(64), nullable=False, server_default=""),
    Column("state", String(8), nullable=False),
    Column("at", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)
