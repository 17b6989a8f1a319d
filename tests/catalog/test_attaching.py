"""Files of pages: kept once by content, never overwritten, listed with their page."""

import pytest

from app.catalog.attaching import attach, detach, reattach
from app.catalog.deleting import delete
from app.catalog.finding import find_attachment, list_attachments
from app.catalog.moving import Rename, rename
from app.errors import Conflict, NotFound, Refused
from app.wiki.uploads import Prepared
from tests.catalog.hands import EVERYBODY, NADIA, Hands


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


def bytes_of(hands: Hands, path: str, name: str) -> bytes | None:
    with hands.wiki.catalog.reading() as connection:
        file = find_attachment(connection, path, name)
    return hands.wiki.files.path(file.oid).read_bytes() if file else None


def test_a_file_that_was_taken_away_comes_back_with_its_bytes(hands: Hands) -> None:
    hands.write("a", "un\n")
    send(hands, "a", ("plan.pdf", b"1"))
    assert detach(hands.wiki, "a", "plan.pdf", NADIA)

    assert reattach(hands.wiki, "a", "plan.pdf", NADIA) == "plan.pdf"
    assert bytes_of(hands, "a", "plan.pdf") == b"1"
    assert hands.history("a") == ["attached", "detached", "attached", "created"]


def test_of_several_files_of_one_name_the_last_one_comes_back(hands: Hands) -> None:
    hands.write("a", "un\n")
    for content in (b"1", b"2"):
        send(hands, "a", ("plan.pdf", content))
        detach(hands.wiki, "a", "plan.pdf", NADIA)
    reattach(hands.wiki, "a", "plan.pdf", NADIA)

    assert bytes_of(hands, "a", "plan.pdf") == b"2"


def test_a_file_comes_back_beside_another_one_of_its_name(hands: Hands) -> None:
    hands.write("a", "un\n")
    send(hands, "a", ("plan.pdf", b"1"))
    detach(hands.wiki, "a", "plan.pdf", NADIA)
    send(hands, "a", ("plan.pdf", b"2"))

    assert [reattach(hands.wiki, "a", "plan.pdf", NADIA) for _ in range(2)] == ["plan-2.pdf"] * 2
    assert (bytes_of(hands, "a", "plan.pdf"), bytes_of(hands, "a", "plan-2.pdf")) == (b"2", b"1")


def test_a_file_follows_its_page_that_was_renamed_meanwhile(hands: Hands) -> None:
    hands.write("a", "un\n")
    send(hands, "a", ("plan.pdf", b"1"))
    detach(hands.wiki, "a", "plan.pdf", NADIA)
    rename(hands.wiki, Rename("a", "jardins/b", NADIA))
    reattach(hands.wiki, "jardins/b", "plan.pdf", NADIA)

    assert bytes_of(hands, "jardins/b", "plan.pdf") == b"1"


def test_a_file_that_the_page_never_had_does_not_come(hands: Hands) -> None:
    hands.write("cave", "---\naudience: admins\n---\nun\n")
    send(hands, "cave", ("plan.pdf", b"1"))
    detach(hands.wiki, "cave", "plan.pdf", NADIA)
    delete(hands.wiki, "cave", NADIA)
    hands.write("cave", "another page at the same place\n")
    hands.write("a", "un\n")

    for path, name in (("cave", "plan.pdf"), ("a", "plan.pdf"), ("a", "../cave.files/plan.pdf"), ("nulle-part", "x")):
        with pytest.raises(NotFound):
            reattach(hands.wiki, path, name, NADIA)


def test_a_file_of_a_page_that_one_may_not_read_does_not_come_back(hands: Hands) -> None:
    hands.write("cave", "---\naudience: admins\n---\nun\n")
    send(hands, "cave", ("plan.pdf", b"1"))
    detach(hands.wiki, "cave", "plan.pdf", NADIA)

    with pytest.raises(NotFound):
        reattach(hands.wiki, "cave", "plan.pdf", NADIA, EVERYBODY)
    assert names(hands, "cave") == []


def test_a_file_whose_bytes_were_erased_does_not_come_back(hands: Hands) -> None:
    hands.write("a", "un\n")
    send(hands, "a", ("plan.pdf", b"1"))
    with hands.wiki.catalog.reading() as connection:
        file = find_attachment(connection, "a", "plan.pdf")
    assert file is not None
    detach(hands.wiki, "a", "plan.pdf", NADIA)
    hands.wiki.files.remove(file.oid)

    with pytest.raises(NotFound):
        reattach(hands.wiki, "a", "plan.pdf", NADIA)


def test_a_page_that_is_not_written_yet_has_no_history_to_take_a_file_from(hands: Hands) -> None:
    send(hands, "a", ("plan.pdf", b"1"))

    assert not detach(hands.wiki, "a", "plan.pdf", NADIA)


def test_a_file_of_a_time_when_the_page_was_closed_does_not_come_back(hands: Hands) -> None:
    hands.write("a", "---\naudience: admins\n---\nun\n")
    send(hands, "a", ("plan.pdf", b"1"))
    detach(hands.wiki, "a", "plan.pdf", NADIA)
    hands.write("a", "un\n")

    with pytest.raises(Refused):
        reattach(hands.wiki, "a", "plan.pdf", NADIA)
    assert names(hands, "a") == []
