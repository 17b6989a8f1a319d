"""Files of pages: kept once by content, never overwritten, listed with their page."""

import pytest

from app.catalog.attaching import attach, detach
from app.catalog.finding import find_attachment, list_attachments
from app.errors import Conflict, NotFound
from app.wiki.uploads import Prepared
from tests.catalog.hands import NADIA, Hands


def send(hands: Hands, path: str, *files: tuple[str, bytes]) -> list[str]:
    return attach(hands.wiki, path, [Prepared(name, content, "document") for name, content in files], NADIA)


def names(hands: Hands, path: str) -> list[str]:
    with hands.wiki.catalog.reading() as connection:
        return [file.name for file in list_attachments(connection, path)]


def test_several_files_are_one_change(hands: Hands) -> None:
    hands.write("a", "un\n")
    before = hands.wiki.store.tip()
    send(hands, "a", ("plan.pdf", b"1"), ("notes.txt", b"2"))

    assert names(hands, "a") == ["notes.txt", "plan.pdf"]
    assert hands.wiki.store.parent(hands.wiki.store.tip() or "") == before


def test_git_holds_a_pointer_and_the_file_store_the_bytes(hands: Hands) -> None:
    send(hands, "a", ("plan.pdf", b"some bytes"))

    with hands.wiki.catalog.reading() as connection:
        file = find_attachment(connection, "a", "plan.pdf")
    assert file and file.size == 10
    assert hands.wiki.files.path(file.oid).read_bytes() == b"some bytes"
    pointer = hands.wiki.store.read("a.files/plan.pdf", hands.wiki.store.tip() or "")
    assert pointer and pointer.startswith(b"version https://git-lfs.github.com/spec/v1\n")


def test_a_taken_name_gets_a_number(hands: Hands) -> None:
    send(hands, "a", ("plan.pdf", b"1"))

    assert send(hands, "a", ("Plan.pdf", b"2"), ("plan.pdf", b"3")) == ["Plan-2.pdf", "plan-3.pdf"]
    assert len(names(hands, "a")) == 3


def test_the_same_file_twice_is_kept_once(hands: Hands) -> None:
    send(hands, "a", ("plan.pdf", b"1"))
    tip = hands.wiki.store.tip()

    assert send(hands, "a", ("plan.pdf", b"1")) == ["plan.pdf"]
    assert hands.wiki.store.tip() == tip


def test_a_file_stands_in_the_history_of_its_page(hands: Hands) -> None:
    hands.write("a", "un\n")
    send(hands, "a", ("plan.pdf", b"1"))
    detach(hands.wiki, "a", "plan.pdf", NADIA)

    assert hands.history("a") == ["detached", "attached", "created"]
    assert names(hands, "a") == []


def test_what_is_not_there_cannot_be_taken_away(hands: Hands) -> None:
    with pytest.raises(NotFound):
        detach(hands.wiki, "a", "plan.pdf", NADIA)


def test_files_cannot_be_put_beside_the_twin_of_a_page(hands: Hands) -> None:
    hands.write("jardins/compost", "un\n")

    with pytest.raises(Conflict, match="already"):
        send(hands, "Jardins/Compost", ("plan.pdf", b"1"))
