"""Words for the keys that filters show: titles of records, and what their fields say."""

from collections.abc import Mapping

from flask_babel import gettext

from app.plugin import Field, door, label_of_key, spoken, viewer
from plugins.directory import model
from plugins.directory.filters import Counts
from plugins.directory.model import Asked


class Names:
    """Says keys. The titles of records that other records name are looked up once for a whole page."""

    def __init__(self, titles: Mapping[str, str], spaces: Mapping[str, str]) -> None:
        self._titles, self._spaces = titles, spaces

    def __call__(self, field: Field, key: str) -> str:
        """Say a key of a field; a record that the reader may not read, or that is gone, has no name."""
        if model.is_linking(field):
            return self._titles.get(key) or gettext("Something that is not there any more")
        if field.type == "spaces":
            return self._spaces.get(key, key)
        return label_of_key(field, key, spoken())


def names(asked: Asked, counts: Counts) -> Names:
    """Look up the titles that the filters of a list need."""
    ids: list[str] = []
    for one in model.facets(asked.form):
        if model.is_linking(one):
            ids += [key for key, _ in counts.get(one.name, ())][: model.MAX_NAMED]
            ids += asked.where.get(one.name, ())
    found = door().records_by_id(viewer(), tuple(dict.fromkeys(ids))) if ids else {}
    has_spaces = any(one.type == "spaces" for one in model.facets(asked.form))
    spaces = {space: title for space, title, _ in door().spaces(viewer())} if has_spaces else {}
    return Names({key: row.title for key, row in found.items()}, spaces)
