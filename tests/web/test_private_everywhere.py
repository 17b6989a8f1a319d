"""What a form calls private stands at no address for those who may not read it, nor in git, whatever is asked."""

import pytest
from flask import Flask

from app.station import Station
from tests.web.conftest import sign_in_again
from tests.web.hands import Browser, follow_search
from tests.web.life_hands import referent
from tests.web.record_hands import ADMIN, fill_in, make_form, open_form
from tests.web.record_hands import MILL as MILL_FORM
from tests.web.walking import addresses, swift

MILL = "patrimoine/m/moulin-du-pont"
SECRETS = ("Zanzibarowner", "zanzibar@example.org", "44.512345")


@pytest.fixture(autouse=True)
def _record(site: Station, admin: Browser) -> None:
    open_form(site, moderated="no")
    fill_in(
        admin, site, "/-/record/new/mill", title="Moulin du Pont", owner=SECRETS[0], contact=SECRETS[1],
        place__commune="Vallée", place__lat=SECRETS[2], place__lon="4.498765", place__precision="blurred",
    )  # fmt: skip
    follow_search(site)


def told(browser: Browser, app: Flask, site: Station) -> set[str]:
    """Ask for every address, in the words of this record; gives those that tell a secret."""
    page_id = site.door.find(ADMIN, MILL).id or ""
    said = set()
    for address in addresses(app, "GET", path=MILL, form="mill", name="mill", id=page_id, page_id=page_id):
        if "signout" in address:
            continue
        text = browser.get(address, headers={"Accept": "*/*"}).get_data(as_text=False).decode("utf-8", "replace")
        said |= {address} if any(secret in text for secret in SECRETS) else set()
    return said


def test_nobody_is_told_who_has_not_signed_in(app: Flask, site: Station) -> None:
    assert told(swift(app), app, site) == set()


def test_no_member_is_told(member: Browser, app: Flask, site: Station) -> None:
    assert told(member, app, site) == set()


def test_an_administrator_finds_it_in_the_form(admin: Browser, app: Flask, site: Station) -> None:
    found = told(admin, app, site)

    assert f"/-/record/edit/{MILL}" in found and f"/-/source/{MILL}" not in found


def test_git_never_knows(site: Station) -> None:
    blobs = [
        change.blob for commit in site.wiki.store.log(None, site.wiki.store.tip() or "") for change in commit.files
    ]
    texts = [site.wiki.store.read_blob(blob).decode("utf-8", "replace") for blob in blobs if blob]

    assert not [secret for secret in SECRETS for text in texts if secret in text]


def test_no_referent_reads_it_by_moving_the_record_to_a_folder_of_his_own(member: Browser, site: Station) -> None:
    referent(site, "Idris", "jardin")
    sign_in_again(member, site, "Idris")
    moved = [member.post(f"/-/rename/{MILL}", to=to, **more).status_code for to, more in (
        ("jardin/moulin", {}), ("ailleurs/moulin", {}),
    )]  # fmt: skip
    there = member.post("/-/rename/ailleurs/moulin", to="jardin/moulin")

    assert [*moved, there.status_code] == [403, 303, 403] and "Ask those who look after" in there.text


def test_no_member_reads_it_by_letting_the_record_follow_another_form(member: Browser, site: Station) -> None:
    opened = MILL_FORM.replace("readers: admins", "readers: members").replace("moderated: yes", "moderated: no")
    make_form(site, opened.replace("type: contact", "type: text, readers: members"), "other")
    text = site.door.text(ADMIN, MILL)[1].replace("form: mill", "form: other")
    sent = member.post(f"/-/edit/{MILL}", text=text, base=site.door.find(ADMIN, MILL).revision, author="Idris")

    assert sent.status_code == 303 and site.door.record(ADMIN, MILL).form == "mill"
    assert not [secret for secret in SECRETS if secret in member.get(f"/{MILL}").text]
