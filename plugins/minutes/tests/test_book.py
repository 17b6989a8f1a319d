"""A year of minutes as a book: whole, well-formed, with its pictures, and with nothing that its reader may not see."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from defusedxml import ElementTree

from app.people.authors import SYSTEM
from app.people.viewer import OPERATOR
from app.station import Station
from app.wiki.uploads import prepare_upload
from plugins.minutes import book, paper
from plugins.minutes.tests.conftest import OLD, write
from tests.web.hands import Browser

ADDRESS = "/reunions/book?year=2026"
PICTURE = Path(__file__).parents[3] / "pages/demo/fr/jardins/index.files/plan.png"


def attach(site: Station, path: str) -> None:
    prepared = prepare_upload("plan.png", PICTURE.read_bytes(), max_bytes=site.config.upload_bytes)
    site.door.attach(OPERATOR, path, [prepared], SYSTEM)


def opened(browser: Browser, address: str = ADDRESS) -> dict[str, bytes]:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def text_of(parts: dict[str, bytes]) -> str:
    return "".join(part.decode() for name, part in parts.items() if name.endswith(("xhtml", "opf", "ncx")))


@pytest.fixture
def pictured(site: Station) -> None:
    """Write minutes with a picture, a link, a table and signs that XML knows nothing of."""
    path = "reunions/2026/2026-04-03-lavoir"
    write(site, path, "---\ntitle: Le lavoir & l’eau\nform: minutes\nday: 2026-04-03\nstep: valid\n---\n"
          "![Le plan](plan.png)\n\nVoir [[Assemblée de mars]] &nbsp;; a < b<br>fin\n\n![rien](absent.png)\n")  # fmt: skip
    attach(site, path)


def test_it_holds_the_meetings_of_the_year_in_their_order(reader: Browser, pictured: None) -> None:
    parts = opened(reader)
    titles = re.findall(r'<a href="m0\d\d\.xhtml">([^<]+)</a>', parts["EPUB/nav.xhtml"].decode())

    assert parts["mimetype"] == b"application/epub+zip"
    assert titles == ["Assemblée de mars", "Le lavoir &amp; l’eau"]
    assert "Le four reste ouvert" in text_of(parts)


def test_every_part_is_well_formed(reader: Browser, pictured: None) -> None:
    parts = opened(reader)
    marked = [name for name in parts if name.endswith(("xhtml", "opf", "ncx", "xml"))]

    for name in marked:
        ElementTree.fromstring(parts[name])
    assert len(marked) >= 5


def test_pictures_are_in_it_and_what_is_missing_stays_as_words(reader: Browser, pictured: None) -> None:
    parts = opened(reader)
    sources = re.findall(r'<img[^>]* src="([^"]+)"', text_of(parts))

    assert sources == ["pictures/001.png"]
    assert parts["EPUB/pictures/001.png"].startswith(b"\x89PNG")


def test_links_lead_to_the_site_from_wherever_the_book_is_read(reader: Browser, pictured: None) -> None:
    links = re.findall(r'<a[^>]* href="([^"]+)"', opened(reader)["EPUB/m002.xhtml"].decode())

    assert f"http://localhost/{OLD}" in links
    assert [link for link in links if not link.startswith(("http", "#"))] == []


def test_nothing_is_in_it_that_its_reader_may_not_see(reader: Browser, site: Station) -> None:
    write(site, "secret/reunions/2026/2026-05-01-image",
          "---\ntitle: Zanzibar\nform: minutes\nday: 2026-05-01\nstep: valid\naudience: admins\n---\n![x](plan.png)\n")  # fmt: skip
    attach(site, "secret/reunions/2026/2026-05-01-image")
    write(site, "reunions/2026/2026-05-02-vol", "---\ntitle: Vol\nform: minutes\nday: 2026-05-02\nstep: valid\n---\n"
          "![x](/-/files/secret/reunions/2026/2026-05-01-image/plan.png)\n")  # fmt: skip
    parts = opened(reader)

    assert "Zanzibar" not in text_of(parts)
    assert [name for name in parts if "pictures" in name] == []


def test_a_year_without_minutes_says_so(reader: Browser) -> None:
    answer = reader.get("/reunions/book?year=1999")

    assert answer.status_code == 404
    assert "no minutes to make a book of" in answer.text


def test_the_page_of_the_year_leads_to_it(reader: Browser) -> None:
    assert 'href="/reunions/book?year=2026"' in reader.get("/reunions/paper?year=2026").text


def test_pictures_of_the_year_on_paper_are_not_left_to_be_fetched_later(reader: Browser, pictured: None) -> None:
    page = reader.get("/reunions/paper?year=2026").text

    assert "plan.png" in page and 'loading="lazy"' not in page


def test_words_of_a_missing_picture_stand_where_it_stood(reader: Browser, site: Station) -> None:
    write(site, "reunions/2026/2026-05-03-plan", "---\ntitle: Plan\nform: minutes\nday: 2026-05-03\nstep: valid\n---\n"
          "Voir ![le plan](absent.png) ici\n")  # fmt: skip

    assert re.search(r"Voir\s+le plan\s+ici", text_of(opened(reader)))


def test_addresses_that_are_none_break_nothing(reader: Browser, site: Station) -> None:
    write(site, "reunions/2026/2026-05-04-lien", "---\ntitle: Lien\nform: minutes\nday: 2026-05-04\nstep: valid\n"
          'online: "http://[x"\n---\n<img src="http://[y" alt="rien"> <a href="https://exa\u2100mple.com">x</a>\n')  # fmt: skip

    assert "Lien" in text_of(opened(reader))


def test_names_of_chapters_are_names_of_xml(reader: Browser, pictured: None) -> None:
    ncx = opened(reader)["EPUB/toc.ncx"].decode()

    assert re.findall(r'navPoint id="([^"]+)"', ncx) == ["m001", "m002"]


def test_books_of_two_spaces_are_two(reader: Browser, site: Station) -> None:
    for space in ("four", "lavoir"):
        write(site, f"reunions/2026/2026-05-05-{space}", f"---\ntitle: {space}\nform: minutes\nday: 2026-05-05\n"
              f"spaces: [{space}]\nstep: valid\n---\nRien.\n")  # fmt: skip
    heads = {
        re.findall(
            r"<dc:(?:identifier|title)[^>]*>([^<]+)",
            opened(reader, f"{ADDRESS}&space={space}")["EPUB/content.opf"].decode(),
        )[0]
        for space in ("four", "lavoir")
    }

    assert len(heads) == 2


def test_what_has_no_room_is_told(reader: Browser, pictured: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "MOST", 1)

    assert "1 older meeting has no room here" in reader.get("/reunions/paper?year=2026").text
    assert "1 older meeting has no room here" in text_of(opened(reader))


def test_one_book_is_made_at_a_time(reader: Browser) -> None:
    with book._AT_WORK:
        assert reader.get(ADDRESS).status_code == 503
    assert reader.get(ADDRESS).status_code == 200
