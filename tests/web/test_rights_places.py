"""Over the web: nobody writes into a closed place, opens one by moving a page, or signs as somebody who has an account."""

from tests.web.hands import Browser, edit_address

CLOSED = "---\naudience: members\n---\n\nZanzibar\n"


def test_a_passer_by_writes_nothing_into_a_closed_folder(admin: Browser, browser: Browser) -> None:
    admin.write("bureau/index", CLOSED)
    refused = browser.post(edit_address("bureau/intrus"), text="coucou", base="", author="Zoé")

    assert refused.status_code == 403
    assert admin.get("/bureau/intrus").status_code == 404


def test_a_passer_by_does_not_take_the_place_of_a_closed_page_that_was_deleted(
    admin: Browser, browser: Browser
) -> None:
    admin.write("finances", CLOSED)
    admin.post("/-/delete/finances")
    refused = browser.post(edit_address("finances"), text="coucou", base="", author="Zoé")

    assert refused.status_code == 403
    assert browser.get("/-/history/finances").status_code == 404


def test_a_member_moves_nothing_out_into_the_open(admin: Browser, member: Browser, browser: Browser) -> None:
    admin.write("cave/index", CLOSED)
    admin.write("cave/vin", "Zanzibar\n")
    moved = member.post("/-/rename/cave/vin", to="vin")

    assert moved.status_code != 303
    assert browser.get("/vin").status_code == 404


def test_a_passer_by_does_not_sign_with_the_name_of_an_account(admin: Browser, browser: Browser) -> None:
    refused = browser.post(edit_address("a"), text="coucou", base="", author=" NADIA ")

    assert refused.status_code != 303 and "Add something to it" in refused.text
    assert browser.get("/a").status_code == 404
