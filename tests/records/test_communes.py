"""The communes of the territory: read from tables as others write them, searched without accents."""

import pytest

from app.errors import GareError
from app.records import communes
from app.records.communes import Commune
from app.station import Station

VALLEY = [
    Commune("Saint-Étienne-du-Vallon", "30120", "30999", 44.12, 4.11),
    Commune("La Combe", "30121", "30998", 44.24, 4.28),
    Commune("La Combe-Haute", "30121", "30997", 44.25, 4.3),
    Commune("L’Œuf", "30122", "30996", 44.3, 4.0),
]


@pytest.mark.parametrize(
    "table",
    [
        "name,postcode,insee,lat,lon\nLa Combe,30121,30998,44.24,4.28\n",
        "\ufeffCode INSEE;Nom de la commune;Code postal;Latitude;Longitude\r\n30998;La Combe;30121;44,24;4,28\r\n",
        'lat\tlng\tcommune\tcp\tcode\n44.24\t4.28\t"La  Combe"\t30121\t30998\n\n',
    ],
)
def test_tables_of_others_are_read(table: str) -> None:
    assert communes.read_table(table) == [VALLEY[1]]


def test_the_table_that_is_written_is_read_again() -> None:
    assert communes.read_table(communes.write_table(VALLEY)) == VALLEY


def test_an_empty_table_is_no_commune() -> None:
    assert communes.read_table("") == communes.read_table("name,lat,lon\n") == []


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("a,b\n1,2\n", "The first line must name"),
        ("name,lat,lon\nA,1,2\nB,north,2\n", "Line %(number)s"),
        ("name,lat,lon\nA,nan,2\n", "Line %(number)s"),
        ("name,lat,lon\nA,91,2\n", "Line %(number)s"),
        ("name,lat,lon\n,1,2\n", "Line %(number)s"),
        ("name,lat,lon\nA\n", "Line %(number)s"),
        ("name,lat,lon\n" + "A,1,2\n" * 5001, "too long"),
        ("name,lat,lon\n" + "x" * 500_000, "too long"),
        ('name,lat,lon\n"' + "x" * 200_000, "cannot be read"),
    ],
)
def test_a_table_that_is_none_is_refused_with_the_line(table: str, said: str) -> None:
    with pytest.raises(GareError) as refused:
        communes.read_table(table)

    assert said in refused.value.msgid
    assert refused.value.values.get("number", 3 if table.startswith("name,lat,lon\nA,1") else 2) in {2, 3}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("saint etienne", ["Saint-Étienne-du-Vallon"]),
        ("ETIENNE", ["Saint-Étienne-du-Vallon"]),
        ("combe", ["La Combe", "La Combe-Haute"]),
        ("la combe haute", ["La Combe-Haute", "La Combe"]),
        ("30120", ["Saint-Étienne-du-Vallon"]),
        ("12 rue du Pont, 30121 La Combe", ["La Combe", "La Combe-Haute"]),
        ("l'oeuf", ["L’Œuf"]),
        ("ailleurs", []),
        (" / ", []),
    ],
)
def test_a_commune_is_found_as_people_type_it(station: Station, words: str, found: list[str]) -> None:
    communes.store(station, VALLEY)

    assert [one.name for one in communes.search(station, words)] == found


def test_a_new_table_takes_the_place_of_the_old_one_at_once(station: Station) -> None:
    communes.store(station, VALLEY)
    before = len(communes.list_all(station))
    communes.store(station, VALLEY[:1])

    assert before == 4 and communes.list_all(station) == tuple(VALLEY[:1])


def test_the_postcode_decides_between_two_of_one_name(station: Station) -> None:
    other = Commune("La Combe", "07000", "07999", 45, 5)
    communes.store(station, [*VALLEY, other])

    assert communes.find(station, "la combe", "07000") == other
    assert communes.find(station, "La Combe") == VALLEY[1]
    assert communes.find(station, "Combe") is None


def test_the_demo_brings_its_villages_and_takes_them_along(station: Station) -> None:
    station.store_settings(demo="fr")
    shown = [one.name for one in communes.list_all(station)]
    communes.store(station, VALLEY[:1])
    own = [one.name for one in communes.list_all(station)]
    communes.store(station, [])
    station.store_settings(demo="")

    assert "Saint-Privelin" in shown and own == [VALLEY[0].name]
    assert communes.list_all(station) == ()


def test_the_territory_holds_every_commune(station: Station) -> None:
    nowhere = communes.bounds(station)
    communes.store(station, VALLEY)
    south, west, north, east = communes.bounds(station) or (0, 0, 0, 0)

    assert nowhere is None
    assert all(south < one.lat < north and west < one.lon < east for one in VALLEY)
