"""The derived tables. `catalog.db` holds nothing that git does not: `gare reindex` makes it anew.

Times are whole seconds since 1970 UTC. `lineage` numbers a page through its renames, deletion and return.
"""

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Float,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    and_,
    bindparam,
    func,
    select,
    text,
)  # fmt: skip


def listed(name: str) -> Any:
    """Make a parameter for `IN`: a JSON list. Its statement is compiled once, where a list of parameters is not."""
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)


SCHEMA = "11"  # raised with every change to this file: a catalog of another number is rebuilt
metadata = MetaData()
# Written out, not a parameter: SQLite uses an index of some rows only where the question holds the very same words.
IS_OF_GROUPS = text("audience GLOB 'group:*'")
HAS_EDITORS = text("own_editors IS NOT NULL")
FOLLOWS_FORM = text("pages.form != ''")
LONG = 7  # days: what takes longer is looked for beside the rest, which an index by the first day finds
IS_LONG = text(f"last_day - first_day > {LONG}")
IS_HOLLOW = text("hollow != ''")

facts = Table(
    "facts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# Narrow, so that lists read few disk pages; the wide texts are in `bodies`.
pages = Table(
    "pages",
    metadata,
    Column("path", Text, primary_key=True),
    Column("key", Text, nullable=False, index=True),
    Column("lineage", Integer, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("title_key", Text, nullable=False, index=True),
    Column("space", Text, nullable=False, index=True),
    Column("lang", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("own_audience", Text),
    Column("own_editors", Text),
    Column("audience", Text, nullable=False),
    Column("id", Text, index=True),
    Column("blob", Text, nullable=False),
    Column("revision", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("edited_at", Integer, nullable=False, index=True),
    Column("created_at", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("redirect", Text, nullable=False),
    Column("tags", Text, nullable=False),
    Column("is_linked", Integer, nullable=False, default=0),
    sqlite_with_rowid=False,
)
Index("ix_pages_orphans", pages.c.is_linked, pages.c.title)
Index("ix_pages_groups", pages.c.audience, sqlite_where=IS_OF_GROUPS)
Index("ix_pages_form", pages.c.form, pages.c.audience, pages.c.lineage, sqlite_where=text("form != ''"))
Index("ix_pages_editors", pages.c.path, sqlite_where=HAS_EDITORS)

# `hollow` stands before what is long: a JSON list of the headings with nothing below them, or `""` (`ageing.Gap`).
bodies = Table(
    "bodies",
    metadata,
    Column("path", Text, primary_key=True),
    Column("render_key", Text, nullable=False),
    Column("hollow", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("text", Text, nullable=False),
)
Index("ix_bodies_hollow", bodies.c.path, sqlite_where=IS_HOLLOW)

# Every key by which a page can be named in a link: kind 0 its path, 1 its title, 2 an alias.
names = Table(
    "names",
    metadata,
    Column("key", Text, primary_key=True),
    Column("kind", Integer, primary_key=True),
    Column("path", Text, primary_key=True),
    sqlite_with_rowid=False,
)
Index("ix_names_path", names.c.path)

links = Table(
    "links",
    metadata,
    Column("source", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("target", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("typed", Text, nullable=False),
    Column("is_wanted", Integer, nullable=False, default=0),
    sqlite_with_rowid=False,
)
Index("ix_links_target", links.c.target, links.c.source)
Index("ix_links_wanted", links.c.target, sqlite_where=links.c.is_wanted == 1)

tags = Table(
    "tags",
    metadata,
    Column("tag", Text, primary_key=True),
    Column("path", Text, primary_key=True),
    sqlite_with_rowid=False,
)
Index("ix_tags_path", tags.c.path)

attachments = Table(
    "attachments",
    metadata,
    Column("page", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("oid", Text, nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# The text inside attached documents, read once: it is slow to get.
file_texts = Table(
    "file_texts",
    metadata,
    Column("oid", Text, primary_key=True),
    Column("text", Text, nullable=False),
)

# One row a page and commit; `what` is created, edited, renamed, deleted, restored, attached or detached.
revisions = Table(
    "revisions",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("revision", Text, nullable=False, index=True),
    Column("lineage", Integer, nullable=False),
    Column("path", Text, nullable=False),
    Column("old_path", Text),
    Column("what", Text, nullable=False),
    Column("file", Text),
    Column("blob", Text),
    Column("author", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("summary", Text, nullable=False),
    Column("size", Integer),
    Column("delta", Integer),
)
Index("ix_revisions_lineage", revisions.c.lineage, revisions.c.seq)
Index("ix_revisions_author", revisions.c.author, revisions.c.seq)

# `audience_then`: who could read it when it was deleted.
graves = Table(
    "graves",
    metadata,
    Column("path", Text, primary_key=True),
    Column("lineage", Integer, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("own_audience", Text),
    Column("audience", Text, nullable=False),
    Column("audience_then", Text, nullable=False),
    Column("blob", Text, nullable=False),
    Column("revision", Text, nullable=False),
    Column("deleted_in", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Integer, nullable=False),
)

Index("ix_graves_groups", graves.c.audience, sqlite_where=IS_OF_GROUPS)

# Pages that name a form, also one that is not there. `rest` is what their heads say besides `known`, which the form
# knows; both are JSON. Days are texts, `2026-03-12` or empty.
records = Table(
    "records",
    metadata,
    Column("lineage", Integer, primary_key=True),
    Column("path", Text, nullable=False, unique=True),
    Column("form", Text, nullable=False, index=True),
    Column("rest", Text, nullable=False),
    Column("known", Text, nullable=False),
    Column("letter", Text, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("state", Text, nullable=False),
    Column("verified", Text, nullable=False),
    Column("expires", Text, nullable=False),
    Column("creator", Text, nullable=False),
)

# What the filter of a list looks through: the folded words of a record, each with a space before it.
record_words = Table(
    "record_words",
    metadata,
    Column("form", Text, primary_key=True),
    Column("lineage", Integer, primary_key=True),
    Column("words", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_record_words_lineage", record_words.c.lineage)

# By what records are found, counted and sorted; the key of a link to a record is its id.
record_keys = Table(
    "record_keys",
    metadata,
    Column("form", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("lineage", Integer, primary_key=True),
    Column("number", Float),
    sqlite_with_rowid=False,
)
Index("ix_record_keys_lineage", record_keys.c.lineage)
Index("ix_record_keys_key", record_keys.c.key)

# The dates of records that have a schedule, one row each; `original` is the day by which a series knows it, `""` of
# what takes place once. `start`, `end` are wall time, `starts_at`, `ends_at` seconds UTC; days count from the year 1.
# `venue` is the id of a record of whose place nothing is written here: its title may be for fewer readers.
# They stand in the file in the order in which they begin: a month is read in one piece.
occurrences = Table(
    "occurrences",
    metadata,
    Column("first_day", Integer, primary_key=True),
    Column("starts_at", Integer, primary_key=True),
    Column("lineage", Integer, primary_key=True),
    Column("original", Text, primary_key=True),
    Column("last_day", Integer, nullable=False),
    Column("ends_at", Integer, nullable=False),
    Column("start", Text, nullable=False),
    Column("end", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("is_all_day", Integer, nullable=False),
    Column("is_series", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("venue", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("is_shown", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_occurrences_lineage", occurrences.c.lineage, occurrences.c.original)
Index("ix_occurrences_long", occurrences.c.last_day, sqlite_where=IS_LONG)

# What calendars of other programs are given of each record that has a schedule, also of one without any date.
# `zones` is JSON; `modified` is when its page was last changed.
calendar_texts = Table(
    "calendar_texts",
    metadata,
    Column("lineage", Integer, primary_key=True),
    Column("is_series", Integer, nullable=False),
    Column("ics", Text, nullable=False),
    Column("zones", Text, nullable=False),
    Column("venue", Text, nullable=False),
    Column("modified", Integer, nullable=False),
)
Index("ix_calendar_texts_series", calendar_texts.c.lineage, sqlite_where=text("is_series = 1"))

# What the search index has not followed yet. `is_narrowed`: fewer may read it now, so it is left out of hits till then.
search_queue = Table(
    "search_queue",
    metadata,
    Column("path", Text, primary_key=True),
    Column("is_narrowed", Integer, nullable=False, default=0),
    Column("seq", Integer, nullable=False),
)


def is_below(path: ColumnElement[str], folder: str) -> ColumnElement[bool]:
    """Tell whether a path begins with a folder and its slash, letter by letter: LIKE would not look at the case."""
    return func.substr(path, 1, len(folder)) == folder


def is_inside(path: ColumnElement[str], folder: str) -> ColumnElement[bool]:
    """Ask the same of a table that is sorted by path: it is not read as a whole."""
    return and_(path >= folder, path < f"{folder[:-1]}0")  # 0 comes next after the slash
