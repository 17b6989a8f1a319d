"""Private answers have no revisions; two who change one record at the same time overwrite nothing all the same."""

from typing import Any

from app.records import private
from app.station import Station
from tests.web.hands import Browser, errors, form
from tests.web.record_hands import ADMIN, FORM, fill_in, open_form

EDIT = "/-/record/edit/patrimoine/m/moulin"
EXACT = {"place__lat": "44.7123", "place__lon": "4.1234", "place__precision": "blurred"}


def a_mill(site: Station, admin: Browser, **answers: Any) -> None:
    open_form(site, moderated="no")
    fill_in(admin, site, "/-/record/new/mill", title="Moulin", **answers)


def kept(site: Station) -> dict[str, Any]:
    page = site.door.find(ADMIN, "patrimoine/m/moulin")
    with site.truth.connect() as connection:
        return dict(private.load(connection, [page.id or ""]).get(page.id or "", {}))


def opened(browser: Browser) -> dict[str, Any]:
    return dict(form(browser.get(EDIT), FORM)) | {"action": "send"}


def test_what_is_sent_back_as_it_was_shown_leaves_what_another_wrote_meanwhile(admin: Browser, site: Station) -> None:
    a_mill(site, admin, phone="06 11 11 11 11", owner="Paul")
    second = opened(admin)
    admin.post(EDIT, **(opened(admin) | {"f.phone": "07 22 22 22 22"}))
    done = admin.post(EDIT, **(second | {"f.history": "Une vieille roue."}))

    assert done.status_code == 303 and kept(site) == {"phone": "+33722222222", "owner": "Paul"}
    assert "Une vieille roue." in site.door.text(ADMIN, "patrimoine/m/moulin")[1]


def test_one_answer_that_both_changed_is_asked_about_and_the_second_press_decides(
    admin: Browser, site: Station
) -> None:
    a_mill(site, admin, phone="06 11 11 11 11")
    second = opened(admin)
    admin.post(EDIT, **(opened(admin) | {"f.phone": "07 22 22 22 22"}))
    asked = admin.post(EDIT, **(second | {"f.phone": "06 33 33 33 33"}))

    assert asked.status_code == 409 and "07 22 22 22 22" in " ".join(errors(asked))
    assert kept(site) == {"phone": "+33722222222"}
    again = dict(form(asked, FORM)) | {"action": "send"}
    assert again["f.phone"] == "06 33 33 33 33"
    assert admin.post(EDIT, **again).status_code == 303 and kept(site) == {"phone": "+33633333333"}


def test_a_true_position_that_nobody_touched_stays_as_another_set_it(admin: Browser, site: Station) -> None:
    a_mill(site, admin, **EXACT)
    second = opened(admin)
    admin.post(EDIT, **(opened(admin) | {"f.place.lat": "44.7155"}))
    admin.post(EDIT, **(second | {"f.kind": "mill"}))

    assert kept(site)["place.exact"]["lat"] == "44.7155"


def test_the_mark_of_an_answer_tells_nothing_of_it(admin: Browser, site: Station) -> None:
    a_mill(site, admin, phone="06 11 11 11 11")
    marks = {name: value for name, value in opened(admin).items() if name.startswith("was.")}

    assert set(marks) == {"was.phone", "was.owner", "was.contact", "was.place.exact"}
    assert all(len(value) == 24 and "0611" not in value for value in marks.values())
