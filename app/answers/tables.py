"""The truth tables of answers; made and changed by the migrations of `app/database`. Times are seconds since 1970."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from app.database.truth import metadata
from app.people.visitor_tables import visitors

# `page_id` is the identity of the page; `date` the day by which a series knows one of its dates, "" of what takes place
# once. `key` says what is answered (`coming`). Who answers: an account, a visitor, or a name that somebody wrote down
# for them (`entered_by` is that person's pseudonym, `channel` how it came: web, mail, paper, phone, person).
# `state`: unconfirmed, standing, waiting (in the order of `asked_at`, then `id`), withdrawn. `details` is JSON.
answers = Table(
    "answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("page_id", String(40), nullable=False, index=True),
    Column("date", String(10), nullable=False, server_default=""),
    Column("key", String(20), nullable=False),
    Column("value", String(40), nullable=False),
    Column("role", String(60), nullable=False, server_default=""),
    Column("people", Integer, nullable=False, server_default="1"),
    Column("details", Text, nullable=False, server_default="{}"),
    Column("comment", Text, nullable=False, server_default=""),
    Column("account_id", Integer, ForeignKey("accounts.id", ondelete="CASCADE"), index=True),
    Column("visitor_id", Integer, ForeignKey(visitors.c.id, ondelete="CASCADE"), index=True),
    Column("name", String(80), nullable=False, server_default=""),
    Column("channel", String(10), nullable=False),
    Column("entered_by", String(10), nullable=False, server_default=""),
    Column("state", String(12), nullable=False),
    Column("code", String(8), nullable=False, server_default=""),  # short, on the sheet of paper
    Column("attended", String(3), nullable=False, server_default=""),  # yes, no, or not noted
    Column("asked_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
)

# What is answered about: locked while somebody takes a place, so that the last one is given once. `told` is JSON: when
# and where it was when people were last told, by which a change is noticed.
answer_objects = Table(
    "answer_objects",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("page_id", String(40), nullable=False),
    Column("date", String(10), nullable=False),
    Column("told", Text, nullable=False, server_default=""),
    UniqueConstraint("page_id", "date"),
)

# What went out once, or shall not go out: `what` is `reminder DAY`, `nobody DAY`, `seen-` and the mark of a change that
# is not told yet, `quiet-` and the digest of an address that wants no mails (about any page where `page_id` is "").
answer_mails = Table(
    "answer_mails",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("page_id", String(40), nullable=False),
    Column("date", String(10), nullable=False),
    Column("what", String(40), nullable=False),
    Column("at", BigInteger, nullable=False),
    UniqueConstraint("page_id", "date", "what"),
)
