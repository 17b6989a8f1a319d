"""Who hears at once hears after ten minutes of quiet, of what others did, through a real mail server."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.catalog.moving import Rename
from app.comments import writing as comments
from app.follow import rhythm, subscriptions, telling
from app.follow.subscriptions import Subject
from app.people import accounts
from app.wiki.store import Change
from tests.follow.hands import ALL, OPERATOR, Town
from tests.outbox.conftest import Postman

Later = Callable[[float], None]
QUIET = telling.QUIET + 60


def test_a_member_who_follows_a_page_gets_a_mail_when_somebody_changed_it(
    town: Town, postman: Postman, later: Later
) -> None:
    idris, zoe = town.settle("Idris"), town.settle("Zoé", email="zoe@example.org")
    town.write("compost", "Trois bacs.")
    town.write("ruches", "Deux ruches.")
    town.follow(idris, town.page("compost"))
    town.write("compost", "Quatre bacs.", zoe)
    town.write("ruches", "Trois ruches.", zoe)
    later(QUIET)
    town.tell()
    town.send()

    (message,) = postman.messages
    body = message.get_body(("plain",))
    assert body is not None
    assert (message["To"], message["Subject"]) == ("idris@example.org", "Compost · modifiée · Essai")
    words = body.get_content().replace("\r\n", "\n")
    assert "Compost · modifiée · Zoé\nhttps://gare.example/compost" in words and "Ruches" not in words
    assert message["List-Unsubscribe"].startswith("<https://gare.example/-/unsubscribe/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nobody_is_told_before_it_is_quiet_nor_later_than_after_an_hour(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.follow(idris, ALL)
    told = []
    for minutes in range(0, 80, 8):
        later(60 * minutes)
        town.write("compost", f"{minutes} bacs.")
        told += [minutes] if town.tell() else []

    assert told == [64]


def test_several_changes_of_a_page_are_one_line_and_its_own_are_not_told(town: Town, later: Later) -> None:
    idris, zoe, ana = town.settle("Idris"), town.settle("Zoe"), town.settle("Ana")
    town.write("compost", "Un bac.")
    for one in (idris, zoe, ana):
        town.follow(one, town.page("compost"))
    town.write("compost", "Deux bacs.", zoe)
    town.write("compost", "Trois bacs.", idris)
    town.write("compost", "Quatre bacs.", zoe)
    later(QUIET)
    town.tell()

    assert town.news_of(ana).count("Compost") == 1
    assert "Compost · modifiée · Zoe, Idris\n" in town.news_of(ana)
    assert "Compost · modifiée · Zoe\n" in town.news_of(idris)
    assert "Compost · modifiée · Idris\n" in town.news_of(zoe)


def test_who_changed_a_page_alone_gets_no_mail(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.follow(idris, ALL)
    town.write("compost", "Un bac.", idris)
    later(QUIET)

    assert town.tell() is None
    assert town.letters() == []


def test_nobody_is_told_twice(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.follow(idris, ALL)
    town.write("compost", "Un bac.")
    later(QUIET)
    told = [town.tell() for _ in range(3)]
    later(9 * QUIET)

    assert [*told, town.tell()] == ["1 mails", None, None, None]


def test_what_failed_half_way_is_told_once_when_it_is_tried_again(
    town: Town, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [town.settle(name) for name in ("Idris", "Zoe", "Ana")]
    for one in people:
        town.follow(one, ALL)
    town.write("compost", "Un bac.")
    later(QUIET)
    queue, queued = telling.queue, iter(range(3))
    monkeypatch.setattr(telling, "BATCH", 1)

    def break_down(*arguments: object) -> None:
        queue(*arguments)  # type: ignore[arg-type]
        if next(queued) == 1:
            raise OSError("the machine goes out")

    monkeypatch.setattr(telling, "queue", break_down)
    with pytest.raises(OSError, match="goes out"):
        town.tell()
    monkeypatch.setattr(telling, "queue", queue)
    town.tell()

    assert sorted(letter.to for letter in town.letters()) == sorted(str(one.email) for one in people)


def test_a_space_is_followed_with_all_its_pages(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.follow(idris, Subject(subscriptions.SPACE, "jardins"))
    for path in ("jardins/index", "jardins/eau", "jardins-partages/eau", "ailleurs"):
        town.write(path, "Un mot.")
    later(QUIET)
    town.tell()

    assert town.news_of(idris).count("nouvelle page") == 2
    assert "https://gare.example/jardins/\n" in town.news_of(idris)
    assert "https://gare.example/jardins/eau\n" in town.news_of(idris)


def test_a_kind_of_record_is_followed(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.follow(idris, Subject(subscriptions.FORM, "outil"))
    town.write("echelle", "---\ntitle: Échelle\nform: outil\n---\nDouble.\n")
    town.write("fete", "---\ntitle: Fête\nform: evenement\n---\nSamedi.\n")
    later(QUIET)
    town.tell()

    assert "Échelle · nouvelle page" in town.news_of(idris)
    assert "Fête" not in town.news_of(idris)


def test_a_page_is_followed_wherever_it_moves_and_until_it_is_deleted(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.write("compost", "Un bac.")
    town.follow(idris, town.page("compost"))
    town.station.door.rename(OPERATOR, Rename("compost", "jardins/compost", "m-aaaaaaaa"))
    later(QUIET)
    town.tell()
    moved = town.news_of(idris)
    town.station.door.delete(OPERATOR, "jardins/compost", "m-aaaaaaaa")
    later(3 * QUIET)
    town.tell()

    assert "https://gare.example/jardins/compost" in moved
    assert "Compost · supprimée" in town.letters()[-1].text
    assert "https://gare.example/jardins" not in town.letters()[-1].text


def test_what_came_and_went_again_is_no_news(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.follow(idris, ALL)
    town.write("essai", "Un essai.")
    town.station.door.delete(OPERATOR, "essai", "m-aaaaaaaa")
    later(QUIET)

    assert town.tell() is None


def test_a_page_that_was_pushed_without_an_identity_is_followed(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    with town.station.wiki.store.writing() as writer:
        writer.commit([Change("pousse.md", b"Une pousse.\n")], author="m-bbbbbbbb", summary="")
    town.station.wiki.catch_up()
    town.follow(idris, town.page("pousse"))
    town.write("pousse", "Deux pousses.")
    later(QUIET)
    town.tell()

    assert "Pousse · modifiée" in town.news_of(idris)


def test_a_comment_on_a_followed_page_is_told(town: Town, later: Later) -> None:
    idris, zoe = town.settle("Idris"), town.settle("Zoe")
    town.write("compost", "Un bac.")
    town.follow(idris, town.page("compost"))
    page = town.station.door.find(OPERATOR, "compost")
    with town.station.truth.begin() as connection:
        comments.add(connection, str(page.id), "Où sont les vers ?", zoe.pseudonym)
        comments.add(connection, str(page.id), "Je les cherche.", idris.pseudonym)
    later(QUIET)
    told = [town.tell(), town.tell()]

    assert told == ["1 mails", None]
    assert "Compost · 1 commentaire · Zoe\nhttps://gare.example/compost" in town.news_of(idris)
    assert "vers" not in town.news_of(idris)


def test_what_happened_before_one_followed_is_not_told(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.write("compost", "Un bac.")
    town.write("ruches", "Une ruche.")
    town.follow(idris, town.page("ruches"), how_often=rhythm.WEEKLY)
    town.write("compost", "Deux bacs.")
    later(60)
    town.follow(idris, town.page("compost"))
    town.write("ruches", "Deux ruches.")
    later(2 * QUIET)
    town.tell()

    assert "Ruches" in town.news_of(idris) and "Compost" not in town.news_of(idris)


@pytest.mark.parametrize("settings", [{"smtp_host": ""}, {"address": ""}])
def test_nothing_is_told_while_no_mail_can_go_out_that_leads_back(
    town: Town, later: Later, settings: dict[str, str]
) -> None:
    idris = town.settle("Idris")
    town.follow(idris, ALL)
    town.write("compost", "Un bac.")
    later(QUIET)
    shut = Town(replace(town.station, config=replace(town.station.config, **settings)))

    assert (shut.tell(), town.tell()) == (None, "1 mails")


def test_who_is_shut_out_or_has_no_address_gets_no_mail(town: Town, later: Later) -> None:
    blocked, silent = town.settle("Idris"), town.settle("Zoe", email=None)
    for one in (blocked, silent):
        town.follow(one, ALL)
    with town.station.truth.begin() as connection:
        accounts.block(connection, blocked, is_blocked=True)
    town.write("compost", "Un bac.")
    later(QUIET)

    assert town.tell() is None


def test_a_name_that_was_erased_is_not_told(town: Town, later: Later) -> None:
    idris = town.settle("Idris")
    town.follow(idris, ALL)
    town.write("compost", "Un bac.", replace(idris, pseudonym="m-zzzzzzzz"))
    later(QUIET)
    town.tell()

    assert "Compost · nouvelle page · ancien membre" in town.news_of(idris)
