"""Records that wait: sent by anybody, with photos and private answers, corrected, looked at and published."""

import io

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage

from app.catalog.editing import Edit
from app.proposals import enclosures
from app.records import private
from app.station import Station
from app.wiki.frontmatter import parse
from tests.web.hands import Browser, errors, form, notices, one, soup
from tests.web.mailed import last_letter
from tests.web.proposing import decide, for_members, numbers
from tests.web.record_hands import ADMIN, FORM, fill_in, open_form

NEW = "/-/record/new/mill"
MILL = "patrimoine/m/moulin-du-pont"
PLACE = {1: "N", 2: (44.0, 30.0, 0.0), 3: "E", 4: (4.0, 24.0, 0.0)}


@pytest.fixture(autouse=True)
def _site(can_mail: None, site: Station) -> None:
    open_form(site)
    for_members(site)


def photo(*, is_located: bool = False, name: str = "moulin.jpg", colour: str = "blue") -> FileStorage:
    """Give a small photo as a browser sends it."""
    exif, stream = Image.Exif(), io.BytesIO()
    if is_located:
        exif.get_ifd(0x8825).update(PLACE)
    Image.new("RGB", (600, 400), colour).save(stream, "JPEG", exif=exif.tobytes())
    stream.seek(0)
    return FileStorage(stream, name)


def confirm(browser: Browser, site: Station) -> str:
    """Press the button behind the link of the last mail; gives its address."""
    path = last_letter(site).path
    assert browser.post(path, action="confirmed").status_code == 303
    return path


def picture_count(response: object) -> int:
    return len(soup(response).select(".pictures img"))  # type: ignore[arg-type]


def test_a_visitor_sends_a_record_with_a_photo_and_a_moderator_publishes_it(
    browser: Browser, admin: Browser, member: Browser, site: Station
) -> None:
    sent = fill_in(
        browser, site, NEW, title="Moulin du Pont", phone="0475000001", photos__new=photo(), photos__alt="La roue",
        photos__author="Zoé", photos__licence="CC BY-SA 4.0", place__lat="44.5", place__lon="4.4",
    )  # fmt: skip
    assert sent.headers["Location"] == "/-/proposals/sent" and site.door.find_record(ADMIN, MILL) is None
    confirm(browser, site)
    (number,) = numbers(admin)
    shown = admin.get(f"/-/proposals/{number}")
    assert picture_count(shown) == 1 and "La roue" in shown.text and "04 75 00 00 01" in shown.text
    assert "form: mill" not in shown.text
    assert admin.get(str(one(shown, ".pictures img")["src"])).content_type == "image/jpeg"
    decide(admin, number, "accepted")

    page = browser.get(f"/{MILL}")
    assert (
        picture_count(page) == 1
        and "04 75 00 00 01" not in page.text
        and "04 75 00 00 01" in member.get(f"/{MILL}").text
    )
    assert browser.get(f"/-/files/{MILL}/moulin.jpg").status_code == 200
    assert "Zoé" in browser.get(f"/-/history/{MILL}").text
    assert parse(site.door.text(ADMIN, MILL)[1]).values["photos"] == [
        {"file": "moulin.jpg", "alt": "La roue", "author": "Zoé", "licence": "CC BY-SA 4.0"}
    ]


def test_page_and_photo_come_in_one_commit(browser: Browser, admin: Browser, site: Station) -> None:
    before = site.wiki.store.tip()
    fill_in(browser, site, NEW, title="Moulin du Pont", photos__new=photo())
    confirm(browser, site)
    decide(admin, *numbers(admin), "accepted")

    assert site.wiki.store.parent(site.wiki.store.tip() or "") == before


def test_a_photo_that_says_where_it_was_taken_is_asked_about_and_keeps_it_for_itself(
    browser: Browser, site: Station
) -> None:
    asked = fill_in(browser, site, NEW, title="Moulin du Pont", photos__new=photo(is_located=True))
    offer = one(asked, "#gc-offer button[value^=place]")
    fields = form(asked, FORM)
    used = browser.post(NEW, **(fields | {"action": offer["value"]}))
    shown = form(used, FORM)

    assert (shown["f.place.lat"], shown["f.place.lon"]) == ("44.50000", "4.40000")
    assert browser.post(NEW, **(shown | {"action": "send"})).headers["Location"] == "/-/proposals/sent"
    kept = site.wiki.files.path(next(iter(site.wiki.files.list_oids()))).read_bytes()
    assert b"Exif" not in kept


def test_whoever_does_not_use_the_place_of_a_photo_is_asked_once(browser: Browser, site: Station) -> None:
    asked = fill_in(browser, site, NEW, title="Moulin du Pont", photos__new=photo(is_located=True))
    sent = browser.post(NEW, **(form(asked, FORM) | {"action": "send"}))

    assert sent.headers["Location"] == "/-/proposals/sent"


def test_a_photo_survives_a_form_that_is_shown_again(browser: Browser, site: Station) -> None:
    again = fill_in(browser, site, NEW, title="", photos__new=photo(), photos__alt="La roue")
    assert again.status_code == 400 and one(again, ".kept img")
    fields = form(again, FORM) | {"f.photos.file": ["moulin.jpg", ""], "f.photos.alt": ["La roue", ""]}
    fields["f.photos.token"] = [entry["value"] for entry in soup(again).select("[name='f.photos.token']")]
    sent = browser.post(NEW, **(fields | {"f.title": "Moulin du Pont", "action": "send"}))

    assert sent.headers["Location"] == "/-/proposals/sent"
    with site.truth.connect() as connection:
        assert list(enclosures.load(connection, 1).files) == ["moulin.jpg"]


def test_nobody_names_a_file_that_he_has_not_sent(browser: Browser, site: Station) -> None:
    again = fill_in(browser, site, NEW, title="Moulin", photos__file="secret.jpg", photos__token="forged")

    assert again.status_code == 400 and errors(again) == ["Photos: A file waited too long. Send it again."]


def test_a_hostile_file_is_refused_with_a_sentence_and_the_rest_stays(browser: Browser, site: Station) -> None:
    page = FileStorage(io.BytesIO(b"<html><script>alert(1)</script>"), "photo.jpg")
    again = fill_in(browser, site, NEW, title="Moulin du Pont", photos__new=page)

    assert again.status_code == 400 and form(again, FORM)["f.title"] == "Moulin du Pont" and len(errors(again)) == 1


def test_who_proposed_corrects_it_by_the_private_link(browser: Browser, admin: Browser, site: Station) -> None:
    fill_in(browser, site, NEW, title="Moulin du Pont", photos__new=photo(), phone="0475000001")
    own = confirm(browser, site)
    (number,) = numbers(admin)
    decide(admin, number, "asked", question="Quel moulin ?")
    link = str(one(browser.get(own), "main a[href*='/-/record/mine/']")["href"])
    opened = form(browser.get(link), FORM)
    assert (opened["f.title"], opened["f.phone"]) == ("Moulin du Pont", "04 75 00 00 01")
    tokens = [entry["value"] for entry in soup(browser.get(link)).select("[name='f.photos.token']")]
    sent = browser.post(link, **(opened | {
        "f.title": "Moulin du Haut", "f.photos.file": ["moulin.jpg", ""], "f.photos.token": tokens, "action": "send",
    }))  # fmt: skip

    assert sent.status_code == 303, errors(sent)
    assert sent.headers["Location"] == own
    assert "corrected it" in browser.get(own).text
    decide(admin, *numbers(admin), "accepted")
    assert picture_count(browser.get("/patrimoine/m/moulin-du-haut")) == 1


def test_a_moderator_changes_it_before_it_is_published(browser: Browser, admin: Browser, site: Station) -> None:
    fill_in(browser, site, NEW, title="moulin", owner="Nadine")
    confirm(browser, site)
    (number,) = numbers(admin)
    address = admin.get(f"/-/proposals/{number}/edit").headers["Location"]
    saved = fill_in(admin, site, address, title="Moulin du Pont", kind="mill")

    assert saved.headers["Location"] == f"/{MILL}" and numbers(admin) == []
    page = site.door.find(ADMIN, MILL)
    with site.truth.connect() as connection:
        assert private.load(connection, [page.id or ""])[page.id or ""] == {"owner": "Nadine"}
    assert "Zoé" in browser.get(f"/-/history/{MILL}").text


def test_a_change_of_a_record_is_shown_answer_by_answer(browser: Browser, admin: Browser, site: Station) -> None:
    fill_in(admin, site, NEW, title="Moulin du Pont", history="Il tourne toujours.", owner="Nadine")
    assert one(browser.get(f"/{MILL}"), ".tools > a.button")["href"] == f"/-/record/edit/{MILL}"
    sent = fill_in(browser, site, f"/-/record/edit/{MILL}", history="Il tourne parfois.")
    assert sent.headers["Location"] == "/-/proposals/sent"
    confirm(browser, site)
    (number,) = numbers(admin)
    shown = admin.get(f"/-/proposals/{number}")

    assert [mark.text for mark in soup(shown).select(".diff ins mark")] == ["parfois"] and "Nadine" in shown.text
    decide(admin, number, "accepted")
    assert "parfois" in browser.get(f"/{MILL}").text
    page = site.door.find(ADMIN, MILL)
    with site.truth.connect() as connection:
        assert private.load(connection, [page.id or ""])[page.id or ""] == {"owner": "Nadine"}


def test_a_member_keeps_an_unfinished_record_for_later_and_nobody_else_sees_it(
    member: Browser, admin: Browser, site: Station
) -> None:
    kept = fill_in(member, site, NEW, history="Il tourne.", action="keep")
    own = kept.headers["Location"]
    assert numbers(admin) == [] and notices(member.get(own)) == ["Kept for later. Only you see it."]
    assert admin.get(f"/-/proposals/{own.rpartition('/')[2]}").status_code == 404
    sent = fill_in(member, site, own.replace("proposals", "record"), title="Moulin du Pont")

    assert sent.headers["Location"] == own and len(numbers(admin)) == 1
    decide(admin, *numbers(admin), "accepted")
    assert "Il tourne." in member.get(f"/{MILL}").text


def test_two_that_wait_for_one_place_both_get_one(browser: Browser, admin: Browser, site: Station) -> None:
    for _ in range(2):
        fill_in(browser, site, NEW, title="Moulin du Pont", history=f"n{_}")
        confirm(browser, site)
    for number in numbers(admin):
        decide(admin, number, "accepted")

    assert [browser.get(f"/{MILL}{end}").status_code for end in ("", "-2")] == [200, 200]


def test_what_looks_the_same_is_shown_before_it_is_sent(browser: Browser, admin: Browser, site: Station) -> None:
    fill_in(admin, site, NEW, title="Moulin du Pont")
    asked = fill_in(browser, site, NEW, title="moulin du pont")

    assert one(asked, "#gc-likes a")["href"] == f"/{MILL}"
    sent = browser.post(NEW, **(form(asked, FORM) | {"action": "send"}))
    assert sent.headers["Location"] == "/-/proposals/sent"


def test_where_each_has_one_a_second_is_not_taken(browser: Browser, member: Browser, site: Station) -> None:
    from app.catalog.editing import Edit

    page, text = site.door.text(ADMIN, "_forms/mill")
    site.door.save(ADMIN, Edit(page.path, f"one_per_person: yes\n{text}", page.revision, "m-aaaaaaaa"))
    for who in (browser, member):
        first = fill_in(who, site, NEW, title="Moulin du Pont")
        assert first.headers["Location"] == "/-/proposals/sent"
        second = fill_in(who, site, NEW, title="Autre moulin")
        assert second.status_code == 409


def test_the_audience_of_the_form_holds_for_what_it_publishes(browser: Browser, admin: Browser, site: Station) -> None:
    from app.catalog.editing import Edit

    page, text = site.door.text(ADMIN, "_forms/mill")
    site.door.save(ADMIN, Edit(page.path, f"audience: members\nexpires: 60\n{text}", page.revision, "m-aaaaaaaa"))
    fill_in(browser, site, NEW, title="Moulin du Pont")
    confirm(browser, site)
    decide(admin, *numbers(admin), "accepted")

    assert browser.get(f"/{MILL}").status_code == 404 and admin.get(f"/{MILL}").status_code == 200
    assert len(str(parse(site.door.text(ADMIN, MILL)[1]).values["expires"])) == 10


def test_what_a_moderator_takes_out_of_the_private_answers_is_not_kept(
    browser: Browser, admin: Browser, site: Station
) -> None:
    place = {"place__lat": "44.512345", "place__lon": "4.498765", "place__precision": "blurred"}
    fill_in(browser, site, NEW, title="Moulin du Pont", phone="0475000001", owner="Nadia", **place)
    confirm(browser, site)
    (number,) = numbers(admin)
    fill_in(admin, site, f"/-/record/proposal/{number}", phone="", place__lat="45.1", place__precision="exact")
    row = site.door.record(ADMIN, MILL)
    with site.truth.connect() as connection:
        kept = private.load(connection, [row.id])

    assert kept == {row.id: {"owner": "Nadia"}} and row.point and row.point.lat == 45.1


def test_an_answer_whose_question_became_private_meanwhile_is_kept_beside_the_page(
    browser: Browser, admin: Browser, site: Station
) -> None:
    fill_in(browser, site, NEW, title="Moulin du Pont", words="eau")
    confirm(browser, site)
    (number,) = numbers(admin)
    page, text = site.door.text(ADMIN, "_forms/mill")
    closed = text.replace("label: Words}", "label: Words, readers: members}")
    site.door.save(ADMIN, Edit(page.path, closed, page.revision, "m-adaadaad"))
    assert errors(decide(admin, number, "accepted"))
    fill_in(admin, site, f"/-/record/proposal/{number}")
    row = site.door.record(ADMIN, MILL)
    with site.truth.connect() as connection:
        kept = private.load(connection, [row.id])

    assert kept == {row.id: {"words": ["eau"]}} and "eau" not in site.door.text(ADMIN, MILL)[1]
