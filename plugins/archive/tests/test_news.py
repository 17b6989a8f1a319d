"""What the home page says of lists among what is new."""

from flask import Flask

from app.people.viewer import ANONYMOUS
from app.station import Station
from plugins.archive import lists


def news(app: Flask, limit: int = 3) -> list[str]:
    [(_, give)] = [one for one in app.extensions["gare"].hooks.arrivals if one[0].name == "archive"]
    with app.test_request_context("/"):
        found = give(ANONYMOUS, limit)
    assert all(one.word == "Discussion" and one.address.startswith("/listes/") for one in found)
    return [one.title for one in found]


def test_the_latest_discussions_are_news(listed: Flask) -> None:
    found = news(listed)

    assert len(found) == 3 and found == news(listed, 5)[:3]


def test_discussions_of_a_closed_list_are_no_news_for_others(app: Flask, site: Station) -> None:
    for one in lists.load(site.truth):
        lists.change(site.truth, one, audience="members")

    assert news(app) == []
