"""Two changes of one record are joined answer by answer, its free text line by line; pages as ever."""

from app.catalog.record_merging import merge
from app.station import Station

BASE = "---\ntitle: Four\nform: place\nkind: oven\nplace:\n  lat: '44.1'\n  lon: '4.1'\ntags: [pain]\n---\n\nUn.\n\nDeux.\n\nTrois.\n"


def test_neighbouring_lines_of_the_head_do_not_meet(station: Station) -> None:
    mine, theirs = BASE.replace("kind: oven", "kind: hut"), BASE.replace("form: place", "form: place\nowner: Nadia")

    assert merge(station.wiki.store, BASE, mine, theirs) == theirs.replace("kind: oven", "kind: hut")


def test_a_position_is_never_put_together_from_two(station: Station) -> None:
    mine, theirs = BASE.replace("44.1", "44.2"), BASE.replace("4.1'\ntags", "4.3'\ntags")

    assert mine != BASE != theirs and merge(station.wiki.store, BASE, mine, theirs) is None


def test_words_that_both_added_are_all_there(station: Station) -> None:
    mine, theirs = BASE.replace("[pain]", "[pain, bois]"), BASE.replace("[pain]", "[pain, fête]")
    joined = merge(station.wiki.store, BASE, mine, theirs) or ""

    assert all(word in joined for word in ("pain", "bois", "fête"))


def test_free_text_is_joined_line_by_line(station: Station) -> None:
    mine, theirs = BASE.replace("Un.", "Un !"), BASE.replace("Trois.", "Trois !").replace("oven", "hut")
    joined = merge(station.wiki.store, BASE, mine, theirs) or ""

    assert joined.endswith("Un !\n\nDeux.\n\nTrois !\n") and "kind: hut" in joined
    assert merge(station.wiki.store, BASE, mine, BASE.replace("Un.", "Un ?")) is None


def test_a_page_that_is_no_record_is_joined_by_its_lines(station: Station) -> None:
    base = BASE.replace("form: place\n", "")

    assert merge(station.wiki.store, base, base.replace("Un.", "1."), base.replace("Trois.", "3.")) == base.replace(
        "Un.", "1."
    ).replace("Trois.", "3.")
