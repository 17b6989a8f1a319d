"""Attacks on mails: who asks under another host chooses where no link of a mail leads, nor a line of its head."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from app.outbox.tables import mails
from app.station import Station
from app.web import visitor_form
from tests.web.hands import Browser, form
from tests.web.proposing import for_members
from tests.web.walking import enter, swift

pytestmark = pytest.mark.usefixtures("can_mail")

EVIL = {"Host": "evil.example", "Origin": "http://evil.example"}
EMAIL = "zoe@example.org"
BREAKS = "Zoé\r\nBcc: mallory@example.org\r\n\r\nZanzibar"


def all_mails(site: Station) -> list[tuple[str, str, str]]:
    """Give what each mail says: its whole row, its subject, its address."""
    with site.truth.connect() as connection:
        rows = connection.execute(select(mails)).all()
    return [(" ".join(map(str, row)), row.subject, row.to_address) for row in rows]


def ask_to_sign_in(browser: Browser, headers: dict[str, str], name: str) -> None:
    browser.post("/-/signin", headers, email=EMAIL, back=f"/{name}")


def invite(browser: Browser, headers: dict[str, str], name: str) -> None:
    browser.post("/-/people/invite", headers, email=EMAIL, group="", name=name)


def give_an_address(browser: Browser, headers: dict[str, str], name: str) -> None:
    browser.post("/-/me/email", headers, email="new@example.org", name=name)


def make_a_link_beside(browser: Browser, headers: dict[str, str], name: str) -> None:
    browser.post("/-/people/invite/link", headers, days="7", ceiling="2", name=name)


def comment(browser: Browser, headers: dict[str, str], name: str) -> None:
    _as_visitor(browser, "/-/comments/a", 'form:has([name="email"])', headers, name)


def propose(browser: Browser, headers: dict[str, str], name: str) -> None:
    _as_visitor(browser, "/-/propose/a", "form[data-editor]", headers, name)


def _as_visitor(browser: Browser, address: str, where: str, headers: dict[str, str], name: str) -> None:
    fields = form(browser.get(address), where)
    browser.post(
        address, headers, **(fields | {"author": name, "email": EMAIL, "text": "mots nouveaux", "action": "save"})
    )


DEEDS: list[tuple[str, Callable[[Browser, dict[str, str], str], None]]] = [
    ("", ask_to_sign_in), ("Nadia", invite), ("Nadia", give_an_address), ("Nadia", make_a_link_beside), ("", comment),
    ("", propose),
]  # fmt: skip


@pytest.fixture
def open_site(site: Station, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Station:
    """Give a site with a page that members write, and no time that a visitor has to take."""
    monkeypatch.setattr(visitor_form, "LEAST_SECONDS", 0)
    enter(app, site, "Nadia", is_admin=True).write("a", "mots\n")
    for_members(site)
    return site


@pytest.mark.parametrize(("who", "deed"), DEEDS)
def test_no_mail_leads_to_the_host_that_somebody_asked_under(
    app: Flask, open_site: Station, who: str, deed: Callable[[Browser, dict[str, str], str], None]
) -> None:
    browser = enter(app, open_site, who) if who else swift(app)
    deed(browser, EVIL, "Zoé")

    assert not [text for text, _, _ in all_mails(open_site) if "evil.example" in text]


@pytest.mark.parametrize(("who", "deed"), DEEDS)
def test_no_name_ends_a_line_in_the_head_of_a_mail(
    app: Flask, open_site: Station, who: str, deed: Callable[[Browser, dict[str, str], str], None]
) -> None:
    browser = enter(app, open_site, who) if who else swift(app)
    deed(browser, {}, BREAKS)

    for _, subject, to in all_mails(open_site):
        assert not {"\r", "\n"} & {*subject, *to} and "mallory" not in to


@pytest.mark.parametrize(("who", "deed"), [one for one in DEEDS if one[1] is not make_a_link_beside])
def test_the_mails_of_these_deeds_do_go_out_where_the_host_is_ours(
    app: Flask, open_site: Station, who: str, deed: Callable[[Browser, dict[str, str], str], None]
) -> None:
    browser = enter(app, open_site, who) if who else swift(app)
    deed(browser, {}, "Zoé")

    assert len(all_mails(open_site)) == 1
