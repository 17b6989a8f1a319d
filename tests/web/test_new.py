"""A new page: from a title, a link that leads nowhere yet, or a template."""

from app.wiki.frontmatter import parse
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
    browser.write("fete", "---\ntitle: Fête\n---\n")
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

    options = [option["value"] for option in soup(browser.get("/-/new")).select("select[name=folder] option")]
    assert options == ["", "jardins"]
