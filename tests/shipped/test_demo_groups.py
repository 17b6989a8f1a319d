"""The working groups of the demo come with it and go with it, but for those that somebody has made their own."""

from dataclasses import replace

import pytest

from app.people import accounts, groups, invitations
from app.people.groups import Group
from app.shipped import content, demo
from app.station import Station
from app.wiki.page import INDEX


def known(station: Station) -> dict[str, Group]:
    with station.truth.connect() as connection:
        return {one.name: one for one in groups.list_all(connection)}


def test_the_demo_brings_them_with_whom_to_talk_to(station: Station) -> None:
    demo.add(station.wiki, station.truth, "fr")
    demo.add(station.wiki, station.truth, "fr")

    assert {replace(one, id=0) for one in known(station).values()} == set(content.demo("fr").groups)
    assert known(station)["jardins"].contact == "Léa, 01 99 00 12 71"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_has_a_page_of_its_own(language: str) -> None:
    shown = content.demo(language)

    assert shown.groups and all(f"{group.space}/{INDEX}" in shown.pages for group in shown.groups)


def test_they_go_with_the_demo(station: Station) -> None:
    demo.add(station.wiki, station.truth, "fr")
    demo.take_out(station.wiki, station.truth, "fr")

    assert not known(station)


def test_an_invitation_into_one_that_went_opens_no_other(station: Station) -> None:
    demo.add(station.wiki, station.truth, "fr")
    with station.truth.begin() as connection:
        nadia = accounts.add(connection, "Nadia", is_admin=True)
        number = known(station)["jardins"].id
        secret = invitations.make(connection, nadia.id, ceiling=5, days=7, group_id=number)
    demo.take_out(station.wiki, station.truth, "fr")

    with station.truth.connect() as connection:
        assert invitations.find(connection, secret) is None


def test_one_that_somebody_is_in_or_has_changed_stays(station: Station) -> None:
    demo.add(station.wiki, station.truth, "fr")
    with station.truth.begin() as connection:
        nadia = accounts.add(connection, "Nadia", is_admin=True)
        groups.enter(connection, known(station)["jardins"].id, nadia.id)
        groups.change(connection, replace(known(station)["epicerie"], contact="Inès"))
    demo.take_out(station.wiki, station.truth, "fr")

    assert known(station).keys() == {"jardins", "epicerie"}


def test_a_folder_that_a_group_has_already_is_left_to_it(station: Station) -> None:
    with station.truth.begin() as connection:
        groups.add(connection, Group(0, "clos", "Le clos", "jardins", is_open=True))
    demo.add(station.wiki, station.truth, "fr")

    assert known(station).keys() == {"clos", "epicerie", "guinguette"}
