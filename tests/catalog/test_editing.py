"""Saving a page keeps everything right that is derived from it."""

import pytest

from app.catalog.editing import Edit, EditConflict, save
from app.catalog.history import ChangeQuery, list_changes
from app.catalog.moving import Rename, rename
from app.errors import Conflict, Invalid, TooLarge
from app.hooks import Saved
from tests.catalog.hands import EVERYBODY, IDRIS, NADIA, Hands


def test_a_new_page_is_found_by_its_path(hands: Hands) -> None:
    outcome = hands.write("jardins/compost", "# Le compost\n")

    assert outcome.is_new
    page = hands.find("jardins/compost")
    assert page and (page.title, page.space, page.author) == ("Le compost", "jardins", NADIA)


def test_a_page_gets_an_identity_once(hands: Hands) -> None:
    hands.write("a", "one\n")
    first = hands.find("a")
    hands.write("a", "---\ntags: [eau]\n---\ntwo\n")

    second = hands.find("a")
    assert first and second and first.id and first.id == second.id


def test_a_copied_identity_is_replaced_on_the_newer_page(hands: Hands) -> None:
    hands.write("a", "one\n")
    hands.write("b", hands.text("a"))

    one, two = hands.find("a"), hands.find("b")
    assert one and two and one.id != two.id


def test_an_edit_keeps_the_first_moment(hands: Hands) -> None:
    hands.write("a", "one\n")
    born = hands.find("a")
    hands.write("a", "two\n", author=IDRIS)

    page = hands.find("a")
    assert page and born and page.created_at == born.created_at and page.author == IDRIS


def test_saving_the_same_text_makes_no_commit(hands: Hands) -> None:
    hands.write("a", "one\n")
    outcome = hands.write("a", hands.text("a"))

    assert not outcome.is_changed
    assert hands.history("a") == ["created"]


def test_history_counts_what_was_added(hands: Hands) -> None:
    hands.write("a", "---\nid: abcdefgh\n---\none\n")
    hands.write("a", "---\nid: abcdefgh\n---\none and two\n")

    with hands.wiki.catalog.reading() as connection:
        assert next(row.delta for row in list_changes(connection, ChangeQuery(), EVERYBODY)) == len(" and two")


def test_a_link_finds_a_page_by_title_path_and_alias(hands: Hands) -> None:
    hands.write("jardins/compost", "---\ntitle: L’Épicerie\naliases: [Vieux nom]\n---\n")

    assert {hands.means(name) for name in ("l'epicerie", "JARDINS/Compost", "vieux Nom")} == {"jardins/compost"}


def test_a_path_wins_over_a_title_and_a_title_over_an_alias(hands: Hands) -> None:
    hands.write("x", "---\naliases: [but]\n---\n")
    hands.write("y", "---\ntitle: But\n---\nmots\n")
    assert hands.means("but") == "y"
    hands.write("but", "ici\n")

    assert hands.means("but") == "but"


def test_a_missing_page_is_wanted_until_it_is_written(hands: Hands) -> None:
    hands.write("a", "[[Fête du pain]]\n")
    assert hands.wanted() == ["Fête du pain"]
    hands.write("fete-du-pain", "enfin\n")

    assert hands.wanted() == []
    assert hands.backlinks("fete-du-pain") == ["a"]


def test_a_page_is_an_orphan_until_somebody_links_to_it(hands: Hands) -> None:
    hands.write("a", "seul\n")
    assert hands.orphans() == ["a"]
    hands.write("index", "[x](a.md)\n")

    assert hands.orphans() == []


def test_a_record_is_no_orphan_for_the_lists_of_its_form_lead_there(hands: Hands) -> None:
    hands.write("a", "---\nform: outil\n---\nun broyeur\n")

    assert hands.orphans() == []


def test_a_page_that_links_to_itself_stays_an_orphan(hands: Hands) -> None:
    hands.write("a", "[[a]]\n")

    assert hands.orphans() == ["a"]


def test_a_link_that_is_taken_out_is_no_backlink_any_more(hands: Hands) -> None:
    hands.write("b", "ici\n")
    hands.write("a", "[[b]]\n")
    hands.write("a", "rien\n")

    assert hands.backlinks("b") == []
    assert "b" in hands.orphans()


@pytest.mark.parametrize(
    "twin", ["Jardins/Compost", "jardins/cômpost", "jardins/compost/index", "jardins/co\u0302mpost"]
)
def test_a_page_cannot_be_the_twin_of_another(hands: Hands, twin: str) -> None:
    hands.write("jardins/compost", "un\n")

    with pytest.raises(Conflict, match="already"):
        hands.write(twin, "deux\n")
    assert hands.find(twin) is None


@pytest.mark.parametrize("text", ["", "   \n\n", "\n"])
def test_an_empty_page_is_refused(hands: Hands, text: str) -> None:
    with pytest.raises(Invalid, match="empty"):
        hands.write("a", text)


def test_nul_and_lone_surrogates_are_refused(hands: Hands) -> None:
    for text in ("a\0b", "a\udc80b"):
        with pytest.raises(Invalid):
            hands.write("a", text)


def test_a_page_over_the_cap_is_refused_with_both_sizes(hands: Hands) -> None:
    with pytest.raises(TooLarge, match="1000 kB"):
        hands.write("a", "a" * 6_000_000)


def test_text_is_kept_in_one_form(hands: Hands) -> None:
    hands.write("a", "---\nid: abcdefgh\n---\r\ne\u0301te\u0301\rfin\n\n\n")

    assert hands.text("a") == "---\nid: abcdefgh\n---\nété\nfin\n"


def test_two_edits_of_different_lines_are_joined(hands: Hands) -> None:
    base = hands.write("a", "---\nid: abcdefgh\n---\nun\n\ndeux\n\ntrois\n").revision
    hands.write("a", hands.text("a").replace("un", "UN"), author=IDRIS)
    outcome = save(hands.wiki, Edit("a", "---\nid: abcdefgh\n---\nun\n\ndeux\n\nTROIS\n", base, NADIA))

    assert outcome.is_merged
    assert hands.text("a") == "---\nid: abcdefgh\n---\nUN\n\ndeux\n\nTROIS\n"


def test_two_edits_of_one_line_conflict_and_nothing_is_saved(hands: Hands) -> None:
    base = hands.write("a", "---\nid: abcdefgh\n---\nun\n").revision
    theirs = hands.write("a", "---\nid: abcdefgh\n---\nleurs mots\n", author=IDRIS).revision

    with pytest.raises(EditConflict) as conflict:
        save(hands.wiki, Edit("a", "---\nid: abcdefgh\n---\nmes mots\n", base, NADIA))
    assert (conflict.value.page.revision, "leurs mots" in conflict.value.text) == (theirs, True)
    assert hands.history("a") == ["edited", "created"]


def test_two_people_who_write_the_same_do_not_conflict(hands: Hands) -> None:
    base = hands.write("a", "---\nid: abcdefgh\n---\nun\n").revision
    hands.write("a", "---\nid: abcdefgh\n---\ndeux\n", author=IDRIS)
    outcome = save(hands.wiki, Edit("a", "---\nid: abcdefgh\n---\ndeux\n", base, NADIA))

    assert not outcome.is_changed


def test_an_unknown_base_conflicts_instead_of_overwriting(hands: Hands) -> None:
    hands.write("a", "un\n")

    for base in ("f" * 40, "nonsense", None):
        with pytest.raises(EditConflict):
            save(hands.wiki, Edit("a", "deux\n", base, NADIA))


def test_an_edit_finds_the_page_that_was_renamed_meanwhile(hands: Hands) -> None:
    base = hands.write("a", "un\n").revision
    typed = hands.text("a").replace("un", "deux")
    rename(hands.wiki, Rename("a", "b", IDRIS))
    outcome = save(hands.wiki, Edit("a", typed, base, NADIA))

    assert outcome.path == "b"
    assert "deux" in hands.text("b") and hands.find("a") is None


def test_those_who_administer_set_the_restricted_keys(hands: Hands) -> None:
    hands.write("a", "---\naudience: members\n---\n")

    page = hands.find("a")
    assert page and page.audience == "members"


@pytest.mark.parametrize("key", ["audience: admins", "editors: nadia", "redirect: b", "aliases: [b]"])
def test_others_cannot_set_a_restricted_key(hands: Hands, key: str) -> None:
    outcome = hands.write("a", f"---\n{key}\ntags: [eau]\n---\nmots\n", may_administer=False)

    assert outcome.kept_keys == (key.partition(":")[0],)
    assert key not in hands.text("a") and "tags: [eau]" in hands.text("a")


def test_others_cannot_take_a_restricted_key_away(hands: Hands) -> None:
    hands.write("a", "---\naudience: members\naliases: [vieux]\n---\nun\n")
    hands.write("a", "deux\n", may_administer=False)

    page = hands.find("a")
    assert page and page.audience == "members" and hands.means("vieux") == "a"


def test_others_cannot_open_a_page_by_breaking_its_head(hands: Hands) -> None:
    hands.write("a", "---\naudience: members\n---\nun\n")

    with pytest.raises(Invalid, match="head"):
        hands.write("a", "---\naudience: members\ntitle: a\ntitle: b\n---\nun\n", may_administer=False)


def test_others_cannot_close_a_page_by_a_broken_head(hands: Hands) -> None:
    hands.write("a", "un\n")

    with pytest.raises(Invalid, match="head"):
        hands.write("a", "---\naudience: admins\ntitle: a\ntitle: b\n---\nun\n", may_administer=False)


def test_a_broken_head_that_speaks_of_readers_closes_the_page(hands: Hands) -> None:
    hands.write("a", "---\naudience: members\ntitle: a\ntitle: b\n---\nun\n")

    page = hands.find("a")
    assert page and page.audience == "admins"


def test_an_unknown_audience_closes_the_page(hands: Hands) -> None:
    hands.write("a", "---\naudience: tout le monde\n---\nun\n")

    page = hands.find("a")
    assert page and page.audience == "admins"


def test_the_hooks_hear_of_a_save(hands: Hands) -> None:
    heard: list[Saved] = []
    hands.wiki.hooks.saved.append(heard.append)
    outcome = hands.write("a", "---\nid: abcdefgh\n---\nun\n")
    hands.write("a", hands.text("a"))

    assert heard == [Saved("a", "---\nid: abcdefgh\n---\nun\n", None, NADIA, outcome.revision)]


def test_a_hook_that_fails_does_not_undo_a_save(hands: Hands) -> None:
    def fail(_: Saved) -> None:
        raise RuntimeError("a plugin's fault")

    hands.wiki.hooks.saved.append(fail)
    outcome = hands.write("a", "un\n")

    assert outcome.is_changed and hands.find("a")


def test_a_summary_becomes_one_short_line(hands: Hands) -> None:
    hands.write("a", "un\n", summary="une\nligne\0 \u202e" + "x" * 500)

    with hands.wiki.catalog.reading() as connection:
        summary = list_changes(connection, ChangeQuery(), EVERYBODY)[0].summary
    assert summary.startswith("une ligne x") and len(summary) == 300


def test_a_typed_identity_counts_from_those_who_administer_only(hands: Hands) -> None:
    hands.write("a", "---\nid: k7q2m9x4\n---\none\n", may_administer=False)
    hands.write("b", "---\nid: k7q2m9x4\n---\none\n")

    one, two = hands.find("a"), hands.find("b")
    assert one and two and one.id and (one.id != "k7q2m9x4") and two.id == "k7q2m9x4"


def test_a_page_gets_its_identity_back_when_its_broken_head_is_mended(hands: Hands) -> None:
    hands.write("a", "one\n")
    born = hands.find("a")
    assert born and born.id
    hands.write("a", f"---\nid: {born.id}\ntags: [\n---\none\n", may_administer=False)
    broken = hands.find("a")
    hands.write("a", f"---\nid: {born.id}\n---\ntwo\n", may_administer=False)

    mended = hands.find("a")
    assert broken and broken.id is None
    assert mended and mended.id == born.id
