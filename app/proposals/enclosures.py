"""What is enclosed with a proposed record: private values, which are in no text, and files, which wait for it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, insert, select

from app.proposals.record_tables import proposal_files, proposal_private
from app.wiki.files import Pointer
from app.wiki.yaml_text import Value


@dataclass(frozen=True, slots=True)
class Enclosed:
    """Private values by field (None: to be forgotten), and files by the names that they will bear."""

    private: Mapping[str, Value | None] = field(default_factory=dict)
    files: Mapping[str, Pointer] = field(default_factory=dict)


NOTHING = Enclosed()


def keep(connection: Connection, number: int, enclosed: Enclosed) -> None:
    """Keep what is enclosed with a proposal, in place of what was before."""
    for table in (proposal_private, proposal_files):
        connection.execute(delete(table).where(table.c.proposal_id == number))
    private = [
        {"proposal_id": number, "field": name, "value": json.dumps(value, ensure_ascii=False)}
        for name, value in enclosed.private.items()
    ]
    files = [
        {"proposal_id": number, "name": name, "oid": pointer.oid, "size": pointer.size}
        for name, pointer in enclosed.files.items()
    ]
    if private:
        connection.execute(insert(proposal_private), private)
    if files:
        connection.execute(insert(proposal_files), files)


def load(connection: Connection, number: int) -> Enclosed:
    """Give what is enclosed with a proposal."""
    private = select(proposal_private).where(proposal_private.c.proposal_id == number)
    files = select(proposal_files).where(proposal_files.c.proposal_id == number).order_by(proposal_files.c.name)
    return Enclosed(
        {row.field: json.loads(row.value) for row in connection.execute(private)},
        {row.name: Pointer(row.oid, row.size) for row in connection.execute(files)},
    )


def forget(connection: Connection, numbers: Sequence[int]) -> None:
    """Forget what is enclosed with these proposals: they are decided, and were long ago."""
    for table in (proposal_private, proposal_files):
        connection.execute(delete(table).where(table.c.proposal_id.in_(numbers)))


def waiting_oids(connection: Connection) -> set[str]:
    """Name the files that wait with proposals."""
    return set(connection.execute(select(proposal_files.c.oid).distinct()).scalars())
