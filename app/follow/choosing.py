"""What of all that happened is for one person: what they follow and others did, one entry for each page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.follow.journal import COMMENTED, Happening
from app.follow.rhythm import Told
from app.follow.subscriptions import ALL, FORM, PAGE, SPACE, Subject
from app.wiki.page import space_of


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one page: new, changed, deleted, or none of it; comments; pseudonyms of those who did it."""

    path: str
    title: str
    state: str
    comments: int
    by: tuple[str, ...]
    first_at: int
    last_at: int


def choose(happenings: Iterable[Happening], own: Mapping[Subject, int], told: Told, pseudonym: str) -> list[Happening]:
    """Choose what somebody follows, has not heard of, and did not do."""
    return [one for one in happenings if one.author != pseudonym and not one.is_told(told) and is_followed(one, own)]


def is_followed(happening: Happening, own: Mapping[Subject, int]) -> bool:
    """Tell whether it is about something that is followed, and was so when it happened."""
    subjects = [Subject(PAGE, happening.page_id)]
    if not happening.path.startswith("_"):  # templates: for those who follow the very page
        subjects += [Subject(ALL), Subject(SPACE, space_of(happening.path))]
        subjects += [Subject(FORM, happening.form)] if happening.form else []
    return any(subject in own and own[subject] <= happening.at for subject in subjects)


def entries(happenings: Iterable[Happening]) -> list[Entry]:
    """Make one entry of all that happened to a page, the latest first; what came and went again is nobody's news."""
    of_pages: dict[str, list[Happening]] = {}
    for one in happenings:
        of_pages.setdefault(one.page_id or f"/{one.path}", []).append(one)
    found = [entry for those in of_pages.values() if (entry := _entry(those))]
    return sorted(found, key=lambda entry: entry.last_at, reverse=True)


def _entry(those: list[Happening]) -> Entry | None:
    last, kinds = those[-1], {one.what for one in those}
    is_new, is_gone = "created" in kinds, not all(one.exists for one in those)
    if is_new and is_gone:
        return None
    state = "deleted" if is_gone else "new" if is_new else "changed" if kinds - {COMMENTED} else ""
    deeds = [one for one in those if one.what == "deleted"] if is_gone else those
    times = [one.at for one in those]
    return Entry(
        last.path, last.title, state, sum(one.what == COMMENTED for one in those),
        tuple(dict.fromkeys(one.author for one in deeds or those)), min(times), max(times),
    )  # fmt: skip
