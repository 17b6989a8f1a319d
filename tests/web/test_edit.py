"""Writing: the whole page or a part of it, with a preview; what was typed is never lost."""

import pytest

from app.people.door import Door
from app.station import Station
from app.web.kit import NAME_COOKIE
from app.wiki.frontmatter import parse
from tests.web.hands import Browser, content, edit_address, errors, follow_search, form, notices, one, soup, textarea

SECTIONS = "# Titre\n\nAvant\n\n## Un\n\nmot un\n\n## Deux\n\nmot deux\n\n### Deux bis\n\nsuite\n\n## Trois\n\nfin\n"


def test_a_page_is_edited_saved_and_found_by_search(browser: Browser, site: Station) -> None:
    browser.write("jardins/compost", "# Le compost\n\nOn met les épluchures ici.\n")
    text = browser.typed("jardins/compost").replace("épluchures", "feuilles mortes")
    browser.write("jardins/compost", text)
    follow_search(site)

    assert "feuilles mortes" in content(browser.get("/jardins/compost")).text
    assert browser.search("feuille morte") == ["Le compost"]
    assert browser.search("épluchure") == []


def test_saving_leads_to_the_page(browser: Browser) -> None:
    response = browser.write("jardins/compost", "un\n")

    assert (response.status_code, response.headers["Location"]) == (303, "/jardins/compost")


def test_the_editor_of_a_new_page_begins_with_its_title(browser: Browser) -> None:
    assert parse(browser.typed("jardins/fete-du-pain")).text("title") == "Fete du pain"
    assert browser.base("jardins/fete-du-pain") == ""


def test_title_and_keywords_have_fields_and_the_other_lines_stay(admin: Browser, browser: Browser) -> None:
    admin.write("a", "---\nid: abcdefgh\n# a word\ntitle: Un\n---\n\nmots\n")
    fields = form(browser.get(edit_address("a")), "form[data-editor]")
    browser.post(
        edit_address("a"), **(fields | {"title": "Deux : trois", "tags": "eau,  terre noire", "author": "Zoé"})
    )

    assert browser.typed("a") == (
        '---\nid: abcdefgh\n# a word\ntitle: "Deux : trois"\ntags: [eau, terre noire]\n---\n\nmots\n'
    )
    assert one(browser.get("/a"), "h1").text == "Deux : trois"


@pytest.mark.parametrize(
    "text", ["mots\n", "\n\nmots\n", "---\nid: abcdefgh\n---\n\n\n\n    mots\n", "---\n---\nmots\n"]
)
def test_a_form_that_is_sent_as_it_came_changes_nothing(browser: Browser, site: Station, text: str) -> None:
    browser.write("a", text)
    tip = site.wiki.store.tip()
    fields = form(browser.get(edit_address("a")), "form[data-editor]")
    crlf = {name: value.replace("\n", "\r\n") for name, value in fields.items()}
    browser.post(edit_address("a"), **(crlf | {"author": "Zoé"}))

    assert site.wiki.store.tip() == tip


def test_a_head_that_cannot_be_read_is_edited_with_the_text(browser: Browser) -> None:
    text = "---\nid: a\nid: b\n---\nmots\n"
    browser.write("a", text)

    assert textarea(browser.get(edit_address("a"))) == text


def test_the_editor_shows_the_text_byte_for_byte(admin: Browser, browser: Browser) -> None:
    text = '---\nid: abcdefgh\ntitle: "<b>&amp;"\n---\n\n\n</textarea><script>\n  &eacute; é\t“x”\n'
    admin.write("a", text)

    assert browser.typed("a") == text


def test_the_typed_name_is_remembered_on_this_device(browser: Browser) -> None:
    browser.write("a", "un\n", author="  Zoé   Bel ")

    assert one(browser.get(edit_address("b")), "input[name=author]")["value"] == "Zoé Bel"


def test_without_a_name_nothing_is_saved_and_the_text_is_kept(browser: Browser) -> None:
    response = browser.post(edit_address("a"), text="mon texte\n", base="", author="  ", summary="un mot")

    assert response.status_code == 400
    assert textarea(response) == "mon texte\n" and one(response, "input[name=summary]")["value"] == "un mot"
    assert soup(response).select("#gc-errors a[href='#gc-field-author']")
    assert browser.get("/a").status_code == 404


def test_a_name_that_is_too_long_is_said_at_its_field(browser: Browser) -> None:
    response = browser.post(edit_address("a"), text="mon texte\n", base="", author="x" * 70)

    assert soup(response).select("#gc-errors a[href='#gc-field-author']")
    assert textarea(response) == "mon texte\n"


def test_somebody_signed_in_signs_with_the_account(member: Browser, browser: Browser) -> None:
    assert not soup(member.get(edit_address("a"))).select("input[name=author]:not([type=hidden])")
    member.write("a", "un\n", author="Somebody else")

    assert "Idris" in one(browser.get("/a"), ".page-foot").text
    assert member.client.get_cookie(NAME_COOKIE) is None


def test_the_summary_stands_in_the_history(browser: Browser) -> None:
    browser.write("a", "un\n", summary="première version")

    assert "première version" in browser.get("/-/history/a").text


def test_saving_what_was_there_already_changes_nothing(browser: Browser) -> None:
    browser.write("a", "un\n")
    response = browser.post(edit_address("a"), text=browser.typed("a"), base=browser.base("a"), author="Zoé")

    assert response.status_code == 303 and notices(browser.get("/a"))
    assert len(soup(browser.get("/-/history/a")).select("ol.line > li")) == 1


def test_a_part_is_edited_alone_and_the_rest_stays(browser: Browser) -> None:
    browser.write("a", SECTIONS)
    before = browser.typed("a")
    number = next(
        int(str(link["href"]).rpartition("=")[2])
        for link in soup(browser.get("/a")).select(".pencil a")
        if link.find_parent(["h2", "h3"])
        and "Deux bis" not in link.find_parent(["h2", "h3"]).text
        and "Deux" in link.find_parent(["h2", "h3"]).text
    )
    address = f"{edit_address('a')}?section={number}"
    assert browser.typed("a", number) == "## Deux\n\nmot deux\n\n### Deux bis\n\nsuite\n\n"
    response = browser.post(address, text="## Deux\n\nmot changé\n", base=browser.base("a"), author="Zoé")

    assert (response.status_code, response.headers["Location"]) == (303, "/a#deux")
    assert browser.typed("a") == before.replace("mot deux\n\n### Deux bis\n\nsuite", "mot changé")


def test_a_part_is_merged_with_a_change_of_another_part(browser: Browser) -> None:
    browser.write("a", SECTIONS)
    base = browser.base("a")
    browser.write("a", browser.typed("a").replace("mot un", "mot de quelqu'un d'autre"))
    response = browser.post(
        f"{edit_address('a')}?section=4", text="### Deux bis\n\nma suite\n", base=base, author="Léa"
    )

    assert response.status_code == 303
    assert "mot de quelqu'un d'autre" in browser.typed("a") and "ma suite" in browser.typed("a")


def test_a_part_of_a_page_that_was_renamed_meanwhile_is_saved_there(browser: Browser) -> None:
    browser.write("a", SECTIONS)
    base = browser.base("a")
    browser.post("/-/rename/a", to="b", author="Léa")
    response = browser.post(
        f"{edit_address('a')}?section=4", text="### Deux bis\n\nma suite\n", base=base, author="Zoé"
    )

    assert (response.status_code, response.headers["Location"]) == (303, "/b#deux-bis")
    assert "ma suite" in browser.typed("b")


def test_a_page_that_was_renamed_meanwhile_is_saved_at_its_new_place(browser: Browser) -> None:
    browser.write("a", "un\n")
    base, text = browser.base("a"), browser.typed("a")
    browser.post("/-/rename/a", to="b", author="Léa")
    response = browser.post(edit_address("a"), text=text + "deux\n", base=base, author="Zoé")

    assert (response.status_code, response.headers["Location"]) == (303, "/b")
    assert browser.get("/a").status_code == 302


def test_a_page_that_was_deleted_meanwhile_comes_back_with_the_text(browser: Browser) -> None:
    browser.write("a", "un\n")
    base, text = browser.base("a"), browser.typed("a")
    browser.post("/-/delete/a", author="Léa")
    response = browser.post(edit_address("a"), text=text + "deux\n", base=base, author="Zoé")

    assert response.status_code == 303
    assert "deux" in content(browser.get("/a")).text


@pytest.mark.parametrize("section", ["99", "-1", "x", "9" * 30])
def test_a_part_that_is_not_there_shows_the_whole_page(browser: Browser, section: str) -> None:
    browser.write("a", SECTIONS)

    assert "## Trois" in textarea(browser.get(f"{edit_address('a')}?section={section}"))


def test_a_part_that_is_gone_keeps_the_typed_text(browser: Browser) -> None:
    browser.write("a", SECTIONS)
    response = browser.post(f"{edit_address('a')}?section=99", text="## Neuf\n", base=browser.base("a"), author="Zoé")

    assert response.status_code == 404
    assert textarea(response) == "## Neuf\n" and errors(response)


def test_the_preview_shows_the_page_and_saves_nothing(browser: Browser) -> None:
    browser.write("b", "---\ntitle: But\n---\nmots\n")
    response = browser.post(
        edit_address("a"), text="**gras** [[But]]\n", base="", action="preview", author="", summary="s"
    )

    assert response.status_code == 200
    preview = one(response, "#gc-preview")
    assert preview.select_one("strong").text == "gras" and preview.select("a[href='/b']")
    assert textarea(response) == "**gras** [[But]]\n" and one(response, "input[name=summary]")["value"] == "s"
    assert browser.get("/a").status_code == 404


def test_the_preview_of_a_part_shows_that_part(browser: Browser) -> None:
    browser.write("a", SECTIONS)
    response = browser.post(
        f"{edit_address('a')}?section=2", text="## Un\n\nautre\n", base=browser.base("a"), action="preview"
    )

    assert "autre" in one(response, "#gc-preview").text
    assert one(response, "form[data-editor]")["action"] == "/-/edit/a?section=2"


def test_the_scripts_get_a_preview_as_a_fragment(browser: Browser) -> None:
    response = browser.post("/-/preview/a", text="**gras**")

    assert "<strong>gras</strong>" in response.text and "<html" not in response.text


def test_the_scripts_get_pages_by_title(browser: Browser) -> None:
    browser.write("jardins/compost", "# Le compost\n")

    expected = [{"title": "Le compost", "path": "jardins/compost", "address": "/jardins/compost"}]
    assert browser.get("/-/titles?q=Compo").json == expected
    assert browser.get("/-/titles?q=").json == []


def test_pasted_html_becomes_what_one_types(browser: Browser) -> None:
    response = browser.client.post(
        "/-/convert", data="<p>un <b>mot</b><script>x</script></p>", content_type="text/html"
    )

    assert (response.mimetype, response.text.strip()) == ("text/plain", "un **mot**")


def test_too_much_pasted_at_once_is_refused(browser: Browser) -> None:
    response = browser.client.post("/-/convert", data=b"x" * 1_000_001, content_type="text/html")

    assert response.status_code == 413


def test_a_text_of_another_site_is_not_taken(browser: Browser) -> None:
    response = browser.post(edit_address("a"), {"Origin": "https://evil.example"}, text="x", base="", author="Zoé")

    assert response.status_code == 403
    assert browser.get("/a").status_code == 404


def test_the_editor_lists_the_blocks_that_can_be_inserted(browser: Browser) -> None:
    assert "{{changes count=5}}" in browser.get(edit_address("a")).text


def test_what_the_lock_refuses_keeps_the_text(browser: Browser, site: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site.wiki.store, "_lock_seconds", 0.05)
    with site.wiki.store.writing():
        response = browser.post(edit_address("a"), text="mon texte\n", base="", author="Zoé")

    assert response.status_code == 503
    assert textarea(response) == "mon texte\n" and errors(response)


def test_a_full_disk_keeps_the_text(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.errors import StorageFull

    def fail(*_: object) -> None:
        raise StorageFull("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(Door, "save", fail)
        response = browser.post(edit_address("a"), text="mon texte\n", base="", author="Zoé")

    assert (response.status_code, textarea(response)) == (507, "mon texte\n")
    assert browser.write("a", "mon texte\n").status_code == 303
