"""`gare page`."""

from collections.abc import Callable

from app.people.viewer import READER
from app.station import Station
from tests.cli.conftest import Gare

Done = Callable[..., str]


def test_what_is_put_can_be_got(done: Done) -> None:
    done("page", "put", "jardins/compost", input="# Le compost\n\nTrois bacs.\n")

    assert done("page", "get", "jardins/compost").endswith("# Le compost\n\nTrois bacs.\n")


def test_putting_a_page_again_replaces_its_text(done: Done) -> None:
    done("page", "put", "a", input="un\n")
    done("page", "put", "a", input="deux\n")

    assert done("page", "get", "a").endswith("deux\n")
    assert "un\n" not in done("page", "get", "a")


def test_a_page_is_signed_with_the_name_given(done: Done, station: Station) -> None:
    done("page", "put", "a", "--author", "Nadia", "--summary", "premier jet", input="un\n")
    _page, changes, _count = station.door.history(READER, "a")

    assert station.door.author_names([changes[0].author]) == {changes[0].author: "Nadia"}
    assert changes[0].summary == "premier jet"


def test_the_name_of_an_account_signs_as_the_account(done: Done, station: Station) -> None:
    done("user", "add", "Nadia")
    done("page", "put", "a", "--author", "Nadia", input="un\n")
    done("page", "put", "b", "--author", "Bernard", input="un\n")

    authors = [station.door.find(READER, path).author for path in ("a", "b")]
    with station.truth.connect() as connection:
        accounts = connection.exec_driver_sql("SELECT pseudonym FROM accounts").scalars().all()
    assert [author in accounts for author in authors] == [True, False]


def test_pages_of_every_audience_are_listed(done: Done) -> None:
    done("page", "put", "a", input="un\n")
    done("page", "put", "b", input="---\naudience: admins\n---\n\nsecret\n")

    assert done("page", "list").split() == ["a", "b"]


def test_templates_are_listed_too(done: Done) -> None:
    done("page", "put", "a", input="un\n")
    done("page", "put", "_templates/reunion", input="# Réunion\n")

    assert done("page", "list").split() == ["a", "_templates/reunion"]


def test_text_that_is_not_utf_8_is_refused(gare: Gare) -> None:
    result = gare("page", "put", "a", input=b"caf\xe9\n")

    assert (result.exit_code, result.stderr) == (1, "gare: The text is not in UTF-8. Convert it first.\n")


def test_a_page_that_is_not_there_is_said(gare: Gare) -> None:
    assert (gare("page", "get", "nowhere").exit_code, gare("page", "get", "nowhere").stderr) == (
        1,
        "gare: There is no such page.\n",
    )


def test_a_path_outside_the_wiki_is_refused(gare: Gare) -> None:
    assert gare("page", "put", "../../etc/passwd", input="x\n").exit_code == 1
