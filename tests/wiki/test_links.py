"""What addresses in a page mean, and how links are repaired when pages move."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.config import declared
from app.wiki.addresses import href_of, locate
from app.wiki.links import rewrite
from app.wiki.markup import Renderer, render

OLD, NEW = "jardins/compost", "verger/le-tas"


def no_page(_typed: str) -> None:
    return None


def by_name(typed: str) -> str | None:
    return OLD if typed.lower().strip("/") in {OLD, "le compost", "le tas de compost"} else None


def repaired(body: str, path: str = "jardins/autre", new_path: str = "") -> str:
    return rewrite(body, path, new_path or path, {OLD: NEW}, by_name)


@pytest.mark.parametrize(("typed", "kind", "target"), [
    ("autre", "page", "jardins/autre"), ("autre.md", "page", "jardins/autre"), ("./autre.md", "page", "jardins/autre"),
    ("../a", "page", "a"), ("../../../a", "page", "a"), ("/a/b", "page", "a/b"), ("/a/b.md", "page", "a/b"),
    ("/", "page", "index"), ("/a/", "page", "a/index"), ("..", "page", "index"), ("./", "page", "jardins/index"),
    ("caf%C3%A9", "page", "jardins/café"), ("cafe\u0301", "page", "jardins/café"), ("a#b", "page", "jardins/a"),
    ("plan.jpg", "file", "jardins/compost/plan.jpg"), ("compost.files/plan.jpg", "file", "jardins/compost/plan.jpg"),
    ("../b.files/c.pdf", "file", "b/c.pdf"), ("/-/files/b/c.pdf", "file", "b/c.pdf"),
    ("a?b=1", "site", ""), ("/-/changes", "site", ""), ("a b", "site", ""), ("/static/x.css", "site", ""), ("x/y.pdf", "site", ""),
    ("/robots.txt", "site", ""), (".alert(1);", "site", ""), (".htaccess", "site", ""), ("javascript%3Aalert(1)", "site", ""),
    ("#x", "anchor", ""), ("https://e.org", "outside", ""), ("HTTP://e.org", "outside", ""), ("//e.org", "outside", ""),
    ("\\\\e.org", "outside", ""), ("/\\e.org", "outside", ""), ("/\t/e.org", "outside", ""), ("mailto:a@e.org", "other", ""),
    ("javascript:1", "other", ""), ("java\nscript:1", "other", ""), (" \x01javascript:1", "other", ""),
])  # fmt: skip
def test_an_address_means_what_a_browser_would_understand(typed: str, kind: str, target: str) -> None:
    address = locate(typed, OLD)

    assert (address.kind, address.target) == (kind, target)


@given(st.text(st.sampled_from("./\\:?#%2fFaA -é\t\n@&;"), max_size=12))
def test_an_address_of_this_site_cannot_lead_elsewhere(typed: str) -> None:
    address = locate(typed, "a/b")

    if address.kind in {"page", "file", "site"}:
        assert address.url.startswith("/")
        assert not address.url.startswith(("//", "/\\"))
        assert address.url.isascii()
        assert not set(address.url) & set(' \t\n\\<>"')


def test_addresses_of_pages_are_encoded() -> None:
    assert href_of("index") == "/"
    assert href_of("jardins/index", "été") == "/jardins/#%C3%A9t%C3%A9"


@pytest.mark.parametrize(("before", "after"), [
    ("[x](compost)", "[x](../verger/le-tas)"),
    ("[x](compost.md)", "[x](../verger/le-tas.md)"),
    ('[x](<compost.md> "t")', '[x](<../verger/le-tas.md> "t")'),
    ("[x](  compost.md#Outils 't' )", "[x](  ../verger/le-tas.md#Outils 't' )"),
    ("[x](/jardins/compost)", "[x](/verger/le-tas)"),
    ("[x](../jardins/./compost.md)", "[x](../verger/le-tas.md)"),
    ("![x](compost.files/plan.jpg)", "![x](../verger/le-tas.files/plan.jpg)"),
    ("![x](/-/files/jardins/compost/plan.jpg)", "![x](/-/files/verger/le-tas/plan.jpg)"),
    ("[![x](compost.files/p.jpg)](compost)", "[![x](../verger/le-tas.files/p.jpg)](../verger/le-tas)"),
    ("[x][r]\n\n[r]: compost.md 't'", "[x][r]\n\n[r]: ../verger/le-tas.md 't'"),
    ("> [r][]\n>\n> [r]: <compost>", "> [r][]\n>\n> [r]: <../verger/le-tas>"),
    ('<a class="external" href="compost">x</a>', '<a class="external" href="../verger/le-tas">x</a>'),
    ("<img alt=x src='compost.files/p.jpg'>", "<img alt=x src='../verger/le-tas.files/p.jpg'>"),
    ("[[jardins/compost]]", "[[verger/le-tas]]"),
    ("[[/Jardins/Compost#Outils|les outils]]", "[[/verger/le-tas#Outils|les outils]]"),
    ("| a |\n|---|\n| [[jardins/compost|x]] |", "| a |\n|---|\n| [[verger/le-tas|x]] |"),
    ("# [x](compost)\n\n- [y](compost)\n  > [z](compost)", "# [x](../verger/le-tas)\n\n- [y](../verger/le-tas)\n  > [z](../verger/le-tas)"),
    ("a[^1]\n\n[^1]: [x](compost)", "a[^1]\n\n[^1]: [x](../verger/le-tas)"),
])  # fmt: skip
def test_a_link_to_a_moved_page_is_repaired_in_its_own_spelling(before: str, after: str) -> None:
    assert repaired(before) == after


@pytest.mark.parametrize("body", [
    "`[x](compost)`", "```\n[x](compost)\n[[jardins/compost]]\n```", "    [x](compost)", r"\[x](compost)", r"\[[jardins/compost]]",
    "<!-- [x](compost) -->", "<pre>\n[[jardins/compost]]\n</pre>", "`[[jardins/compost]]`", "{{include jardins/compost}}",
    "[x](compost", "](compost)", "[x]: compost", "https://e.org/jardins/compost", "[x](https://e.org/compost)", "compost",
    "[[Le compost]]", "[[Le tas de compost|x]]", "[x](compost?y=1)", "<i title='[[jardins/compost]]'>x</i>", "[x](compostage)",
    "`` [x](compost) ` [[jardins/compost]] ``", "~~~\n[r]: compost\n~~~\n[r]",
])  # fmt: skip
def test_what_is_no_link_or_names_no_old_path_is_left_alone(body: str) -> None:
    assert repaired(body) == body


def test_code_that_looks_like_a_link_is_left_alone_beside_a_link() -> None:
    assert (
        repaired("`[x](compost)` [x](compost) `[x](compost)`") == "`[x](compost)` [x](../verger/le-tas) `[x](compost)`"
    )


@pytest.mark.parametrize(("before", "after"), [
    ("[x](autre.md)", "[x](../jardins/autre.md)"), ("[x](../a)", "[x](../a)"), ("[x](/a)", "[x](/a)"), ("[x](./)", "[x](../jardins/)"),
    ("![x](plan.jpg)", "![x](plan.jpg)"), ("![x](compost.files/plan.jpg)", "![x](le-tas.files/plan.jpg)"),
    ("[x](compost.md#a)", "[x](le-tas.md#a)"), ("[x](#a)", "[x](#a)"), ("[x](../verger/pommes)", "[x](../verger/pommes)"),
    ("[x](autre?y=1)", "[x](/jardins/autre?y=1)"), ("[[autre]]", "[[autre]]"),
])  # fmt: skip
def test_the_links_of_a_page_that_moves_still_lead_where_they_did(before: str, after: str) -> None:
    assert repaired(before, OLD, NEW) == after


def test_links_among_pages_that_move_together_stay_as_they_are() -> None:
    moved = {"jardins/index": "verger/index", "jardins/a": "verger/a", "jardins/b": "verger/b"}
    body = "[x](b.md) [y](./) ![z](a.files/p.jpg) ![z](b.files/p.jpg)"

    assert rewrite(body, "jardins/a", "verger/a", moved, no_page) == body


def test_a_folder_is_named_by_its_home_page() -> None:
    moved = {"jardins/index": "verger/index"}

    assert rewrite("[x](/jardins/) [y](jardins/) [z](jardins/index.md)", "a", "a", moved, no_page) == (
        "[x](/verger/) [y](verger/) [z](verger/index.md)"
    )
    assert rewrite("[[jardins]]", "a", "a", moved, {"jardins": "jardins/index"}.get) == "[[verger|jardins]]"


def test_a_page_without_old_links_is_not_even_parsed() -> None:
    def parse(_body: str) -> set[str]:
        raise AssertionError

    assert rewrite("[x](y) [[z]]", "a", "a", {OLD: NEW}, no_page, spot=parse) == "[x](y) [[z]]"


def test_links_may_be_tried_out_within_the_budget_of_a_renderer() -> None:
    renderer = Renderer(seconds=declared()["render_seconds"].default, max_bytes=1000)
    body = "[x](/jardins/compost) `[x](/jardins/compost)` [[jardins/compost]] ![x](/jardins/compost.files/p.jpg)"

    assert rewrite(body, "a", "a", {OLD: NEW}, by_name, spot=renderer.spot) == repaired(body, "a")
    renderer.close()


WORDS = st.sampled_from([
    "texte", "`", "``", "```\n", "\n", "\n\n", "    ", "> ", "- ", "# ", "[", "]", "(", ")", "<", ">", "|", "\\", "*", "[x](", "[[", "]]",
    "[[a|b]]", "[r]: ", "![", "compost", "compost.md", "/jardins/compost", "jardins/compost", "[x](compost)", "[[jardins/compost]]",
    "![x](compost.files/p.jpg)", "<a href='compost'>", "</a>", "<!--", "-->", "[r]", "[x][r]", "| a |\n|---|\n", "é", "&amp;", "{{a}}",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=20).map("".join))
def test_a_body_that_links_to_nothing_that_moved_is_the_same_to_the_byte(body: str) -> None:
    assert rewrite(body, "jardins/autre", "jardins/autre", {"jardins/poules": "verger/poules"}, no_page) == body


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=20).map("".join))
def test_what_moves_there_and_back_is_the_same_to_the_byte(body: str) -> None:
    there = rewrite(body, "jardins/autre", "jardins/autre", {OLD: "jardins/tas"}, {OLD: OLD}.get)
    back = rewrite(there, "jardins/autre", "jardins/autre", {"jardins/tas": OLD}, {"jardins/tas": "jardins/tas"}.get)

    assert back == body


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=20).map("".join))
def test_after_a_repair_every_link_leads_to_the_new_place(body: str) -> None:
    after = render(rewrite(body, "jardins/autre", "jardins/autre", {OLD: NEW}, {OLD: OLD}.get), "jardins/autre")
    before = render(body, "jardins/autre")

    expected = [re.sub(rf"^{OLD}(?=/|$)", NEW, link.target) for link in before.links]
    assert [link.target for link in after.links] == expected
