"""What is made of a list: booklet, feed, points of a map, a part for other sites. Always of the filtered records."""

import json
import xml.etree.ElementTree as ET

import pytest
from flask import Flask

from app.station import Station
from plugins.directory.tests.test_lists import VISIBLE
from plugins.directory.tests.valley import MARK, record, write
from tests.web.hands import Browser, soup
from tests.web.leaking import said_in

ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_list_leads_to_the_same_records_elsewhere(reader: Browser) -> None:
    links = [link["href"] for link in soup(reader.get("/annuaire/initiative/?theme=food&view=list")).select(".ways a")]

    assert "/annuaire/initiative/booklet?theme=food" in links
    assert "/annuaire/initiative.atom?theme=food" in links


def test_the_booklet_holds_what_everybody_may_know_from_a_to_z(reader: Browser) -> None:
    page = soup(reader.get("/annuaire/initiative/booklet"))

    assert [one.get_text() for one in page.select("article h3")] == VISIBLE
    assert [one.get_text() for one in page.select(".letter h2")] == ["A", "C", "E", "R"]
    assert "Saint-Privelin" in page.select_one("article").get_text()
    assert "zanzibar" not in page.get_text()
    assert len(soup(reader.get("/annuaire/initiative/booklet?theme=water")).select("article")) == 1


def test_the_booklet_is_laid_out_for_two_papers(reader: Browser) -> None:
    other = soup(reader.get("/annuaire/initiative/booklet?theme=food")).select_one(".page-head .button")["href"]

    assert other == "/annuaire/initiative/booklet?theme=food&paper=a5"
    assert soup(reader.get(other)).select("link[href$='a5.css'][media=print]")


def test_the_feed_tells_the_latest_records(reader: Browser) -> None:
    answer = reader.get("/annuaire/initiative.atom?theme=food")
    feed = ET.fromstring(answer.text)

    assert answer.mimetype == "application/atom+xml"
    assert {entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")} == {"Cantine", "Épicerie"}
    assert {entry.find(f"{ATOM}link").get("href") for entry in feed.findall(f"{ATOM}entry")} == {
        "http://localhost/annuaire/initiative/c/cantine", "http://localhost/annuaire/initiative/e/epicerie"
    }  # fmt: skip
    assert (
        reader.get(
            "/annuaire/initiative.atom?theme=food", headers={"If-None-Match": answer.headers["ETag"]}
        ).status_code
        == 304
    )


def test_points_are_those_of_the_filtered_records_and_are_fetched_once(reader: Browser) -> None:
    answer = reader.get("/annuaire/initiative/points.json?theme=food")

    assert sorted(json.loads(answer.text)["title"]) == ["Cantine", "Épicerie"]
    again = reader.get("/annuaire/initiative/points.json?theme=food", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_points_are_new_as_soon_as_a_record_is(app: Flask, site: Station) -> None:
    browser = Browser(app.test_client())
    before = browser.get("/annuaire/initiative/points.json")
    write(site, "annuaire/initiative/m/moulin", record("Moulin", "water", "idea", "Arzenoux", "1"))
    after = browser.get("/annuaire/initiative/points.json", headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200 and "Moulin" in after.text


def test_no_other_site_shows_a_list_until_an_administrator_says_so(app: Flask, admin: Browser) -> None:
    embed = "/annuaire/initiative/embed?theme=food"
    before = admin.get(embed)
    refused = admin.post("/-/admin/embedding", who="some", sites="not a site!")
    kept = admin.post("/-/admin/embedding", who="some", sites="https://mairie.example/\nblog.example")
    after = admin.get(embed)

    assert "frame-ancestors 'self'" in before.headers["Content-Security-Policy"]
    assert (refused.status_code, kept.status_code) == (400, 303)
    assert (
        "frame-ancestors 'self' https://mairie.example https://blog.example" in after.headers["Content-Security-Policy"]
    )
    assert "mairie.example" not in admin.get("/annuaire/initiative/").headers["Content-Security-Policy"]
    assert [link.get_text() for link in soup(after).select(".cards h2 a")] == ["Cantine", "Épicerie"]
    assert soup(after).select_one("main .aside a")["href"] == "/annuaire/initiative/?theme=food"
    assert not soup(after).select("header.station, footer")


def test_what_is_typed_stays_words_everywhere(app: Flask, site: Station) -> None:
    write(
        site,
        "annuaire/initiative/z/zq",
        record(json.dumps(MARK), json.dumps(MARK), "idea", json.dumps(MARK), "1", f"page: [{json.dumps(MARK)}]\n"),
    )
    browser = Browser(app.test_client())
    ways = [
        "/",
        "/?view=list",
        "/?view=table",
        "/?view=letters",
        "/?view=map",
        "/booklet",
        "/embed",
        ".atom",
        "/points.json",
    ]
    said = {way: browser.get(f"/annuaire/initiative{way}") for way in ways}
    asked = browser.get("/annuaire/initiative/", query_string={"q": MARK, "theme": MARK, "f.page": MARK, "letter": "<"})

    assert all("zq&#39;" in said[way].text or "zq'" in said[way].text for way in ways)
    assert not [way for way in ways if said[way].mimetype != "application/json" and "<zq" in said[way].text]
    assert "<zq" not in asked.text and "zq&#39;" in asked.text
    ET.fromstring(said[".atom"].text)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "json", "jsonld", "vcf", "gogocarto.json"])
def test_files_hold_the_filtered_records_and_are_fetched_once(reader: Browser, kind: str) -> None:
    answer = reader.get(f"/annuaire/initiative.{kind}?theme=food")
    said = said_in(answer)
    again = reader.get(f"/annuaire/initiative.{kind}?theme=food", headers={"If-None-Match": answer.headers["ETag"]})

    assert "Cantine" in said and not {word for word in ("Atelier", "Source", "Gardiens", "zanzibar") if word in said}
    assert answer.headers["Content-Disposition"] == f'attachment; filename="initiative.{kind}"'
    assert again.status_code == 304


def test_an_address_of_somebody_is_in_files_for_members_only(app: Flask, site: Station, admin: Browser) -> None:
    passer_by = Browser(app.test_client())

    assert "zanzibar@" in admin.get("/annuaire/initiative.csv").text
    assert "zanzibar@" not in passer_by.get("/annuaire/initiative.csv").text


def test_there_is_no_file_of_another_kind(reader: Browser) -> None:
    assert reader.get("/annuaire/initiative.exe/").status_code == 404
    assert reader.get("/annuaire/initiative.csv.csv").status_code == 404
