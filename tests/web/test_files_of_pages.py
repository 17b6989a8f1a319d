"""Files of pages over the web: sent, listed, shown, taken away; what is no good is refused with the cure."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from tests.web.hands import Browser, content, errors, form, notices, one, soup


def picture(kind: str = "JPEG", size: tuple[int, int] = (1200, 600), **more: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "green").save(stream, kind, **more)
    return stream.getvalue()


def send(browser: Browser, name: str, body: bytes, path: str = "a", **more: str):  # type: ignore[no-untyped-def]
    return browser.post(f"/-/files/{path}/", file=(io.BytesIO(body), name), author="Zoé", **more)


def test_a_picture_is_sent_listed_and_shown_in_the_page(browser: Browser) -> None:
    response = send(browser, "Plan du jardin.JPG", picture())
    listed = browser.get(response.headers["Location"])
    line = str(one(listed, "input.gc-line")["value"])
    browser.write("a", f"Voici :\n\n{line}\n")
    image = content(browser.get("/a")).select_one("img")

    assert (response.status_code, line) == (303, "![Plan du jardin](a.files/Plan-du-jardin.jpg)")
    assert image and browser.get(str(image["src"])).mimetype == "image/jpeg"
    assert notices(listed)


def test_a_thumbnail_is_smaller_and_only_of_a_known_width(browser: Browser) -> None:
    send(browser, "plan.jpg", picture())
    sizes = [
        Image.open(io.BytesIO(browser.get(f"/-/files/a/plan.jpg{query}").data)).width
        for query in ("", "?width=320", "?width=800", "?width=99999", "?width=-1", "?width=x")
    ]

    assert sizes == [1200, 320, 800, 1200, 1200, 1200]


def test_pictures_lose_the_place_where_they_were_taken(browser: Browser, corpora: Path) -> None:
    send(browser, "photo.jpg", (corpora / "images-pillow/exif_gps.jpg").read_bytes())
    served = Image.open(io.BytesIO(browser.get("/-/files/a/photo.jpg").data))

    assert not served.getexif()


def test_pictures_are_shown_and_all_else_is_a_download(browser: Browser) -> None:
    send(browser, "plan.png", picture("PNG"))
    send(browser, "notes.txt", b"mots, puis <script>alert(1)</script>")
    shown, saved = browser.get("/-/files/a/plan.png"), browser.get("/-/files/a/notes.txt")

    assert shown.headers.get("Content-Disposition", "inline").startswith("inline")
    assert saved.headers["Content-Disposition"].startswith("attachment") and saved.mimetype == "text/plain"
    for response in (shown, saved):
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_file_is_answered_304_and_in_parts(browser: Browser) -> None:
    send(browser, "notes.txt", b"0123456789")
    whole = browser.get("/-/files/a/notes.txt")
    part = browser.get("/-/files/a/notes.txt", headers={"Range": "bytes=2-4"})

    assert browser.get("/-/files/a/notes.txt", headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304
    assert (part.status_code, part.data) == (206, b"234")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("page.html", b"<!doctype html><script>alert(1)</script>"),
        ("photo.jpg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("notes.txt", b"<!doctype html><script>alert(1)</script>"),
        ("jeu.exe", b"MZ\x90\x00"),
        ("x.php", b"<?php system('x');"),
        ("x.pdf", b"no pdf at all"),
        ("vide.txt", b""),
        ("sans-extension", b"mots"),
        ("photo.jpg", picture()[:400]),
        ("..", b"x"),
        ("a/../../b.txt\0.exe", b"MZ"),
    ],
)
def test_a_file_that_is_no_good_is_refused_with_a_sentence(passer_by: Browser, name: str, body: bytes) -> None:
    response = send(passer_by, name, body, path="refus")

    assert response.status_code in {400, 415, 422}
    assert len(errors(response)) == 1 and errors(response)[0]
    assert not soup(passer_by.get("/-/files/refus/")).select(".gc-files li")


def test_a_decompression_bomb_is_refused(passer_by: Browser) -> None:
    stream = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(stream, "PNG")
    response = send(passer_by, "bombe.png", stream.getvalue(), path="refus")

    assert response.status_code in {400, 413, 415, 422} and errors(response)


def test_a_file_over_the_cap_is_refused(instance: Path, make_app: Callable[[], Flask]) -> None:
    with (instance / "gare.toml").open("a") as settings:
        settings.write("upload_bytes = 100000\n")
    browser = Browser(make_app().test_client())
    response = send(browser, "notes.txt", b"x" * 100_001)

    assert response.status_code == 413 and "0.1 MB" in errors(response)[0]
    assert send(browser, "notes.txt", b"x" * 100_000).status_code == 303


def test_what_no_request_can_hold_is_refused_with_a_page(passer_by: Browser) -> None:
    response = passer_by.client.post(
        "/-/files/refus/", data=b"x" * 22_000_000, content_type="multipart/form-data; boundary=x"
    )

    assert response.status_code == 413 and one(response, "h1").text


def test_no_file_and_too_many_files_are_refused(passer_by: Browser) -> None:
    none = passer_by.post("/-/files/refus/", file=(io.BytesIO(b""), ""), author="Zoé")
    many = passer_by.client.post(
        "/-/files/refus/", data={"file": [(io.BytesIO(b"x"), f"{n}.txt") for n in range(21)], "author": "Zoé"}
    )

    assert (none.status_code, many.status_code) == (400, 400) and errors(none) and errors(many)


def test_several_files_go_at_once(browser: Browser) -> None:
    files = [(io.BytesIO(b"un"), "un.txt"), (io.BytesIO(b"deux"), "deux.txt")]
    browser.client.post("/-/files/a/", data={"file": files, "author": "Zoé"})

    assert [name.text for name in soup(browser.get("/-/files/a/")).select(".gc-files h3")] == ["deux.txt", "un.txt"]


def test_the_editors_script_gets_what_to_write(browser: Browser) -> None:
    headers = {"Accept": "application/json"}
    data = {"file": (io.BytesIO(b"mots"), "Été.txt")}
    response = browser.client.post("/-/files/jardins/compost", data=data, headers=headers)
    refused = browser.client.post("/-/files/a", data={"file": (io.BytesIO(b"MZ"), "x.exe")}, headers=headers)

    expected = {
        "name": "Été.txt",
        "markup": "[Été](compost.files/Été.txt)",
        "href": "/-/files/jardins/compost/%C3%89t%C3%A9.txt",
    }
    assert json.loads(response.data) == expected
    assert refused.status_code == 415 and refused.mimetype == "application/problem+json" and refused.json["detail"]


def test_a_file_is_taken_away_and_its_address_is_empty(browser: Browser) -> None:
    browser.write("a", "un\n")
    send(browser, "notes.txt", b"mots")
    fields = form(browser.get("/-/files/a/"), ".gc-files form")
    browser.post("/-/files/a/", **(fields | {"action": "delete", "author": "Zoé"}))

    assert browser.get("/-/files/a/notes.txt").status_code == 404
    assert not soup(browser.get("/-/files/a/")).select(".gc-files li")
    assert browser.post("/-/files/a/", action="delete", name="notes.txt", author="Zoé").status_code == 404


def test_a_file_that_was_taken_away_is_brought_back_by_one_button(browser: Browser) -> None:
    browser.write("a", "un\n")
    send(browser, "plan d’été.txt", b"mots")
    fields = form(browser.get("/-/files/a/"), ".gc-files form") | {"action": "delete"}
    page = browser.get(browser.post("/-/files/a/", **fields).headers["Location"])
    assert not soup(page).select(".gc-files li")
    response = browser.post(str(one(page, ".notice form")["action"]), **form(page, ".notice form"))
    listed = browser.get(response.headers["Location"])

    assert browser.get(f"/-/files/a/{fields['name']}").data == b"mots"
    assert notices(listed) == [f"“{fields['name']}” is back."]


def test_nothing_is_promised_of_a_file_whose_page_is_not_written_yet(browser: Browser) -> None:
    send(browser, "notes.txt", b"mots")
    browser.post("/-/files/a/", action="delete", name="notes.txt")
    page = browser.get("/-/files/a/")

    assert notices(page) and not soup(page).select(".notice form")
    assert browser.post("/-/reattach/a?name=notes.txt").status_code == 404


@pytest.mark.parametrize(
    "name",
    ["..", "../../gare.toml", "..%2f..%2fgare.toml", "%2e%2e/secret.key", "a%00.txt", "x" * 400, ".gitattributes"],
)
def test_no_name_reaches_another_file(passer_by: Browser, name: str) -> None:
    response = passer_by.get(f"/-/files/a/{name}")

    assert response.status_code in {404, 400, 308}
    assert "secret_key" not in response.text


def test_a_page_says_how_many_files_it_has(browser: Browser) -> None:
    browser.write("a", "un\n")
    send(browser, "notes.txt", b"mots")

    assert "(1)" in one(browser.get("/a"), "a[href='/-/files/a/']").text


def test_a_renamed_page_keeps_its_pictures(browser: Browser) -> None:
    send(browser, "plan.jpg", picture())
    browser.write("a", "![Plan](a.files/plan.jpg) ![Plan](plan.jpg)\n")
    browser.post("/-/rename/a", to="jardins/b", author="Max")
    images = [str(image["src"]) for image in content(browser.get("/jardins/b")).select("img")]

    assert images and all(browser.get(image).status_code == 200 for image in images)


def test_a_picture_of_another_page_can_be_shown(browser: Browser) -> None:
    send(browser, "plan.jpg", picture(), path="jardins/compost")
    browser.write("index", "![Plan](jardins/compost.files/plan.jpg)\n")

    image = content(browser.get("/")).select_one("img")
    assert image and browser.get(str(image["src"])).status_code == 200


def test_enough_files_without_signing_in_are_refused_with_the_cure(
    instance: Path, make_app: Callable[[], Flask]
) -> None:
    with (instance / "gare.toml").open("a") as settings:
        settings.write("anonymous_upload_bytes = 100\n")
    browser = Browser(make_app().test_client())
    codes = [send(browser, "notes.txt", letter * 60).status_code for letter in (b"x", b"y")]
    refused = send(browser, "notes.txt", b"z" * 60)

    assert codes == [303, 403]
    assert errors(refused) == ["Too many files were sent today without signing in. Sign in, or come back tomorrow."]


def test_what_is_refused_or_there_already_uses_up_nothing(instance: Path, make_app: Callable[[], Flask]) -> None:
    with (instance / "gare.toml").open("a") as settings:
        settings.write("anonymous_upload_bytes = 100\n")
    browser = Browser(make_app().test_client())
    codes = [send(browser, "notes.txt", b"x" * 60, path=path).status_code for path in ("a", "a", "b", "A")]
    last = send(browser, "plan.txt", b"y" * 40)

    assert codes[:3] == [303, 303, 303]
    assert last.status_code == 303
