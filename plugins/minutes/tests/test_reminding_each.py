"""Each of several people is reminded and answers alone; who takes something over is reminded too."""

import pytest

from app.catalog.editing import Edit
from app.people import accounts
from app.people.authors import SYSTEM
from app.people.named import find_people
from app.people.viewer import OPERATOR
from app.station import Station
from plugins.minutes import reminding
from plugins.minutes.tests.test_reminding import PATH, _at_noon, action, due_in  # noqa: F401 - a fixture
from tests.web.hands import Browser
from tests.web.mailed import letters

ANSWER = "https://gare.example"


def add(site: Station, name: str, email: str | None = None) -> None:
    with site.truth.begin() as connection:
        accounts.add(connection, name, is_admin=False, email=email)


def told(site: Station) -> list[str]:
    return [one.to for one in letters(site)]


def link_of(site: Station, email: str) -> str:
    (text,) = [one.text for one in letters(site) if one.to == email]
    return text.partition(ANSWER)[2].split()[0]


def test_who_was_written_wrong_is_reminded_once_the_name_is_right(site: Station) -> None:
    due_in(site, 2, "Samiaa")
    reminding.run(site)
    rename(site, "Samia")
    reminding.run(site)

    assert told(site) == ["samia@example.org"]


def rename(site: Station, who: str) -> None:
    """Let somebody else do it."""
    page, text = site.door.text(OPERATOR, PATH)
    lines = [f"{line.partition('who:')[0]}who: {who}, due:{line.partition('due:')[2]}" if "who:" in line else line
             for line in text.splitlines()]  # fmt: skip
    site.door.save(OPERATOR, Edit(PATH, "\n".join(lines) + "\n", page.revision, SYSTEM))


def test_who_takes_it_over_is_reminded_and_the_first_answers_no_more(site: Station, reader: Browser) -> None:
    add(site, "Paul Faure", "paul@example.org")
    due_in(site, 2)
    reminding.run(site)
    rename(site, "Paul")
    reminding.run(site)

    assert told(site) == ["samia@example.org", "paul@example.org"]
    assert reader.get(link_of(site, "samia@example.org")).status_code == 404
    assert reader.get(link_of(site, "paul@example.org")).status_code == 200


def test_who_cannot_leaves_it_to_the_others_and_those_who_look_after_it_hear_of_it(
    site: Station, reader: Browser
) -> None:
    add(site, "Paul Faure", "paul@example.org")
    with site.truth.begin() as connection:
        accounts.add(connection, "Nadia", is_admin=True, email="nadia@example.org")
    due_in(site, 2, "Samia et Paul")
    reminding.run(site)
    reader.post(link_of(site, "samia@example.org"), answer="cannot")
    (letter,) = [one for one in letters(site) if one.to == "nadia@example.org"]

    assert action(site)["who"] == "Paul"
    assert "Samia Roux" in letter.text and "Acheter des vis" in letter.text


def test_later_pressed_twice_is_one_week(site: Station, reader: Browser) -> None:
    due_in(site, 2)
    reminding.run(site)
    link = link_of(site, "samia@example.org")
    reader.post(link, answer="later")
    first = action(site)["due"]
    reader.post(link, answer="later")

    assert action(site)["due"] == first


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Marie-Claire", ["Marie-Claire Dupont"]),
        ("Marie", []),
        ("Marie-Claire et Samia", ["Marie-Claire Dupont", "Samia Roux"]),
    ],
)
def test_a_first_name_with_a_hyphen_is_one_name(site: Station, words: str, names: list[str]) -> None:
    add(site, "Marie-Claire Dupont")
    with site.truth.connect() as connection:
        assert [one.name for one in find_people(connection, words)] == names
