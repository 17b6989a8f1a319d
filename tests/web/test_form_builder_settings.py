"""What holds for a whole form, set in the browser; where a new form's records stand."""

import pytest

from app.catalog.editing import Edit
from app.forms.form import Form
from app.people.authors import SYSTEM
from app.people.viewer import signed_in
from app.station import Station
from tests.web.hands import Browser, soup

OPERATOR = signed_in("x", "m-aaaaaaaa", is_admin=True)
FORM = "title: {fr: Trajet, en: Lift}\nfolder: annuaire/lift\nfields:\n  - {name: title, type: text, label: Nom}\n"
ADDRESS = "/-/forms/settings/lift"


@pytest.fixture
def lift(site: Station) -> Form:
    site.door.save(OPERATOR, Edit("_forms/lift", FORM, None, SYSTEM))
    return form(site)


def form(site: Station) -> Form:
    return site.door.form(OPERATOR, "lift")


def sent(admin: Browser, **changes: str) -> dict[str, str]:
    """Give what the page of settings would send as it stands, and what is typed otherwise; `""` unticks."""
    page = soup(admin.get(ADDRESS)).select_one("main form")
    assert page
    fields = {
        str(one["name"]): str(one.get("value", ""))
        for one in page.select("input:not([type=checkbox], [type=radio]), [checked]") if one["name"] != "csrf_token"
    }  # fmt: skip
    fields |= {str(one["name"]): one.text.removeprefix("\n") for one in page.select("textarea")}
    chosen = page.select("select option[selected]")
    fields |= {str(one.find_parent("select")["name"]): str(one["value"]) for one in chosen}  # type: ignore[index]
    return {name: value for name, value in (fields | changes).items() if value or name not in ("moderated", "body")}


def test_saving_the_page_as_it_stands_changes_nothing(admin: Browser, site: Station, lift: Form) -> None:
    tip = site.wiki.store.tip()
    admin.post(ADDRESS, **sent(admin))

    assert form(site) == lift and site.wiki.store.tip() == tip


def test_every_setting_is_kept(admin: Browser, site: Station, lift: Form) -> None:
    admin.post(ADDRESS, **sent(
        admin, title="Navette", plural="Navettes", description="Pour tous.", title_en="Shuttle", submit="everyone",
        moderated="1", one="1", checks="1", audience="members", expires="60", yearly="1", body="", colour="green",
        icon="place", folder="navettes", path_rule="{year}/{title}", title_rule="Navette {title}",
    ))  # fmt: skip
    now = form(site)

    assert now.title == {"fr": "Navette", "en": "Shuttle"} and now.plural["fr"] == "Navettes"
    assert (now.description["fr"], now.submitters, now.audience) == ("Pour tous.", "everyone", "members")
    assert (now.is_moderated, now.is_one_per_person, now.has_checks, now.is_asked_yearly) == (True,) * 4
    assert (now.expires_days, now.has_body, now.colour, now.icon) == (60, False, "green", "place")
    assert (now.folder, now.path_rule, now.title_rule) == ("navettes", "{year}/{title}", "Navette {title}")


@pytest.mark.parametrize(
    "typed", [{"title": ""}, {"expires": "soon"}, {"expires": "4000"}, {"title_rule": "{nothing}"}, {"folder": "a//b"}]
)
def test_what_cannot_be_is_asked_for_again(admin: Browser, site: Station, lift: Form, typed: dict[str, str]) -> None:
    response = admin.post(ADDRESS, **sent(admin, **typed))

    assert response.status_code == 400 and soup(response).select(".error-summary li")
    assert form(site) == lift


def test_a_colour_or_an_audience_that_is_none_is_not_taken(admin: Browser, site: Station, lift: Form) -> None:
    admin.post(ADDRESS, **sent(admin, colour="red; x", icon="../x"))
    refused = admin.post(ADDRESS, **sent(admin, submit="whoever"))

    assert (form(site).colour, form(site).icon) == ("", "")
    assert refused.status_code == 400


def test_a_rule_of_ones_own_stays(admin: Browser, site: Station, lift: Form) -> None:
    text = site.door.text(OPERATOR, "_forms/lift")
    site.door.save(
        OPERATOR, Edit("_forms/lift", text[1] + 'path_rule: "{letter}/{year}-{title}"\n', text[0].revision, SYSTEM)
    )
    admin.post(ADDRESS, **sent(admin, plural="Trajets"))

    assert form(site).path_rule == "{letter}/{year}-{title}"


def test_records_of_a_new_form_stand_beside_the_others(admin: Browser, site: Station, lift: Form) -> None:
    admin.post("/-/forms/new", title="Covoiturage", submit="members")

    assert site.door.form(OPERATOR, "covoiturage").folder == "annuaire/covoiturage"
