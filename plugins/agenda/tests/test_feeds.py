"""The next dates for news readers and search engines."""

import json
from typing import Any
from xml.etree import ElementTree

from app.catalog.editing import Edit
from app.people.authors import SYSTEM
from app.station import Station
from plugins.agenda.tests.year import FORM, LATER, MARK, NEXT, OPERATOR, save
from tests.web.hands import Browser, soup

ATOM = "{http://www.w3.org/2005/Atom}"


def graph(reader: Browser, address: str) -> list[dict[str, Any]]:
    answer = reader.get(address)
    assert answer.content_type == "application/ld+json"
    found: list[dict[str, Any]] = json.loads(answer.text)["@graph"]
    return found


def test_the_next_dates_are_entries_of_a_news_feed(reader: Browser) -> None:
    answer = reader.get("/agenda.atom")
    feed = ElementTree.fromstring(answer.data)
    titles = [entry.findtext(f"{ATOM}title", "") for entry in feed.iter(f"{ATOM}entry")]

    assert answer.mimetype == "application/atom+xml"
    assert [title.rpartition(" · ")[2] for title in titles] == [
        "Bal (cancelled)", "Chantier", "Fête du four", "Chantier (cancelled)", "Chantier", "Chantier",
    ]  # fmt: skip
    assert len({entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")}) == 6
    assert reader.get("/agenda.atom", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_news_feed_is_filtered_as_the_views_are(reader: Browser) -> None:
    feed = ElementTree.fromstring(reader.get("/agenda.atom?tag=pain").data)

    assert len(list(feed.iter(f"{ATOM}entry"))) == 1 and feed.findtext(f"{ATOM}title") == "Essai · pain"


def test_a_title_is_words_in_every_feed(site: Station, admin: Browser) -> None:
    text = f"---\nform: event\ntitle: {json.dumps(MARK)}\nplace: {{commune: {json.dumps(MARK)}}}\nwhen: {{start: {NEXT}}}\n---\n{MARK}"
    save(site, "agenda/2026/mark", text)
    feed = ElementTree.fromstring(admin.get("/agenda.atom").data)

    assert [tag.tag for tag in feed.iter() if "zq" in tag.tag] == []
    assert [one for one in graph(admin, "/agenda/2026/mark.jsonld") if one["name"] == MARK]
    assert not soup(admin.get("/agenda/subscribe?q=<zq onload=zq>")).select("zq")


def test_search_engines_are_told_the_next_dates(reader: Browser) -> None:
    found = graph(reader, "/agenda.jsonld")
    feast = next(one for one in found if one["name"] == "Fête du four")

    assert len(found) == 6 and {one["@type"] for one in found} == {"Event"}
    assert str(feast["startDate"]).startswith(f"{NEXT}T18:00+0")
    assert feast["location"] == {
        "@type": "Place", "name": "Valcrozette", "address": "Valcrozette",
        "geo": {"@type": "GeoCoordinates", "latitude": 44.5, "longitude": 3.25},
    }  # fmt: skip
    assert feast["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert feast["description"] == "Apportez du bois."


def test_an_event_tells_its_dates_and_which_one_is_cancelled(reader: Browser) -> None:
    found = graph(reader, "/agenda/2026/chantier.jsonld")

    assert [str(one["eventStatus"]).rpartition("/")[2] for one in found] == [
        "EventScheduled", "EventCancelled", "EventScheduled", "EventScheduled",
    ]  # fmt: skip
    assert found[1]["@id"] == f"http://localhost/agenda/2026/chantier#{LATER}"
    assert found[1]["superEvent"] == {
        "@type": "EventSeries", "@id": "http://localhost/agenda/2026/chantier", "url": "http://localhost/agenda/2026/chantier",
    }  # fmt: skip


def test_an_event_tells_what_it_is_who_makes_it_and_where_one_joins(site: Station, admin: Browser) -> None:
    fields = "  - {name: organiser, type: text, label: Who}\n  - {name: online, type: link, label: Link}\n"
    base = site.door.find(OPERATOR, "_forms/event").revision
    more = f"{fields}  - {{name: images, type: images, label: Pictures}}\n"
    site.door.save(OPERATOR, Edit("_forms/event", FORM + more, base, SYSTEM))
    told = "organiser: Mairie\nonline: https://visio.example/a\nimages: [{file: four.jpg}]\n"
    for name, where in (("loin", ""), ("ici", "place: {commune: Vallon}\n")):
        text = f"---\nform: event\ntitle: {name}\nwhen: {{start: {NEXT}}}\n{told}{where}---\nOn **parle**.\n\n{'Et on chante. ' * 40}"
        save(site, f"agenda/2026/{name}", text)
    (afar,), (here,) = (graph(admin, f"/agenda/2026/{name}.jsonld") for name in ("loin", "ici"))

    assert str(afar["description"]).startswith("On parle. Et on chante.") and len(str(afar["description"])) <= 300
    assert afar["organizer"] == {"@type": "Organization", "name": "Mairie"}
    assert afar["image"] == "http://localhost/-/files/agenda/2026/loin/four.jpg"
    assert afar["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert afar["location"] == {"@type": "VirtualLocation", "url": "https://visio.example/a"}
    assert here["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [one["@type"] for one in here["location"]] == ["Place", "VirtualLocation"]


def test_an_event_of_which_little_is_said_tells_no_more(reader: Browser) -> None:
    (ball,) = [one for one in graph(reader, "/agenda.jsonld") if one["name"] == "Bal"]

    assert {"organizer", "image", "location", "eventAttendanceMode"}.isdisjoint(ball)
    assert ball["description"] == "Salle fermée"


def test_the_api_lists_dates_with_filters(reader: Browser) -> None:
    answer = reader.get(f"/-/api/v1/events?from={NEXT}&to={LATER}&where=tags:jardin").get_json()

    assert answer["total"] == 2
    assert [(one["title"], one["original"], one["status"], one["reason"]) for one in answer["events"]] == [
        ("Chantier", str(NEXT), "confirmed", ""), ("Chantier", str(LATER), "cancelled", "Pluie"),
    ]  # fmt: skip


def test_the_api_gives_whole_days_as_days(reader: Browser) -> None:
    answer = reader.get("/-/api/v1/events?q=bal").get_json()

    assert [(one["start"], one["end"], one["all_day"]) for one in answer["events"]] == [(str(NEXT), str(NEXT), True)]


def test_the_api_refuses_days_that_are_none(reader: Browser) -> None:
    assert [reader.get(f"/-/api/v1/events?from={day}").status_code for day in ("0001-01-01", "x", "9999-12-31")] == [
        422
    ] * 3
