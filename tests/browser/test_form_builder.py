"""A facilitator makes the form "covoiturage" in the browser, and fills in its first record: with scripts and without."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.hands import SEND, Hands, until
from tests.browser.slow import Slow

pytestmark = pytest.mark.browser

ALLOWED = 300.0
# The questions: words, kind, answers to choose from.
QUESTIONS = (
    ("Départ", "text", ""),
    ("Arrivée", "text", ""),
    ("Jour", "date", ""),
    ("Aller ou retour", "choice", "Aller\nAller et retour"),
    ("Places libres", "number", ""),
    ("Pour vous écrire", "contact", ""),
)
ANOTHER = "[name=action][value=another]"


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def facilitator(request: pytest.FixtureRequest, open_window: Callable[..., Any], admin_cookies: Any) -> Slow:
    window = open_window(storage_state=admin_cookies, java_script_enabled=request.param)
    return Slow(Hands(window, has_scripts=request.param))


def begin(facilitator: Slow, title: str) -> None:
    facilitator.go("/")
    facilitator.press(".desk a[href='/-/forms/']")
    facilitator.press("main a[href='/-/forms/new']")
    facilitator.type("[name=title]", title)
    facilitator.type("[name=plural]", title + "s")
    facilitator.press(SEND)


def ask(facilitator: Slow, words: str, kind: str, answers: str) -> None:
    facilitator.type("[name=label]", words)
    if kind != "text":
        facilitator.tick(f"[name=kind][value={kind}]")
    if answers:
        facilitator.type("[name=answers]", answers)
    facilitator.press(SEND if words == QUESTIONS[-1][0] else ANOTHER)


def test_a_form_is_made_within_five_minutes_and_filled_in(facilitator: Slow) -> None:
    title = "Covoiturage" if facilitator.hands.has_scripts else "Navette"
    begin(facilitator, title)
    facilitator.press("main a[href*='/-/forms/add/']")
    for words, kind, answers in QUESTIONS:
        ask(facilitator, words, kind, answers)
    seconds = facilitator.seconds
    made = facilitator.hands.content
    page = facilitator.hands.page
    facilitator.press("main a[href*='/-/record/new/']")
    for name, words in (("title", "Vers le marché"), ("depart", "La gare"), ("arrivee", "Brézonnac")):
        page.fill(f"[name='f.{name}']", words)
    page.fill("[name='f.jour']", "2030-05-02")
    page.fill("[name='f.places_libres']", "3")
    page.fill("[name='f.pour_vous_ecrire']", "helene@example.org")
    page.check("[name='f.aller_ou_retour'][value=aller-et-retour]")
    facilitator.press("main .actions button:not(.second, .quiet)")

    assert all(words in made for words, _, _ in QUESTIONS)
    assert seconds <= ALLOWED
    record = facilitator.hands.content
    assert "Vers le marché" in record and "Brézonnac" in record and "Aller et retour" in record
    assert "helene@example.org" not in record
    facilitator.go(f"/annuaire/{title.lower()}/")
    assert "Vers le marché" in facilitator.hands.content


def test_the_preview_follows_what_is_typed(open_window: Callable[..., Any], admin_cookies: Any) -> None:
    page = open_window(storage_state=admin_cookies).new_page()
    page.goto("/-/forms/add/offer")
    page.fill("[name=label]", "Avec qui viendrez-vous ?")
    pane = page.locator("#gc-preview-body")

    until(page, lambda: "Avec qui viendrez-vous" in pane.inner_text())
    assert page.input_value("[name=label]") == "Avec qui viendrez-vous ?"


@pytest.mark.parametrize(("kind", "shown"), [("text", ""), ("choice", "answers"), ("records", "linked")])
def test_only_what_a_kind_of_answer_needs_is_asked(
    open_window: Callable[..., Any], admin_cookies: Any, kind: str, shown: str
) -> None:
    page = open_window(storage_state=admin_cookies).new_page()
    page.goto("/-/forms/add/offer")
    page.check(f"[name=kind][value={kind}]")

    assert [name for name in ("answers", "linked") if page.is_visible(f"[name={name}]")] == ([shown] if shown else [])
