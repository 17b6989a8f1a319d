"""Markup in subjects, names, file names, texts and layouts comes out harmless."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from app.plugin import clean_html
from app.station import Station
from plugins.archive import lists
from plugins.archive.door import door_of
from plugins.archive.html_mail import HtmlMail
from plugins.archive.sources.raw import Raw
from plugins.archive.taking_in import take_in
from plugins.archive.tests.small_list import NADIA, NOW, code
from tests.web.hands import Browser

LETTER = f"/listes/vallee/m/{code(6)}"
PHOTOS = f"/listes/vallee/m/{code(5)}"
KNOWN = ("https:", "http:", "mailto:", "tel:", "sms:")
SANDBOX = "default-src 'none'; sandbox"
FILES = ("ammonia", "bleach", "dompurify", "dompurify-suite", "nh3", "sanitize-html")
BAD = frozenset("script iframe object embed style form base meta link input textarea math".split())


def _dangers(html: str) -> list[str]:
    """Name what could run, or lead where it must not."""
    found = []
    for one in BeautifulSoup(html, "html.parser").find_all(True):
        found += [str(one)] if one.name in BAD else []
        found += [f"{one.name} {name}" for name in one.attrs if name.startswith("on") or name == "style"]
        places = [str(one.get(name, "")).strip().casefold() for name in ("href", "src")]
        found += [place for place in places if ":" in place.partition("/")[0] and not place.startswith(KNOWN)]
    return found


def test_script_in_subject_name_and_text_is_shown_as_it_was_typed(reader: Browser) -> None:
    page = reader.get(f"/listes/vallee/t/{code(4)}").text

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert" in page


def test_script_in_a_feed_is_text(reader: Browser) -> None:
    assert "<script" not in reader.get("/listes/vallee/feed.atom").text


def test_layout_is_shown_without_what_reaches_out_of_it(reader: Browser) -> None:
    page = reader.get(f"{LETTER}?as=html").text

    assert "Bonjour <b>à tous</b>" in page
    assert not re.search(
        r"alert|far\.example|signout\"|/-/delete|color:red", page.split("mail-html")[1].split("</article>")[0]
    )


def test_own_pictures_of_a_layout_are_shown(reader: Browser) -> None:
    assert f'<img src="{LETTER}/0"' in reader.get(f"{LETTER}?as=html").text


def test_pictures_from_elsewhere_are_shown_when_asked_for(reader: Browser) -> None:
    before, after = reader.get(f"{LETTER}?as=html"), reader.get(f"{LETTER}?as=html&images=1")

    assert "img-src 'self' https:" in after.headers["Content-Security-Policy"]
    assert "https:" not in before.headers["Content-Security-Policy"]
    assert "https://far.example/spy.gif" in after.text
    assert after.headers["Cache-Control"] == "no-store"


def test_picture_is_shown_and_runs_nothing(reader: Browser) -> None:
    answer = reader.get(f"{PHOTOS}/0")

    assert answer.mimetype == "image/png"
    assert answer.headers["Content-Security-Policy"] == SANDBOX


@pytest.mark.parametrize("number", [1, 2])
def test_drawing_or_page_is_for_saving_only(reader: Browser, number: int) -> None:
    answer = reader.get(f"{PHOTOS}/{number}")

    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == SANDBOX


def test_file_that_is_not_there_is_said(reader: Browser) -> None:
    assert reader.get(f"{PHOTOS}/9").status_code == 404


def test_attack_in_a_layout_is_harmless(corpora: Path) -> None:
    attacks = [
        json.loads(line)["html"]
        for name in FILES
        for line in (corpora / f"security/{name}.jsonl").read_text(encoding="utf-8").splitlines()
        if '"html"' in line
    ]
    for attack in attacks:
        for shows_far in (False, True):
            html = HtmlMail({}, is_masked=True, shows_far=shows_far).clean(attack)

            assert not _dangers(html), attack
            assert clean_html(html).count("<") == html.count("<")
            assert not re.search(r'<[^>]* (id|src)="(?!https://)', html)


def test_naughty_strings_are_shown_harmlessly(site: Station, member: Browser, corpora: Path) -> None:
    strings = json.loads((corpora / "security/blns.json").read_text(encoding="utf-8"))
    own = lists.find(site.truth, "vallee")
    assert own is not None
    said = [one.encode("utf-8", "replace").decode() for one in strings]
    letters = [_naughty(500 + number, one) for number, one in enumerate(said)]
    take_in(door_of(site).archive, own, [Raw(one, str(number), NOW) for number, one in enumerate(letters)], now=NOW)
    pages = [member.get(f"/listes/vallee/2026/{month:02}/").text for month in range(1, 13)]
    pages += [member.get(f"/listes/vallee/m/{code(500 + number)}").text for number in range(0, len(said), 25)]

    assert not [danger for page in pages for danger in _dangers(_main(page))]


def _naughty(number: int, words: str) -> bytes:
    line = " ".join(words.split()) or "-"
    head = f"Message-ID: <m{number}@vallee.example>\nFrom: {NADIA}\nSubject: {line}\n".encode()
    return head + b"Date: Tue, 10 Mar 2026 10:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n" + words.encode()


def _main(page: str) -> str:
    return page.split("<main", 1)[1].split("</main>")[0].partition(">")[2]
