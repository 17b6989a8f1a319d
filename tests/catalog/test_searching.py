"""The search index follows the catalog: within one drain, by itself after damage, never showing what was hidden since."""

import shutil
from collections.abc import Sequence

import pytest

from app.catalog import searching
from app.catalog.attaching import attach, detach
from app.catalog.deleting import delete
from app.catalog.moving import Rename, rename
from app.catalog.rebuild import rebuild
from app.people.search import SearchQuery, search
from app.people.viewer import ANONYMOUS, Viewer, signed_in
from app.wiki.uploads import Prepared
from tests.catalog.hands import NADIA, Hands

ADMIN = signed_in("Nadia", NADIA, is_admin=True)


def find(hands: Hands, words: str, viewer: Viewer = ANONYMOUS) -> list[str]:
    """Search; name the files as `page/name`."""
    founds, results = search(hands.wiki, viewer, SearchQuery(words))
    assert results.total == len(founds)
    return [f"{found.row.path}/{found.name}" if found.name else found.row.path for found in founds]


def send(hands: Hands, path: str, *files: tuple[str, bytes]) -> None:
    attach(hands.wiki, path, [Prepared(name, content, "text") for name, content in files], NADIA)


def test_a_page_is_found_after_one_drain(hands: Hands) -> None:
    hands.write("a", "Le compost des épiceries\n")
    assert find(hands, "compost") == []
    searching.follow(hands.wiki)

    assert find(hands, "l'épicerie") == ["a"]


def test_an_edit_a_rename_and_a_deletion_are_followed(hands: Hands) -> None:
    hands.write("a", "betterave\n")
    hands.write("b", "navet\n")
    searching.follow(hands.wiki)
    hands.write("a", "carotte\n")
    rename(hands.wiki, Rename("b", "c", NADIA))
    searching.follow(hands.wiki)
    assert (find(hands, "betterave"), find(hands, "carotte"), find(hands, "navet")) == ([], ["a"], ["c"])
    delete(hands.wiki, "a", NADIA)
    searching.follow(hands.wiki)

    assert find(hands, "carotte") == []


def test_a_deleted_page_is_not_even_counted_before_the_drain(hands: Hands) -> None:
    hands.write("a", "betterave\n")
    searching.follow(hands.wiki)
    delete(hands.wiki, "a", NADIA)

    assert find(hands, "betterave") == []


def test_a_narrowed_page_and_its_files_are_not_even_counted_before_the_drain(hands: Hands) -> None:
    hands.write("prive/a", "betterave\n")
    send(hands, "prive/a", ("betterave.txt", b"betterave"))
    searching.follow(hands.wiki)
    assert len(find(hands, "betterave")) == 2
    hands.write("prive/index", "---\naudience: admins\n---\n")

    assert find(hands, "betterave") == []
    searching.follow(hands.wiki)
    assert find(hands, "betterave") == []
    assert set(find(hands, "betterave", ADMIN)) == {"prive/a", "prive/a/betterave.txt"}


def test_hidden_pages_stay_out_of_hits_after_a_rebuild_of_the_catalog(hands: Hands) -> None:
    hands.write("a", "betterave\n")
    searching.follow(hands.wiki)
    hands.write("a", "---\naudience: admins\n---\nbetterave\n")
    rebuild(hands.wiki)

    assert find(hands, "betterave") == []


def test_what_was_deleted_before_a_rebuild_leaves_the_index(hands: Hands) -> None:
    hands.write("a", "betterave\n")
    hands.write("b", "betterave\n")
    searching.follow(hands.wiki)
    delete(hands.wiki, "a", NADIA)
    rebuild(hands.wiki)
    searching.follow(hands.wiki)

    assert find(hands, "betterave") == ["b"]
    assert hands.wiki.search.keys() == {"b"}


def test_the_text_of_files_is_found(hands: Hands) -> None:
    hands.write("a", "un\n")
    send(hands, "a", ("recette.txt", b"La soupe aux orties"))
    searching.follow(hands.wiki)

    assert find(hands, "ortie") == ["a/recette.txt"]


def test_a_file_that_is_taken_away_is_not_found_any_more(hands: Hands) -> None:
    hands.write("a", "un\n")
    send(hands, "a", ("recette.txt", b"ortie"))
    searching.follow(hands.wiki)
    detach(hands.wiki, "a", "recette.txt", NADIA)
    searching.follow(hands.wiki)

    assert find(hands, "ortie") == []


def test_files_move_and_go_with_their_page(hands: Hands) -> None:
    hands.write("a", "un\n")
    hands.write("c", "deux\n")
    send(hands, "a", ("recette.txt", b"ortie"))
    searching.follow(hands.wiki)
    rename(hands.wiki, Rename("a", "b", NADIA))
    searching.follow(hands.wiki)
    assert find(hands, "ortie") == ["b/recette.txt"]
    delete(hands.wiki, "b", NADIA)
    searching.follow(hands.wiki)

    assert find(hands, "ortie") == []
    assert hands.wiki.search.keys() == {"c"}


def test_a_file_whose_bytes_are_lost_does_not_stop_the_index(hands: Hands) -> None:
    hands.write("a", "ortie\n")
    send(hands, "a", ("recette.txt", b"soupe"))
    shutil.rmtree(hands.wiki.instance / "files")
    searching.follow(hands.wiki)

    assert find(hands, "ortie") == ["a"]


@pytest.mark.parametrize("damage", ["deleted", "overwritten"])
def test_a_damaged_index_answers_and_heals(hands: Hands, damage: str) -> None:
    hands.write("a", "betterave\n")
    searching.follow(hands.wiki)
    folder = hands.wiki.instance / "search"
    if damage == "deleted":
        shutil.rmtree(folder)
    else:
        for file in folder.rglob("*"):
            if file.is_file():
                file.write_bytes(b"garbage")
    search(hands.wiki, ANONYMOUS, SearchQuery("betterave"))
    searching.follow(hands.wiki)

    assert find(hands, "betterave") == ["a"]


def test_only_one_process_writes(hands: Hands) -> None:
    hands.write("a", "betterave\n")
    with searching.single_writer(hands.wiki) as is_mine:
        assert is_mine
        assert searching.follow(hands.wiki) == 0
    assert searching.follow(hands.wiki) > 0


def test_a_page_that_changes_during_the_drain_is_followed_again(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.write("a", "betterave\n")
    update = hands.wiki.search.update
    done: list[int] = []

    def update_and_edit(documents: Sequence[object], removed: Sequence[str]) -> None:
        update(documents, removed)  # type: ignore[arg-type]
        if not done:
            done.append(1)
            hands.write("a", "carotte\n")

    monkeypatch.setattr(hands.wiki.search, "update", update_and_edit)
    searching.follow(hands.wiki)

    assert (find(hands, "betterave"), find(hands, "carotte")) == ([], ["a"])


def test_a_snippet_shows_the_words_around(hands: Hands) -> None:
    hands.write("a", "# Titre\n\nOn met les épluchures au compost le lundi.\n")
    searching.follow(hands.wiki)
    founds, _ = search(hands.wiki, ANONYMOUS, SearchQuery("epluchure"))

    assert [span.text for span in founds[0].spans if span.is_hit] == ["épluchures"]


def test_what_a_record_answers_is_found_and_after_its_form_changed_what_it_answers_then(hands: Hands) -> None:
    form = "title: Initiative\nfolder: a\nfields:\n  - {name: title, type: text, label: Nom}\n"
    hands.write("_forms/initiative", f"{form}  - {{name: pitch, type: text, label: En une phrase}}\n")
    hands.write("a/atelier", "---\ntitle: Atelier\nform: initiative\npitch: Réparer son vélo\n---\n")
    searching.follow(hands.wiki)
    found = find(hands, "réparer vélos")
    hands.write("_forms/initiative", form)
    searching.follow(hands.wiki)

    assert found == ["a/atelier"] and find(hands, "réparer vélos") == []
