"""A form may be written by hand in the text editor, as every page; what is no form is said and nothing is lost."""

import pytest

from app.people.viewer import ANONYMOUS
from app.station import Station
from tests.web.hands import Browser

PATH = "_forms/tool"
TOOL = "title: Tool\nfolder: tools\nfields:\n  - {name: title, type: text, label: Name}\n"
PRIVATE = f"{TOOL}  - {{name: key, type: text, label: Key, readers: members}}\n"


def save(browser: Browser, path: str, text: str, base: str = ""):
    """Send the text editor's form."""
    return browser.post(f"/-/edit/{path}", text=text, base=base, author="Zoé")


def test_a_form_is_saved_as_it_was_typed_and_shown_as_it_is(admin: Browser, site: Station) -> None:
    assert save(admin, PATH, TOOL).status_code == 303

    shown = admin.get(f"/{PATH}")
    assert "folder: tools" in shown.text
    assert site.door.text(ANONYMOUS, PATH)[1] == TOOL
    assert [form.name for form in site.door.all_forms(ANONYMOUS) if form.name == "tool"] == ["tool"]


def test_the_editor_of_a_form_has_no_fields_of_a_page(admin: Browser) -> None:
    save(admin, PATH, TOOL)

    editor = admin.get(f"/-/edit/{PATH}?text=1")
    assert "folder: tools" in editor.text
    assert 'name="title"' not in editor.text and 'name="tags"' not in editor.text and 'name="head"' not in editor.text


@pytest.mark.parametrize("text", ["title: [", "x: &a [*a]\n", f"---\n{TOOL}---\n", "title: <script>\nfields: 3\n"])
def test_what_is_no_form_is_said_and_stays_in_the_editor(admin: Browser, site: Station, text: str) -> None:
    refused = save(admin, PATH, text)

    assert refused.status_code == 400
    assert text.splitlines()[0].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in refused.text
    assert site.door.find_form(ANONYMOUS, "tool") is None


def test_a_private_answer_is_refused_in_the_text_of_a_record(admin: Browser) -> None:
    save(admin, PATH, PRIVATE)
    refused = save(admin, "tools/saw", "---\nform: tool\ntitle: Saw\nkey: under the stone\n---\n")

    assert refused.status_code == 400
    assert "“key” is private." in refused.text or "«\u00a0key\u00a0» est privé." in refused.text
    assert "under the stone" in refused.text


def test_members_write_no_forms(member: Browser, browser: Browser) -> None:
    assert save(member, PATH, TOOL).status_code == 403
    assert save(browser, PATH, TOOL).status_code == 403
    assert member.get(f"/-/edit/{PATH}?text=1").status_code == 403


def test_other_names_in_the_folder_of_forms_are_no_pages(admin: Browser) -> None:
    assert save(admin, "_forms/My-Tool", TOOL).status_code == 400
    assert admin.get("/_forms/My-Tool").status_code in {400, 404}
