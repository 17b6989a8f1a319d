"""The mail server as administrators choose it in the browser."""

import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.config import PASSWORD_FILE
from app.outbox import sending
from app.outbox import server as server_module
from app.outbox.mails import Mail, queue
from app.people import accounts
from app.station import Station
from tests.outbox.conftest import Postman, Server, closed_port, postman, server  # noqa: F401 - fixtures
from tests.web.conftest import sign_in
from tests.web.hands import Browser, errors, soup
from tests.web.mailed import MAIL_SETTINGS, last_letter

ADDRESS = "/-/admin/mail-server"
SECRET = "sesame-ouvre-toi"


@pytest.fixture
def choose(
    admin: Browser,
    server: Server,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., TestResponse]:
    """Give a function that sends the form, for the server of the tests, which may use the port that it drew."""
    monkeypatch.setattr("app.outbox.server.OTHER_PORT", server.port)

    def send(**typed: str) -> TestResponse:
        usual = {"host": "127.0.0.1", "port": str(server.port), "security": "none", "sender": "gare@example.org"}
        return admin.post(ADDRESS, **(usual | {"to": "nadia@example.org"} | typed))

    return send


def password_file(site: Station) -> Path:
    return site.config.instance / PASSWORD_FILE


def test_mails_that_waited_go_out_through_the_server_that_was_chosen(
    site: Station,
    choose: Callable[..., TestResponse],
    postman: Postman,  # noqa: F811
) -> None:
    with site.truth.begin() as connection:
        queue(connection, Mail("idris@example.org", "Bonjour", "Un mot.\n"))
    assert choose().status_code == 303
    sending.send_due(site.truth, site.mail_config, site.settings.get())

    assert postman.addressees == ["nadia@example.org", "idris@example.org"]
    assert [envelope.mail_from for envelope in postman.envelopes] == ["gare@example.org"] * 2


def test_the_password_is_kept_in_its_own_file_and_shown_to_nobody(
    site: Station,
    admin: Browser,
    choose: Callable[..., TestResponse],
    postman: Postman,  # noqa: F811
) -> None:
    choose(user="gare", password=SECRET)

    assert postman.logins[0].password == SECRET.encode()
    assert password_file(site).read_text() == SECRET
    assert stat.S_IMODE(password_file(site).stat().st_mode) == 0o600
    assert SECRET not in admin.get(ADDRESS).text + repr(site.settings.get())


def test_nothing_is_kept_of_a_server_that_takes_no_message(
    site: Station,
    choose: Callable[..., TestResponse],
    postman: Postman,  # noqa: F811
) -> None:
    before = site.settings.get()
    postman.at_rcpt = lambda _address: "550 5.1.1 No such user"
    refused = choose(user="gare", password=SECRET)

    assert (refused.status_code, errors(refused)) == (
        400, ["The mail server does not take our mail: 550 5.1.1 No such user"],
    )  # fmt: skip
    assert site.settings.get() == before and not password_file(site).exists()
    assert SECRET not in refused.text and soup(refused).select_one("[name=user]")["value"] == "gare"


def test_the_password_that_is_kept_is_told_to_no_other_server(
    choose: Callable[..., TestResponse],
    postman: Postman,  # noqa: F811
) -> None:
    choose(user="gare", password=SECRET)
    same, other = choose(user="gare"), choose(user="gare", host="localhost")

    assert (same.status_code, other.status_code) == (303, 400)
    assert errors(other) == ["Type the password that belongs to this name."]
    assert len(postman.messages) == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"host": ""}, "host"),
        ({"host": "smtp example"}, "host"),
        ({"host": "smtp.example.org"}, "security"),
        ({"security": "ssl"}, "security"),
        ({"port": "0"}, "port"),
        ({"port": "²"}, "port"),
        ({"port": "99999"}, "port"),
        ({"sender": "Gare <gare@example.org>"}, "sender"),
        ({"sender": "gare@example.org\r\nBcc: x@example.org"}, "sender"),
        ({"to": "nobody"}, "to"),
        ({"user": "gare"}, "password"),
        ({"user": "é"}, "user"),
        ({"user": "gare", "password": "é"}, "password"),
        ({"user": "gare", "password": "x" * 501}, "password"),
    ],
)
def test_a_wrong_field_is_named_and_no_server_is_asked(
    choose: Callable[..., TestResponse],
    postman: Postman,  # noqa: F811
    typed: dict[str, str],
    field: str,
) -> None:
    response = choose(**typed)

    assert response.status_code == 400
    assert soup(response).select(f"#gc-errors a[href='#gc-field-{field}']")
    assert not postman.messages and not postman.logins


def test_a_server_that_does_not_answer_is_said(
    choose: Callable[..., TestResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.outbox.server.OTHER_PORT", closed_port())
    said = errors(choose(port=str(server_module.OTHER_PORT)))

    assert said == ["Nobody answers at this address. Check the name and the port."]


def test_a_port_that_no_mail_server_has_is_not_tried(choose: Callable[..., TestResponse]) -> None:
    refused = choose(port=str(closed_port()))

    assert errors(refused) == ["Type 25, 465, 587 or 2525, or leave this empty."]


def test_the_port_of_gare_toml_may_be_chosen(
    instance: Path,
    make_app: Callable[[], Flask],
    server: Server,  # noqa: F811
    postman: Postman,  # noqa: F811
) -> None:
    with (instance / "gare.toml").open("a") as settings:
        settings.write(f"smtp_port = {server.port}\n")
    app = make_app()
    admin = sign_in(app, app.extensions["gare"], "Nadia", is_admin=True)
    typed = {"host": "127.0.0.1", "port": str(server.port), "security": "none", "sender": "gare@example.org"}

    assert admin.post(ADDRESS, to="nadia@example.org", **typed).status_code == 303
    assert postman.addressees == ["nadia@example.org"]


def test_what_stands_in_the_settings_file_wins(instance: Path, make_app: Callable[[], Flask]) -> None:
    with (instance / "gare.toml").open("a") as settings:
        settings.write(MAIL_SETTINGS + f"smtp_port = {closed_port()}\nsmtp_security = 'none'\n")
    app = make_app()
    site: Station = app.extensions["gare"]
    admin = sign_in(app, site, "Nadia", is_admin=True)
    response = admin.post(ADDRESS, host="127.0.0.1", security="none", sender="x@example.org", to="nadia@example.org")

    assert not soup(admin.get(ADDRESS)).select("[name=host], [name=password]")
    assert response.status_code == 400 and site.mail_config == site.config
    assert site.settings.get().smtp_host == ""


def test_only_administrators_choose_a_mail_server(member: Browser, browser: Browser) -> None:
    assert [who.get(ADDRESS).status_code for who in (member, browser)] == [403, 403]
    assert [who.post(ADDRESS, host="127.0.0.1").status_code for who in (member, browser)] == [403, 403]


def test_links_in_mails_begin_with_the_address_that_was_typed(
    site: Station,
    browser: Browser,
    choose: Callable[..., TestResponse],
    postman: Postman,  # noqa: F811
) -> None:
    choose(public="wiki.example.org/gare/")
    with site.truth.begin() as connection:
        accounts.add(connection, "Zoé", is_admin=False, email="zoe@example.org")
    browser.post(
        "/-/signin", email="zoe@example.org", headers={"Host": "evil.example", "Origin": "http://evil.example"}
    )

    assert postman.addressees and last_letter(site).links[0].startswith("https://wiki.example.org/gare/-/signin?")


@pytest.mark.parametrize(
    "typed", ["wiki exemple", "javascript://alert(1)", "https://wiki.example.org/?a=1", "https://a b"]
)
def test_an_address_that_is_none_is_refused(
    site: Station,
    choose: Callable[..., TestResponse],
    postman: Postman,  # noqa: F811
    typed: str,
) -> None:
    refused = choose(public=typed)

    assert errors(refused) == ["Type an address such as wiki.example.org."]
    assert (site.settings.get().address, postman.envelopes) == ("", [])


def test_the_address_of_gare_toml_is_not_asked_for(app: Flask, admin: Browser, site: Station) -> None:
    app.extensions["gare"] = replace(site, config=replace(site.config, address="https://wiki.example.org"))

    assert soup(admin.get(ADDRESS)).select_one("[name=public]") is None
    app.extensions["gare"] = site
