"""The page on which a list gets its mailbox: who may, what is kept, what is never shown."""

from flask import Flask

from app.station import Station
from plugins.archive import mailboxes, spool
from plugins.archive.door import door_of
from plugins.archive.lists import find
from plugins.archive.mailbox_views import _is_outside
from plugins.archive.mailboxes import Mailbox
from tests.web.conftest import sign_in
from tests.web.hands import Browser

PAGE = "/listes/vallee/manage/mailbox"
TYPED = {"host": "localhost", "security": "none", "username": "liste", "password": "tres-secret"}


def _keep(admin: Browser, site: Station, **more: str) -> Mailbox | None:
    admin.post(PAGE, **TYPED | more)
    list_ = find(site.truth, "vallee")
    assert list_
    return mailboxes.find(door_of(site).archive, list_.id)


def test_a_mailbox_is_kept_and_its_password_never_shown(admin: Browser, site: Station) -> None:
    box = _keep(admin, site)
    shown = admin.get(PAGE).text

    assert box is not None
    assert box.place == ("localhost", 143, "none", "liste", "INBOX")
    assert "localhost" in shown
    assert "tres-secret" not in shown


def test_wrong_answers_are_said_and_not_kept(admin: Browser, site: Station) -> None:
    refused = admin.post(PAGE, **TYPED | {"host": "imap.example.org", "port": "25"})

    assert refused.status_code == 400
    assert "Type 143 or 993, or leave this empty." in refused.text
    assert "only a mail server on this machine" in refused.text


def test_a_removed_mailbox_takes_its_password_along(admin: Browser, site: Station) -> None:
    box = _keep(admin, site)
    admin.post(PAGE, action="remove")

    assert box is not None
    assert mailboxes.find(door_of(site).archive, box.list_id) is None
    assert mailboxes.password_of(door_of(site).archive, box.list_id) == ""


def test_who_does_not_look_after_the_list_is_refused(app: Flask, site: Station) -> None:
    member = sign_in(app, site, "Idris", is_admin=False)

    assert member.get(PAGE).status_code == 403
    assert member.post(PAGE, **TYPED).status_code == 403


def test_a_form_without_its_proof_changes_nothing(admin: Browser, site: Station) -> None:
    refused = admin.client.post(PAGE, data=TYPED, headers={"Origin": "http://localhost"})
    list_ = find(site.truth, "vallee")

    assert refused.status_code in (400, 403)
    assert list_ is not None
    assert mailboxes.find(door_of(site).archive, list_.id) is None


def test_mails_that_failed_are_listed_with_the_reason(admin: Browser, site: Station) -> None:
    list_ = find(site.truth, "vallee")
    assert list_
    spool._note(spool.put(door_of(site).archive, list_, b"x"), "The disk is full.")

    assert "The disk is full." in admin.get(PAGE).text


def test_a_machine_of_the_house_is_not_of_the_internet() -> None:
    assert not _is_outside(Mailbox(1, "127.0.0.1", 143, "none", "a"))
    assert not _is_outside(Mailbox(1, "10.0.0.1", 993, "tls", "a"))
