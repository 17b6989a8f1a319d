"""Two people at one page: what can be joined is joined, and else three choices stand open. No word is lost."""

from werkzeug.test import TestResponse

from tests.web.hands import Browser, content, edit_address, form, notices, one, soup

BASE = "---\nid: abcdefgh\n---\nun\n\ndeux\n\ntrois\n"


def both_edit(browser: Browser, mine: str, theirs: str) -> TestResponse:
    browser.write("a", BASE)
    base = browser.base("a")
    browser.write("a", BASE.replace(*theirs.split("→")), author="Léa")
    text = BASE.replace(*mine.split("→"))
    return browser.post(edit_address("a"), text=text, base=base, author="Zoé", summary="pourquoi")


def test_changes_of_different_lines_are_joined_and_said(browser: Browser) -> None:
    response = both_edit(browser, "un→MOI", "trois→LÉA")

    assert response.status_code == 303
    page = browser.get("/a")
    assert notices(page) and "MOI" in content(page).text and "LÉA" in content(page).text


def test_changes_of_one_line_show_both_texts(browser: Browser) -> None:
    response = both_edit(browser, "deux→mes mots", "deux→ses mots")

    assert response.status_code == 409
    assert "ses mots" in one(response, "#gc-their-text").text and "mes mots" in one(response, "#gc-my-text").text
    assert "Léa" in response.text
    assert "ses mots" in content(browser.get("/a")).text


def forms(response: TestResponse) -> tuple[dict[str, str], dict[str, str]]:
    """Read what the two forms of the conflict page would send: mine over theirs, both together."""
    return form(response, "form[data-saves-draft]"), form(response, "form[data-editor]")


def test_mine_can_replace_theirs_which_stays_in_the_history(browser: Browser) -> None:
    mine, _ = forms(both_edit(browser, "deux→mes mots", "deux→ses mots"))
    response = browser.post(edit_address("a"), **mine)

    assert response.status_code == 303
    assert "mes mots" in content(browser.get("/a")).text and "ses mots" not in content(browser.get("/a")).text
    history = soup(browser.get("/-/history/a")).select("ol.line > li")
    assert len(history) == 3 and "Zoé" in history[0].text and "pourquoi" in history[0].text


def test_both_can_be_put_together_by_hand(browser: Browser) -> None:
    _, together = forms(both_edit(browser, "deux→mes mots", "deux→ses mots"))
    together["text"] = together["text"].replace("mes mots", "mes mots et ses mots")
    response = browser.post(edit_address("a"), **(together | {"action": "save", "author": "Zoé"}))

    assert response.status_code == 303
    assert "mes mots et ses mots" in content(browser.get("/a")).text


def test_theirs_can_stay(browser: Browser) -> None:
    response = both_edit(browser, "deux→mes mots", "deux→ses mots")

    assert soup(response).select("section a[href='/a']")


def test_a_third_change_meanwhile_is_a_new_conflict(browser: Browser) -> None:
    mine, _ = forms(both_edit(browser, "deux→mes mots", "deux→ses mots"))
    browser.write("a", BASE.replace("deux", "encore d'autres"), author="Max")
    response = browser.post(edit_address("a"), **mine)

    assert response.status_code == 409
    assert "encore d'autres" in one(response, "#gc-their-text").text and "mes mots" in one(response, "#gc-my-text").text


def test_a_conflict_in_a_part_shows_whole_texts(browser: Browser) -> None:
    browser.write("a", "## Un\n\nmot\n\n## Deux\n\nfin\n")
    base = browser.base("a")
    browser.write("a", browser.typed("a").replace("mot", "ses mots"))
    response = browser.post(f"{edit_address('a')}?section=1", text="## Un\n\nmes mots\n", base=base, author="Zoé")
    mine, _ = forms(response)

    assert response.status_code == 409
    assert "mes mots" in mine["text"] and "## Deux" in mine["text"]
    assert browser.post(edit_address("a"), **mine).status_code == 303
    assert "## Deux" in browser.typed("a") and "mes mots" in browser.typed("a")


def test_two_who_write_one_new_page_do_not_overwrite_each_other(browser: Browser) -> None:
    browser.write("a", "le premier\n")
    response = browser.post(edit_address("a"), text="le second\n", base="", author="Zoé")

    assert response.status_code == 409
    assert "le premier" in content(browser.get("/a")).text and "le second" in one(response, "#gc-my-text").text


def test_a_new_page_at_an_old_name_is_not_overwritten_by_an_edit_of_the_old_one(browser: Browser) -> None:
    browser.write("a", "ancienne\n")
    base, text = browser.base("a"), browser.typed("a")
    browser.post("/-/rename/a", to="b", author="Léa")
    browser.write("a", "toute nouvelle\n")
    response = browser.post(edit_address("a"), text=text + "mes mots\n", base=base, author="Zoé")

    assert response.status_code in {303, 409}
    assert "toute nouvelle" in content(browser.get("/a")).text
    assert "mes mots" in response.text or "mes mots" in content(browser.get("/b")).text
