"""A proposal is decided on as it was shown: not from an old window, after who proposed it has answered."""

import pytest

from app.station import Station
from tests.web.hands import Browser, form
from tests.web.mailed import letters
from tests.web.proposing import BREAD, decide, for_members, numbers, propose

pytestmark = pytest.mark.usefixtures("can_mail")


@pytest.fixture
def link(admin: Browser, browser: Browser, site: Station) -> str:
    """Give the private link of a proposal by which somebody is asked something."""
    admin.write("pain", BREAD)
    for_members(site)
    propose(browser, site, "pain", "18 h", "19 h")
    path = next(letter.path for letter in letters(site) if letter.to == "zoe@example.org")
    browser.post(path, action="confirmed")
    decide(admin, numbers(admin)[0], "asked", question="Et le four ?")
    return path


@pytest.mark.parametrize("deed", ["accepted", "refused"])
def test_from_an_old_window_nothing_is_decided(admin: Browser, browser: Browser, link: str, deed: str) -> None:
    (number,) = numbers(admin)
    fields = form(admin.get(f"/-/proposals/{number}"), f"form:has([value={deed}])") | {"reason": "non"}
    browser.post(link, action="answered", words="Attendez !")
    refused = admin.post(f"/-/proposals/{number}", **fields, action=deed)

    assert refused.status_code == 409 and "happened to this proposal meanwhile" in refused.text
    again = form(refused, f"form:has([value={deed}])") | {"reason": "non"}
    assert admin.post(f"/-/proposals/{number}", **again, action=deed).status_code == 303


def test_what_was_changed_first_is_not_accepted_either_and_is_kept(admin: Browser, browser: Browser, link: str) -> None:
    (number,) = numbers(admin)
    fields = form(admin.get(f"/-/proposals/{number}/edit"), "form[data-editor]") | {"text": "Elle commence tard.\n"}
    browser.post(link, action="answered", words="Attendez !")
    refused = admin.post(f"/-/proposals/{number}/edit", **fields, action="save")

    assert refused.status_code == 409 and "Elle commence tard." in refused.text
    fields |= {"seen": form(refused, "form[data-editor]")["seen"]}
    assert admin.post(f"/-/proposals/{number}/edit", **fields, action="save").status_code == 303
