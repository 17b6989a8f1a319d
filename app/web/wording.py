"""Changes, names and sizes as people read them: who did what, when, how much."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from types import SimpleNamespace

from flask_babel import format_decimal, gettext

from app.catalog.describe import body_of
from app.catalog.rows import RevisionRow
from app.web.addresses import address, url
from app.web.kit import door, station
from app.wiki.page import title_of_path


def former() -> str:
    """Say who wrote what an erased member wrote."""
    return gettext("former member")


def names_of(rows: Iterable[RevisionRow]) -> dict[str, str]:
    """Look up the names of the authors of changes."""
    return door().author_names({row.author for row in rows})


def name_of(pseudonym: str) -> str:
    """Give the name behind a pseudonym."""
    return door().author_names([pseudonym]).get(pseudonym) or former()


def too_long(text: str) -> str:
    """Say of a page that it is too long to be laid out; `""` of all others."""
    cap = station().config.render_bytes
    if len(body_of(text).encode()) <= cap:
        return ""
    return gettext(
        "This page is over %(cap)s kB, so only its bare text is shown; shorter pages are shown properly.",
        cap=format_decimal(cap // 1000),
    )


def change_entries(rows: Sequence[RevisionRow]) -> list[SimpleNamespace]:
    """Prepare changes of the whole wiki for a list; `followers` counts the pages that moved with one."""
    names = names_of(rows)
    moved = Counter(row.revision for row in rows if row.what == "renamed")
    return [
        SimpleNamespace(
            **_common(row, names),
            followers=moved[row.revision] - 1 if row.what == "renamed" else 0,
            title=row.title,
            path=row.current_path,
            path_then=row.path,
            exists=row.exists,
            address=address(row.current_path),
            diff_address=url("history.diff", path=row.current_path, to=row.revision)
            if row.exists and row.what == "edited"
            else None,
            history_address=url("history.show", path=row.current_path) if row.exists else None,
        )
        for row in _without_followers(rows)
    ]


def _without_followers(rows: Iterable[RevisionRow]) -> Iterator[RevisionRow]:
    """Leave out, but for the first, the pages that moved together: a folder that moves is one change."""
    said: set[str] = set()
    for row in rows:
        if row.what == "renamed":
            if row.revision in said:
                continue
            said.add(row.revision)
        yield row


def version_entries(path: str, rows: Sequence[RevisionRow], first_number: int, current: str) -> list[SimpleNamespace]:
    """Prepare the changes of one page; `first_number` is that of the newest in the list."""
    names, version, diff = names_of(rows), url("history.revision", path=path), url("history.diff", path=path)
    return [
        SimpleNamespace(
            **_common(row, names),
            number=first_number - index,
            is_current=row.revision == current,
            address=f"{version}?revision={row.revision}",
            # Without `from`, the difference is to the version before.
            diff_address=f"{diff}?to={row.revision}" if row.what in {"edited", "restored", "renamed"} else None,
        )
        for index, row in enumerate(rows)
    ]


def _common(row: RevisionRow, names: dict[str, str]) -> dict[str, object]:
    return {
        "revision": row.revision,
        "at": row.at,
        "author_name": names.get(row.author) or former(),
        "summary": row.summary,
        "what": row.what,
        "old_title": title_of_path(row.old_path) if row.old_path else "",
        "delta": row.delta,
        "file": row.file,
    }
