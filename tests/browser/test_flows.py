"""U10: everything that one does with pages works in a browser, with scripts and without."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.hands import SAVE, SEND, Hands
from tests.browser.places import TEXT

pytestmark = pytest.mark.browser

MODES = {"sans": False, "avec": True}
PARTS = "Le début.\n\n## Le matin\n\nDu café.\n\n## Le soir\n\nDe la soupe.\n"
PICTURE = Path(__file__).parents[2] / "pages/demo/fr/jardins/index.files/plan.png"


@pytest.fixture(params=MODES, ids=["without scripts", "with scripts"])
def mode(request: pytest.FixtureRequest) -> str:
    """Give `avec` or `sans` (scripts); it is part of the names of what a test writes."""
    return str(request.param)


@pytest.fixture
def open_hands(open_window: Callable[..., Any], mode: str) -> Callable[[], Hands]:
    def open_hands() -> Hands:
        window = open_window(java_script_enabled=MODES[mode], viewport={"width": 1000, "height": 800})
        return Hands(window, has_scripts=MODES[mode])

    return open_hands


@pytest.fixture
def hands(open_hands: Callable[[], Hands]) -> Hands:
    return open_hands()


def test_a_new_page_is_made_from_a_title(hands: Hands, mode: str) -> None:
    hands.go("/")
    hands.press("footer a[href='/-/new']")
    hands.page.fill("[name=title]", f"Fête du pain {mode}")
    hands.page.select_option("[name=folder]", "guinguette")
    hands.press(SEND)
    assert hands.page.input_value("[name=title]") == f"Fête du pain {mode}"
    hands.write("On chauffe le four à midi.")
    hands.press(SAVE)

    assert hands.page.url.endswith(f"/guinguette/fete-du-pain-{mode}")
    assert hands.heading == f"Fête du pain {mode}"
    assert "On chauffe le four à midi." in hands.content


def test_a_new_page_begins_with_a_template(hands: Hands, mode: str) -> None:
    hands.go("/-/new")
    hands.page.fill("[name=title]", f"Réunion de rentrée {mode}")
    hands.page.check("[name=template][value='_templates/reunion']")
    hands.press(SEND)

    assert hands.page.input_value("[name=title]") == f"Réunion de rentrée {mode}"
    assert "## " in hands.page.input_value(TEXT)


def test_a_missing_link_leads_to_the_page_to_be_written(hands: Hands, mode: str) -> None:
    hands.write_page(f"flux/source-{mode}", f"Voir [[Four à pain {mode}]].")
    hands.press(".content a.missing")

    assert hands.page.input_value("[name=title]") == f"Four à pain {mode}"


def test_a_whole_page_is_edited(hands: Hands, mode: str) -> None:
    hands.write_page(f"flux/entiere-{mode}", "La première phrase.")
    hands.press(".tools > .button")
    assert "La première phrase." in hands.page.input_value(TEXT)
    hands.write("La deuxième phrase.")
    hands.press(SAVE)

    assert "La deuxième phrase." in hands.content
    assert "La première phrase." not in hands.content


def test_a_section_is_edited_alone(hands: Hands, mode: str) -> None:
    hands.write_page(f"flux/partie-{mode}", PARTS)
    hands.press("#le-soir .pencil a")
    assert hands.page.input_value(TEXT).strip() == "## Le soir\n\nDe la soupe."
    hands.write("## Le soir\n\nDu gratin.")
    hands.press(SAVE)

    assert hands.page.url.endswith("#le-soir")
    assert all(words in hands.content for words in ("Le début.", "Du café.", "Du gratin."))
    assert "De la soupe." not in hands.content


def test_a_preview_shows_the_text_and_saves_nothing(hands: Hands, mode: str) -> None:
    hands.go(f"/-/edit/flux/apercu-{mode}")
    hands.write("Un *aperçu*.")
    hands.page.click("[value=preview]")
    hands.page.wait_for_selector("#gc-preview-body em")

    assert hands.page.input_value(TEXT) == "Un *aperçu*."
    assert hands.page.request.get(f"/flux/apercu-{mode}").status == 404


def collide(open_hands: Callable[[], Hands], path: str) -> Hands:
    """Let Karim save while Nadia writes; gives Nadia's hands, who sees both texts."""
    nadia, karim = open_hands(), open_hands()
    nadia.write_page(path, "La ligne de départ.")
    nadia.go(f"/-/edit/{path}")
    karim.write_page(path, "La ligne de Karim.", "Karim")
    nadia.write("La ligne de Nadia.")
    nadia.press(SAVE)
    assert all(line in nadia.content for line in ("La ligne de Karim.", "La ligne de Nadia.", "Karim"))
    return nadia


def test_in_a_conflict_one_may_keep_ones_own_text(open_hands: Callable[[], Hands], mode: str) -> None:
    nadia = collide(open_hands, f"flux/conflit-a-{mode}")
    nadia.press(f"form[data-saves-draft] {SAVE}")

    assert "La ligne de Nadia." in nadia.content
    assert "La ligne de Karim." not in nadia.content


def test_in_a_conflict_one_may_keep_the_other_text(open_hands: Callable[[], Hands], mode: str) -> None:
    nadia = collide(open_hands, f"flux/conflit-b-{mode}")
    nadia.press("[aria-labelledby=gc-theirs] a.button")

    assert "La ligne de Karim." in nadia.content


def test_in_a_conflict_one_may_put_both_together(open_hands: Callable[[], Hands], mode: str) -> None:
    nadia = collide(open_hands, f"flux/conflit-c-{mode}")
    assert "La ligne de Nadia." in nadia.page.input_value(TEXT)
    nadia.write("La ligne de Nadia et de Karim.")
    nadia.press(f"form[data-editor] {SAVE}")

    assert "La ligne de Nadia et de Karim." in nadia.content


def test_two_who_edit_different_parts_both_keep_theirs(open_hands: Callable[[], Hands], mode: str) -> None:
    path, nadia, karim = f"flux/ensemble-{mode}", open_hands(), open_hands()
    nadia.write_page(path, PARTS)
    nadia.go(f"/-/edit/{path}?section=2")
    karim.go(f"/-/edit/{path}?section=1")
    karim.write("## Le matin\n\nDu thé.", "Karim")
    karim.press(SAVE)
    nadia.write("## Le soir\n\nDu gratin.")
    nadia.press(SAVE)

    assert all(words in nadia.content for words in ("Le début.", "Du thé.", "Du gratin."))


def test_a_picture_is_sent_and_shown(hands: Hands, mode: str) -> None:
    path = f"flux/image-{mode}"
    hands.write_page(path, "Voici le plan.")
    hands.open_more("a[href*='/-/files/']")
    if hands.has_scripts:
        with hands.page.expect_navigation():
            hands.page.set_input_files("[name=file]", PICTURE)
    else:
        hands.page.set_input_files("[name=file]", PICTURE)
        hands.press("[data-without-script] button")
    line = hands.page.input_value(".gc-line")
    hands.write_page(path, f"Voici le plan.\n\n{line}")
    picture = hands.page.locator(".content img")
    picture.scroll_into_view_if_needed()

    assert f"/-/files/{path}/plan.png" in picture.get_attribute("src")
    assert hands.page.request.get(picture.get_attribute("src")).headers["content-type"] == "image/png"


def test_a_page_is_renamed_and_its_links_follow(hands: Hands, mode: str) -> None:
    hands.write_page(f"flux/avant-{mode}", "Je déménage.")
    hands.write_page(f"flux/voisine-{mode}", f"Voir [[flux/avant-{mode}|la page]].")
    hands.go(f"/flux/avant-{mode}")
    hands.open_more("a[href*='/-/rename/']")
    hands.page.fill("[name=to]", f"flux/apres-{mode}")
    hands.press(SEND)
    assert hands.page.url.endswith(f"/flux/apres-{mode}")
    hands.go(f"/flux/avant-{mode}")
    assert "Je déménage." in hands.content
    hands.go(f"/flux/voisine-{mode}")

    assert hands.page.locator(".content a").get_attribute("href") == f"/flux/apres-{mode}"


def test_a_page_is_deleted_and_brought_back_at_once(hands: Hands, mode: str) -> None:
    hands.write_page(f"flux/perdue-{mode}", "Je reviens toujours.")
    hands.open_more("a[href*='/-/delete/']")
    hands.press(SEND)
    assert hands.page.request.get(f"/flux/perdue-{mode}").status == 410
    hands.press(".notice form button")

    assert "Je reviens toujours." in hands.content
    assert hands.page.request.get(f"/flux/perdue-{mode}").status == 200


def test_an_old_version_is_restored(hands: Hands, mode: str) -> None:
    hands.write_page(f"flux/version-{mode}", "La bonne version.")
    hands.write_page(f"flux/version-{mode}", "La mauvaise version.")
    hands.open_more("a[href*='/-/history/']")
    hands.press(".line li:nth-child(2) a[href*='/-/version/']")
    assert "La bonne version." in hands.content
    hands.page.fill("main [name=author]", "Nadia")
    hands.press(SEND)

    assert "La bonne version." in hands.content
    assert "La mauvaise version." not in hands.content


def test_two_versions_are_compared(hands: Hands, mode: str) -> None:
    hands.write_page(f"flux/compare-{mode}", "Un mot ancien ici.")
    hands.write_page(f"flux/compare-{mode}", "Un mot nouveau ici.")
    hands.open_more("a[href*='/-/history/']")
    hands.page.click(".filters summary")
    hands.press(".filters form .button")

    assert hands.page.locator(".old mark").inner_text() == "ancien"
    assert hands.page.locator(".new mark").inner_text() == "nouveau"


def test_a_page_is_found_by_search(hands: Hands) -> None:
    hands.go("/")
    hands.page.fill("#gc-search", "broyeurs")
    with hands.page.expect_navigation():
        hands.page.press("#gc-search", "Enter")
    assert hands.page.locator(".hits mark").count() > 0
    hands.press(".hits h2 a")

    assert "broyeur" in hands.content.lower()


def test_a_search_is_narrowed_to_a_space(hands: Hands) -> None:
    hands.go("/-/search?q=compost")
    before = hands.page.locator(".hits > li").count()
    hands.press(".facets a[href*='space=jardins']")
    addresses = [link.get_attribute("href") for link in hands.page.locator(".hits h2 a").all()]

    assert 0 < len(addresses) < before
    assert all(address.startswith("/jardins/") for address in addresses)


def test_a_page_that_nobody_wrote_can_be_written_from_the_search(hands: Hands) -> None:
    hands.go("/-/search?q=zzyzzx")
    hands.press("main .actions a")

    assert hands.page.input_value("[name=title]") == "zzyzzx"


def test_the_display_is_chosen_for_this_device(hands: Hands) -> None:
    hands.go("/charte")
    hands.press("footer a[href*='/-/display']")
    hands.page.check("[name=theme][value=dark]")
    hands.page.check("[name=lang][value=en]")
    hands.press(SEND)

    assert hands.page.url.endswith("/charte")
    assert hands.page.get_attribute("html", "data-theme") == "dark"
    assert hands.page.get_attribute("html", "lang") == "en"
    assert hands.page.get_attribute(".content", "lang") == "fr"
