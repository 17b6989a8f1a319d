"""One's own name: changed on one's own page, shown at once, refused where it is another's or nothing."""

import pytest
from flask import Flask

from app.people import accounts
from app.station import Station
from tests.web.hands import Browser, errors, notices


def test_a_new_name_stands_beside_what_one_wrote_before(member: Browser) -> None:
    member.post("/-/edit/jardins/essai", text="Un essai.\n", base="")
    before = member.get("/-/history/jardins/essai").text
    saved = member.post("/-/me/name", name="Idris du Moulin")

    assert saved.status_code == 303 and notices(member.get("/-/me")) == ["Others now read your new name."]
    assert "Idris du Moulin" not in before and "Idris du Moulin" in member.get("/-/history/jardins/essai").text


@pytest.mark.parametrize("typed", ["", "  ", "a" * 61])
def test_a_name_that_is_none_is_refused_with_the_cure(member: Browser, typed: str) -> None:
    answer = member.post("/-/me/name", name=typed)

    assert answer.status_code == 400 and len(errors(answer)) == 1


def test_the_name_of_somebody_else_is_refused(site: Station, member: Browser) -> None:
    with site.truth.begin() as connection:
        accounts.add(connection, "Nadia", is_admin=False)
    answer = member.post("/-/me/name", name="nadia")

    assert answer.status_code == 409
    with site.truth.connect() as connection:
        assert accounts.find_named(connection, "Idris") is not None


def test_who_is_not_signed_in_has_no_name_to_change(app: Flask) -> None:
    assert app.test_client().get("/-/me/name").status_code == 403
