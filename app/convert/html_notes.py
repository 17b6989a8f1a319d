"""Footnotes, as readers of documents write them: `<sup class="note-ref">1</sup>`, `<ol class="notes">` at the end."""

from bs4 import BeautifulSoup

from app.convert.html_markdown import MEANT
from app.convert.html_tables import put_on_one_line


def repair_notes(soup: BeautifulSoup) -> None:
    """Write the marks of notes as [^1], and each note as a paragraph that begins with it."""
    marked = set[int]()
    for mark in soup.find_all("sup", class_="note-ref"):
        number = mark.get_text().strip()
        if number.isascii() and number.isdigit():
            marked.add(int(number))
            mark.replace_with(f"{MEANT}[^{int(number)}]")
    for notes in soup.find_all("ol", class_="notes"):
        for i, note in enumerate(notes.find_all("li", recursive=False), start=1):
            put_on_one_line(note)
            note.name = "p"
            if i in marked:
                note.insert(0, f"{MEANT}[^{i}]: ")
        notes.unwrap()
