"""`{{platforms}}`: the working groups: spaces that have a home page, with those who look after them."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template

from app.hooks import MacroArguments
from app.people.viewer import Viewer
from app.web import plugged
from app.web.addresses import address
from app.web.board.asking import count_of
from app.web.board.known import known
from app.web.kit import door, generation
from app.web.macros import MacroContext
from app.wiki.page import HELP, INDEX, fold

USUAL = 8
WORDS = 90  # letters of what a page says first


@dataclass(frozen=True, slots=True)
class Platform:
    """A working group: what its page says first, the names of who looks after it."""

    title: str
    address: str
    about: str
    referents: tuple[str, ...]


def show(context: MacroContext, arguments: MacroArguments) -> str:
    """Show the groups whose home page the reader may read; where nobody asked for it, only if there are some."""
    found = _platforms(context.viewer, count_of(arguments, USUAL))
    if not found and not context.above:
        return ""
    return render_template("board/platforms.html", platforms=found)


def _platforms(viewer: Viewer, count: int) -> list[Platform]:
    groups = {group.space: (group.title, names) for group, names in known().groups if group.space}
    spaces = dict.fromkeys([*_spaces(viewer), *groups])
    homes = {space: f"{space}/{INDEX}" for space in spaces}
    titles = door().titles(viewer, tuple(homes.values()), generation())
    shown = {space: home for space, home in homes.items() if home in titles}
    texts = door().plain_texts(viewer, list(shown.values())[:count])
    return [
        Platform(titles[home], address(home), first_words(texts.get(home, "")), groups.get(space, ("", ()))[1])
        for space, home in list(shown.items())[:count]
    ]


def _spaces(viewer: Viewer) -> Iterator[str]:
    """Give the spaces that are no part of a plugin and not the help."""
    helping = door().resolve(viewer, [HELP]).get(fold(HELP))
    left_out = {*plugged.words(), helping.path.partition("/")[0] if helping else HELP}
    yield from (space for space, _, _ in door().spaces(viewer, generation()) if space not in left_out)


def first_words(text: str) -> str:
    """Give what a text says first: its first sentence, or as many whole words of it as there is room for."""
    line = next((one for one in text.splitlines() if one.strip()), "").strip()
    sentence = line.partition(". ")[0]
    if len(sentence) <= WORDS:
        return sentence if sentence == line or not sentence else f"{sentence}."
    return f"{sentence[:WORDS].rpartition(' ')[0]}\u00a0…"
