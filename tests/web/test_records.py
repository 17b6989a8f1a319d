"""Records through their form: published, shown, changed, by those who may."""

import pytest

from app.records import private
from app.station import Station
from app.wiki.frontmatter import parse
from tests.web.hands import Browser, errors, form, notices, one, soup
from tests.web.record_hands import ADMIN, FORM, fill_in, open_form

NEW = "/-/record/new/mill"
MILL = "patrimoine/m/moulin-du-pont"


@pytest.fixture(autouse=True)
def _form(site: Station) -> None:
    open_form(site, moderated="no", submit="members")


def values(site: Station, path: str = MILL) -> dict[str, object]:
    return parse(site.door.text(ADMIN, path)[1]).values


def kept(site: Station, path: str = MILL) -> dict[str, object]:
    page = site.door.find(ADMIN, path)
    with site.truth.connect() as connection:
        return dict(private.load(connection, [page.id or ""]).get(page.id or "", {}))


def test_a_member_publishes_a_record_at_once(member: Browser, site: Station) -> None:
    sent = fill_in(
        member, site, NEW, title="Moulin du Pont", kind="mill", words="eau, meule", phone="04 75 00 00 01",
        place__commune="Vallée", place__lat="44.5", place__lon="4.4", history="Il *tourne*.", _body="La suite.",
    )  # fmt: skip

    assert sent.headers["Location"] == f"/{MILL}"
    page = member.get(f"/{MILL}")
    assert [one(page, "h1").text, notices(page)] == ["Moulin du Pont", ["It is published."]]
    assert "tourne" in soup(page).select_one(".answer em").text and "04 75 00 00 01" in page.text
    assert values(site) == {
        "title": "Moulin du Pont", "form": "mill", "kind": "mill", "words": ["eau", "meule"],
        "place": {"commune": "Vallée", "lat": "44.5", "lon": "4.4", "precision": "exact"}, "history": "Il *tourne*.",
        "id": values(site)["id"],
    }  # fmt: skip
    assert kept(site) == {"phone": "+33475000001"}


def test_private_answers_are_read_by_those_whom_the_form_names(
    member: Browser, admin: Browser, browser: Browser, site: Station
) -> None:
    fill_in(member, site, NEW, title="Moulin du Pont", phone="0475000001", owner="Nadine", contact="n@example.org")
    seen = {name: who.get(f"/{MILL}").text for name, who in {"a": admin, "m": member, "b": browser}.items()}

    assert [("04 75 00 00 01" in seen[name], "Nadine" in seen[name]) for name in "amb"] == [
        (True, True), (True, False), (False, False),
    ]  # fmt: skip
    assert not any("n@example.org" in text for text in seen.values())
    again = form(member.get(f"/-/record/edit/{MILL}"), FORM)
    assert (again["f.owner"], again["f.contact"]) == ("Nadine", "n@example.org")  # who made it sees all of it there


def test_what_is_wrong_is_said_at_the_question_and_nothing_typed_is_lost(member: Browser, site: Station) -> None:
    sent = fill_in(member, site, NEW, title="", phone="appelez", history="Long")

    assert sent.status_code == 400 and len(errors(sent)) == 2
    assert {link["href"] for link in soup(sent).select("#gc-errors a")} == {"#gc-field-f.title", "#gc-field-f.phone"}
    assert form(sent, FORM)["f.history"] == "Long"


def test_the_mistakes_at_the_top_name_their_questions(member: Browser, site: Station) -> None:
    sent = fill_in(member, site, NEW, title="", phone="appelez")
    said = [link.get_text() for link in soup(sent).select("#gc-errors a")]

    assert [words.partition(":")[0] for words in said] == ["Name", "Phone"]


def test_a_taken_place_gets_a_number(member: Browser, site: Station) -> None:
    for _ in range(2):
        sent = fill_in(member, site, NEW, title="Moulin du Pont", _anyway="1")

    assert sent.headers["Location"] == f"/{MILL}-2"


def test_a_record_is_changed_through_its_form_and_only_what_changed_is_written(member: Browser, site: Station) -> None:
    fill_in(member, site, NEW, title="Moulin du Pont", kind="mill", phone="0475000001", _body="Un texte.")
    assert member.get(f"/-/edit/{MILL}").headers["Location"] == f"/-/record/edit/{MILL}"
    assert member.get(f"/-/edit/{MILL}?text=1").status_code == 200
    fill_in(member, site, f"/-/record/edit/{MILL}", kind="cross", phone="")

    assert (values(site)["kind"], kept(site)) == ("cross", {})
    assert site.door.text(ADMIN, MILL)[1].endswith("---\n\nUn texte.\n")


def test_two_changes_of_one_record_meet_answer_by_answer(member: Browser, admin: Browser, site: Station) -> None:
    fill_in(member, site, NEW, title="Moulin du Pont", kind="mill", history="Vieux")
    opened = form(admin.get(f"/-/record/edit/{MILL}"), FORM)
    fill_in(member, site, f"/-/record/edit/{MILL}", kind="cross")
    saved = admin.post(f"/-/record/edit/{MILL}", **(opened | {"f.history": "Neuf", "action": "send"}))

    assert saved.status_code == 303
    assert (values(site)["kind"], values(site)["history"]) == ("cross", "Neuf")


def test_where_both_changed_one_answer_both_are_shown_and_nothing_is_lost(
    member: Browser, admin: Browser, site: Station
) -> None:
    fill_in(member, site, NEW, title="Moulin du Pont", kind="mill", history="Vieux")
    opened = form(admin.get(f"/-/record/edit/{MILL}"), FORM)
    fill_in(member, site, f"/-/record/edit/{MILL}", history="Leur mot", kind="cross")
    typed = opened | {"f.history": "Mon mot", "action": "send"}
    asked = admin.post(f"/-/record/edit/{MILL}", **typed)

    assert asked.status_code == 409 and "Leur mot" in one(asked, "#gc-theirs ~ dl").text
    shown = form(asked, FORM)
    assert (shown["f.history"], shown["f.kind"]) == ("Mon mot", "cross")
    admin.post(f"/-/record/edit/{MILL}", **(shown | {"action": "send"}))
    assert values(site)["history"] == "Mon mot"


def test_a_hidden_place_stands_in_the_database_only(member: Browser, admin: Browser, site: Station) -> None:
    fill_in(
        member, site, NEW, title="Moulin du Pont", place__commune="Vallée", place__address="1 rue du Pont",
        place__lat="44.50001", place__lon="4.40001", place__precision="hidden",
    )  # fmt: skip

    assert values(site)["place"] == {"commune": "Vallée", "precision": "hidden"}
    assert "44.50001" not in member.get(f"/-/source/{MILL}").text and "rue du Pont" not in admin.get(f"/{MILL}").text
    assert form(admin.get(f"/-/record/edit/{MILL}"), FORM)["f.place.lat"] == "44.50001"
    fill_in(admin, site, f"/-/record/edit/{MILL}", kind="mill")
    assert kept(site)["place.exact"]["lat"] == "44.50001"


def test_records_that_name_each_other_show_it_on_both_sides(member: Browser, site: Station) -> None:
    fill_in(member, site, NEW, title="Moulin du Pont")
    fill_in(member, site, NEW, title="Croix", near=site.door.find(ADMIN, MILL).id)

    assert one(member.get("/patrimoine/c/croix"), ".facts a").text == "Moulin du Pont"
    assert one(member.get(f"/{MILL}"), ".linked a")["href"] == "/patrimoine/c/croix"


def test_a_preview_saves_nothing(member: Browser, site: Station) -> None:
    shown = fill_in(member, site, NEW, title="Moulin du Pont", history="<b>Il</b> tourne", action="preview")

    assert one(shown, ".preview .record-title").text == "Moulin du Pont" and "tourne" in one(shown, ".preview").text
    assert site.door.find_record(ADMIN, MILL) is None


def test_a_question_that_is_not_asked_is_not_answered(member: Browser, site: Station) -> None:
    fill_in(member, site, NEW, title="Moulin du Pont", ruined="no", since="1950")

    assert "since" not in values(site)


def test_who_may_not_send_is_told_so(browser: Browser, member: Browser, site: Station) -> None:
    assert browser.get(NEW).status_code == 403
    site.door.save(ADMIN, _closed(site))

    assert member.get(NEW).status_code == 403


def _closed(site: Station):  # type: ignore[no-untyped-def]
    from app.catalog.editing import Edit

    page, text = site.door.text(ADMIN, "_forms/mill")
    return Edit(page.path, text.replace("submit: members", "submit: admins"), page.revision, "m-aaaaaaaa")
