"""Folders of groups: nobody gets hold of others' pages by moving them in, nor moves a folder away from its group."""

import pytest

from app.people import accounts, groups
from app.people.groups import Group
from app.station import Station
from tests.web.conftest import sign_in_again
from tests.web.hands import Browser, errors


@pytest.fixture
def referent(member: Browser, site: Station) -> Browser:
    """Give the browser of Idris, who looks after the gardens."""
    with site.truth.begin() as connection:
        idris = accounts.find_named(connection, "Idris")
        assert idris
        number = groups.add(connection, Group(0, "jardins", "Jardins", "jardins", is_open=True))
        groups.enter(connection, number, idris.id)
        groups.set_referent(connection, number, idris.id, is_referent=True)
    sign_in_again(member, site, "Idris")
    return member


def space(site: Station) -> str:
    with site.truth.connect() as connection:
        return groups.get(connection, "jardins").space


@pytest.mark.parametrize("head", ["audience: members", "editors: members"])
def test_a_referent_gets_no_power_over_a_kept_page_by_moving_it(
    admin: Browser, referent: Browser, browser: Browser, head: str
) -> None:
    admin.write("reglement", f"---\n{head}\n---\nZanzibar\n")
    refused = referent.post("/-/rename/reglement", to="jardins/reglement")

    assert refused.status_code == 403 and errors(refused)
    assert referent.get("/reglement").status_code == 200
    assert admin.post("/-/rename/reglement", to="jardins/reglement").status_code == 303


def test_a_page_below_that_is_kept_is_not_moved_in_either(admin: Browser, referent: Browser) -> None:
    admin.write("bureau", "mots\n")
    admin.write("bureau/budget", "---\neditors: members\n---\nZanzibar\n")

    assert referent.post("/-/rename/bureau", to="jardins/bureau", with_folder="1").status_code == 403


def test_a_referent_brings_open_pages_in_and_moves_his_own_about(referent: Browser) -> None:
    referent.write("compost", "mots\n")
    referent.write("jardins/plan", "---\naudience: members\n---\nmots\n")

    assert referent.post("/-/rename/compost", to="jardins/compost").status_code == 303
    assert referent.post("/-/rename/jardins/plan", to="jardins/projets/plan").status_code == 303


@pytest.mark.parametrize(("path", "to"), [("jardins/index", "ailleurs/index"), ("jardins", "ailleurs")])
def test_only_administrators_move_the_folder_of_a_group_and_it_follows(
    admin: Browser, referent: Browser, browser: Browser, site: Station, path: str, to: str
) -> None:
    admin.write(path, "mots\n")
    admin.write("jardins/compost", "mots\n")
    refused = [one.post(f"/-/rename/{path}", to=to, with_folder="1", author="Zoé") for one in (referent, browser)]

    assert [one.status_code for one in refused] == [403, 403] and space(site) == "jardins"
    assert admin.post(f"/-/rename/{path}", to=to, with_folder="1").status_code == 303
    assert space(site) == "ailleurs" and referent.get("/ailleurs/compost").status_code == 200


def test_the_folder_of_a_group_follows_when_one_above_it_moves(
    admin: Browser, referent: Browser, site: Station
) -> None:
    admin.write("vallee/index", "mots\n")
    admin.write("vallee/jardins/index", "mots\n")
    admin.post("/-/groups/jardins/change", title="Jardins", space="vallee/jardins", entry="open")

    assert referent.post("/-/rename/vallee/index", to="plaine/index", with_folder="1").status_code == 403
    assert admin.post("/-/rename/vallee/index", to="plaine/index", with_folder="1").status_code == 303
    assert space(site) == "plaine/jardins"


def test_a_folder_does_not_follow_to_where_another_group_is(admin: Browser, referent: Browser, site: Station) -> None:
    admin.write("jardins/index", "mots\n")
    admin.post("/-/groups/", name="fetes", title="Fêtes", space="fetes", entry="open")
    refused = admin.post("/-/rename/jardins/index", to="fetes/index", with_folder="1")

    assert refused.status_code == 409 and space(site) == "jardins"
    assert admin.get("/jardins/").status_code == 200


def test_a_page_alone_leaves_the_folder_of_a_group_where_it_is(referent: Browser, site: Station) -> None:
    referent.write("jardins/compost", "mots\n")

    assert referent.post("/-/rename/jardins/compost", to="compost").status_code == 303
    assert space(site) == "jardins"
