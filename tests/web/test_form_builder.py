"""Forms made and changed in the browser: their questions, their order, what is taken back, what becomes of records."""

import pytest

from app.catalog.editing import Edit
from app.catalog.record_rows import RecordQuery
from app.forms.form import Form, words_in
from app.people.authors import SYSTEM
from app.people.viewer import signed_in
from app.station import Station
from tests.web.hands import Browser, errors, notices, soup

OPERATOR = signed_in("x", "m-aaaaaaaa", is_admin=True)
FORM = """# ours
title: {fr: Trajet, en: Lift}
folder: trajets
submit: members
fields:
  - {name: title, type: text, label: {fr: Nom, en: Name}, required: yes}
  - {name: day, type: date, label: {fr: Jour, en: Day}}
  - name: kind
    type: choice
    label: {fr: Genre, en: Kind}
    choices: {go: {fr: Aller, en: There}, back: {fr: Retour, en: Back}}
"""
RECORD = "---\ntitle: Le marché\nform: lift\nkind: go\n---\n\nOn part à huit heures.\n"


@pytest.fixture
def lift(site: Station) -> Form:
    """Give a form with one record."""
    site.door.save(OPERATOR, Edit("_forms/lift", FORM, None, SYSTEM))
    site.door.save(OPERATOR, Edit("trajets/m/le-marche", RECORD, None, SYSTEM))
    return form(site)


def form(site: Station, name: str = "lift") -> Form:
    return site.door.form(OPERATOR, name)


def names(site: Station) -> list[str]:
    return [one.name for one in form(site).fields]


def press(browser: Browser, do: str) -> None:
    assert browser.post("/-/forms/edit/lift", do=do).status_code == 303


def take_back(browser: Browser) -> None:
    """Press the button beside the sentence that says what was done."""
    button = soup(browser.get("/-/forms/edit/lift")).select_one(".notice form")
    assert button
    assert browser.post(str(button["action"])).status_code == 303


def test_a_form_is_made_with_one_question(admin: Browser, site: Station) -> None:
    response = admin.post("/-/forms/new", title="Covoiturage", plural="Covoiturages", submit="everyone", like="")
    made = form(site, "covoiturage")

    assert response.headers["Location"].endswith("/-/forms/edit/covoiturage")
    assert (words_in(made.title, "fr"), words_in(made.plural, "fr")) == ("Covoiturage", "Covoiturages")
    assert [one.name for one in made.fields] == ["title"]
    assert (made.submitters, made.is_moderated) == ("everyone", True)


def test_a_form_may_begin_with_the_questions_of_another(admin: Browser, site: Station, lift: Form) -> None:
    admin.post("/-/forms/new", title="Trajet de nuit", submit="members", like="lift")
    made = form(site, "trajet-de-nuit")

    assert made.fields == lift.fields
    assert made.folder != lift.folder


def test_a_second_form_of_a_name_gets_another_one(admin: Browser, site: Station) -> None:
    for _ in range(2):
        admin.post("/-/forms/new", title="Été", submit="members")

    assert {one.name for one in site.door.all_forms(OPERATOR)} >= {"ete", "ete-2"}


def test_a_form_without_a_title_is_asked_for_again(admin: Browser) -> None:
    response = admin.post("/-/forms/new", title=" !", submit="members")

    assert response.status_code == 400 and errors(response)


def test_a_question_is_added_last_and_set_as_it_mostly_is(admin: Browser, site: Station, lift: Form) -> None:
    admin.post(
        "/-/forms/add/lift", label="Le détour", kind="choice", answers="Oui\n- Un peu\n- Beaucoup\nNon", action="add"
    )
    added = form(site).fields[-1]

    assert (added.name, added.type, added.label) == ("le_detour", "choice", {"fr": "Le détour"})
    assert [(one.key, [below.key for below in one.children]) for one in added.choices] == [
        ("oui", ["un-peu", "beaucoup"]), ("non", [])
    ]  # fmt: skip
    assert added.is_facet and added.is_listed and not added.is_required


def test_another_question_may_follow_at_once(admin: Browser, lift: Form) -> None:
    response = admin.post("/-/forms/add/lift", label="Places", kind="number", action="another")

    assert response.headers["Location"].endswith("/-/forms/add/lift")


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"label": " ", "kind": "text"}, "label"), ({"label": "X", "kind": "nonsense"}, "kind"),
        ({"label": "X", "kind": "choice", "answers": " "}, "answers"), ({"label": "X", "kind": "records"}, "linked"),
        ({"label": "X", "kind": "choice", "answers": "a\na"}, "answers"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_at_its_place(
    admin: Browser, site: Station, lift: Form, typed: dict[str, str], wrong: str
) -> None:
    response = admin.post("/-/forms/add/lift", action="add", **typed)

    assert response.status_code == 400
    assert soup(response).select(f".error-summary a[href='#gc-field-{wrong}']")
    assert form(site) == lift


def test_a_question_named_as_what_every_page_has_gets_another_name(admin: Browser, site: Station, lift: Form) -> None:
    admin.post("/-/forms/add/lift", label="Tags", kind="text", action="add")
    admin.post("/-/forms/add/lift", label="État", kind="text", action="add")
    admin.post("/-/forms/add/lift", label="State", kind="text", action="add")

    assert names(site)[3:] == ["tags_2", "etat", "state_2"]


def test_questions_move_and_stay_at_the_ends(admin: Browser, site: Station, lift: Form) -> None:
    press(admin, "up kind")
    press(admin, "up title")
    press(admin, "down day")

    assert names(site) == ["title", "kind", "day"]


def test_a_question_is_taken_away_and_brought_back(admin: Browser, site: Station, lift: Form) -> None:
    press(admin, "remove kind")
    without = names(site)
    take_back(admin)

    assert without == ["title", "day"]
    assert form(site) == lift


def test_what_records_answered_stays_when_a_question_goes(admin: Browser, site: Station, lift: Form) -> None:
    press(admin, "remove kind")

    assert "kind: go" in site.door.text(OPERATOR, "trajets/m/le-marche")[1]


def test_the_question_that_names_the_records_stays(admin: Browser, site: Station, lift: Form) -> None:
    shown = soup(admin.get("/-/forms/edit/lift"))
    response = admin.post("/-/forms/edit/lift", do="remove title")

    assert not shown.select("button[value='remove title']") and shown.select("button[value='remove day']")
    assert response.status_code == 400 and form(site) == lift


def test_a_step_is_not_taken_back_over_a_later_one(admin: Browser, site: Station, lift: Form) -> None:
    press(admin, "remove kind")
    button = soup(admin.get("/-/forms/edit/lift")).select_one(".notice form")
    press(admin, "remove day")

    assert button and admin.post(str(button["action"])).status_code == 409
    assert names(site) == ["title"]


def test_a_corrected_answer_stays_the_same_answer(admin: Browser, site: Station, lift: Form) -> None:
    admin.post("/-/forms/question/lift/kind", label="Sens", answers="Vers le marché\nRetour\nLes deux", action="save")
    kind = form(site).find("kind")

    assert kind and kind.label == {"fr": "Sens", "en": "Kind"}
    assert [(one.key, one.label) for one in kind.choices] == [
        ("go", {"fr": "Vers le marché", "en": "There"}), ("back", {"fr": "Retour", "en": "Back"}),
        ("les-deux", {"fr": "Les deux"}),
    ]  # fmt: skip


def test_answers_may_change_their_order(admin: Browser, site: Station, lift: Form) -> None:
    admin.post("/-/forms/question/lift/kind", label="Genre", answers="Retour\nAller", action="save")
    kind = form(site).find("kind")

    assert kind and [one.key for one in kind.choices] == ["back", "go"]


def test_a_question_speaks_another_language_line_by_line(admin: Browser, site: Station, lift: Form) -> None:
    typed = {"label": "Genre", "answers": "Aller\nRetour", "label_en": "Way", "answers_en": "To market\nHome"}
    admin.post("/-/forms/question/lift/kind", action="save", **typed)
    kind = form(site).find("kind")
    refused = admin.post("/-/forms/question/lift/kind", action="save", **typed | {"answers_en": "Home"})

    assert kind and words_in(kind.label, "en") == "Way"
    assert [words_in(one.label, "en") for one in kind.choices] == ["To market", "Home"]
    assert refused.status_code == 400


def test_a_question_is_asked_only_if_another_is_answered_so(admin: Browser, site: Station, lift: Form) -> None:
    first = admin.post("/-/forms/question/lift/day", label="Jour", only_if="kind", action="save")
    asked = soup(admin.get("/-/forms/question/lift/day")).select("input[name='only_if.kind']")
    admin.post(
        "/-/forms/question/lift/day", **{"label": "Jour", "only_if": "kind", "only_if.kind": "go"}, action="save"
    )
    day = form(site).find("day")

    assert "/-/forms/question/lift/day" in first.headers["Location"]
    assert [one["value"] for one in asked] == ["go", "back"]
    assert day and day.condition and (day.condition.field, day.condition.values) == ("kind", ("go",))
    assert "Only if “Kind” is: There" in admin.get("/-/forms/edit/lift").text


def test_who_reads_an_answer_is_chosen_before_there_are_any(admin: Browser, site: Station, lift: Form) -> None:
    closed = soup(admin.get("/-/forms/question/lift/day")).select("[name=readers]")
    site.door.delete(OPERATOR, "trajets/m/le-marche", SYSTEM)
    admin.post("/-/forms/question/lift/day", label="Jour", readers="members", action="save")
    day = form(site).find("day")

    assert not closed
    assert day and day.readers == "members"


def test_two_who_change_one_question_hear_of_each_other(admin: Browser, site: Station, lift: Form) -> None:
    base = soup(admin.get("/-/forms/question/lift/day")).select_one("[name=base]")
    admin.post("/-/forms/question/lift/day", label="Date", action="save")
    assert base
    response = admin.post("/-/forms/question/lift/day", label="Quand", base=str(base["value"]), action="save")
    day = form(site).find("day")

    assert response.status_code == 409 and "Quand" in response.text
    assert day and day.label["fr"] == "Date"


def test_two_who_change_different_questions_are_both_kept(admin: Browser, site: Station, lift: Form) -> None:
    base = soup(admin.get("/-/forms/question/lift/day")).select_one("[name=base]")
    admin.post("/-/forms/question/lift/kind", label="Sens", answers="Aller\nRetour", action="save")
    assert base
    admin.post("/-/forms/question/lift/day", label="Quand", base=str(base["value"]), action="save")

    assert [one.label["fr"] for one in form(site).fields] == ["Nom", "Quand", "Sens"]


def test_a_preview_keeps_nothing(admin: Browser, site: Station, lift: Form) -> None:
    response = admin.post("/-/forms/add/lift", label="Combien de places ?", kind="number", action="preview")
    pane = soup(response).select_one("#gc-preview-body")

    assert response.status_code == 200 and pane and "Combien de places" in pane.text
    assert form(site) == lift


def test_comments_and_keys_that_nobody_knows_stay_in_the_file(admin: Browser, site: Station, lift: Form) -> None:
    admin.post("/-/forms/question/lift/day", label="Date", action="save")

    assert site.door.text(OPERATOR, "_forms/lift")[1].startswith("# ours\n")


def test_a_deleted_form_comes_back_with_its_records(admin: Browser, site: Station, lift: Form) -> None:
    said = admin.get("/-/forms/delete/lift").text
    admin.post("/-/forms/delete/lift")
    gone = site.door.find_form(OPERATOR, "lift")
    page = admin.get("/trajets/m/le-marche")
    admin.post("/-/forms/bring-back/lift")

    assert "Its 1 record stays, as a page." in said
    assert gone is None and "huit heures" in page.text
    assert site.door.records(OPERATOR, RecordQuery("lift"))[1] == 1


def test_notices_say_what_was_done(admin: Browser, lift: Form) -> None:
    press(admin, "remove day")

    assert notices(admin.get("/-/forms/edit/lift"))[0].startswith("“Day” is taken away. Answers that were given stay.")
