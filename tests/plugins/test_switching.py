"""A plugin that is switched off is as if it were not there; what is switched is followed by every process at once."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from app.catalog.editing import Edit
from app.errors import Invalid
from app.jobs import heal_catalog
from app.people.authors import SYSTEM
from app.people.viewer import signed_in
from app.shipped import beginning
from app.station import Station
from tests.plugins.conftest import Make
from tests.plugins.written import small, write
from tests.web.hands import Browser, errors, notices, soup

OPERATOR = signed_in("x", SYSTEM, is_admin=True)


def off(site: Station) -> None:
    site.store_settings(plugins_on="-bells -directory -agenda -archive -minutes -polls")


def write_page(site: Station, path: str, text: str = "Des mots.\n") -> None:
    site.door.save(OPERATOR, Edit(path, text, None, SYSTEM))


def heard(site: Station) -> list[Any]:
    module = type(next(one for one in site.hooks.plugins if one.name == "bells")).__module__
    events: list[Any] = sys.modules[module].heard
    events.clear()
    return events


def menu(browser: Browser) -> list[tuple[str, str]]:
    return [(entry.text, str(entry["href"])) for entry in soup(browser.get("/")).select("nav.menu a")]


# -- on --------------------------------------------------------------------------------------------------------------


def test_its_views_stand_below_its_word(browser: Browser) -> None:
    assert "Bells" in browser.get("/cloches/").text
    assert "DONG" in browser.get("/cloches/loud").text


def test_its_entries_stand_in_the_main_menu(browser: Browser) -> None:
    assert menu(browser)[:2] == [("Bells", "/cloches/"), ("Loud bells", "/cloches/loud")]


def test_a_menu_that_an_administrator_wrote_is_left_alone(browser: Browser, site: Station) -> None:
    site.store_settings(menu="Aide = aide")

    assert menu(browser) == [("Aide", "/aide")]


def test_the_space_of_its_word_does_not_stand_in_the_menu_twice(browser: Browser, site: Station) -> None:
    write_page(site, "cloches/pages/bourdon")
    write_page(site, "jardins/compost")

    assert menu(browser) == [
        ("Bells", "/cloches/"), ("Loud bells", "/cloches/loud"), ("Directory", "/annuaire/"), ("Jardins", "/jardins/"),
    ]  # fmt: skip


def test_spaces_without_room_leave_the_menu_to_those_with_a_home_page_and_these_to_the_help(
    browser: Browser, site: Station
) -> None:
    for number in range(6):
        write_page(site, f"groupe-{number}/page")
    write_page(site, "jardins/index")
    with_home = menu(browser)[3:]
    for number in range(6):
        write_page(site, f"groupe-{number}/index")

    assert [words for words, _ in with_home] == ["Jardins"]
    assert menu(browser)[3:] == [("Help", "/aide")]


def test_the_folder_of_its_word_is_called_as_in_the_menu(browser: Browser, site: Station) -> None:
    write_page(site, "cloches/pages/bourdon")

    assert "Bells 1 page" in [link.get_text(" ", strip=True) for link in soup(browser.get("/-/pages")).select("main a")]


def test_its_block_is_shown_and_offered_in_the_editor(browser: Browser) -> None:
    browser.write("a", "{{bells}}\n")

    assert "<p>ding</p>" in browser.get("/a").text
    assert "{{bells}}" in browser.get("/-/edit/a").text


def test_its_job_runs_with_the_parts_of_the_instance(site: Station) -> None:
    (job,) = [job for job in site.hooks.jobs if job.name == "bells-ring"]

    assert job.run() == f"rang in {site.config.instance.name}"


def test_it_hears_what_becomes_of_pages(site: Station) -> None:
    events = heard(site)
    write_page(site, "a")
    site.door.delete(OPERATOR, "a", SYSTEM)

    assert [type(event).__name__ for event in events] == ["Saved", "Deleted"]


def test_it_has_a_part_in_the_weekly_mail(site: Station) -> None:
    assert [part.title for ask in site.hooks.digest if (part := ask(None, 0, 1))] == ["Bells"]


def test_it_says_where_the_records_of_a_form_are(site: Station) -> None:
    assert site.hooks.collection("bell") == "/cloches/loud"


def test_it_changes_what_pages_look_like(browser: Browser) -> None:
    browser.write("a", "Une cloche.\n")

    assert "<p>Une carillon. ding</p>" in browser.get("/a").text


def test_a_plugin_only_adds_templates_and_styles(app: Flask) -> None:
    theme = app.extensions["gare.theme"]

    assert b"gold" in theme.find_static("bells/ring.css").content
    assert b"must not replace" not in theme.find_static("site.css").content
    assert "must not replace" not in app.jinja_env.loader.get_source(app.jinja_env, "pages/deleted.html")[0]


def test_names_below_its_word_are_kept_for_it_but_for_its_own_pages(site: Station) -> None:
    write_page(site, "cloches/pages/bourdon")

    with pytest.raises(Invalid):
        write_page(site, "cloches/loud")


def test_no_page_is_moved_below_its_word(admin: Browser, site: Station) -> None:
    write_page(site, "a")
    admin.post("/-/rename/a", to="cloches/a")

    assert site.door.find(OPERATOR, "a").path == "a"


def test_a_page_that_is_missing_below_its_word_is_not_offered_to_be_written(browser: Browser) -> None:
    assert not soup(browser.get("/cloches/rien")).select("a[href*='/-/new']:not(footer a)")


# -- off -------------------------------------------------------------------------------------------------------------


def test_its_addresses_are_not_there(browser: Browser, site: Station) -> None:
    off(site)

    codes = [browser.get(f"/cloches/{name}").status_code for name in ("", "loud", "room", "room/")]
    assert codes == [404, 404, 404, 404]
    assert browser.post("/cloches/").status_code == 404


def test_pages_at_its_addresses_are_shown(browser: Browser, site: Station) -> None:
    off(site)
    write_page(site, "cloches/index", "Notre page des cloches.\n")
    write_page(site, "cloches/room", "La salle.\n")

    assert "Notre page des cloches." in browser.get("/cloches/").text
    assert "La salle." in browser.get("/cloches/room").text


def test_nothing_of_it_is_shown_or_done(browser: Browser, site: Station) -> None:
    events = heard(site)
    off(site)
    browser.write("a", "Une cloche.\n\n{{bells}}\n")
    page = browser.get("/a")

    assert [box.text.strip() for box in soup(page).select(".macro-fault")] == ["bells “Bells” is switched off."]
    assert "Une cloche." in page.text
    assert menu(browser) == []
    assert "{{bells}}" not in str(soup(browser.get("/-/edit/a")).select("[data-blocks]"))
    assert events == []
    assert {ask(None, 0, 1) for ask in site.hooks.digest} == {None}
    assert [job.run() for job in site.hooks.jobs if job.name == "bells-ring"] == [None]
    assert site.hooks.collection("bell") is None


def test_another_process_follows_at_once(app: Flask, site: Station, instance: Path) -> None:
    other = create_app(instance)
    before = other.test_client().get("/cloches/loud").status_code
    off(site)

    assert (before, other.test_client().get("/cloches/loud").status_code) == (200, 404)
    other.extensions["gare"].close()


# -- how pages look --------------------------------------------------------------------------------------------------


def test_pages_are_drawn_anew_when_what_changes_them_is_switched(browser: Browser, site: Station) -> None:
    browser.write("a", "Une cloche.\n")
    heal_catalog(site.wiki)
    off(site)
    was_sound = site.wiki.catalog.is_sound()
    heal_catalog(site.wiki)

    assert not was_sound
    assert site.wiki.catalog.is_sound()
    assert "<p>Une cloche.</p>" in browser.get("/a").text


def test_pages_are_left_alone_when_a_plugin_is_switched_that_changes_none(site: Station) -> None:
    heal_catalog(site.wiki)
    site.store_settings(plugins_on="bells -directory -agenda -archive -minutes -polls")

    assert site.wiki.catalog.is_sound()


# -- the page of administrators --------------------------------------------------------------------------------------


def test_an_administrator_switches(admin: Browser, site: Station) -> None:
    response = admin.post("/-/admin/plugins", on="bells")

    assert response.status_code == 303
    assert notices(admin.get("/-/admin/")) == ["The settings are saved."]
    others = dict.fromkeys(("directory", "agenda", "archive", "minutes", "polls"), False)
    assert site.settings.get().switched == {"bells": True, **others}


def test_whoever_is_no_administrator_is_refused(browser: Browser) -> None:
    assert browser.get("/-/admin/plugins").status_code == 403
    assert browser.post("/-/admin/plugins").status_code == 403


def test_a_word_that_holds_pages_is_refused_with_the_cure(admin: Browser, site: Station) -> None:
    off(site)
    write_page(site, "cloches/index")
    response = admin.post("/-/admin/plugins", on="bells")

    assert errors(response) == ["“cloches” holds pages already. Rename that folder, then switch this on."]
    assert not any(site.settings.get().switched.values())


def test_pages_of_its_own_are_no_hindrance(admin: Browser, site: Station) -> None:
    off(site)
    write_page(site, "cloches/pages/bourdon")

    assert admin.post("/-/admin/plugins", on="bells").status_code == 303


def test_a_page_of_the_name_of_the_word_is_a_hindrance(site: Station) -> None:
    off(site)
    write_page(site, "cloches")

    with pytest.raises(Invalid):
        beginning.switch(site, ["bells"])


# -- what the web refuses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("def blueprints(self):\n    from flask import Blueprint\n    return [Blueprint('pages', __name__)]",
         "The plugin “small”: call its blueprint `small`"),
        ("def macros(self):\n    from app.plugin import Macro\n    return [Macro('include', str, 'x', 'x')]",
         "The plugin “small”: there is a macro `include` already"),
    ],
)  # fmt: skip
def test_names_of_others_are_refused(instance: Path, make_app: Make, body: str, fault: str) -> None:
    write(instance / "plugins/small", {"__init__.py": "", "plugin.py": small(body)})
    refused: Callable[[], Flask] = make_app

    with pytest.raises(Exception, match=fault):
        refused()
