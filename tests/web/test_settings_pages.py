"""The settings of the site: one page that leads to all others, a short page for each group, the logo."""

import io

import pytest
from PIL import Image

from app.shipped import demo
from app.station import Station
from app.web import logo
from tests.web.hands import Browser, content, errors, form, notices, one, soup

GROUPS = ("site", "look", "menu", "rights")
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def picture(kind: str = "PNG", size: tuple[int, int] = (1200, 600)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "red").save(stream, kind)
    return stream.getvalue()


def send_logo(admin: Browser, sent: bytes, name: str = "logo.png", **more: str):  # type: ignore[no-untyped-def]
    return admin.post("/-/admin/look", accent="blue", logo=(io.BytesIO(sent), name), **more)


def change(admin: Browser, group: str, **typed: str):  # type: ignore[no-untyped-def]
    return admin.post(f"/-/admin/{group}", **(form(admin.get(f"/-/admin/{group}"), "main form") | typed))


@pytest.mark.parametrize("group", ["", *GROUPS])
def test_the_settings_are_for_administrators(member: Browser, browser: Browser, group: str) -> None:
    assert [who.get(f"/-/admin/{group}").status_code for who in (member, browser)] == [403, 403]
    assert [who.post(f"/-/admin/{group or 'demo'}", title="x").status_code for who in (member, browser)] == [403, 403]


def test_the_page_of_settings_leads_to_every_page_for_administrators(admin: Browser) -> None:
    links = {str(link["href"]).partition("#")[0] for link in soup(admin.get("/-/admin/")).select("main a")}

    assert {f"/-/admin/{group}" for group in GROUPS} <= links
    assert {"/-/admin/health", "/-/admin/mails", "/-/admin/mail-server", "/-/people/", "/-/groups/"} <= links
    assert all(admin.get(link).status_code == 200 for link in links)


def test_the_parts_of_the_page_of_health_that_are_linked_to_are_there(admin: Browser) -> None:
    anchors = {str(link["href"]).partition("#")[2] for link in soup(admin.get("/-/admin/")).select("main a[href*='#']")}
    ids = {str(element["id"]) for element in soup(admin.get("/-/admin/health")).select("[id]")}

    assert anchors and anchors <= ids


def test_the_settings_change_the_site_at_once(admin: Browser, browser: Browser) -> None:
    browser.write("a", "un\n")
    tag = browser.get("/a").headers["ETag"]
    answers = [change(admin, "site", title="La vallée <3", place="Drôme"), change(admin, "look", accent="green")]
    page = browser.get("/a", headers={"If-None-Match": tag})

    assert [answer.status_code for answer in answers] == [303, 303] and page.status_code == 200
    assert "La vallée <3" in soup(page).title.text and one(page, "html")["data-accent"] == "green"
    assert "Drôme" in one(page, ".desk p").text


def test_every_colour_that_is_offered_can_be_chosen(admin: Browser) -> None:
    for colour in soup(admin.get("/-/admin/look")).select("input[name=accent]"):
        assert change(admin, "look", accent=str(colour["value"])).status_code == 303, colour


@pytest.mark.parametrize(
    ("group", "wrong"),
    [
        ("site", {"title": ""}), ("site", {"title": "x" * 81}), ("site", {"lang": "de"}), ("site", {"place": "x" * 81}),
        ("look", {"accent": "url(//evil)"}), ("menu", {"menu": "x" * 2001}), ("rights", {"comments": "x"}),
    ],
)  # fmt: skip
def test_wrong_settings_are_refused_at_their_field(admin: Browser, group: str, wrong: dict[str, str]) -> None:
    response = change(admin, group, **wrong)

    assert response.status_code == 400 and len(errors(response)) == 1
    assert soup(response).select(f"#gc-errors a[href='#gc-field-{next(iter(wrong))}']")


def test_one_group_of_settings_leaves_the_others_as_they_are(admin: Browser, site: Station) -> None:
    change(admin, "rights", reading="members", writing="admins", comments="off")
    change(admin, "site", title="La vallée")
    change(admin, "menu", menu="Aide = aide")
    change(admin, "look", accent="plum")
    kept = site.settings.get()

    assert (kept.title, kept.accent, kept.menu) == ("La vallée", "plum", "Aide = aide")
    assert (kept.reading, kept.writing, kept.comments) == ("members", "admins", "off")


def test_a_language_that_is_not_offered_is_spoken_to_nobody(admin: Browser, browser: Browser) -> None:
    assert one(browser.get("/-/display"), "html")["lang"] == "en"
    admin.post("/-/admin/site", title="La vallée", lang="fr", offered="fr")
    page = browser.get("/-/display")

    assert one(page, "html")["lang"] == "fr"
    assert [str(choice["value"]) for choice in soup(page).select("[name=lang]")] == ["fr"]


def test_the_main_language_is_always_offered(admin: Browser, site: Station) -> None:
    admin.post("/-/admin/site", title="La vallée", lang="en", offered="fr")

    assert site.settings.get().offered == ("fr", "en")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_logo_is_drawn_anew_and_stands_on_the_sign(admin: Browser, browser: Browser, kind: str) -> None:
    assert send_logo(admin, picture(kind)).status_code == 303
    address = str(one(browser.get("/-/pages"), ".sign img")["src"])
    served = browser.get(address)

    assert address.startswith("/-/logo/") and served.mimetype in {"image/png", "image/webp"}
    assert Image.open(io.BytesIO(served.data)).size == (512, 256)
    assert served.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_what_a_picture_carried_is_not_in_the_logo(admin: Browser, browser: Browser) -> None:
    image, stream = Image.new("RGB", (20, 20), "red"), io.BytesIO()
    exif = image.getexif()
    exif[0x010E] = "a secret place"
    image.save(stream, "JPEG", exif=exif, comment=b"a secret place")
    send_logo(admin, stream.getvalue())

    assert b"a secret place" in stream.getvalue()
    assert b"a secret place" not in browser.get(str(one(browser.get("/-/pages"), ".sign img")["src"])).data


@pytest.mark.parametrize("sent", [SVG, b"", b"GIF89a", b"<html>", picture()[:60]])
def test_what_is_no_picture_is_refused_as_a_logo(admin: Browser, site: Station, sent: bytes) -> None:
    response = send_logo(admin, sent)

    assert response.status_code == 400 and len(errors(response)) == 1
    assert site.settings.get().logo == ""


def test_a_picture_that_is_too_large_is_refused_as_a_logo(admin: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logo, "MAX_BYTES", 100)

    assert errors(send_logo(admin, picture())) == ["This file is too large: at most 10 MB. Make it smaller first."]


def test_a_logo_is_taken_away(admin: Browser, browser: Browser) -> None:
    send_logo(admin, picture())
    address = str(one(browser.get("/-/pages"), ".sign img")["src"])
    admin.post("/-/admin/look", accent="blue", no_logo="1")

    assert not soup(browser.get("/-/pages")).select(".sign img")
    assert browser.get(address).status_code == 404


@pytest.mark.parametrize("name", ["x", "../gare.toml", "0" * 64 + ".png", "0" * 64 + ".svg"])
def test_no_other_file_is_served_as_the_logo(browser: Browser, name: str) -> None:
    assert browser.get(f"/-/logo/{name}").status_code == 404


def test_an_attachment_is_not_served_as_the_logo(browser: Browser, site: Station) -> None:
    pointer = site.wiki.files.put(picture())

    assert browser.get(f"/-/logo/{pointer.oid}.png").status_code == 404


def test_the_demo_is_taken_out_by_one_button(admin: Browser, site: Station) -> None:
    demo.add(site.wiki, site.truth, "fr")
    site.store_settings(demo="fr")
    admin.write("charte", "Notre charte à nous.\n")
    response = admin.post("/-/admin/demo")
    page = admin.get("/-/admin/")

    assert response.status_code == 303
    assert notices(page) == ["The pages of the demo are gone. Pages that somebody changed were left: 1."]
    assert admin.get("/jardins/compost").status_code == 410 and "à nous" in content(admin.get("/charte")).text
    assert not soup(page).select("form[action='/-/admin/demo']")


def test_a_set_up_that_was_left_is_offered_on_the_page_of_settings(admin: Browser, site: Station) -> None:
    assert not soup(admin.get("/-/admin/")).select("a[href='/-/setup/']")
    site.store_settings(set_up="3")

    assert soup(admin.get("/-/admin/")).select("main a[href='/-/setup/']")
