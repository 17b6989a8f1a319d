"""Blocks in pages: shown for the reader, by the reader's rights; one that fails shows a small box and no more."""

from typing import Any

import pytest
from markupsafe import Markup

from app.hooks import Macro
from app.station import Station
from tests.web.hands import Browser, content, one, soup


def faults(browser: Browser, path: str = "a") -> list[str]:
    return [box.text for box in soup(browser.get(f"/{path}")).select(".macro-fault")]


def test_a_page_shows_another_one(browser: Browser) -> None:
    browser.write("b", "---\ntitle: Horaires\n---\n\n## Lundi\n\n**ouvert** [[a]]\n")
    browser.write("a", "Avant\n\n{{include page=Horaires}}\n\nAprès\n")
    page = content(browser.get("/a"))

    section = page.select_one("section.include")
    assert section and section.select_one("strong") and section.select("a[href='/b']")
    assert "Avant" in page.text and "Après" in page.text


def test_the_same_page_twice_has_no_id_twice(browser: Browser) -> None:
    browser.write("b", "## Lundi\n\nmots[^1]\n\n[^1]: note\n")
    browser.write("a", "## Lundi\n\n{{include page=b}}\n\n{{include page=b}}\n")

    assert browser.get("/a").status_code == 200  # the client of the tests looks for ids that stand twice


def test_what_is_included_follows_its_page(browser: Browser) -> None:
    browser.write("b", "avant\n")
    browser.write("a", "{{include page=b}}\n")
    tag = browser.get("/a").headers["ETag"]
    browser.write("b", "après\n")

    assert "après" in content(browser.get("/a", headers={"If-None-Match": tag})).text


@pytest.mark.parametrize("pages", [{"a": "{{include page=a}}"}, {"a": "{{include page=b}}", "b": "{{include page=a}}"}])
def test_pages_that_show_each_other_end_in_a_box(browser: Browser, pages: dict[str, str]) -> None:
    for path, text in pages.items():
        browser.write(path, f"mots de {path}\n\n{text}\n")

    assert len(faults(browser)) == 1 and "mots de a" in content(browser.get("/a")).text


def test_a_long_chain_of_pages_ends_in_a_box(browser: Browser) -> None:
    for number in range(8):
        browser.write(f"p{number}", f"mots {number}\n\n{{{{include page=p{number + 1}}}}}\n")

    assert len(faults(browser, "p0")) == 1 and "mots 3" in content(browser.get("/p0")).text


def test_a_page_that_shows_hundreds_of_pages_that_show_hundreds_is_bounded(browser: Browser) -> None:
    browser.write("c", "feuille\n")
    browser.write("b", "{{include page=c}}\n\n" * 60)
    browser.write("a", "{{include page=b}}\n\n" * 60)
    page = content(browser.get("/a"))

    assert 50 < page.text.count("feuille") <= 100 and page.select(".macro-fault")


def test_an_unknown_block_shows_a_box_with_its_name(browser: Browser) -> None:
    browser.write("a", "Avant {{meteo ville=Die}} après\n\n{{autre}}\n")

    assert [fault.split()[0] for fault in faults(browser)] == ["meteo", "autre"]
    assert "Avant" in content(browser.get("/a")).text


def test_a_block_that_fails_shows_a_box_and_the_rest(browser: Browser, site: Station) -> None:
    def fail(_context: Any, _arguments: Any) -> str:
        raise RuntimeError("a plugin's fault")

    site.hooks.macros["casse"] = Macro("casse", fail, "", "")
    browser.write("a", "Avant\n\n{{casse}}\n\nAprès\n")

    assert len(faults(browser)) == 1 and "Après" in content(browser.get("/a")).text
    assert "a plugin's fault" not in browser.get("/a").text


def test_a_block_knows_for_whom_and_where_it_is_shown(browser: Browser, admin: Browser, site: Station) -> None:
    def whose(context: Any, arguments: Any) -> str:
        return Markup("<b>{} {} {}</b>").format(context.viewer.name or "nobody", context.path, arguments["mot"])

    site.hooks.macros["qui"] = Macro("qui", whose, "", "")
    browser.write("a", 'Ici {{QUI mot="<i> &amp;"}}.\n')

    assert "nobody a <i> &amp;" in content(browser.get("/a")).text
    assert "Nadia a" in content(admin.get("/a")).text


def test_a_block_in_the_midst_of_a_line_says_where_to_write_it(browser: Browser) -> None:
    browser.write("b", "mots\n")
    browser.write("a", "Avant {{include page=b}} après\n")

    assert len(faults(browser)) == 1


def test_the_pages_of_a_space_or_with_a_keyword_are_listed(browser: Browser) -> None:
    browser.write("jardins/b", "---\ntitle: Bêche\ntags: [outil]\n---\n")
    browser.write("jardins/a", "---\ntitle: Arrosoir\n---\nmots\n")
    browser.write("autre", "---\ntags: [outil]\n---\n")
    browser.write("a", '{{pages space=jardins}}\n\n{{pages tag="outil" count=1}}\n')
    lists = content(browser.get("/a")).select("ul")

    assert [link.text for link in lists[0].select("a")] == ["Arrosoir", "Bêche"]
    assert len(lists[1].select("a")) == 1


@pytest.mark.parametrize("count", ["0", "-1", "x", "9" * 30, "201", "1" + "0" * 30])
def test_a_number_that_is_none_is_said(browser: Browser, count: str) -> None:
    browser.write("a", f"{{{{changes count={count}}}}}\n")

    assert len(faults(browser)) == 1


def test_changes_are_listed_in_a_page(browser: Browser) -> None:
    browser.write("b", "un\n", author="Léa")
    browser.write("a", "{{changes count=1}}\n")

    assert len(content(browser.get("/a")).select("ol > li")) == 1


def test_a_block_in_code_is_left_alone(browser: Browser) -> None:
    browser.write("a", "`{{changes}}`\n\n    {{changes}}\n")

    assert content(browser.get("/a")).text.count("{{changes}}") == 2


def test_a_closed_page_is_included_for_those_who_may_read_it(browser: Browser, admin: Browser) -> None:
    admin.write("b", "---\naudience: admins\n---\nsecret\n")
    browser.write("a", "{{include page=b}}\n")

    assert "secret" in content(admin.get("/a")).text
    assert "secret" not in browser.get("/a").text and len(faults(browser)) == 1


def test_links_lead_by_title_path_alias_and_heading(admin: Browser, browser: Browser) -> None:
    admin.write("jardins/compost", "---\ntitle: Le compost\naliases: [fumier]\n---\n\n## Quand ?\n")
    links = "[[le COMPOST]] [[jardins/compost|ici]] [[Fumier]] [[Le compost#Quand ?]] [x](jardins/compost.md#quand)"
    browser.write("a", links + "\n")
    found = content(browser.get("/a")).select("a")

    assert [str(link["href"]) for link in found] == ["/jardins/compost"] * 3 + ["/jardins/compost#quand"] * 2
    assert [link.text for link in found[:3]] == ["le COMPOST", "ici", "Fumier"]


def test_a_missing_link_is_marked_and_leads_to_writing_it(browser: Browser) -> None:
    browser.write("a", "[[Une page & l'autre]]\n")
    link = content(browser.get("/a")).select_one("a.missing")

    assert (
        link
        and link["title"]
        and one(browser.get(str(link["href"])), "input[name=title]")["value"] == "Une page & l'autre"
    )
