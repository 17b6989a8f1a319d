"""What an attack found: mails and files that took a process for minutes, or showed what is closed."""

import time
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from app.errors import Invalid, OverBudget
from plugins.archive import importing, lists, runs
from plugins.archive.door import door_of
from plugins.archive.html_mail import HtmlMail
from plugins.archive.masking import mask
from plugins.archive.message.uuencode import taken_out
from plugins.archive.sources import zipped
from plugins.archive.sources.opening import open_source
from plugins.archive.tests.message.reading import HEAD, opened
from plugins.archive.text_shown import MOST_LINKS, spans


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"\nContent-Type: text/html", b"<" + b"a" * 500_000),
        (b"\nContent-Type: text/html", b"<img src=" + b" " * 500_000),
        (b"", b"begin 644 a\n" * 40_000 + b"\nend"),
    ],
    ids=["a tag that never ends", "an attribute that never comes", "files that never end"],
)
def test_a_mail_that_never_comes_to_an_end_is_read_at_once(head: bytes, body: bytes) -> None:
    start = time.process_time()

    found = opened(HEAD + head, body)

    assert found.key == "k@example.org"
    assert time.process_time() - start < 10  # it was minutes


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"\nContent-Type: text/plain; charset*" + b"9" * 5000 + b"=utf-8", b"x"),
        (b"\nContent-Type: text/html", b"&#" + b"9" * 5000 + b"; ok"),
    ],
    ids=["charset", "letter"],
)
def test_a_number_too_long_for_python_costs_no_message_its_name(head: bytes, body: bytes) -> None:
    assert opened(HEAD + head, body).key == "k@example.org"


def test_only_so_many_places_are_tried_for_a_file_in_a_text() -> None:
    text = "begin 644 a\n" * 200_000 + "\nend"
    start = time.process_time()

    assert taken_out(text) == (text, [])
    assert time.process_time() - start < 10


def test_blanks_in_html_cost_what_they_are_long() -> None:
    start = time.process_time()

    HtmlMail({}, is_masked=False, shows_far=False).clean("<img src=" + " " * 500_000 + "x>")

    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "cut", ["nadia<b>@</b>example.org", "nadia@<wbr>example.org", "nadia@<span>example</span>.org"]
)
def test_an_address_that_tags_cut_up_is_not_shown_to_passers_by(cut: str) -> None:
    with pytest.raises(OverBudget):
        HtmlMail({}, is_masked=True, shows_far=False).clean(f"<p>{cut}</p>")


@pytest.mark.parametrize(
    "said",
    ["nadia at example.org", "nadia\u200b@example.org", "nadia@example。org", "nadia%2540example.org",
     "nadia (at) example.org", "nadia @ example.org", "nadia&#64;example.org"],
)  # fmt: skip
def test_addresses_are_masked_however_they_are_spelt(said: str) -> None:
    assert "nadia" not in mask(f"Écrire à {said} demain")


def test_only_some_links_of_a_message_can_be_followed() -> None:
    found = spans("http://a " * 5000)

    assert sum(bool(one.href) for one in found) == MOST_LINKS
    assert "".join(one.text for one in found) == "http://a " * 5000


def test_an_import_that_breaks_off_again_and_again_is_given_up_and_others_go_on(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = door_of(app.extensions["gare"]).archive
    bad, good = (lists.make(archive.truth, name, name, now=0) for name in ("mauvaise", "bonne"))
    file = tmp_path / "a.mbox"
    file.write_bytes(b"From a@example.org Thu Sep 16 13:12:00 2021\n" + HEAD + b"\n\nBonjour\n")
    first = importing.begin(archive, bad, file, "", is_dry=False)
    second = importing.begin(archive, good, file, "", is_dry=False)
    through = importing._Work.through

    def broken(work: importing._Work) -> None:
        if work.run.id == first.id:
            raise RuntimeError("something unforeseen")
        through(work)

    monkeypatch.setattr(importing._Work, "through", broken)
    monkeypatch.setattr(importing, "PAUSE", -1)
    for _ in range(importing.MOST_ATTEMPTS):
        importing.run_due(archive)

    assert runs.get(archive.truth, first.id).state == runs.STOPPED
    assert runs.get(archive.truth, second.id).state == runs.DONE


def test_a_zip_whose_list_alone_is_huge_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(50):
            archive.writestr(f"liste_2021-09/{number}", HEAD + b"\n\nBonjour\n")
    monkeypatch.setattr(zipped, "MOST_LIST", 1000)

    with pytest.raises(Invalid):
        open_source(file)


def test_boundaries_that_all_stand_in_one_line_cost_what_they_are_long() -> None:
    start = time.process_time()

    found = opened(HEAD + b"\nContent-Type: multipart/mixed; boundary=b", b"--bX" * 300_000)

    assert found.key == "k@example.org"
    assert time.process_time() - start < 3


def test_a_mark_in_a_comment_does_not_hide_how_long_the_list_of_a_zip_is(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("liste_2021-09/1", HEAD)
        archive.comment = b"PK\6\6" + bytes(60)

    assert zipped._size_of_list(file) > 0
