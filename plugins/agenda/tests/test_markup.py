"""Nobody's words become markup: typed into every field of an event, looked at in every view, feed and file."""

import json
from pathlib import Path
from xml.etree import ElementTree

import icalendar
import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.catalog.editing import Edit
from app.people.authors import SYSTEM
from app.station import Station
from app.wiki import frontmatter
from app.wiki.page import fold
from app.wiki.yaml_text import Value
from plugins.agenda.tests.year import LATER, NEXT, OPERATOR, save
from tests.web.conftest import sign_in
from tests.web.hands import Browser, soup

FORM = Path(__file__).parents[1] / "forms" / "event.yaml"
ATTACKS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{agenda}}", "[x](javascript:alert(1))",
)  # fmt: skip
PARTS = ("title", "address", "postcode", "commune", "organiser", "tag", "alt", "author", "licence", "reason", "body")
PARTS_OF_DATE = ("other", "where", "note", "why")
OF_SIGNUP = ("role", "tool", "name")
ONCE, SERIES = "agenda/2026/piege", "agenda/2026/pieges"
DAY = f"?day={NEXT}"
WITH_BLOCK = ("/board", f"/{ONCE}", f"/{SERIES}", f"/agenda/poster/{ONCE}", f"/agenda/poster/{SERIES}{DAY}")
PAGES = (
    *WITH_BLOCK, "/agenda/", f"/agenda/?view=month&month={NEXT:%Y-%m}", f"/agenda/?view=week&day={NEXT}",
    f"/agenda/?view=day&day={NEXT}", "/agenda/?view=map", "/agenda/embed", f"/agenda/?paper=month&month={NEXT:%Y-%m}",
    "/agenda/?paper=list", f"/-/date/{SERIES}{DAY}", f"/-/answers/{SERIES}{DAY}", f"/-/answer/behalf/{SERIES}{DAY}",
    f"/-/record/edit/{SERIES}", f"/-/duplicate/{SERIES}", f"/-/dates/later/{SERIES}?day={LATER}",
    f"/-/answer/sheet/{SERIES}{DAY}", f"/-/answer/quick/{SERIES}{DAY}", f"/-/answer/attendance/{SERIES}{DAY}",
    "/-/me/answers",
)  # fmt: skip


def typed(part: str) -> str:
    """Give what is typed into a field: all of them, and a word by which it is known again."""
    return f"{' '.join(ATTACKS)} zq{part}"


def each(part: str) -> list[str]:
    """Give them one by one, for what is short."""
    return [f"{attack} zq{part}" for attack in ATTACKS]


def event(dates: dict[str, Value]) -> str:
    """Write the page of an event."""
    place: Value = {name: typed(name) for name in ("address", "postcode", "commune")} | {"lat": "44.5", "lon": "3.25"}
    signup: Value = {"open": "yes", "meal": "yes", "seats": "yes", "tools": [*each("tool")],
                     "roles": [{"name": one} for one in each("role")]}  # fmt: skip
    image: Value = {"file": "x.png"} | {name: typed(name) for name in ("alt", "author", "licence")}
    said: dict[str, Value] = {
        "form": "event", "title": typed("title"), "place": place, "organiser": typed("organiser"), "signup": signup,
        "online": "javascript:alert(1)", "tags": [*each("tag")], "images": [image],
    }  # fmt: skip
    return frontmatter.rewrite("\n\n".join([typed("body"), *ATTACKS, ""]), said | dates)


@pytest.fixture(scope="module")
def looking(changed: Flask) -> Browser:
    """Give the browser of an administrator on a site with two such events, about which people answered so, too."""
    site: Station = changed.extensions["gare"]
    base = site.door.find(OPERATOR, "_forms/event").revision
    site.door.save(OPERATOR, Edit("_forms/event", FORM.read_text(encoding="utf-8"), base, SYSTEM))
    changes: Value = {
        str(NEXT): {"title": typed("other"), "place": typed("where"), "note": typed("note")},
        str(LATER): {"cancelled": "yes", "reason": typed("why")},
    }
    again: Value = {"start": f"{NEXT}T14:00", "end": f"{NEXT}T15:00", "rule": "FREQ=WEEKLY;COUNT=3", "changes": changes}
    once: Value = {"start": f"{NEXT}T09:00", "end": f"{NEXT}T10:00"}
    save(site, SERIES, event({"when": again}))
    save(site, ONCE, event({"when": once, "status": "cancelled", "reason": typed("reason")}))
    save(site, "board", "{{agenda}}\n")
    admin = sign_in(changed, site, "Nadia", is_admin=True)
    answer(admin)
    return admin


def answer(browser: Browser) -> None:
    """Say that one comes, and write down others."""
    day, more = str(NEXT), {"value": "yes", "people": "1", "comment": typed("comment")}
    tools = [fold(one) for one in each("tool")]
    responses = [browser.post(f"/-/answers/{SERIES}", day=day, bring=tools, borrow=tools, **more)]
    for name, role in zip(each("name"), each("role"), strict=True):
        who = {"name": name, "channel": "phone", "role": fold(role)}
        responses.append(browser.post(f"/-/answer/behalf/{SERIES}", day=day, **who, **more))
    assert [response.status_code for response in responses] == [303] * 5


def markup(page: BeautifulSoup) -> list[str]:
    """List the elements that words have become."""
    found = [tag for tag in page.select("script, img") if "alert" in tag.text or tag.get("src") == "x"]
    for tag in page.select("*"):
        said = {name: "".join(str(value).split()).lower() for name, value in tag.attrs.items() if name != "value"}
        if any(name.startswith("on") or value.startswith("javascript:") for name, value in said.items()):
            found.append(tag)
    return [str(tag)[:200] for tag in found]


def test_words_stay_words_in_every_view(looking: Browser) -> None:
    seen = ""
    for address in PAGES:
        response = looking.get(address)
        page = soup(response)
        assert (address, response.status_code, markup(page)) == (address, 200, [])
        assert (address, len(page.select(".agenda-block"))) == (address, int(address in WITH_BLOCK))
        assert (address, "<script>alert(1)</script>" in page.text) == (address, True)
        seen += response.text

    assert [part for part in (*PARTS, *PARTS_OF_DATE, *OF_SIGNUP, "comment") if f"zq{part}" not in seen] == []


def test_words_asked_for_in_an_address_stay_words(looking: Browser) -> None:
    for view in ("", "embed", "subscribe"):
        response = looking.get(f"/agenda/{view}", query_string={"q": typed("q"), "tag": each("tag")})
        page = soup(response)

        assert (response.status_code, markup(page), page.select(".agenda-block")) == (200, [], [])
        assert "zqq" in response.text


def test_words_stay_words_in_feeds(looking: Browser) -> None:
    feed = ElementTree.fromstring(looking.get("/agenda.atom").data)
    told = [looking.get(f"/{name}.jsonld") for name in ("agenda", SERIES, ONCE)]
    points = looking.get("/agenda/points.json?view=map")
    graph = [thing for response in told for thing in json.loads(response.text)["@graph"]]

    assert {entry.tag.rpartition("}")[2] for entry in feed.iter()} == {
        "feed", "title", "id", "updated", "author", "name", "link", "entry", "published", "summary",
    }  # fmt: skip
    assert {response.mimetype for response in (*told, points)} == {"application/ld+json", "application/json"}
    assert not [response for response in told if '"javascript:' in response.text]
    assert not [link for link in feed.iter() if "javascript:" in link.get("href", "")]
    assert typed("organiser") in {one.get("organizer", {}).get("name") for one in graph}
    assert any(title.startswith(typed("title")) for title in points.json["title"])


def test_words_stay_words_in_calendars(looking: Browser) -> None:
    for name in ("agenda", SERIES, ONCE):
        calendar = icalendar.Calendar.from_ical(looking.get(f"/{name}.ics").text)
        events = [one for one in calendar.events if "zq" in str(one["SUMMARY"])]

        assert {str(one["SUMMARY"]) for one in events} <= {typed("title"), typed("other")} and events
        assert {one.name for one in calendar.walk()} <= {"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"}
        assert not [
            one for one in events for key in ("URL", "CONFERENCE", "IMAGE") if "javascript" in str(one.get(key))
        ]
