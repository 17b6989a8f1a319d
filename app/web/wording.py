"""Changes and names as people read them: who did what, when, how much."""

from collections.abc import Iterable, Sequence
from types import SimpleNamespace

from flask_babel import gettext

from app.catalog.rows import RevisionRow
from app.web.addresses import address, url
from app.web.kit import door
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


def change_entries(rows: Sequence[RevisionRow]) -> list[SimpleNamespace]:
    """Prepare changes of the whole wiki for a list."""
    names = names_of(rows)
    return [
        SimpleNamespace(
            **_common(row, names),
            title=row.title,
            path=row.current_path,
            path_then=row.path,
            exists=row.exists,
            address=address(row.current_path),
            diff_address=_diff(row, row.current_path) if row.exists and row.what == "edited" else None,
            history_address=url("history.show", path=row.current_path) if row.exists else None,
        )
        for row in rows
    ]


def version_entries(path: str, rows: Sequence[RevisionRow], first_number: int, current: str) -> list[SimpleNamespace]:
    """Prepare the changes of one page; `first_number` is that of the newest in the list."""
    names = names_of(rows)
    return [
        SimpleNamespace(
            **_common(row, names),
            number=first_number - index,
            is_current=row.revision == current,
            address=url("history.revision", path=path, revision=row.revision),
            diff_address=_diff(row, path) if row.what in {"edited", "restored", "renamed"} else None,
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


def _diff(row: RevisionRow, path: str) -> str:
    """Without `from`, the difference is to the version before."""
    return url("history.diff", path=path, to=row.revision)
