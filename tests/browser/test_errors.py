"""U11: a form that cannot be taken says so at its top, takes the focus there, leads to the field, keeps what was typed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.browser.hands import SAVE, SEND, Hands
from tests.browser.places import PLAYGROUND, TEXT, bad_file

pytestmark = pytest.mark.browser

TARGET = f"{PLAYGROUND}/cible"


@dataclass(frozen=True)
class Form:
    """A form, what is typed into it, the field that is wrong then; `kept` are the values that must still stand there."""

    name: str
    address: str
    typed: dict[str, str]
    wrong: str
    send: str = SEND
    is_admin: bool = False
    kept: tuple[str, ...] = field(default=())


FORMS = (
    Form("no name", f"/-/edit/{TARGET}", {TEXT: "Mon texte.", "[name=author]": "", "[name=summary]": "Pourquoi"},
         "author", SAVE, kept=(TEXT, "[name=summary]")),
    Form("no title", "/-/new", {"[name=title]": ""}, "title"),
    Form("title of signs", "/-/new", {"[name=title]": "?!"}, "title", kept=("[name=title]",)),
    Form("title that is there", "/-/new", {"[name=title]": "Charte"}, "title", kept=("[name=title]",)),
    Form("address of signs", f"/-/rename/{TARGET}", {"[name=to]": "?!", "[name=author]": "Nadia"}, "to",
         kept=("[name=to]", "[name=author]")),
    Form("address that is taken", f"/-/rename/{TARGET}", {"[name=to]": "charte", "[name=author]": "Nadia"}, "to",
         kept=("[name=to]",)),
    Form("delete without a name", f"/-/delete/{TARGET}", {"[name=author]": ""}, "author"),
    Form("site without a name", "/-/admin/site", {"[name=title]": "", "[name=place]": "Drôme"}, "title",
         is_admin=True, kept=("[name=place]",)),
)  # fmt: skip


@pytest.fixture(params=[False, True], ids=["without scripts", "with scripts"])
def open_hands(
    open_window: Callable[..., Any], admin_cookies: Any, request: pytest.FixtureRequest
) -> Callable[..., Hands]:
    def open_hands(*, is_admin: bool = False) -> Hands:
        cookies = admin_cookies if is_admin else None
        return Hands(open_window(java_script_enabled=request.param, storage_state=cookies), has_scripts=request.param)

    return open_hands


@pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])
def test_a_wrong_form_tells_what_to_do(open_hands: Callable[..., Hands], form: Form) -> None:
    hands = open_hands(is_admin=form.is_admin)
    hands.go(form.address)
    for selector, words in form.typed.items():
        hands.page.fill(selector, words)
    hands.press(form.send)
    check_errors(hands, form.wrong)

    assert {name: hands.page.input_value(name) for name in form.kept} == {name: form.typed[name] for name in form.kept}


def check_errors(hands: Hands, wrong: str) -> None:
    """See that the summary has the focus, that its sentence stands at the field too, and that it leads there."""
    page, target = hands.page, f"#gc-field-{wrong}"
    assert page.evaluate("document.activeElement.id") == "gc-errors"
    assert page.locator("#gc-errors").bounding_box()["y"] < page.viewport_size["height"]
    link = page.locator(f"#gc-errors a[href='{target}']")
    sentence = link.inner_text().strip()
    assert sentence
    described = page.get_attribute(target, "aria-describedby").split()
    assert f"gc-error-{wrong}" in described
    assert page.get_attribute(target, "aria-invalid") == "true"
    assert page.locator(f"#gc-error-{wrong}").inner_text().strip() == sentence
    link.click()
    assert page.evaluate("document.activeElement.id") == target[1:]


@pytest.fixture
def files_page(open_window: Callable[..., Any]) -> Hands:
    """Give the files of a page, without scripts: those send files at once, and say beside each what is wrong."""
    hands = Hands(open_window(java_script_enabled=False), has_scripts=False)
    hands.go(f"/-/files/{TARGET}/")
    return hands


def test_a_file_that_is_not_taken_is_explained(files_page: Hands) -> None:
    bad_file(files_page.page)

    check_errors(files_page, "file")


def test_no_file_at_all_is_explained(files_page: Hands) -> None:
    files_page.press("[data-without-script] button")

    check_errors(files_page, "file")
