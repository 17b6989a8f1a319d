"""The settings of maps and the table of communes, for administrators."""

import io

import pytest

from app.records import communes
from app.station import Station
from tests.web.hands import Browser, errors, form, notices, soup
from tests.web.map_file import pmtiles
from tests.web.test_map_ground import put

TILES = "https://tile.example.org/{z}/{x}/{y}.png"
TABLE = "name,postcode,insee,lat,lon\nLa Combe,30121,30998,44.24,4.28\n"


def save(admin: Browser, **typed: str):  # type: ignore[no-untyped-def]
    return admin.post("/-/admin/map", **(form(admin.get("/-/admin/map"), "main form") | typed))


@pytest.mark.parametrize("page", ["map", "communes"])
def test_they_are_for_administrators(member: Browser, browser: Browser, page: str) -> None:
    assert [who.get(f"/-/admin/{page}").status_code for who in (member, browser)] == [403, 403]
    assert [who.post(f"/-/admin/{page}", table="").status_code for who in (member, browser)] == [403, 403]
    assert [who.get("/-/admin/communes.csv").status_code for who in (member, browser)] == [403, 403]


def test_a_map_server_is_kept_with_whom_it_is_owed_to(admin: Browser, site: Station) -> None:
    saved = save(admin, map_ground="tiles", map_tiles=TILES, map_credit="© OpenStreetMap", map_zoom="18")

    kept = site.settings.get()
    assert saved.status_code == 303
    assert (kept.map_ground, kept.map_tiles, kept.map_credit, kept.map_zoom) == (
        "tiles",
        TILES,
        "© OpenStreetMap",
        "18",
    )
    assert "Pictures of a map server" in soup(admin.get("/-/admin/")).text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("map_ground", {"map_ground": "sea"}),
        ("map_tiles", {"map_ground": "tiles", "map_credit": "x", "map_tiles": "http://x.org/{z}/{x}/{y}"}),
        ("map_credit", {"map_ground": "tiles", "map_tiles": TILES}),
        ("map_zoom", {"map_zoom": "99999"}),
        ("map_zoom", {"map_zoom": "²"}),
        ("map_start", {"map_start": "44,4"}),
        ("map_start", {"map_start": "nan,4,5"}),
        ("geocoder", {"geocoder": "me"}),
        ("geocoder_address", {"geocoder_address": "http://192.168.1.1/"}),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(
    admin: Browser, site: Station, field: str, typed: dict[str, str]
) -> None:
    before = site.settings.get()
    answer = save(admin, **typed)

    links = [str(link["href"]) for link in soup(answer).select("#gc-errors a")]
    assert answer.status_code == 400 and links == [f"#gc-field-{field}"]
    assert site.settings.get() == before


def test_an_empty_zoom_is_the_usual_one(admin: Browser, site: Station) -> None:
    saved = save(admin, map_zoom=" ")

    assert saved.status_code == 303 and site.settings.get().map_zoom == "19"


def test_the_page_says_which_files_were_dropped(admin: Browser, site: Station) -> None:
    before = soup(admin.get("/-/admin/map")).text
    put(site, "vallee.pmtiles", pmtiles())
    put(site, "outlines.geojson", b'{"type": "Point", "coordinates": [4, 44]}')
    after = soup(admin.get("/-/admin/map")).text

    assert "None is there yet" in before and "Found: vallee.pmtiles." in after
    assert "outlines.geojson" in before and "The outlines of the territory" in after


def test_the_communes_are_typed_and_downloaded(admin: Browser, site: Station) -> None:
    saved = admin.post("/-/admin/communes", table=TABLE.replace("\n", "\r\n"))
    file = admin.get("/-/admin/communes.csv")

    assert saved.status_code == 303 and notices(admin.get("/-/admin/map")) == ["The communes are saved: 1."]
    assert file.text == TABLE and "attachment" in file.headers["Content-Disposition"]
    assert communes.list_all(site)[0].name == "La Combe"


def test_a_table_of_an_old_program_may_be_sent_as_a_file(admin: Browser, site: Station) -> None:
    old = "Nom;Latitude;Longitude\r\nSaint-Étienne;44,1;4,2\r\n".encode("cp1252")
    admin.post("/-/admin/communes", table="", file=(io.BytesIO(old), "communes.csv"))

    assert [one.name for one in communes.list_all(site)] == ["Saint-Étienne"]


@pytest.mark.parametrize(("table", "line"), [("name,lat,lon\nA,x,2\n", "Line 2"), ("nothing", "first line")])
def test_a_table_that_cannot_be_kept_stays_in_the_form(admin: Browser, site: Station, table: str, line: str) -> None:
    answer = admin.post("/-/admin/communes", table=table)

    assert answer.status_code == 400 and line in errors(answer)[0]
    assert table.strip() in soup(answer).select_one("textarea").text  # type: ignore[union-attr]
    assert communes.list_all(site) == ()
