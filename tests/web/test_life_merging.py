"""Two records become one: what stays is chosen, nothing is lost, links lead on, both histories stay."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.people.authors import SYSTEM
from app.records import private, reports
from app.station import Station
from app.wiki.uploads import Prepared
from tests.web.conftest import sign_in, sign_in_again
from tests.web.hands import Browser, errors, form, one, soup
from tests.web.leaking import OPERATOR
from tests.web.life_hands import again, make, make_form, referent

AT = "/-/record/merge/offres/velo"
OTHER = "offres/velo-2"


def text(site: Station, path: str) -> str:
    return site.door.text(OPERATOR, path)[1]


def merge(browser: Browser, **chosen: str) -> TestResponse:
    """Open the form and press its button."""
    fields = form(browser.get(AT, query_string={"with": OTHER}), f"form[action='{AT}']")
    return browser.post(AT, **(fields | {f"m.{name}": which for name, which in chosen.items()}))


@pytest.fixture(autouse=True)
def _records(site: Station) -> None:
    make_form(site)
    make(site, "offres/velo", "Un vélo", body="Rouge.", themes=["deux", "roues"], phone="+33475123456",
         photos=[{"file": "a.jpg", "alt": "Le vélo"}])  # fmt: skip
    make(site, OTHER, "Le vélo", body="Bleu. [[offres/velo]]", themes=["roues", "prêt"], site="https://velo.example.org",
         photos=[{"file": "a.jpg", "alt": "L’autre"}], contact="z@example.org")  # fmt: skip
    for path, content in (("offres/velo", b"un"), (OTHER, b"deux")):
        site.door.attach(OPERATOR, path, [Prepared("a.jpg", content, "image")], SYSTEM)


def test_what_differs_is_asked_and_what_only_one_says_stays(admin: Browser, site: Station) -> None:
    page = admin.get(AT, query_string={"with": OTHER})
    asked = [str(found.text) for found in soup(page).select("form fieldset legend")]
    assert asked == ["Name", "Themes", "Photos", "Text"]
    assert merge(admin, title="other", themes="both", body="both").status_code == 303
    row = again(site, "offres/velo")

    assert (row.title, row.values["themes"]) == ("Le vélo", ["deux", "roues", "prêt"])
    assert (row.values["phone"], row.values["site"]) == ("+33475123456", "https://velo.example.org")
    assert "Rouge." in text(site, "offres/velo") and "Bleu." in text(site, "offres/velo")


def test_the_files_move_along_under_names_that_are_free(admin: Browser, site: Station) -> None:
    merge(admin, photos="both")

    assert [one["file"] for one in again(site, "offres/velo").values["photos"]] == ["a.jpg", "a-2.jpg"]  # type: ignore[index]
    found = [site.door.file(OPERATOR, "offres/velo", name)[1].read_bytes() for name in ("a.jpg", "a-2.jpg")]
    assert found == [b"un", b"deux"]


def test_the_other_one_leads_on_is_in_no_list_and_keeps_its_history(
    admin: Browser, browser: Browser, site: Station
) -> None:
    kept = again(site, "offres/velo")
    merge(admin)
    answer = browser.get(f"/{OTHER}")

    assert answer.status_code == 302 and answer.headers["Location"].startswith("/offres/velo?")
    assert f"merged: {kept.id}" in text(site, OTHER) and "Bleu" not in text(site, OTHER)
    assert site.door.find_record(OPERATOR, OTHER) is None
    assert "Bleu" in admin.get(f"/-/history/{OTHER}").text or len(site.door.history(OPERATOR, OTHER)[1]) >= 2
    assert len(site.door.history(OPERATOR, "offres/velo")[1]) >= 2


def test_links_and_answers_that_name_the_other_one_are_repaired_in_one_commit(admin: Browser, site: Station) -> None:
    kept, other = again(site, "offres/velo"), again(site, OTHER)
    admin.write("accueil", f"Voir [[{OTHER}]] et [ici](/{OTHER}).\n")
    make(site, "offres/fete", "La fête", **{"with": [other.id, kept.id]})
    before = site.door.newest_change()
    merge(admin)
    revisions = {row.revision for row in (site.door.find(OPERATOR, path) for path in ("offres/velo", OTHER, "accueil", "offres/fete"))}  # fmt: skip

    assert text(site, "accueil").count(OTHER) == 0 and "[[offres/velo]]" in text(site, "accueil")
    assert again(site, "offres/fete").values["with"] == [kept.id]
    assert len(revisions) == 1 and site.door.newest_change() > before


def test_private_answers_move_where_the_kept_one_has_none_and_reports_are_settled(
    admin: Browser, site: Station
) -> None:
    kept, other = again(site, "offres/velo"), again(site, OTHER)
    with site.truth.begin() as connection:
        report = reports.add(connection, other.id, "twice", "", SYSTEM)
    merge(admin)
    with site.truth.connect() as connection:
        found, settled = private.load(connection, [kept.id, other.id]), reports.find(connection, report.id)

    assert found == {kept.id: {"contact": "z@example.org"}} and settled and settled.state == "done"


def test_a_change_in_between_is_not_written_over(admin: Browser, site: Station) -> None:
    fields = form(admin.get(AT, query_string={"with": OTHER}), f"form[action='{AT}']")
    site.door.keep_life(again(site, OTHER).id, {"verified": "2026-01-01"}, SYSTEM)
    refused = admin.post(AT, **fields)

    assert refused.status_code == 409 and errors(refused) and site.door.find_record(OPERATOR, OTHER)


def test_only_who_looks_after_both_joins_them_and_only_two_of_one_kind(
    app: Flask, site: Station, admin: Browser, member: Browser, browser: Browser
) -> None:
    rose = sign_in(app, site, "Rose", is_admin=False)
    referent(site, "Rose", "offres")
    sign_in_again(rose, site, "Rose")
    make(site, "autre/velo", "Un vélo encore")
    make_form(site, "besoin")
    make(site, "offres/autre", "Un vélo cherché", form="besoin")

    assert (
        browser.get(AT).status_code
        == member.get(AT).status_code
        == member.post(AT, **{"with": OTHER}).status_code
        == 403
    )
    assert rose.get(AT, query_string={"with": "autre/velo"}).status_code == 403
    assert rose.post(AT, **{"with": "autre/velo"}).status_code == 403
    assert errors(admin.get(AT, query_string={"with": "offres/autre"})) == [
        "These are two kinds of records. Only two of one kind can become one."
    ]
    assert admin.get(AT, query_string={"with": "offres/velo"}).status_code == 400
    assert merge(rose).status_code == 303


def test_those_that_are_likely_the_same_are_suggested_and_others_found_by_name(admin: Browser) -> None:
    suggested = admin.get(AT)
    found = admin.get(AT, query_string={"q": "vélo"})

    assert (
        one(suggested, f"main a[href*='{OTHER.replace('/', '%2F')}'], main a[href*='with={OTHER}']").text.strip()
        == "Le vélo"
    )
    assert "Le vélo" in found.text


@pytest.mark.parametrize(("chosen", "lat", "true"), [("kept", "44.9", None), ("other", "44.5", "44.51234")])
def test_a_true_position_goes_with_the_place_that_is_chosen(
    admin: Browser, site: Station, chosen: str, lat: str, true: str | None
) -> None:
    exact = {"lat": "44.51234", "lon": "4.31234", "precision": "blurred"}
    kept = make(site, "offres/pin", "Un pin", place={"lat": "44.9", "lon": "4.9", "precision": "exact"})
    other = make(site, "offres/pin-2", "Le pin", place={"lat": "44.5", "lon": "4.3", "precision": "blurred"})
    with site.truth.begin() as connection:
        private.store(connection, other.id, {"place.exact": exact})
    at = "/-/record/merge/offres/pin"
    fields = form(admin.get(at, query_string={"with": other.path}), f"form[action='{at}']")
    assert admin.post(at, **(fields | {"m.place": chosen})).status_code == 303
    with site.truth.connect() as connection:
        found = private.load(connection, [kept.id]).get(kept.id, {}).get("place.exact")

    assert again(site, kept.path).values["place"]["lat"] == lat  # type: ignore[index, call-overload]
    assert (found["lat"] if isinstance(found, dict) else found) == true


def test_an_answer_that_is_the_other_record_becomes_the_kept_one(admin: Browser, site: Station) -> None:
    lift = "title: Lift\nfolder: lifts\nfields:\n  - {name: title, type: text, label: Name}\n  - {name: of, type: choice, form: offre, label: Of}\n"
    make_form(site, "lift", lift)
    kept, other = again(site, "offres/velo"), again(site, OTHER)
    make(site, "lifts/jeudi", "Jeudi", form="lift", of=other.id)
    merge(admin)

    assert again(site, "lifts/jeudi").values["of"] == kept.id
