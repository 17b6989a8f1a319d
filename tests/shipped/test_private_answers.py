"""What records of the demo keep out of their pages goes into the database, and nowhere else."""

from app.people.viewer import signed_in
from app.records import private
from app.shipped import content, demo
from app.station import Station

OPERATOR = signed_in("x", "m-aaaaaaaa", is_admin=True)
PERSON = "annuaire/person/n/nadia"


def answers(station: Station) -> dict[str, object]:
    page_id = station.door.find(OPERATOR, PERSON).id
    with station.truth.connect() as connection:
        return dict(private.load(connection, [page_id]).get(page_id, {}))


def test_the_demo_brings_them(station: Station) -> None:
    demo.add(station.wiki, station.truth, "fr")

    assert answers(station) == content.demo("fr").private[PERSON]
    assert "nadia@" not in station.door.text(OPERATOR, PERSON)[1]


def test_what_somebody_answered_meanwhile_stays(station: Station) -> None:
    demo.add(station.wiki, station.truth, "fr")
    with station.truth.begin() as connection:
        private.store(connection, station.door.find(OPERATOR, PERSON).id, {"phone": "+33199009999"})
    demo.take_out(station.wiki, station.truth, "fr")
    demo.add(station.wiki, station.truth, "fr")

    assert answers(station)["phone"] == "+33199009999"


def test_part_of_the_content_has_its_part_of_them() -> None:
    part = content.demo("fr").only([PERSON, "charte"])

    assert part.private.keys() == {PERSON}
