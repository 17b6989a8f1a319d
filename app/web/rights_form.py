"""Who reads and who changes a page, to be chosen in its editor by whoever administers the page."""

from types import SimpleNamespace

from flask_babel import gettext

from app.catalog.readers import ALL, CLOSED, GROUP, MEMBERS, PUBLIC, canonical
from app.people import groups
from app.web.kit import door, station, viewer
from app.wiki import frontmatter


def choices(path: str, text: str) -> SimpleNamespace | None:
    """Give what stands in the page, and what may be chosen; None for those who may not choose."""
    if not door().may_administer(viewer(), path):
        return None
    front = frontmatter.parse(text)
    said = {
        "audience": canonical(front.values.get("audience", "")) or "",
        "editors": canonical(front.values.get("editors", ""), ALL) or "",
    }
    with station().truth.connect() as connection:
        of_groups = [(f"{GROUP}{group.name}", group.title) for group in groups.list_all(connection)]
    return SimpleNamespace(
        **said,
        readers=_options(said["audience"], PUBLIC, of_groups),
        writers=_options(said["editors"], ALL, of_groups),
    )


def _options(said: str, everybody: str, of_groups: list[tuple[str, str]]) -> list[tuple[str, str]]:
    known = [
        ("", gettext("As its folder says")),
        (everybody, gettext("Everybody")),
        (MEMBERS, gettext("Members only")),
        *of_groups,
        (CLOSED, gettext("Administrators only")),
    ]
    return known if said in dict(known) else [*known, (said, said)]  # several groups, or one that is gone
