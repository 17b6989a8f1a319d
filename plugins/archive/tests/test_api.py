"""Discussions over the API: who may read what, and what programs are given."""

from flask import Flask

from app.people import accounts, tokens
from app.station import Station
from plugins.archive import lists
from plugins.archive.tests.small_list import code
from tests.web.hands import Browser

API = "/-/api/v1/threads"


def key(site: Station) -> dict[str, str]:
    with site.truth.begin() as connection:
        made = accounts.add(connection, "Samia", is_admin=False)
        return {"Authorization": f"Bearer {tokens.make(connection, made.id, 'essai', may_write=False)}"}


def close(site: Station) -> None:
    found = lists.find(site.truth, "vallee")
    assert found is not None
    lists.change(site.truth, found, audience="members")


def test_threads_are_listed_the_latest_first(reader: Browser) -> None:
    found = reader.get(API).json

    assert [one["last"] for one in found["threads"]] == sorted((one["last"] for one in found["threads"]), reverse=True)
    assert not found["more"]


def test_thread_has_its_messages(reader: Browser) -> None:
    found = reader.get(f"{API}/vallee/{code(1)}").json

    assert found["messages"] == len(found["content"])
    assert "allumer le four" in found["content"][0]["text"]


def test_addresses_of_people_are_not_given_to_everybody(app: Flask, site: Station) -> None:
    client = app.test_client()
    shown = client.get(API).json["threads"]
    places = [f"{API}/vallee/{one['code']}" for one in shown]

    assert not any("@vallee.example" in client.get(place).text for place in places)
    assert any("@vallee.example" in client.get(place, headers=key(site)).text for place in places[:1] + places)


def test_closed_list_is_nowhere_without_a_key(app: Flask, site: Station) -> None:
    close(site)
    client = app.test_client()

    assert client.get(API).json["threads"] == []
    assert client.get(f"{API}/vallee/{code(1)}").status_code == 404
    assert client.get(f"{API}?list=vallee").status_code == 404
    assert client.get(API, headers=key(site)).json["threads"] != []


def test_nothing_is_given_while_the_plugin_is_off(app: Flask, site: Station) -> None:
    site.hooks.is_on = lambda one: one.name != "archive"  # type: ignore[method-assign]

    assert app.test_client().get(API).status_code == 404
