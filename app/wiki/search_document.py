"""What can be found: documents, and the facts and words that the index keeps of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.wiki.analysis import Word, list_words
from app.wiki.search_codec import KEY, MARK, PATH, STEM, SURFACE, TITLE

# What one occurrence weighs (BM25F: frequencies are added up before they saturate).
TITLE_WEIGHT, NAMES_WEIGHT, HEADINGS_WEIGHT, BODY_WEIGHT = 40, 20, 8, 1
MAX_PLACE = 65_535  # the places of later words are not kept: phrases are not found there, words are
FIELD_GAP = 16  # places between two texts, so that no phrase reaches across
MAX_TITLE = 60  # characters of a title that are compared with what is being typed
MAX_STARTS = 8  # words of a title from which on it is suggested

Stems = dict[str, list[int]]  # stem → [weight, place, place, …]


@dataclass(frozen=True, slots=True)
class Document:
    """Something to be found. `key` names it for ever; `audience` is one or several values separated by commas.

    `names` are other words for it (of its path, its aliases). `at` breaks ties: the newest comes first. `marks` are
    exact terms by which a question may be narrowed, such as `author:12`; nobody finds it by them.
    """

    key: str
    kind: str
    path: str
    title: str
    headings: str
    body: str
    tags: Sequence[str]
    space: str
    audience: str
    lang: str
    at: datetime
    names: Sequence[str] = ()
    marks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the index keeps of a document beside its words; `length` in words, `at` in seconds since 1970."""

    kind: str
    space: str
    audience: str
    lang: str
    at: int
    length: int
    key: str
    path: str

    def to_bytes(self) -> bytes:
        values = (self.kind, self.space, self.audience, self.lang, str(self.at), str(self.length), self.key, self.path)
        return "\0".join(value.replace("\0", "") for value in values).encode("utf-8", "replace")

    @classmethod
    def parse(cls, data: bytes) -> "Facts":
        kind, space, audience, lang, at, length, key, path = data.decode().split("\0")
        return cls(kind, space, audience, lang, int(at), int(length), key, path)


def read_document(document: Document) -> tuple[Facts, Stems, set[bytes]]:
    """Give what the index keeps: facts, stems with weights and places, and the terms that have neither."""
    stems: Stems = {}
    words: set[Word] = set()
    place = length = 0
    for text, weight in _list_texts(document):
        found = list_words(text)
        words.update(found)
        place = _place_words(found, weight, place, stems) + FIELD_GAP
        length = len(found)  # the last text is the body
    terms = {surface_term(word) for word in words if not word.is_common}
    terms.update(_title_terms(document.title))
    terms.update((key_term(document.key), path_term(document.path)))
    terms.update(map(mark_term, document.marks))
    return _facts_of(document, length), stems, terms


def _list_texts(document: Document) -> tuple[tuple[str, int], ...]:
    return (
        (document.title, TITLE_WEIGHT),
        ("\n".join((*document.names, *document.tags)), NAMES_WEIGHT),
        (document.headings, HEADINGS_WEIGHT),
        (document.body, BODY_WEIGHT),
    )


def _facts_of(document: Document, length: int) -> Facts:
    return Facts(
        document.kind,
        document.space,
        document.audience,
        document.lang,
        int(document.at.timestamp()),
        length,
        document.key,
        document.path,
    )


def _place_words(found: list[Word], weight: int, place: int, stems: Stems) -> int:
    for _, _, stem, is_common in found:
        if is_common:  # kept where it can be a name ("Qui sommes-nous"), not in bodies; never as part of a phrase
            if weight > BODY_WEIGHT:
                stems.setdefault(stem, [0])[0] += weight
            continue
        entry = stems.get(stem)
        if entry is None:
            entry = stems[stem] = [0]
        entry[0] += weight
        if place <= MAX_PLACE:
            entry.append(place)
        place += 1
    return place


def key_term(key: str) -> bytes:
    """Give the term by which a document is replaced or left out."""
    return KEY + key.replace("\0", "").encode("utf-8", "replace")


def mark_term(mark: str) -> bytes:
    """Give the term of a mark."""
    return MARK + mark.replace("\0", "").encode("utf-8", "replace")


def path_term(path: str) -> bytes:
    """Give the term by which all documents of a page are left out, its files too."""
    return PATH + path.replace("\0", "").encode("utf-8", "replace")


def stem_term(word: Word) -> bytes:
    """Give the term under which all forms of a word stand."""
    return STEM + word.stem.encode()


def surface_term(word: Word) -> bytes:
    """Give the term of a word as written: its folded form first, so that `epi` leads to `épicerie`."""
    return SURFACE + (word.folded if word.folded == word.surface else f"{word.folded}\0{word.surface}").encode()


def title_term(words: Sequence[Word], *, is_start: bool) -> bytes:
    """Give the term by which a title is suggested while its beginning, or that of a later word, is typed."""
    return TITLE + (b"0" if is_start else b"1") + " ".join(word.folded for word in words)[:MAX_TITLE].encode()


def _title_terms(title: str) -> Iterator[bytes]:
    words = list_words(title)
    for i in range(min(len(words), MAX_STARTS)):
        yield title_term(words[i:], is_start=i == 0)
