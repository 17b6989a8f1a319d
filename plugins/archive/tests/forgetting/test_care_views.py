"""Looking after a message in the browser."""

import pytest

from app.station import Station
from plugins.archive.door import door_of
from plugins.archive.retention import run_due
from plugins.archive.tests.small_list import code
from tests.web.hands import Browser

ONE, TWO = f"/listes/vallee/m/{code(1)}", f"/listes/vallee/m/{code(2)}"


@pytest.mark.parametrize("end", ["care", "erase"])
def test_members_may_not(member: Browser, end: str) -> None:
    assert member.get(f"{ONE}/{end}").status_code == 403


def test_members_may_not_erase(member: Browser) -> None:
    assert member.post(f"{ONE}/erase").status_code == 403
    assert member.get(ONE).status_code == 200


def test_manager_hides_and_shows(admin: Browser) -> None:
    admin.post(f"{ONE}/hide", hidden="1")

    assert "Hidden: only those" in admin.get(ONE).text
    admin.post(f"{ONE}/hide", hidden="0")
    assert "Hidden: only those" not in admin.get(ONE).text


def test_erasing_asks_and_reports(admin: Browser) -> None:
    assert "This cannot be undone." in admin.get(f"{ONE}/erase").text

    assert "1 message" in admin.post(f"{ONE}/erase").text
    assert admin.get(ONE).status_code == 404


def test_short_words_are_told(admin: Browser) -> None:
    assert "at least three letters" in admin.post(f"{ONE}/redact", words="la").text


def test_answer_begins_a_discussion_of_its_own(admin: Browser) -> None:
    admin.post(f"{TWO}/move", where="own")

    assert admin.get(f"/listes/vallee/t/{code(2)}").status_code == 200


def test_message_is_moved_under_another(admin: Browser) -> None:
    admin.post(f"{TWO}/move", where="own")

    admin.post(f"{TWO}/move", where="under", above=f"http://localhost{ONE}")

    assert f"/listes/vallee/t/{code(1)}" in admin.get(TWO).text


def test_person_is_erased(admin: Browser) -> None:
    person = next(one for one in admin.get(ONE).text.split('"') if one.startswith("/listes/vallee/p/"))

    assert admin.get(f"{person}/erase").status_code == 200
    assert "What is gone" in admin.post(f"{person}/erase").text
    assert admin.get(person).status_code == 404


def test_lists_that_keep_all_keep_all(site: Station) -> None:
    assert run_due(door_of(site).archive) is None
