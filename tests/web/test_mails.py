"""The page of mails that wait: for administrators, without the words; what is on it can be thrown away or tried again."""

from pathlib import Path

import pytest

from app.outbox import mails
from app.outbox.mails import Mail
from app.outbox.tables import mails as table
from app.people import acts
from app.station import Station
from tests.web.hands import Browser, notices, soup

PAGE = "/-/admin/mails"


def _put(site: Station, to: str = "nadia@example.org", **more: str) -> int:
    mail = {"subject": "La réunion", "text": "Le secret de la réunion.", "kind": "digest"} | more
    with site.truth.begin() as connection:
        return mails.queue(connection, Mail(to, **mail))


def _fail(site: Station, mail_id: int, words: str = "550 No such user") -> None:
    with site.truth.begin() as connection:
        connection.execute(table.update().where(table.c.id == mail_id).values(failed_at=1, error=words, tries=1))


def _waiting(site: Station) -> list[mails.Queued]:
    with site.truth.connect() as connection:
        return mails.list_unsent(connection, 10)


def test_without_a_mail_server_every_mail_is_listed(admin: Browser, site: Station) -> None:
    _put(site, "idris@example.org")
    _put(site, "zoe@example.org")
    shown = soup(admin.get(PAGE)).text

    assert "no mail server is set" in shown
    assert all(word in shown for word in ("idris@example.org", "zoe@example.org", "La réunion"))


def test_the_words_of_a_mail_are_shown_to_nobody(admin: Browser, site: Station) -> None:
    _put(site, html="<p>Le secret</p>")
    _put(
        site, kind="signin", subject="123456 is your code", text="https://wiki.example.org/-/signin?token=k7q2\n123456"
    )
    shown = admin.get(PAGE).text

    assert "About signing in" in shown
    assert [word for word in ("secret", "123456", "k7q2") if word in shown] == []


def test_a_mail_that_failed_says_why_and_can_be_tried_again(admin: Browser, site: Station) -> None:
    mail_id = _put(site)
    _fail(site, mail_id)
    shown = soup(admin.get(PAGE)).text
    answer = admin.post(PAGE, id=str(mail_id), action="again")

    assert "It could not be sent. 550 No such user" in " ".join(shown.split())
    assert answer.status_code == 303
    assert [(mail.failed_at, mail.tries) for mail in _waiting(site)] == [(None, 0)]


def test_what_a_mail_server_says_is_no_markup(admin: Browser, site: Station) -> None:
    _fail(site, _put(site, subject="<i>x</i>"), "550 <script>alert(1)</script>")

    assert soup(admin.get(PAGE)).select("main script, main i") == []


def test_a_mail_can_be_thrown_away_and_the_log_says_who_did(admin: Browser, site: Station) -> None:
    mail_id = _put(site)
    admin.post(PAGE, id=str(mail_id), action="drop")
    with site.truth.connect() as connection:
        noted = acts.list_acts(connection)

    assert _waiting(site) == []
    assert [act.what for act in noted] == ["dropped-mail"]
    assert "nadia" not in repr(noted)


@pytest.mark.parametrize("number", ["0", "", "x", "-1", "9" * 30, "²"])
@pytest.mark.parametrize("action", ["drop", "again", "", "evil"])
def test_a_mail_that_is_not_there_changes_nothing(admin: Browser, site: Station, number: str, action: str) -> None:
    _put(site)
    admin.post(PAGE, id=number, action=action)

    assert notices(admin.get(PAGE)) == ["Nothing was done: this mail has gone out, or goes out now."]
    assert len(_waiting(site)) == 1


@pytest.mark.parametrize("who", ["browser", "member"])
def test_the_page_is_for_administrators(request: pytest.FixtureRequest, site: Station, who: str) -> None:
    visitor: Browser = request.getfixturevalue(who)
    mail_id = _put(site)

    assert visitor.get(PAGE).status_code == 403
    assert visitor.post(PAGE, id=str(mail_id), action="drop").status_code == 403
    assert len(_waiting(site)) == 1


def test_a_page_without_mails_says_so_and_is_linked_from_the_settings(admin: Browser) -> None:
    assert "No mail waits here." in soup(admin.get(PAGE)).text
    assert PAGE in [link["href"] for link in soup(admin.get("/-/admin/")).select("main a")]


@pytest.fixture
def mail_server(instance: Path) -> None:
    """Name a mail server in the settings, before the site is opened."""
    with (instance / "gare.toml").open("a") as settings:
        settings.write('smtp_host = "127.0.0.1"\nmail_from = "gare@example.org"\n')


@pytest.mark.usefixtures("mail_server")
def test_a_site_with_a_mail_server_asks_for_none(admin: Browser) -> None:
    assert "no mail server is set" not in soup(admin.get(PAGE)).text


def test_a_failed_mail_to_sign_in_with_offers_no_other_try(admin: Browser, site: Station) -> None:
    mail_id = _put(site, kind="signin")
    _fail(site, mail_id)
    form = soup(admin.get(PAGE)).select_one("main li form")

    assert [button["value"] for button in form.select("button")] == ["drop"]
