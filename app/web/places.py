"""The folders that a new page may stand in, as its form offers them."""

from contextlib import suppress

from app.errors import Invalid
from app.web.kit import door, viewer
from app.wiki.page import INDEX, fold, folders_above, parse_path, title_of_path


def list_places(chosen: str) -> list[tuple[str, str]]:
    """List the folders that are there, and the one that was chosen, with words such as “Réunions › 2026”."""
    titles = door().folders(viewer())
    folders = set(titles)
    with suppress(Invalid):  # whatever somebody sends as a folder: a name of a thousand folders is none
        folders.add(parse_path(chosen))
    words = {
        folder: [titles.get(above) or title_of_path(above) for above in folders_above(f"{folder}/{INDEX}")]
        for folder in folders - {""}
    }
    ordered = sorted(words, key=lambda folder: [fold(title) for title in words[folder]])
    return [(folder, " › ".join(words[folder])) for folder in ordered]
