"""The sentences of the program: where each stands in the code, and what the catalogues make of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None}
# Read by those who run the site, at a terminal: they may be technical.
TERMINAL = (
    "app/cli/", "app/backup/", "app/database/", "app/wiki/push_rules.py", "app/wiki/git.py", "app/wiki/search_folder.py",
)  # fmt: skip
PROGRAMS = ("app/web/api/",)  # read by those who write programs


HOLE = r"%\((?:\w+)\)[sd]"


@dataclass(frozen=True)
class Sentence:
    """A sentence in one language, where it stands in the code, and its English."""

    words: str
    msgid: str
    origins: frozenset[str]

    @property
    def is_for_everybody(self) -> bool:
        """Tell whether it is shown in the browser too."""
        return not all(origin.startswith(TERMINAL + PROGRAMS) for origin in self.origins)


@cache
def extracted() -> dict[str | tuple[str, ...], frozenset[str]]:
    """List the messages of the code, each with the files that it stands in."""
    with (ROOT / ".babel.cfg").open() as stream:
        methods, options = parse_mapping_cfg(stream)
    found: dict[str | tuple[str, ...], set[str]] = {}
    for name, _, message, _, _ in extract_from_dir(ROOT, methods, options, KEYWORDS, directory_filter=_is_code):
        found.setdefault(message, set()).add(name)
    return {message: frozenset(origins) for message, origins in found.items()}


def _is_code(folder: str) -> bool:
    parts = Path(folder).relative_to(ROOT).parts
    return parts[0] in {"app", "plugins", "themes"} and parts[-1] not in {"__pycache__", "static"}


@cache
def catalogue(language: str) -> Catalog:
    """Read a catalogue."""
    file = ROOT / f"app/translations/{language}/LC_MESSAGES/messages.po"
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def sentences(language: str) -> Iterator[Sentence]:
    """Give all messages of a catalogue that are translated, with their plural forms, as they are shown."""
    for message, origins in extracted().items():
        entry = catalogue(language).get(message[0] if isinstance(message, tuple) else message)
        if entry is None:
            continue
        msgids = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        forms = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        for form in filter(None, forms):
            yield Sentence(form, msgids[0], origins)


@cache
def list_english(least: int = 3) -> tuple[str, ...]:
    """List the English phrases, of so many words at least, that no page in French may show."""
    french = "\n".join(one.words for one in sentences("fr"))
    msgids = {one.msgid for one in sentences("fr")}
    phrases = {phrase.strip() for msgid in msgids for phrase in re.split(HOLE, msgid)}
    return tuple(phrase for phrase in phrases if len(phrase.split()) >= least and phrase not in french)


def holes(text: str) -> set[str]:
    """Give the names of the values that a message is filled with."""
    return set(re.findall(HOLE.replace("?:", ""), text))
