"""What may be sent, and what is said when it may not."""

import io
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.errors import GareError, Invalid, TooLarge, WrongType
from app.wiki import filetypes
from app.wiki.uploads import Prepared, prepare_upload

MEGABYTE = 1_000_000
SVG = b'<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"\n<!doctype html><html><script>alert(1)</script></html>"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
EMPTY_ZIP = b"PK\5\6" + bytes(18)
GPX = b'<?xml version="1.0"?>\n<gpx xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="44.7" lon="4.6"/></gpx>\n'
XHTML = b"http://www.w3.org/1999/xhtml"


def prepare(name: str, content: bytes) -> Prepared:
    return prepare_upload(name, content, max_bytes=MEGABYTE)


def picture(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (30, 20), "green").save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("notes.txt", "Réunion à 20 h\r\n".encode(), "text"),
        ("notes.txt", "Réunion à 20 h\r\n".encode("cp1252"), "text"),
        ("tableau.csv", "\ufeffnom;âge\n".encode("utf-16-le"), "text"),
        ("lisez-moi.md", b"# Title\n\n<b>bold</b> and MZ\n", "text"),
        ("fête.ics", b"\xef\xbb\xbfBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text"),
        ("trace.gpx", GPX, "text"),
        ("places.geojson", b'{"type": "FeatureCollection", "features": []}\n', "text"),
        ("report.pdf", PDF, "document"),
        ("voice.mp3", b"ID3\4\0\0\0\0\0\0\xff\xfb\x90\0" + bytes(50), "sound"),
        ("voice.ogg", b"OggS\0\2" + bytes(50), "sound"),
        ("voice.wav", b"RIFF\x24\0\0\0WAVEfmt " + bytes(50), "sound"),
        ("film.webm", b"\x1aE\xdf\xa3\x9fB\x86\x81\1B\x82\x84webm" + bytes(50), "film"),
        ("film.mp4", b"\0\0\0\x14ftypisom\0\0\0\0isom\0\0\0\x08free", "film"),
        ("nothing.zip", EMPTY_ZIP, "archive"),
    ],
)
def test_accepted_files_are_kept_byte_for_byte(name: str, content: bytes, kind: str):
    assert prepare(name, content) == Prepared(name, content, kind)


@pytest.mark.parametrize(("kind", "extension"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_picture_is_drawn_anew(kind: str, extension: str):
    prepared = prepare(f"Ma photo.{extension}", picture(kind) + b"<script>alert(1)</script>")

    assert (prepared.name, prepared.kind) == (f"Ma-photo.{extension}", "picture")
    assert b"script" not in prepared.content


def test_a_picture_gets_the_ending_that_its_content_has():
    assert prepare("whatsapp.jpeg", picture("WEBP")).name == "whatsapp.webp"


@pytest.mark.parametrize(
    ("name", "content", "cure"),
    [
        ("drawing.svg", SVG, "Save the drawing as PNG"),
        ("drawing.png", SVG, "Save the drawing as PNG"),
        ("drawing.txt", SVG, "Save the drawing as PNG"),
        ("page.html", HTML, "Paste the text into the page"),
        ("page.htm", HTML, "Paste the text into the page"),
        ("page.xhtml", HTML, "Paste the text into the page"),
        ("page.jpg", HTML, "Paste the text into the page"),
        ("page.txt", HTML, "Paste the text into the page"),
        ("page.md", b"<!-- a --><!-- b --><SCRIPT >alert(1)</SCRIPT>", "Paste the text into the page"),
        ("page.csv", "\ufeff<html><script>alert(1)</script>".encode("utf-16"), "Paste the text into the page"),
        ("page.pdf", HTML, "Paste the text into the page"),
        ("setup.exe", b"MZ\x90\0", "Programs cannot be kept here"),
        ("setup.pdf", b"MZ\x90\0", "Programs cannot be kept here"),
        ("setup.jpg", b"\x7fELF\2\1\1", "Programs cannot be kept here"),
        ("script.sh", b"#!/bin/sh\n", "Programs cannot be kept here"),
        ("script.txt", b"#!/bin/sh\nrm -rf /\n", "Programs cannot be kept here"),
        ("script.csv", b"<?php system($_GET['x']);", "Programs cannot be kept here"),
        ("script.js", b"alert(1)", "Programs cannot be kept here"),
        ("photo.heic", b"\0\0\0\x18ftypheic", "Save it as JPG or PNG"),
        ("photo.jpg", b"\0\0\0\x18ftypheic", "Save it as JPG or PNG"),
        ("film.mp4", b"\0\0\0\x18ftypheic", "Save it as JPG or PNG"),
        ("scan.tiff", b"II*\0", "Save it as JPG or PNG"),
        ("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Save it as PDF, ODT or DOCX"),
        ("letter.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Save it as PDF, ODT or DOCX"),
        ("letter.docm", b"PK\3\4", "without macros"),
        ("files.rar", b"Rar!\x1a\x07", "one by one, or as ZIP"),
        ("files.zip", b"Rar!\x1a\x07\1\0", "one by one, or as ZIP"),
        ("thing.xyz", b"what", "“.xyz” are not accepted"),
        ("report.pdf", b"not at all", "not what the ending “.pdf” says"),
        ("photo.png", b"not at all", "not what the ending “.png” says"),
        ("report.pdf", PDF[:-7], "The end of this file is missing"),
        ("fête.ics", b"BEGIN:VCALENDAR\r\n", "The end of this file is missing"),
        ("notes.txt", b"bytes \0 of a program", "This is no text"),
        ("notes.txt", b"\x1b[31mcontrol", "This is no text"),
        ("notes.csv", b"\x81\x8d\x8f", "This is no text"),
        ("trace.gpx", GPX.replace(b"<gpx", b"<!DOCTYPE x [<!ENTITY a 'b'>]><gpx"), "Paste the text|more than a track"),
        ("trace.gpx", GPX.replace(b"<wpt", b"<x:b xmlns:x='" + XHTML + b"'/><wpt"), "more than a track"),
        ("trace.gpx", GPX.replace(b"<wpt", b"<script>alert(1)</script><wpt"), "more than a track"),
        ("places.geojson", b'{"features": []}', "not what the ending"),
        ("report.pdf", PDF + b"%%EOF" + EMPTY_ZIP, "two kinds in one"),
        ("voice.mp3", b"ID3\4" + bytes(50) + EMPTY_ZIP, "two kinds in one"),
        ("photo.php.jpg", b"<?php echo 1;", "Programs cannot be kept here"),
    ],
)
def test_a_refused_file_is_refused_with_the_cure(name: str, content: bytes, cure: str):
    with pytest.raises(WrongType, match=cure):
        prepare(name, content)


def test_a_file_over_the_limit_is_refused_with_the_limit():
    with pytest.raises(TooLarge, match=r"at most 2\.5 MB"):
        prepare_upload("notes.txt", b"a" * 2_500_001, max_bytes=2_500_000)


def test_a_file_of_exactly_the_limit_is_accepted():
    assert prepare("notes.txt", b"a" * MEGABYTE).kind == "text"


def test_an_empty_file_is_refused():
    with pytest.raises(Invalid, match="empty"):
        prepare("notes.txt", b"")


def test_every_refusal_is_short_enough_to_be_read():
    cures = {*filetypes._CURES.values(), filetypes._OTHER, filetypes.DAMAGED}
    sentences = [sentence for cure in cures for sentence in re.split(r"(?<=\.) ", cure)]

    assert [sentence for sentence in sentences if len(sentence.split()) > 15] == []


def test_every_picture_of_the_corpora_is_accepted_or_refused_in_time(corpora: Path):
    outcomes: dict[str, str] = {}
    prepare("start.png", picture("PNG"))  # the child's start is not the picture's fault
    for path in sorted((corpora / "images-pillow").glob("*.*")):
        for name in (path.name, "photo.png"):
            began = time.monotonic()
            try:
                prepared = prepare(name, path.read_bytes())
                outcomes[f"{path.name} as {name}"] = f"accepted as {prepared.kind}."
            except GareError as error:
                outcomes[f"{path.name} as {name}"] = str(error)
            assert time.monotonic() - began < 2.0

    assert len({key.partition(" ")[0] for key in outcomes}) == 56
    assert all(outcome.endswith(".") for outcome in outcomes.values())
    assert outcomes["exif_gps.jpg as exif_gps.jpg"] == "accepted as picture."


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(set(filetypes.ACCEPTED) - {"jpg", "png", "gif", "webp"})), st.binary(max_size=300))
def test_any_bytes_are_accepted_or_refused_with_a_sentence(extension: str, content: bytes):
    try:
        outcome = prepare(f"file.{extension}", content).content
    except GareError as error:
        outcome = str(error).encode()

    assert outcome


def test_a_long_row_of_comments_is_judged_at_once():
    began = time.monotonic()
    prepare("notes.md", b"<!---->" * 100_000 + b"<sv")

    assert time.monotonic() - began < 0.5
