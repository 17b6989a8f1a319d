"""No text is lost: drafts in a real browser, through crashes, faults, conflicts and sign-out."""

from typing import Any

import pytest

from tests.browser.editor_hands import EDIT, TEXT, drafts, keep, ready, until

pytest_plugins = ["tests.browser.editor_fixtures"]
OFFER = "#gc-drafts li"

pytestmark = pytest.mark.browser


def test_a_draft_is_kept_while_one_writes(open_editor: Any) -> None:
    page = open_editor(text="Typed.")
    assert drafts(page) == []
    until(page, "localStorage.length === 1")

    assert drafts(page) == ["Typed."]
    assert "Draft kept at" in page.text_content("#gc-kept")


@pytest.mark.parametrize(("said", "hour"), [("Asia/Tokyo", "5:05 AM"), ("Nowhere/Land", "8:05 PM")])
def test_hours_are_those_of_the_site_not_of_the_device(
    editor_window: Any, open_editor: Any, small_site: Any, said: str, hour: str
) -> None:
    small_site.zone = said  # the second one is no zone: then the device's counts, here UTC
    editor_window.clock.set_fixed_time("2026-03-12T20:05:00Z")
    page = open_editor(text="Typed.")
    keep(page)

    assert page.text_content("#gc-kept").replace("\u202f", " ") == f"Draft kept at {hour}"


def test_in_french_hours_are_said_as_the_pages_say_them(editor_window: Any, open_editor: Any, small_site: Any) -> None:
    small_site.zone = "Asia/Tokyo"
    editor_window.clock.set_fixed_time("2026-03-12T20:05:00Z")
    page = open_editor(text="Typed.")
    page.evaluate("document.documentElement.lang = 'fr'")
    keep(page)

    assert page.text_content("#gc-kept") == "Draft kept at 5\u00a0h\u00a005"


def test_a_draft_is_offered_back_and_used(open_editor: Any) -> None:
    page = open_editor(text="Typed.")
    page.close()
    page = open_editor()
    assert page.input_value(TEXT) == "One.\n"
    page.click(f"{OFFER} >> text=Use it")

    assert page.input_value(TEXT) == "Typed."
    assert drafts(page) == ["Typed."]
    assert page.locator(OFFER).count() == 0


def test_a_draft_is_dropped_when_the_page_is_left(open_editor: Any) -> None:
    open_editor(text="Typed.").close()
    page = open_editor()
    page.click(f"{OFFER} >> text=Drop it")
    assert drafts(page) == ["Typed."]
    page.reload()

    assert drafts(page) == []


def test_dropping_can_be_undone(open_editor: Any) -> None:
    open_editor(text="Typed.").close()
    page = open_editor()
    page.click(f"{OFFER} >> text=Drop it")
    page.click(f"{OFFER} >> text=Undo")
    page.reload()
    ready(page)

    assert page.locator(OFFER).count() == 1


def test_a_draft_of_an_older_text_brings_its_base_along(open_editor: Any, small_site: Any) -> None:
    base = small_site.revision("jardins/compost")
    open_editor(text="Typed.").close()
    small_site.texts["jardins/compost"].append("By Karim.\n")
    page = open_editor()
    assert "has changed since" in page.text_content(OFFER)
    page.click(f"{OFFER} >> text=Use it")

    assert page.input_value("[name=base]") == base


def test_two_windows_do_not_overwrite_each_other(open_editor: Any) -> None:
    one, other = open_editor(text="Window one."), open_editor(text="Window two.")
    keep(one)
    keep(other)

    assert sorted(drafts(one)) == ["Window one.", "Window two."]


def test_a_save_that_arrived_forgets_its_draft(open_editor: Any) -> None:
    page = open_editor(text="Typed.")
    page.click("[value=save]")
    page.wait_for_url("**/jardins/compost")
    until(page, "localStorage.length === 0")

    assert drafts(page) == []


@pytest.mark.parametrize("fault", ["broken", "signin"])
def test_a_save_that_failed_keeps_its_draft(open_editor: Any, small_site: Any, fault: str) -> None:
    small_site.fault = fault
    page = open_editor(text="Typed.")
    page.click("[value=save]")
    page.click("#around")
    page.wait_for_url("**/jardins/compost")
    page.wait_for_timeout(200)
    assert drafts(page) == ["Typed."]
    page = open_editor()

    assert page.locator(OFFER).count() == 1


def test_a_save_without_a_connection_keeps_its_draft(editor_window: Any, open_editor: Any) -> None:
    page = open_editor(text="Typed.")
    editor_window.set_offline(True)
    page.click("[value=save]")
    page.wait_for_timeout(300)
    editor_window.set_offline(False)
    page = open_editor()

    assert drafts(page) == ["Typed."]
    assert page.locator(OFFER).count() == 1


def test_a_form_that_came_back_goes_on_with_its_draft(open_editor: Any, small_site: Any) -> None:
    small_site.fault = "full"
    page = open_editor(text="Typed.")
    page.click("[value=save]")
    page.wait_for_selector("#gc-errors")
    ready(page)

    assert page.input_value(TEXT) == "Typed.\n"
    assert page.locator(OFFER).count() == 0
    assert drafts(page) == ["Typed.\n"]


def test_a_conflict_keeps_the_draft_until_one_chooses(open_editor: Any, small_site: Any) -> None:
    page = open_editor(text="Mine.")
    small_site.texts["jardins/compost"].append("Theirs.\n")
    page.click("[value=save]")
    page.wait_for_selector("#gc-mine")
    ready(page)
    assert drafts(page) == ["Mine.\n"]
    page.click("text=Save my text")
    page.wait_for_url("**/jardins/compost")
    until(page, "localStorage.length === 0")

    assert small_site.texts["jardins/compost"][-1] == "Mine.\n"


def test_a_part_in_conflict_goes_on_as_a_draft_of_the_whole_page(open_editor: Any, small_site: Any) -> None:
    page = open_editor(f"{EDIT}?section=2", text="My part.")
    small_site.texts["jardins/compost"].append("Theirs.\n")
    page.click("[value=save]")
    page.wait_for_selector("#gc-mine")
    ready(page)
    keys = page.evaluate("Object.keys(localStorage)")

    assert [key.split()[1] for key in keys] == [EDIT]


def test_both_texts_can_be_put_together(open_editor: Any, small_site: Any) -> None:
    page = open_editor(text="Mine.")
    small_site.texts["jardins/compost"].append("Theirs.\n")
    page.click("[value=save]")
    page.wait_for_selector("#gc-both")
    assert page.input_value("#gc-their-text") == "Theirs.\n"
    page.fill(TEXT, "Theirs. Mine.")
    page.click("text=Save both together")
    page.wait_for_url("**/jardins/compost")

    assert small_site.texts["jardins/compost"][-1] == "Theirs. Mine.\n"


def test_keeping_the_other_text_still_keeps_mine_as_a_draft(open_editor: Any, small_site: Any) -> None:
    page = open_editor(text="Mine.")
    small_site.texts["jardins/compost"].append("Theirs.\n")
    page.click("[value=save]")
    page.click("text=Keep the other text")
    page.wait_for_url("**/jardins/compost")

    assert small_site.texts["jardins/compost"][-1] == "Theirs.\n"
    assert [draft.strip() for draft in drafts(page)] == ["Mine."]  # as it was typed, or as the second form showed it


def test_a_draft_that_was_saved_elsewhere_is_not_offered(open_editor: Any, small_site: Any) -> None:
    open_editor(text="Typed.").close()
    small_site.texts["jardins/compost"].append("Typed.\n")
    page = open_editor()

    assert page.locator(OFFER).count() == 0
    assert drafts(page) == []


def test_signing_out_clears_all_drafts(open_editor: Any, editor_window: Any) -> None:
    open_editor(text="Typed.").close()
    page = editor_window.new_page()
    page.goto("/")
    page.click("#leave")
    page.wait_for_timeout(100)

    assert drafts(page) == []


def test_drafts_of_another_page_are_not_offered(open_editor: Any) -> None:
    open_editor(text="Typed.").close()
    page = open_editor("/-/edit/index")

    assert page.locator(OFFER).count() == 0
    assert drafts(page) == ["Typed."]


def test_a_draft_is_dropped_after_thirty_days(open_editor: Any) -> None:
    page = open_editor(text="Typed.")
    keep(page)
    page.evaluate(
        "for (const key of Object.keys(localStorage)) "
        "localStorage.setItem(key, JSON.stringify({ text: 'Old.', at: Date.now() - 31 * 86400000 }))"
    )
    page.close()
    page = open_editor("/-/edit/index")

    assert "Old." not in drafts(page)


def test_a_full_store_is_said_and_leaving_is_asked(open_editor: Any) -> None:
    page = open_editor()
    page.evaluate("let full = 'x'; try { for (;;) localStorage.setItem('f', (full += full)) } catch {}")
    page.evaluate("try { for (let n = 0; ; n++) localStorage.setItem('g' + n, 'y'.repeat(1000)) } catch {}")
    page.fill(TEXT, "z" * 5000)
    keep(page)
    assert "cannot keep a draft" in page.text_content("#gc-status")
    page.focus(TEXT)
    page.keyboard.type("!")
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)

    assert asked.value.type == "beforeunload"
    asked.value.accept()
