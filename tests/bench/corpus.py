"""The pages that are measured: French and English, 2 to 6 kB, in folders, linked; the same ones in every run."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.wiki.page import ID_ALPHABET, ID_LENGTH, INDEX, slugify
from tests.bench.words import NAMES_A_PAGE, names_for, words_of

VERSION = "2"  # raised with every change to what is written
SPACES = ("ateliers", "coop", "energie", "habitat", "jardins", "jeunesse", "memoire", "repas", "rivieres", "transport")
FOLDER = 180  # pages
JOURNAL = "journal"  # the page of many edits
JOURNAL_EDITS = 50
TAGS = "accueil bois budget eau fête idée outils pain règles santé semences sorties".split()
ENGLISH = 4  # every fourth page
MISSING = 0.03  # share of links that lead to no page
BYTES = (2000, 6000)


@dataclass(frozen=True, slots=True)
class Outline:
    """A page before it is written."""

    number: int
    path: str
    title: str
    language: str


@dataclass(frozen=True)
class Corpus:
    """Pages, each with as many versions; the journal has fifty."""

    pages: int
    revisions: int = 1

    @cached_property
    def outlines(self) -> list[Outline]:
        """All pages: the home page, the journal, the spaces' home pages, then those in the spaces' folders."""
        fixed = [(INDEX, "La vallée"), (JOURNAL, "Journal"), *((f"{one}/{INDEX}", one.capitalize()) for one in SPACES)]
        outlines = [Outline(number, *place, "fr") for number, place in enumerate(fixed[: self.pages])]
        chance, taken = random.Random(self.pages), set[str]()
        while len(outlines) < self.pages:
            outlines.append(self._outline(len(outlines), len(outlines) - len(fixed), chance, taken))
        return outlines

    @staticmethod
    def _outline(number: int, place: int, chance: random.Random, taken: set[str]) -> Outline:
        language = "en" if number % ENGLISH == 0 else "fr"
        space, year = SPACES[place % len(SPACES)], 2016 + place // len(SPACES) // FOLDER
        title = ""
        while not title or slugify(title) in taken:
            title = " ".join(words_of(language).draw(chance, chance.randint(3, 5))).capitalize()
        taken.add(slugify(title))
        return Outline(number, f"{space}/{year}/{slugify(title)}", title, language)

    def revisions_of(self, outline: Outline) -> int:
        """Give the number of versions of a page."""
        return JOURNAL_EDITS if outline.path == JOURNAL else self.revisions

    def texts(self, outline: Outline) -> Iterator[str]:
        """Write all versions of a page, the oldest first; each has one paragraph or list written anew."""
        writer = _Writer(self, outline)
        for _ in range(self.revisions_of(outline)):
            yield writer.text()
            writer.revise()


class _Writer:
    def __init__(self, corpus: Corpus, outline: Outline) -> None:
        self._corpus, self._outline = corpus, outline
        self._chance = random.Random(f"{corpus.pages} {outline.number}")
        self._words = words_of(outline.language)
        self._head, self._blocks = self._write_head(), list(self._write_blocks())

    def text(self) -> str:
        return self._head + "\n\n".join(self._blocks) + "\n"

    def revise(self) -> None:
        places = [n for n, block in enumerate(self._blocks) if not block.startswith(("#", "|"))]
        place = self._chance.choice(places)
        self._blocks[place] = self._list() if self._blocks[place].startswith("- ") else self._paragraph()

    def _write_head(self) -> str:
        identity = "".join(self._chance.choices(ID_ALPHABET, k=ID_LENGTH))
        tags = ", ".join(self._chance.sample(TAGS, 2))
        language = f"lang: {self._outline.language}\n" if self._outline.language != "fr" else ""
        return f"---\ntitle: {self._outline.title}\ntags: [{tags}]\n{language}id: {identity}\n---\n\n"

    def _write_blocks(self) -> Iterator[str]:
        wanted, size, number = self._chance.uniform(*BYTES), 0, 0
        while size < wanted:
            block = self._block(number)
            size, number = size + len(block.encode()) + 2, number + 1
            yield block

    def _block(self, number: int) -> str:
        kinds = (self._paragraph, self._heading, self._paragraph, self._list, self._paragraph, self._heading)
        if number and number % 13 == 0:
            return self._table()
        return kinds[number % len(kinds)]()

    def _heading(self) -> str:
        level = self._chance.choice(("##", "##", "###"))
        return f"{level} {' '.join(self._words.draw(self._chance, 3)).capitalize()}"

    def _paragraph(self) -> str:
        sentences = [self._sentence(self._chance.randint(8, 18)) for _ in range(self._chance.randint(2, 5))]
        sentences.insert(1, self._link())
        if self._chance.random() < NAMES_A_PAGE / 5:
            sentences.append(f"{self._chance.choice(names_for(self._corpus.pages))}.")
        return " ".join(sentences)

    def _sentence(self, count: int) -> str:
        words = self._words.draw(self._chance, count)
        if self._chance.random() < 0.2:
            words[count // 2] = f"**{words[count // 2]}**"
        return " ".join(words).capitalize() + "."

    def _list(self) -> str:
        return "\n".join(f"- {' '.join(self._words.draw(self._chance, 6))}" for _ in range(self._chance.randint(3, 6)))

    def _table(self) -> str:
        rows = [self._words.draw(self._chance, 3) for _ in range(5)]
        head, *others = (f"| {' | '.join(row)} |" for row in rows)
        return "\n".join([head, "| --- | :---: | ---: |", *others])

    def _link(self) -> str:
        if self._chance.random() < MISSING:
            number = self._chance.randrange(self._corpus.pages // 20 + 1)
            return f"[[{self._words.ranked[-number]} {number}]]."
        # Some pages are linked to a lot, most hardly ever.
        target = self._corpus.outlines[int(self._corpus.pages * self._chance.random() ** 2)]
        if self._chance.random() < 0.5:
            return f"[[{target.title}]]."
        return f"[{' '.join(self._words.draw(self._chance, 2))}](/{target.path})."
