"""Nobody waits for mails that are being put together; what changed meanwhile is looked at again."""

from collections.abc import Callable

import pytest

from app.follow import rhythm
from app.hooks import Line, Section
from app.outbox.mails import Mail, queue
from app.people import accounts
from app.people.viewer import Viewer
from tests.follow.hands import ALL, Town, until

Later = Callable[[float], None]
Source = Callable[[Viewer, int, int], Section]

NOTHING = Section("Rien", ())


@pytest.fixture
def during(town: Town) -> Callable[[Callable[[], object]], None]:
    """Let something happen once, while a weekly mail is put together."""

    def happen(deed: Callable[[], object]) -> None:
        todo = [deed]

        def source(_viewer: Viewer, _since: int, _until: int) -> Section:
            if todo:
                todo.pop()()
            return NOTHING

        town.station.hooks.digest.append(source)

    return happen


During = Callable[[Callable[[], object]], None]


def test_others_write_while_mails_are_put_together(town: Town, later: Later, during: During) -> None:
    town.follow(town.settle("Idris"), ALL, how_often=rhythm.WEEKLY)
    town.write("compost", "Un bac.")
    later(until(rhythm.WEEKLY))
    wrote = []

    def write() -> None:
        with town.station.truth.begin() as connection:
            queue(connection, Mail("zoe@example.org", "Bonjour", "Mot."))
        wrote.append("at once")

    during(write)

    assert (town.tell(), wrote) == ("1 mails", ["at once"])


def test_a_page_that_is_closed_while_mails_are_put_together_is_not_told(
    town: Town, later: Later, during: During
) -> None:
    idris = town.settle("Idris")
    town.follow(idris, ALL, how_often=rhythm.WEEKLY)
    town.write("compost", "Un bac.")
    town.write("tresor", "Un mot.")
    later(until(rhythm.WEEKLY))
    during(lambda: town.write("tresor", "---\ntitle: Tresor\naudience: admins\n---\nUn mot.\n"))
    town.tell()

    assert "Compost" in town.news_of(idris)
    assert "Tresor" not in town.news_of(idris)


def test_what_a_plugin_says_of_a_page_that_is_closed_meanwhile_is_asked_again(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.follow(idris, ALL, how_often=rhythm.WEEKLY)
    town.write("compost", "Un bac.")
    later(until(rhythm.WEEKLY))
    asked = []

    def source(_viewer: Viewer, _since: int, _until: int) -> Section:
        asked.append(len(asked))
        if asked == [0]:
            town.write("compost", "Deux bacs.")
        return Section("Agenda", (Line(f"Réponse {asked[-1]}"),))

    town.station.hooks.digest.append(source)
    town.tell()

    assert asked == [0, 1]
    assert "Réponse 1" in town.news_of(idris)


def test_whoever_changes_the_address_meanwhile_is_told_at_the_new_one(town: Town, later: Later, during: During) -> None:
    idris = town.settle("Idris")
    town.follow(idris, ALL, how_often=rhythm.WEEKLY)
    town.write("compost", "Un bac.")
    later(until(rhythm.WEEKLY))

    def move() -> None:
        with town.station.truth.begin() as connection:
            accounts.set_email(connection, idris.id, "new@example.org")

    during(move)
    said = [town.tell(), town.tell(), town.tell()]

    assert said == [None, "1 mails", None]
    assert [letter.to for letter in town.letters()] == ["new@example.org"]


def test_a_wiki_that_never_rests_loses_no_mail(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.follow(idris, ALL, how_often=rhythm.WEEKLY)
    town.write("compost", "Un bac.")
    later(until(rhythm.WEEKLY))
    busy = [True]

    def source(_viewer: Viewer, _since: int, _until: int) -> Section:
        if busy:
            town.write("ruches", f"Mot {len(busy)}.")
            busy.append(True)
        return NOTHING

    town.station.hooks.digest.append(source)
    first = town.tell()
    busy.clear()

    assert [first, town.tell(), town.tell()] == [None, "1 mails", None]
    assert "Compost" in town.news_of(idris)
