"""What the archive should say, worked out the slow way: one message after another, in memory."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

_DAYS_60 = 60 * 86_400


@dataclass
class Mail:
    """A message as the model knows it."""

    key: str
    references: list[str]
    subject: str
    is_reply: bool
    at: int
    who: str
    parent: str | None = None
    wants: str = ""
    is_hidden: bool = False


@dataclass
class Naive:
    """Threads as numbers of keys, of those too that never came."""

    mails: dict[str, Mail] = field(default_factory=dict)  # in the order in which they came
    thread: dict[str, int] = field(default_factory=dict)
    made: int = 0

    def arrive(self, mail: Mail) -> None:
        """Take one in; a second time it is passed over."""
        if mail.key in self.mails:
            return
        known = [one for one in mail.references if one in self.mails]
        mail.parent = known[-1] if known else None
        near = {self.thread[mail.parent]} if mail.parent else set()
        near |= {self.thread[x] for x in (*mail.references, mail.key) if x in self.thread and x not in self.mails}
        if not near and mail.is_reply and (earlier := self._same_subject(mail)):
            mail.parent, near = earlier.key, {self.thread[earlier.key]}
        last = mail.references[-1] if mail.references else ""
        mail.wants = "" if last in known else last
        self._settle(mail, near)

    def _settle(self, mail: Mail, near: set[int]) -> None:
        self.made += 1
        number = min(near, default=self.made)
        self.thread = {key: number if one in near else one for key, one in self.thread.items()}
        self.mails[mail.key] = mail
        self.thread[mail.key] = number
        for one in mail.references:
            self.thread.setdefault(one, number)
        for child in self.mails.values():
            if child.wants == mail.key and not self._is_above(child.key, mail.key):
                child.parent, child.wants = mail.key, ""

    def _same_subject(self, mail: Mail) -> Mail | None:
        same = [x for x in self.mails.values() if x.subject == mail.subject and 0 <= mail.at - x.at <= _DAYS_60]
        order = list(self.mails)
        return max(same, key=lambda one: (one.at, order.index(one.key)), default=None)

    def _is_above(self, upper: str, lower: str | None) -> bool:
        while lower is not None:
            if lower == upper:
                return True
            lower = self.mails[lower].parent
        return False

    # -- what it says ------------------------------------------------------------------------------------------------

    def threads(self) -> set[frozenset[str]]:
        """Give sets of keys."""
        found: dict[int, set[str]] = {}
        for key in self.mails:
            found.setdefault(self.thread[key], set()).add(key)
        return {frozenset(keys) for keys in found.values()}

    def months(self) -> dict[int, int]:
        """Count the messages of months that are shown."""
        zone = ZoneInfo("Europe/Paris")
        dates = [datetime.fromtimestamp(one.at, zone) for one in self.mails.values() if not one.is_hidden]
        return dict(Counter(date.year * 100 + date.month for date in dates))

    def totals(self) -> list[tuple[int, int]]:
        """Count, for each thread, messages that are shown and who wrote them."""
        shown = [[self.mails[k] for k in keys if not self.mails[k].is_hidden] for keys in self.threads()]
        return sorted((len(some), len({one.who for one in some})) for some in shown)
