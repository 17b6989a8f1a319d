import threading
from pathlib import Path

import pytest

from app.errors import Unavailable
from app.wiki.search import SearchIndex
from tests.wiki.search_pages import EVERYBODY, MEMBERS, find, index_of, page


def test_an_update_is_seen_at_once_and_by_others(tmp_path: Path) -> None:
    index, other = index_of(tmp_path, page("a", "Verger")), SearchIndex(tmp_path / "search")
    assert find(other, "verger") == ["a"]
    index.update([page("b", "Verger")])

    assert set(find(index, "verger")) == set(find(other, "verger")) == {"a", "b"}


def test_a_document_replaces_the_one_with_its_key(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("a", "Verger"), page("b", "Rucher"))
    index.update([page("moved/a", "Four", key="a")])

    assert find(index, "verger") == [] and find(index, "four") == ["moved/a"] and index.count() == 2


def test_of_two_with_one_key_in_a_batch_the_last_stays(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("a", "Verger"), page("a", "Rucher"))

    assert index.count() == 1 and find(index, "rucher") == ["a"]


def test_a_narrower_audience_holds_from_the_update_on(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("a", "Verger"))
    index.update([page("a", "Verger", audience="members")])

    assert find(index, "verger", EVERYBODY) == [] and find(index, "verger", MEMBERS) == ["a"]


def test_deleted_keys_are_gone_and_unknown_ones_do_not_matter(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("a", "Verger"), page("b", "Verger"))
    index.update([], ["a", "never-there", "é\0"])

    assert find(index, "verger") == ["b"] and index.keys() == {"b"}


def test_an_update_of_nothing_makes_an_empty_sound_index(tmp_path: Path) -> None:
    index = index_of(tmp_path)

    assert index.is_sound(deep=True) and index.count() == 0 and index.keys() == set()
    assert not index.search("verger", audiences=EVERYBODY).is_rebuilding


def test_many_small_updates_leave_few_files_and_lose_nothing(tmp_path: Path) -> None:
    index = index_of(tmp_path)
    for i in range(60):
        index.update([page(f"p{i % 40}", f"Verger {i}", "le mot commun " + "x" * (i % 7))], [f"p{(i + 5) % 40}"])
    wanted = {f"p{i % 40}" for i in range(60)} & index.keys()

    assert index.keys() == wanted and set(find(index, "verger commun", size=100)) == wanted
    assert len(list((tmp_path / "search").rglob("*.trm"))) <= 12 and index.is_sound(deep=True)


def test_phrases_and_exclusions_survive_merging_with_deletions(tmp_path: Path) -> None:
    index = index_of(tmp_path, *(page(f"p{i}", "", f"le four à pain numéro {i}") for i in range(20)))
    index.update([], [f"p{i}" for i in range(0, 20, 2)])
    index.optimize()

    assert set(find(index, '"four à pain"', size=50)) == {f"p{i}" for i in range(1, 20, 2)}
    assert find(index, '"pain numéro 7"') == ["p7"] and "p7" not in find(index, "pain -7", size=50)
    assert index.search('"numéro pain"', audiences=EVERYBODY).is_partial


def test_optimizing_leaves_no_trace_of_what_was_deleted(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("a", "Zébulon"), page("b", "Verger"))
    index.update([], ["a"])
    index.optimize()

    content = b"".join(file.read_bytes() for file in (tmp_path / "search").rglob("*") if file.is_file())
    assert b"zebulon" not in content and "zébulon".encode() not in content


def test_rebuilding_takes_the_place_of_all_there_was(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("a", "Verger"))
    index.rebuild(page(f"p{i}", "Rucher") for i in range(30))

    assert index.keys() == {f"p{i}" for i in range(30)} and find(index, "verger") == []


def test_the_old_index_answers_while_a_new_one_is_built(tmp_path: Path) -> None:
    index, seen = index_of(tmp_path, page("a", "Verger")), []

    def documents():  # type: ignore[no-untyped-def]
        yield page("b", "Verger")
        seen.append(find(index, "verger"))

    index.rebuild(documents())
    assert seen == [["a"]] and find(index, "verger") == ["b"]


def test_a_rebuild_that_fails_leaves_the_old_index(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("a", "Verger"))

    def documents():  # type: ignore[no-untyped-def]
        yield page("b", "Verger")
        raise RuntimeError("the catalog went away")

    with pytest.raises(RuntimeError):
        index.rebuild(documents())
    assert find(index, "verger") == ["a"] and index.is_sound(deep=True)


def test_a_rebuild_larger_than_its_memory_is_written_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.wiki.search_folder.MAX_POOL", 20)
    index = SearchIndex(tmp_path / "search")
    index.rebuild(page(f"p{i:02}", f"Verger numéro{i}", f"des mots {i}") for i in range(50))

    assert len(find(index, "verger", size=100)) == 50 and find(index, "numéro7") == ["p07"]
    assert len(list((tmp_path / "search").rglob("*.trm"))) == 1


def test_clearing_says_that_the_index_is_being_made_until_it_is(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("a", "Verger"))
    index.clear()
    assert index.search("verger", audiences=EVERYBODY).is_rebuilding and index.count() == 0
    index.update([page("b", "Verger")])

    assert find(index, "verger") == ["b"]


def test_two_writers_at_once_are_told(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("a", "Verger"))

    def documents():  # type: ignore[no-untyped-def]
        yield page("b", "Verger")

    with index._folder.writing(), pytest.raises(Unavailable):
        index.update(documents())
    index.update(documents())
    assert index.count() == 2


def test_a_writer_that_gives_up_changes_nothing(tmp_path: Path) -> None:
    index = index_of(tmp_path, page("a", "Verger"))
    with pytest.raises(AttributeError):
        index.update([page("b", "Verger"), page("c", None)])  # type: ignore[arg-type]

    assert index.keys() == {"a"}
    index.update([page("b", "Verger")])
    assert index.keys() == {"a", "b"}


def test_odd_names_and_texts_are_taken(tmp_path: Path) -> None:
    odd = page("é\ud800\0", "\0\ud800 Verger", "\udfff" * 10 + "rucher\n\t", key="k\0\ud800", tags=["\0"], names=["\n"])
    index = index_of(tmp_path, odd)
    index.update([odd])

    assert index.count() == 1 and len(find(index, "rucher")) == 1


def test_threads_search_while_another_writes(tmp_path: Path) -> None:
    index = index_of(tmp_path, *(page(f"p{i}", "Verger", f"mot{i} commun") for i in range(50)))
    wrong: list[object] = []
    stop = threading.Event()

    def search() -> None:
        while not stop.is_set():
            results = index.search("verger commun", audiences=EVERYBODY, size=100)
            if results.is_rebuilding or results.total != 50 or len({hit.key for hit in results.hits}) != 50:
                wrong.append(results)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for i in range(15):
        index.update([page(f"p{i}", "Verger", f"autre{i} commun")])
    stop.set()
    for thread in threads:
        thread.join()

    assert wrong == []
