"""A new page: from a title, a link that leads nowhere yet, or a template."""

import tracemalloc

import pytest

from app.station import Station
from app.wiki.frontmatter import parse
from app.wiki.store import Change
from tests.web.hands import Browser, errors, form, one, soup


def test_a_title_becomes_a_path_and_the_title_of_the_page(browser: Browser) -> None:
    response = browser.post("/-/new", title="La Fête du pain !", folder="")
    editor = browser.get(response.headers["Location"])

    assert response.status_code == 303
    assert editor.request.path == "/-/edit/la-fete-du-pain"
    assert form(editor, "form[data-editor]")["title"] == "La Fête du pain !"


def test_a_page_is_written_from_a_title_to_the_end(browser: Browser) -> None:
    editor = browser.get(browser.post("/-/new", title="Fête", folder="").headers["Location"])
    fields = form(editor, "form[data-editor]")
    action = str(one(editor, "form[data-editor]")["action"])
    browser.post(action, **(fields | {"text": "Venez !\n", "author": "Zoé"}))

    assert one(browser.get("/fete"), "h1").text == "Fête"


def test_a_missing_link_leads_to_a_form_with_its_title(browser: Browser) -> None:
    browser.write("jardins/index", "[[Fête du pain]] [x](outils/beche.md)\n")
    links = [str(link["href"]) for link in soup(browser.get("/jardins/")).select("a.missing")]
    titles = [form(browser.get(link), "main form")["title"] for link in links]

    assert titles == ["Fête du pain", "Beche"]
    assert form(browser.get(links[1]), "main form")["folder"] == "jardins/outils"


def test_a_page_begins_with_the_text_of_a_template_but_its_identity(browser: Browser) -> None:
    browser.write("_templates/reunion", "---\ntitle: Compte rendu\ntags: [réunion]\n---\n\n## Ordre du jour\n")
    new = browser.get("/-/new?title=Mars")
    assert soup(new).select("input[name=template][value='_templates/reunion']")
    response = browser.post("/-/new", title="Mars", folder="", template="_templates/reunion")
    browser.write("mars", browser.get(response.headers["Location"]) and _typed(browser, response.headers["Location"]))

    text = browser.typed("mars")
    front = parse(text)
    assert "## Ordre du jour" in text and front.words("tags") == ("réunion",) and front.text("title") == "Mars"
    assert front.text("id") != parse(browser.typed("_templates/reunion")).text("id")


def _typed(browser: Browser, address: str) -> str:
    from app.web.page_form import put_together

    return put_together(form(browser.get(address), "form[data-editor]"))


def test_a_template_that_is_none_is_not_read(browser: Browser) -> None:
    browser.write("secret", "mots\n")

    for template in ("secret", "../secret", "_templates/../secret", "_templates/nulle-part", "_templates/"):
        response = browser.get("/-/edit/neuf", query_string={"title": "Neuf", "template": template})
        assert response.status_code in {200, 400, 404} and "mots" not in response.text


def test_a_title_that_exists_is_refused_at_its_field(browser: Browser) -> None:
    browser.write("fete", "---\ntitle: Fête\n---\nmots\n")
    response = browser.post("/-/new", title="FÊTE", folder="")

    assert response.status_code == 409
    assert errors(response) and one(response, "input[name=title]")["value"] == "FÊTE"


def test_similar_pages_are_shown_before_a_new_one_is_written(browser: Browser) -> None:
    browser.write("fete-du-pain", "un\n")
    response = browser.post("/-/new", title="Fête", folder="")

    assert response.status_code == 200
    assert one(response, "#gc-similar a")["href"] == "/fete-du-pain"
    assert browser.post("/-/new", title="Fête", folder="", anyway="1").status_code == 303


def test_a_folder_can_get_its_page(browser: Browser) -> None:
    browser.write("jardins/compost", "un\n")
    link = str(one(browser.get("/jardins/"), "main .actions a")["href"])
    response = browser.get(link, follow_redirects=True)

    assert response.request.path == "/-/edit/jardins/index"


def test_spaces_are_offered_as_places(browser: Browser) -> None:
    browser.write("jardins/compost", "un\n")
    browser.write("_templates/x", "un\n")

    assert list(places(browser)) == ["", "jardins"]


def places(browser: Browser, query: str = "") -> dict[str, str]:
    """Read the folders that are offered, with their words, in their order."""
    options = soup(browser.get(f"/-/new{query}")).select("select[name=folder] option")
    return {str(option["value"]): option.text for option in options}


def test_folders_in_folders_are_offered_by_the_titles_of_their_pages(browser: Browser) -> None:
    browser.write("reunions/index", "# Les réunions\n")
    browser.write("reunions/2026/03/bilan", "un\n")
    browser.write("eau/index", "---\ntitle: L’eau\n---\nun\n")

    assert list(places(browser).items())[1:] == [
        ("eau", "L’eau"), ("reunions", "Les réunions"), ("reunions/2026", "Les réunions › 2026"),
        ("reunions/2026/03", "Les réunions › 2026 › 03"),
    ]  # fmt: skip


def test_a_folder_that_is_still_to_be_made_stays_chosen(browser: Browser) -> None:
    browser.write("jardins/index", "# Les jardins\n")

    assert places(browser, "?path=jardins/outils/beche")["jardins/outils"] == "Les jardins › Outils"


def test_folders_whose_pages_are_closed_are_not_offered(admin: Browser, browser: Browser) -> None:
    admin.write("reunions/bureau/index", "---\ntitle: Le bureau\naudience: admins\n---\nun\n")
    browser.write("reunions/2026/mars", "un\n")

    assert list(places(browser)) == ["", "reunions", "reunions/2026"]
    assert places(admin)["reunions/bureau"] == "Reunions › Le bureau"


def test_two_hundred_folders_are_all_offered_in_order(browser: Browser, site: Station) -> None:
    changes = [Change(f"groupes/g{number:03}/index.md", b"mots\n") for number in range(200)]
    with site.wiki.store.writing() as writer:
        writer.commit(changes, author="m-aaaaaaaa", summary="")
    site.wiki.catch_up()

    assert list(places(browser)) == ["", "groupes", *(f"groupes/g{number:03}" for number in range(200))]


def test_a_closed_place_is_refused_before_anything_is_typed(admin: Browser, browser: Browser) -> None:
    admin.write("bureau/index", "---\naudience: members\n---\nun\n")
    response = browser.post("/-/new", title="Intrus", folder="bureau", anyway="1")
    page = browser.get(response.headers["Location"])

    assert page.status_code == 403
    assert errors(page) == ["This place is not open to you. Choose another name."]
    assert form(page, "main form")["title"] == "Intrus" and not soup(page).select("textarea")


def test_opening_the_editor_tells_no_more_of_a_hidden_page_than_saving_does(admin: Browser, browser: Browser) -> None:
    admin.write("tresor", "---\ntitle: Zanzibar\naudience: admins\n---\nun\n")
    admin.write("bureau/index", "---\naudience: admins\n---\nun\n")
    admin.write("bureau/paie", "Zanzibar\n")

    for path in ("tresor", "bureau/paie", "bureau/rien", "Tresor"):
        opened = browser.get(f"/-/edit/{path}")
        saved = browser.post(f"/-/edit/{path}", text="mots\n", base="", author="Zoé")
        assert (opened.status_code, errors(opened)) == (saved.status_code, errors(saved)), path
        assert "Zanzibar" not in opened.text


def test_a_title_as_long_as_a_book_breaks_nothing(passer_by: Browser) -> None:
    assert passer_by.post("/-/new", title="x" * 70_000).status_code in {303, 400}


@pytest.mark.parametrize("title", ["x", ""])
def test_a_folder_in_thousands_of_folders_is_refused_and_not_spelled_out(passer_by: Browser, title: str) -> None:
    """Each of them was named with all those above it: a hundred kilobytes took gigabytes."""
    passer_by.get("/-/new")
    tracemalloc.start()
    refused = passer_by.post("/-/new", title=title, folder="a/" * 5000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert refused.status_code == 400
    assert (peak < 10_000_000, len(refused.data) < 50_000) == (True, True)


@pytest.mark.parametrize("address", ["/-/new?path=", "/-/new?title=x&path="])
def test_a_long_path_in_the_address_is_no_place(passer_by: Browser, address: str) -> None:
    assert len(passer_by.get(address + "a/" * 4000).data) < 50_000


def test_a_long_folder_is_never_cut_into_another_one(browser: Browser) -> None:
    folder = "/".join(["a" * 150] * 6)

    assert folder in browser.post("/-/new", title="Eau", folder=folder).headers["Location"]
    assert browser.post("/-/new", title="Eau", folder=f"{folder}/{folder}").status_code == 400
