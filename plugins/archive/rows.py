"""What is derived of the messages, in a database of its own: `archive.db`. All of it can be made anew from the raws.

Times are seconds since 1970, months numbers such as 202603 in the time zone of the site. `list_id` is that of
`tables.lists`; rows here have no foreign key to it.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA = "3"  # raise it when a table here, or what is written to it, changes
metadata = MetaData()

facts = Table("facts", metadata, Column("name", String(60), primary_key=True), Column("value", Text, nullable=False))

# `code` stands in addresses: base32 of SHA-1 of the key, as HyperKitty and Archived-At have it; a second message with
# the same key has `version` 1 and a code of its own. `raw` is its SHA-256, `year` the pack that holds it. `parent_id`
# is what it answers, if that is here; `wants` the key of what it answers if that never came. `dated` is what the
# message says (ISO 8601, with offset), or empty. `is_reply` as its subject says.
messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("code", String(40), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("raw", String(64), nullable=False),
    Column("year", Integer, nullable=False),
    Column("run_id", Integer, nullable=False),
    Column("thread_id", Integer, nullable=False),
    Column("parent_id", Integer),
    Column("wants", Text, nullable=False),
    Column("person_id", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("base_subject", String(200), nullable=False),
    Column("is_reply", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("dated", String(40), nullable=False),
    Column("month", Integer, nullable=False),
    Column("arrived_at", BigInteger, nullable=False),
    Column("size", Integer, nullable=False),
    Column("files", Integer, nullable=False),
    Column("is_from_html", Boolean, nullable=False),
    Column("has_html", Boolean, nullable=False),
    Column("is_hidden", Boolean, nullable=False),
    UniqueConstraint("list_id", "code"),
    Index("ix_messages_key", "list_id", "key"),
    Index("ix_messages_wants", "list_id", "wants"),
    Index("ix_messages_thread", "thread_id", "at"),
    Index("ix_messages_month", "list_id", "month", "at"),
    Index("ix_messages_subject", "list_id", "base_subject", "at"),
    Index("ix_messages_person", "person_id", "at"),
    Index("ix_messages_run", "run_id"),
    sqlite_autoincrement=True,  # an id names a document of the search: it is never given twice
)

# A thread; `code` is that of its first message. `ghost` is the key of a message that began it and never came.
# `messages`, `people`, `files` count those that are not hidden.
threads = Table(
    "threads",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", Integer, nullable=False),
    Column("code", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("begun_at", BigInteger, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("messages", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    Column("files", Integer, nullable=False),
    Index("ix_threads_code", "list_id", "code"),
    Index("ix_threads_last", "list_id", "last_at"),
    sqlite_autoincrement=True,
)

# Codes that threads had before they were joined with another: their addresses lead on.
old_threads = Table(
    "old_threads",
    metadata,
    Column("list_id", Integer, primary_key=True),
    Column("code", String(40), primary_key=True),
    Column("thread_id", Integer, nullable=False, index=True),
)

# A message that others name and that never came: the thread in which it would stand.
ghosts = Table(
    "ghosts",
    metadata,
    Column("list_id", Integer, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("thread_id", Integer, nullable=False, index=True),
)

# Threads into which moderators moved messages: what names messages of theirs and of others does not join them again.
apart = Table(
    "apart",
    metadata,
    Column("list_id", Integer, primary_key=True),
    Column("thread_id", Integer, primary_key=True),
)

# Who writes to a list, by address; `code` stands in addresses and says nothing of the address of mail.
people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", Integer, nullable=False),
    Column("code", String(40), nullable=False),
    Column("address", Text, nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("list_id", "address"),
    Index("ix_people_code", "list_id", "code"),
)

# `oid` is the SHA-256 of the bytes, in `files/` of the instance.
attachments = Table(
    "attachments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", Integer, nullable=False),
    Column("message_id", Integer, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("oid", String(64), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("kind", String(120), nullable=False),
    Column("size", Integer, nullable=False),
    Column("cid", Text, nullable=False),
    Column("is_inline", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("ix_attachments_list", "list_id", "at"),
)

# What people read of a message: UTF-8, packed with zlib.
texts = Table(
    "texts",
    metadata,
    Column("message_id", Integer, primary_key=True, autoincrement=False),
    Column("text", LargeBinary, nullable=False),
)

# The text inside attached documents, by the SHA-256 of their bytes: UTF-8, packed with zlib; empty where there is none.
file_texts = Table(
    "file_texts",
    metadata,
    Column("oid", String(64), primary_key=True),
    Column("text", LargeBinary, nullable=False),
)

# Messages that are shown, by month.
months = Table(
    "months",
    metadata,
    Column("list_id", Integer, primary_key=True),
    Column("month", Integer, primary_key=True),
    Column("messages", Integer, nullable=False),
)

# What the search has still to take in: an id of a message, its document written anew or, once it is gone, removed.
queue = Table(
    "queue",
    metadata,
    Column("message_id", Integer, primary_key=True, autoincrement=False),
    Column("list_id", Integer, nullable=False),
)
