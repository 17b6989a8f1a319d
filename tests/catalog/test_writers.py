"""Several writers at once: nobody's save is lost, history is one line, the catalog is what a rebuild would make."""

from concurrent.futures import ThreadPoolExecutor

from app.catalog.editing import Edit, save
from app.catalog.moving import Rename, rename
from app.catalog.rebuild import rebuild
from tests.catalog.hands import IDRIS, NADIA, Hands


def test_writers_of_different_pages_are_all_recorded(hands: Hands) -> None:
    def write(number: int) -> str:
        return hands.write(f"p{number % 4}/{number}", f"mots {number} [[p0/0]]\n").revision

    with ThreadPoolExecutor(max_workers=4) as pool:
        revisions = list(pool.map(write, range(20)))
    before = hands.tables()
    rebuild(hands.wiki)

    assert len(set(revisions)) == 20 and len(hands.changes()) == 20
    assert hands.tables() == before
    assert hands.wiki.store.fsck() == []


def test_writers_of_one_page_lose_no_line(hands: Hands) -> None:
    base = hands.write("a", "---\nid: abcdefgh\n---\n" + "".join(f"ligne {n}\n\n" for n in range(12))).revision

    text = hands.text("a")

    def edit(number: int) -> None:
        save(hands.wiki, Edit("a", text.replace(f"ligne {number}\n", f"ligne {number} !\n"), base, NADIA))

    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(edit, range(0, 12, 3)))

    assert all(f"ligne {number} !\n" in hands.text("a") for number in range(0, 12, 3))
    assert hands.history("a") == ["edited"] * 4 + ["created"]


def test_a_rename_among_edits_takes_them_along(hands: Hands) -> None:
    base = hands.write("a", "---\nid: abcdefgh\n---\n" + "".join(f"ligne {n}\n\n" for n in range(12))).revision
    text = hands.text("a")

    def edit(number: int) -> None:
        save(hands.wiki, Edit("a", text.replace(f"ligne {number}\n", f"ligne {number} !\n"), base, NADIA))

    with ThreadPoolExecutor(max_workers=4) as pool:
        work = [pool.submit(edit, number) for number in range(0, 12, 4)]
        work.append(pool.submit(rename, hands.wiki, Rename("a", "b", IDRIS)))
        for one in work:
            one.result()

    assert hands.find("a") is None
    assert all(f"ligne {number} !\n" in hands.text("b") for number in range(0, 12, 4))
