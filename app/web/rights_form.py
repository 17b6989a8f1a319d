"""Who reads and who changes a page, to be chosen in its editor by whoever administers the page."""

from types import SimpleNamespace

from flask import request
from flask_babel import gettext

from app.catalog.audience import folder_ruled_by
from app.catalog.readers import ALL, CLOSED, GROUP, MEMBERS, PUBLIC, canonical
from app.people import groups
from app.web.kit import door, notice, station, viewer
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
    of_groups = _of_groups()
    return SimpleNamespace(
        **said,
        is_folder=folder_ruled_by(path) is not None,
        readers=_options(said["audience"], PUBLIC, of_groups),
        writers=_options(said["editors"], ALL, of_groups),
    )


def _of_groups() -> list[tuple[str, str]]:
    with station().truth.connect() as connection:
        return [(f"{GROUP}{group.name}", group.title) for group in groups.list_all(connection)]


def tell_rule(path: str) -> None:
    """Say after a save who reads and changes a folder now, where the form has just changed that."""
    if folder_ruled_by(path) is None or not door().may_administer(viewer(), path):
        return
    if (said := _changed("audience")) is not None:
        who = dict(_options(said, PUBLIC, _of_groups()))[said]
        above = gettext("Who reads this folder: as the folder above says.")
        notice("done", gettext("Who reads this folder now: %(who)s.", who=who) if said else above)
    if (said := _changed("editors")) is not None:
        who = dict(_options(said, ALL, _of_groups()))[said]
        above = gettext("Who changes this folder: as the folder above says.")
        notice("done", gettext("Who changes this folder now: %(who)s.", who=who) if said else above)


def _changed(name: str) -> str | None:
    """Give what was chosen, where it is not what was chosen before."""
    said = request.form.get(name)
    return said.strip() if said is not None and said != request.form.get(f"{name}_was", "") else None


def _options(said: str, everybody: str, of_groups: list[tuple[str, str]]) -> list[tuple[str, str]]:
    known = [
        ("", gettext("As its folder says")),
        (everybody, gettext("Everybody")),
        (MEMBERS, gettext("Members only")),
        *of_groups,
        (CLOSED, gettext("Administrators only")),
    ]
    return known if said in dict(known) else [*known, (said, said)]  # several groups, or one that is gone
