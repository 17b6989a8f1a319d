"""What is read of one list: every question bears the number of the list, and leaves out what is hidden."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from app.errors import N_, NotFound
from plugins.archive.rows import attachments, messages, months, old_threads, people, texts, threads

if TYPE_CHECKING:
    from plugins.archive.archive import Archive
    from plugins.archive.lists import MailList

THREADS, WRITTEN, FILES = 25, 50, 60  # on one page
NO_MESSAGE = N_("There is no such message here, or it is not open to you.")
NO_THREAD = N_("There is no such discussion here, or it is not open to you.")
NO_PERSON = N_("Nobody of that name writes here.")
_MANY = 500  # values in one question


@dataclass(frozen=True, slots=True)
class Reading:
    """A list that is open. Rows are those of `rows.py`; hidden messages are there for who looks after it only."""

    archive: "Archive"
    list_: "MailList"
    sees_hidden: bool

    def _shown(self) -> ColumnElement[bool]:
        own = messages.c.list_id == self.list_.id
        return own if self.sees_hidden else and_(own, messages.c.is_hidden.is_(False))

    def _all(self, question: Any) -> Sequence[Row[Any]]:
        with self.archive.rows.connect() as connection:
            return connection.execute(question).all()

    # -- threads -----------------------------------------------------------------------------------------------------

    def threads(self, page: int = 1, count: int = THREADS) -> Sequence[Row[Any]]:
        """List threads, the one with the latest message first; one more than `count` where there are more."""
        own = select(threads).where(threads.c.list_id == self.list_.id, *self._living())
        return self._all(
            own.order_by(threads.c.last_at.desc(), threads.c.id).limit(count + 1).offset((page - 1) * count)
        )

    def _living(self) -> list[ColumnElement[bool]]:
        return [] if self.sees_hidden else [threads.c.messages > 0]

    def thread(self, code: str) -> Row[Any]:
        """Get a thread by its code, also by one that it had before it was joined; raises NotFound."""
        before = select(old_threads.c.thread_id).where(
            old_threads.c.list_id == self.list_.id, old_threads.c.code == code
        )
        own = select(threads).where(threads.c.list_id == self.list_.id, *self._living())
        found = self._all(own.where(or_(threads.c.code == code, threads.c.id.in_(before))))
        if not found:
            raise NotFound(NO_THREAD)
        return min(found, key=lambda one: one.code != code)

    def thread_by_id(self, number: int) -> Row[Any]:
        """Get the thread of a message."""
        return self._all(select(threads).where(threads.c.list_id == self.list_.id, threads.c.id == number))[0]

    def places(self, thread_id: int) -> Sequence[Row[Any]]:
        """Give what the tree of a thread is made of: all messages with what they answer, also the hidden ones."""
        c = messages.c
        own = select(c.id, c.code, c.parent_id, c.at, c.is_hidden, c.key, c.subject)
        return self._all(own.where(c.list_id == self.list_.id, c.thread_id == thread_id).order_by(c.at, c.id))

    # -- messages ----------------------------------------------------------------------------------------------------

    def _messages(self) -> Any:
        packed = select(messages, texts.c.text, people.c.code.label("person"))
        joined = messages.join(people, people.c.id == messages.c.person_id, isouter=True)
        joined = joined.join(texts, texts.c.message_id == messages.c.id, isouter=True)
        return packed.select_from(joined).where(self._shown())

    def messages(self, ids: Iterable[int]) -> dict[int, Row[Any]]:
        """Give messages with their packed texts, by id."""
        wanted, found = list(ids), dict[int, Row[Any]]()
        for at in range(0, len(wanted), _MANY):
            rows = self._all(self._messages().where(messages.c.id.in_(wanted[at : at + _MANY])))
            found |= {row.id: row for row in rows}
        return found

    def find_message(self, code: str) -> Row[Any] | None:
        """Find a message by the code in its address."""
        return next(iter(self._all(self._messages().where(messages.c.code == code))), None)

    def message(self, code: str) -> Row[Any]:
        """Get a message; raises NotFound."""
        found = self.find_message(code)
        if found is None:
            raise NotFound(NO_MESSAGE)
        return found

    def latest(self, count: int) -> Sequence[Row[Any]]:
        """Give the latest messages."""
        return self._all(self._messages().order_by(messages.c.month.desc(), messages.c.at.desc()).limit(count))

    def by_person(self, code: str, page: int) -> tuple[Row[Any], Sequence[Row[Any]]]:
        """Give who writes, and what; one message more than WRITTEN where there are more. Raises NotFound."""
        who = self.person(code)
        own = self._brief().where(messages.c.person_id == who.id).order_by(messages.c.at.desc())
        return who, self._all(own.limit(WRITTEN + 1).offset((page - 1) * WRITTEN))

    def person(self, code: str) -> Row[Any]:
        """Get who writes by the code in the address of their page; raises NotFound."""
        found = self._all(select(people).where(people.c.list_id == self.list_.id, people.c.code == code))
        if not found:
            raise NotFound(NO_PERSON)
        return found[0]

    def _brief(self) -> Any:
        c = messages.c
        return select(c.id, c.code, c.subject, c.author, c.at, c.files, c.thread_id, c.is_hidden).where(self._shown())

    # -- months ------------------------------------------------------------------------------------------------------

    def months(self) -> Sequence[Row[Any]]:
        """Give the months in which something was written, the latest first."""
        own = select(months.c.month, months.c.messages).where(months.c.list_id == self.list_.id, months.c.messages > 0)
        return self._all(own.order_by(months.c.month.desc()))

    def month(self, month: int) -> Sequence[Row[Any]]:
        """Give the threads in which something was written in a month, with `written`: how many messages it was."""
        counted = (
            select(messages.c.thread_id, func.count().label("written"), func.max(messages.c.at).label("until"))
            .where(self._shown(), messages.c.month == month)
            .group_by(messages.c.thread_id)
            .subquery()
        )
        own = select(threads, counted.c.written, counted.c.until)
        return self._all(own.join(counted, counted.c.thread_id == threads.c.id).order_by(counted.c.until.desc()))

    # -- files -------------------------------------------------------------------------------------------------------

    def files_of(self, ids: Iterable[int]) -> dict[int, list[Row[Any]]]:
        """Give the attachments of messages, by the id of the message."""
        wanted, found = list(ids), dict[int, list[Row[Any]]]()
        for at in range(0, len(wanted), _MANY):
            own = select(attachments).where(attachments.c.list_id == self.list_.id)
            rows = self._all(
                own.where(attachments.c.message_id.in_(wanted[at : at + _MANY])).order_by(attachments.c.number)
            )
            for row in rows:
                found.setdefault(row.message_id, []).append(row)
        return found

    def files(self, page: int) -> Sequence[Row[Any]]:
        """List attachments, the latest first, each with `code`, `subject`, `month` of its message; one more if any."""
        own = select(attachments, messages.c.code, messages.c.subject, messages.c.author, messages.c.month)
        own = own.join(messages, messages.c.id == attachments.c.message_id)
        own = own.where(self._shown(), attachments.c.list_id == self.list_.id)
        return self._all(
            own.order_by(attachments.c.at.desc(), attachments.c.id).limit(FILES + 1).offset((page - 1) * FILES)
        )

    # -- raw ---------------------------------------------------------------------------------------------------------

    def raw(self, row: Row[Any]) -> bytes:
        """Give a message as it came."""
        return self.archive.packs(self.list_).read(row.year, row.raw)

    def raws(self, *, thread_id: int = 0, month: int = 0) -> Iterator[tuple[int, bytes]]:
        """Give messages as they came, each with the second at which it arrived; in order, one by one."""
        c = messages.c
        own = select(c.id, c.at, c.arrived_at, c.year, c.raw).where(self._shown())
        if thread_id:
            own = own.where(c.thread_id == thread_id)
        if month:
            own = own.where(c.month == month)
        packs = self.archive.packs(self.list_)
        for row in self._all(own.order_by(c.month, c.at, c.id)):
            with suppress(NotFound):  # a file of it was lost: the others are given all the same
                yield row.arrived_at, packs.read(row.year, row.raw)


def text_of(row: Row[Any]) -> str:
    """Unpack what people read of a message."""
    return zlib.decompress(row.text).decode() if row.text else ""
