"""Which message answers which, and which belong together: worked out for a batch, in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from plugins.archive.rows import apart, ghosts, messages, old_threads, queue, threads

_DAYS_60 = 60 * 86_400
_MANY = 500


@dataclass(slots=True)
class Threading:
    """What is known of the threads of a list while a batch is taken in; `flush` writes it."""

    connection: Connection
    list_id: int
    next_thread: int
    known: dict[str, tuple[int, int]] = field(default_factory=dict)  # key → message, thread
    ghosts: dict[str, int] = field(default_factory=dict)  # key → thread
    waiting: dict[str, list[tuple[int, int]]] = field(default_factory=dict)  # key → messages that want it, threads
    apart: set[int] = field(default_factory=set)  # threads into which somebody moved messages: nothing joins them
    parents: dict[int, int | None] = field(default_factory=dict)  # of whole threads, once they were asked for
    pending: dict[int, dict[str, Any]] = field(default_factory=dict)  # rows of the batch, by id
    subjects: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    joined: dict[int, int] = field(default_factory=dict)  # thread → the older one that it became part of
    adopted: dict[int, int] = field(default_factory=dict)  # message → what it answers
    made: set[int] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)
    new_ghosts: set[str] = field(default_factory=set)
    gone_ghosts: set[str] = field(default_factory=set)

    def learn(self, keys: Iterable[str]) -> None:
        """Ask for all that the keys of a batch name."""
        c = messages.c
        moved = select(apart.c.thread_id).where(apart.c.list_id == self.list_id)
        self.apart |= set(self.connection.execute(moved).scalars())
        for some in _by(sorted(set(keys))):
            own = select(c.key, c.id, c.thread_id).where(c.list_id == self.list_id, c.key.in_(some))
            for row in self.connection.execute(own.order_by(c.version.desc())):
                self.known[row.key] = (row.id, row.thread_id)
            absent = select(ghosts.c.key, ghosts.c.thread_id)
            for one in self.connection.execute(absent.where(ghosts.c.list_id == self.list_id, ghosts.c.key.in_(some))):
                self.ghosts[one.key] = one.thread_id
            wanting = select(c.id, c.wants, c.thread_id).where(c.list_id == self.list_id, c.wants.in_(some))
            for child in self.connection.execute(wanting):
                self.waiting.setdefault(child.wants, []).append((child.id, child.thread_id))

    def root(self, thread: int) -> int:
        """Give the thread that one has become part of."""
        while thread in self.joined:
            thread = self.joined[thread]
        return thread

    def place(self, row: dict[str, Any], references: Sequence[str]) -> None:
        """Put a message in its thread; `row` is completed."""
        key = row["key"]
        parent = next((one for one in reversed(references) if one in self.known), None)
        near = self._near(key, references, parent)
        row["parent_id"] = self.known[parent][0] if parent else None
        row["wants"] = references[-1] if references and references[-1] != parent else ""
        if not near and row["is_reply"]:
            earlier = self._of_subject(row)
            near = [earlier["thread_id"]] if earlier else []
            row["parent_id"] = earlier["id"] if earlier else None
        row["thread_id"] = self._one_of(near)
        self._remember(row, references)

    def _near(self, key: str, references: Sequence[str], parent: str | None) -> list[int]:
        named = [self.known[parent][1]] if parent else []
        named += [self.ghosts[one] for one in (key, *reversed(references)) if one in self.ghosts]
        near = [self.root(one) for one in named]
        return near[:1] if near and near[0] in self.apart else [one for one in near if one not in self.apart]

    def _remember(self, row: dict[str, Any], references: Sequence[str]) -> None:
        key, thread = row["key"], row["thread_id"]
        self.pending[row["id"]] = row
        self.subjects.setdefault(row["base_subject"], []).append(row)
        self.touched.add(thread)
        for one in references:
            if one not in self.known and one not in self.ghosts:
                self.ghosts[one] = thread
                self.new_ghosts.add(one)
                self.gone_ghosts.discard(one)
        if row["wants"]:
            self.waiting.setdefault(row["wants"], []).append((row["id"], thread))
        if key not in self.known:
            self.known[key] = (row["id"], thread)
            self._end_ghost(key, row["id"], self.root(thread))

    def _end_ghost(self, key: str, number: int, thread: int) -> None:
        if self.ghosts.pop(key, None) is not None:
            self.new_ghosts.discard(key)
            self.gone_ghosts.add(key)
        for child, home in self.waiting.pop(key, []):
            if self.root(home) == thread and not self._is_above(
                child, number
            ):  # a circle is cut where the last of it arrives
                self.adopted[child] = number
                if child in self.pending:
                    self.pending[child].update(parent_id=number, wants="")

    def _is_above(self, upper: int, lower: int) -> bool:
        at: int | None = lower
        while at is not None:
            if at == upper:
                return True
            at = self._parent(at)
        return False

    def _parent(self, number: int) -> int | None:
        if number in self.adopted:
            return self.adopted[number]
        if number in self.pending:
            return self.pending[number]["parent_id"]  # type: ignore[no-any-return]
        if number not in self.parents:  # the whole thread at once: a chain of 5,000 is walked for each message of it
            c = messages.c
            own = select(c.thread_id).where(c.id == number).scalar_subquery()
            rows = self.connection.execute(select(c.id, c.parent_id).where(c.thread_id == own))
            self.parents.update({row.id: row.parent_id for row in rows})
        return self.parents[number]

    def _of_subject(self, row: dict[str, Any]) -> dict[str, Any] | None:
        """Find the latest message of the same subject within 60 days before a reply."""
        c, base, at = messages.c, row["base_subject"], row["at"]
        if not base:
            return None
        own = select(c.id, c.thread_id, c.at).where(c.list_id == self.list_id, c.base_subject == base)
        own = own.where(c.at.between(at - _DAYS_60, at)).order_by(c.at.desc(), c.id.desc()).limit(1)
        found = [dict(one._mapping) for one in self.connection.execute(own)]
        found += [one for one in self.subjects.get(base, ()) if at - _DAYS_60 <= one["at"] <= at]
        return max(found, key=lambda one: (one["at"], one["id"]), default=None)

    def _one_of(self, near: Sequence[int]) -> int:
        roots = sorted({self.root(one) for one in near})
        if not roots:
            self.next_thread += 1
            self.made.add(self.next_thread)
            return self.next_thread
        for younger in roots[1:]:
            self.joined[younger] = roots[0]
            self.touched.add(roots[0])
        return roots[0]

    # -- written -----------------------------------------------------------------------------------------------------

    def flush(self) -> set[int]:
        """Write threads and rows of messages; give the threads whose totals are to be counted anew."""
        for row in self.pending.values():
            row["thread_id"] = self.root(row["thread_id"])
        if self.pending:
            self.connection.execute(insert(messages), list(self.pending.values()))
        moved = [{"child": k, "above": v} for k, v in self.adopted.items() if k not in self.pending]
        if moved:
            own = update(messages).where(messages.c.id == bindparam("child"))
            self.connection.execute(own.values(parent_id=bindparam("above"), wants=""), moved)
        self._write_ghosts()
        for lost in self.joined:
            if lost not in self.made:
                self._join(lost, self.root(lost))
        return {self.root(one) for one in self.touched}

    def _write_ghosts(self) -> None:
        own = delete(ghosts).where(ghosts.c.list_id == self.list_id)
        for some in _by(sorted(self.gone_ghosts)):
            self.connection.execute(own.where(ghosts.c.key.in_(some)))
        new = [{"list_id": self.list_id, "key": k, "thread_id": self.root(self.ghosts[k])} for k in self.new_ghosts]
        if new:
            self.connection.execute(insert(ghosts).prefix_with("OR REPLACE"), new)

    def _join(self, lost: int, kept: int) -> None:
        run = self.connection.execute
        code = run(select(threads.c.code).where(threads.c.id == lost)).scalar()
        marked = select(messages.c.id, messages.c.list_id).where(messages.c.thread_id == lost)
        run(insert(queue).prefix_with("OR REPLACE").from_select(["message_id", "list_id"], marked))
        for table in (messages, ghosts, old_threads):
            run(update(table).where(table.c.thread_id == lost).values(thread_id=kept))
        run(delete(threads).where(threads.c.id == lost))
        if code:
            old = {"list_id": self.list_id, "code": code, "thread_id": kept}
            run(insert(old_threads).prefix_with("OR REPLACE"), [old])


def _by(keys: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (keys[at : at + _MANY] for at in range(0, len(keys), _MANY))
