"""A session that ends while somebody writes: the text is shown again, and one more press saves it."""

import pytest
from werkzeug.test import TestResponse

from app.people import accounts
from app.station import Station
from tests.web.hands import Browser, content, edit_address, errors, fields_of, form, one, soup, textarea


def sign_in_again(site: Station, browser: Browser) -> None:
    """Sign Idris in in another window of the same browser."""
    with site.truth.begin() as connection:
        account = accounts.find_named(connection, "Idris")
        assert account
        secret = accounts.make_link(connection, account.id)
    browser._proof.clear()
    assert send(browser, "/-/signin", {"token": secret}).status_code == 303


def send(browser: Browser, address: str, fields: dict[str, str]) -> TestResponse:
    """Send a form as it stands in the page, without the token of now."""
    return browser.client.post(address, data=fields, headers={"Origin": "http://localhost"})


def end_session(site: Station) -> None:
    with site.truth.begin() as connection:
        account = accounts.find_named(connection, "Idris")
        assert account
        accounts.shut_doors(connection, account.id)


@pytest.mark.parametrize("reading", ["public", "members"])
@pytest.mark.parametrize("path", ["compost", "fete-du-pain"])
def test_a_text_survives_the_end_of_the_session(site: Station, member: Browser, reading: str, path: str) -> None:
    site.store_settings(reading=reading, writing="members")
    member.write("compost", "---\ntitle: Le compost\n---\n\navant\n")
    fields = form(member.get(edit_address(path)), "form[data-editor]") | {"text": "des mots longs\n"}
    end_session(site)

    refused = send(member, edit_address(path), fields)
    link = one(refused, "main a[target=_blank]")
    sign_in_again(site, member)
    again = send(member, edit_address(path), form(refused, "form[data-editor]"))
    saved = send(member, edit_address(path), form(again, "form[data-editor]"))

    assert (refused.status_code, textarea(refused)) == (403, "des mots longs\n")
    assert (link["href"], link["rel"]) == ("/-/signin", ["noopener"])
    assert errors(refused) == ["You are not signed in any more. Your text is here, and not saved yet."]
    assert (again.status_code, textarea(again)) == (400, "des mots longs\n")
    assert saved.status_code == 303
    assert content(member.get(f"/{path}")).text.strip() == "des mots longs"


def test_a_form_of_the_session_before_is_shown_again_with_the_token_of_now(site: Station, member: Browser) -> None:
    site.store_settings(writing="members")
    fields = form(member.get(edit_address("compost")), "form[data-editor]") | {"text": "des mots\n"}
    end_session(site)
    sign_in_again(site, member)

    again = send(member, edit_address("compost"), fields)
    saved = send(member, edit_address("compost"), form(again, "form[data-editor]"))

    assert (again.status_code, saved.status_code) == (400, 303)


def test_a_part_of_a_page_stays_a_part(site: Station, member: Browser) -> None:
    site.store_settings(writing="members")
    member.write("compost", "avant\n\n## Un\n\nmot un\n")
    address = f"{edit_address('compost')}?section=1"
    fields = form(member.get(address), "form[data-editor]") | {"text": "## Un\n\nmot deux\n"}
    end_session(site)

    refused = send(member, address, fields)
    target = str(one(refused, "form[data-editor]")["action"])
    sign_in_again(site, member)
    again = send(member, target, form(refused, "form[data-editor]"))
    send(member, target, form(again, "form[data-editor]"))

    assert member.typed("compost").endswith("avant\n\n## Un\n\nmot deux\n")


def test_the_choices_of_a_conflict_lead_to_the_editor_with_the_text(site: Station, member: Browser) -> None:
    site.store_settings(writing="members")
    member.write("a", "un\n")
    base = member.base("a")
    member.write("a", "deux\n")
    conflict = member.post(edit_address("a"), text="trois\n", base=base)
    end_session(site)

    refused = send(member, edit_address("a"), fields_of(soup(conflict).select_one("form[data-saves-draft]")))

    assert (conflict.status_code, refused.status_code) == (409, 403)
    assert textarea(refused) == "trois\n"


def test_the_title_of_a_new_page_is_kept(site: Station, member: Browser) -> None:
    site.store_settings(reading="members", writing="members")
    end_session(site)

    refused = send(member, "/-/new", {"title": "Fête du pain", "folder": "", "template": ""})

    assert refused.status_code == 403
    assert one(refused, "input[name=title]")["value"] == "Fête du pain"


def test_a_form_of_another_site_is_refused_and_not_shown(site: Station, member: Browser) -> None:
    site.store_settings(writing="members")

    response = member.client.post(edit_address("a"), data={"text": "pris"}, headers={"Origin": "https://evil.example"})

    assert response.status_code == 403
    assert "pris" not in response.text


def test_a_comment_survives_signing_in_again(site: Station, member: Browser) -> None:
    site.store_settings(writing="members")
    member.write("compost", "mots\n")
    end_session(site)
    sign_in_again(site, member)

    again = send(member, "/-/comments/compost", {"text": "Quand ?"})

    assert (again.status_code, textarea(again)) == (400, "Quand ?")
