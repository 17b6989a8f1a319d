"""The set-up wizard left open, or sent twice: it lets nobody in, ends once, and does not begin again."""

import time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.people import groups, tables
from app.station import Station
from app.web import setup
from tests.web.conftest import sign_in_again
from tests.web.hands import Browser
from tests.web.test_setup import first, new_site, owner, send  # noqa: F401 - fixtures

MAIL = {"smtp_host": "127.0.0.1", "smtp_port": "25", "smtp_security": "none", "mail_from": "gare@example.org"}


@pytest.mark.parametrize("typed", [{"email": "thief@example.org"}, {"email": "", "password": "un autre, plus long"}])
@pytest.mark.parametrize("first_typed", [{"email": "nadia@example.org"}, {"password": "dix lettres"}])
def test_a_wizard_left_open_changes_no_way_in(
    first: Browser,  # noqa: F811
    new_site: Station,  # noqa: F811
    first_typed: dict[str, str],
    typed: dict[str, str],
) -> None:
    new_site.store_settings(**MAIL)
    send(first, "2", name="Nadia", **({"email": "", "password": ""} | first_typed))
    before = owner(new_site)
    with new_site.truth.begin() as connection:
        connection.execute(update(tables.sessions).values(created_at=int(time.time()) - 3600))
    first.post("/-/setup/2", name="Nadia", **typed)

    assert owner(new_site) == before


def test_of_two_who_finish_at_once_one_does(
    app: Flask,
    first: Browser,  # noqa: F811
    new_site: Station,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    second = Browser(app.test_client())
    sign_in_again(second, new_site, owner(new_site).name)
    new_site.store_settings(set_up="4")
    bring = setup._bring_demo

    def meanwhile(*args: Any, **more: Any) -> None:
        monkeypatch.setattr(setup, "_bring_demo", bring)
        second.post("/-/setup/4", preset="small")

    monkeypatch.setattr(setup, "_bring_demo", meanwhile)
    late = first.post("/-/setup/4", preset="network")
    with new_site.truth.connect() as connection:
        made = groups.list_all(connection)

    assert late.headers["Location"] == "/-/admin/"
    assert (made, new_site.settings.get().comments, new_site.settings.get().set_up) == ([], "members", "")


@pytest.mark.parametrize("step", ["1", "2", "3"])
def test_a_screen_sent_too_late_does_not_begin_the_wizard_again(
    app: Flask,
    first: Browser,  # noqa: F811
    new_site: Station,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    send(first, "1", title="La vallée")
    known = new_site.settings.get()
    new_site.store_settings(set_up="")
    with monkeypatch.context() as patch:
        patch.setattr(setup, "_settings", lambda: known)
        first.post(f"/-/setup/{step}", title="La vallée", place="", lang="fr", name="Nadia", email="", action="next")

    assert new_site.settings.get().set_up == ""
