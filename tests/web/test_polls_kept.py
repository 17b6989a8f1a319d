"""What people answered to stays: nobody changes the terms, the options or the outcome by writing the page."""

from datetime import timedelta

import pytest

from app.answers import votes
from app.catalog.editing import Edit
from app.errors import Refused
from app.forms.poll import key_of
from app.people.authors import SYSTEM
from app.people.viewer import Viewer, signed_in
from app.station import Station
from tests.web.hands import Browser, errors, fields_of, soup
from tests.web.leaking import OPERATOR
from tests.web.poll_hands import ADDRESS, CONSENT, PATH, SOUP, TODAY, kept, make_poll, poll_of, visit

CLOSE, EDIT = f"/-/poll/close/{PATH}", f"/-/record/edit/{PATH}"
BO = signed_in("Bo", "m-bobobobo", is_admin=False)
HIDDEN = f"{SOUP}, names: nobody, shown: closed"
FORGED = "closed: 2026-11-16, outcome: chosen, words: Tarte, winner: tarte, counts: {tarte: {yes: '800'}}"


def write(site: Station, viewer: Viewer, asked: str) -> None:
    """Let somebody write the poll as a page, whatever form or program he has."""
    page, _ = site.door.text(OPERATOR, PATH)
    text = f"---\ntitle: Quand\nform: question\npoll: {{{asked}}}\nid: {page.id}\n---\nOn se voit.\n"
    site.door.save(viewer, Edit(PATH, text, page.revision, viewer.pseudonym or ""))


def by_form(browser: Browser, **said: str) -> int:
    fields = fields_of(soup(browser.get(EDIT)).select_one("form[data-record]"))
    return browser.post(EDIT, **(fields | said | {"action": "publish"})).status_code


# -- terms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked", [SOUP, f"{HIDDEN}, until: 2030-01-01", f"{SOUP}, {FORGED}", "kind: one, options: [Soupe]"]
)
def test_others_change_neither_terms_nor_options_nor_outcome(site: Station, asked: str) -> None:
    make_poll(site, HIDDEN)

    with pytest.raises(Refused):
        write(site, BO, asked)


def test_others_do_not_take_the_poll_out_of_its_page_but_may_write_all_else(site: Station) -> None:
    make_poll(site, HIDDEN)
    page, text = site.door.text(OPERATOR, PATH)

    with pytest.raises(Refused):
        site.door.save(BO, Edit(PATH, "Rien.\n", page.revision, "m-bobobobo"))
    assert site.door.save(BO, Edit(PATH, text.replace("voit", "retrouve"), page.revision, "m-bobobobo"))


def test_others_who_use_the_form_are_told_and_names_stay_hidden(admin: Browser, member: Browser, site: Station) -> None:
    make_poll(site, HIDDEN)
    admin.post(ADDRESS, choice="soupe")

    assert by_form(member, **{"f.poll.names": "members", "f.poll.shown": "always"}) == 403
    assert "Nadia" not in member.get(ADDRESS).text


def test_names_that_were_promised_to_nobody_stay_so_whoever_changes_it(
    admin: Browser, member: Browser, site: Station
) -> None:
    make_poll(site, f"{SOUP}, names: nobody")
    assert member.post(ADDRESS, choice="soupe", comment="Chut").status_code == 303
    by_form(admin, **{"f.poll.names": "members"})

    assert poll_of(site).names == "members"
    assert "Idris" not in admin.get(ADDRESS).text
    assert "Idris" not in admin.get(f"/-/poll/list/{PATH}.csv").text


# -- outcome ---------------------------------------------------------------------------------------------------------


def test_an_outcome_is_not_typed(admin: Browser, site: Station) -> None:
    make_poll(site)
    by_form(admin, **{"f.poll.state": '{"closed": "2026-11-16", "outcome": "chosen", "words": "Tarte"}'})

    assert poll_of(site).outcome is None


def test_who_asked_does_not_write_an_outcome_into_the_page(site: Station) -> None:
    make_poll(site, SOUP)
    mine = signed_in("Mo", site.door.record(OPERATOR, PATH).creator or SYSTEM, is_admin=False)

    with pytest.raises(Refused):
        write(site, mine, f"{SOUP}, {FORGED}")
    write(site, mine, f"{SOUP}, until: 2030-01-01")
    assert poll_of(site).until


def test_a_poll_is_not_born_closed(site: Station) -> None:
    make_poll(site, SOUP)
    text = f"---\ntitle: Né clos\nform: question\npoll: {{{SOUP}, {FORGED}}}\n---\n"

    with pytest.raises(Refused):
        site.door.save(BO, Edit("questions/clos", text, None, "m-bobobobo"))


def test_a_form_that_was_open_while_it_was_closed_does_not_open_it_again(admin: Browser, site: Station) -> None:
    make_poll(site, SOUP)
    fields = fields_of(soup(admin.get(EDIT)).select_one("form[data-record]"))
    admin.post(CLOSE, winner="soupe", words="La soupe.")
    for _ in range(2):
        admin.post(EDIT, **(fields | {"f.poll.then": "On cuisine.", "action": "publish"}))
    outcome = poll_of(site).outcome

    assert outcome is not None and outcome.words == "La soupe."


def test_numbers_stay_those_of_the_end(admin: Browser, member: Browser, site: Station) -> None:
    page_id = make_poll(site, SOUP)
    admin.post(ADDRESS, choice="soupe")
    member.post(ADDRESS, choice="soupe")
    admin.post(CLOSE, winner="soupe", words="La soupe.")
    with site.truth.begin() as connection:
        votes.withdraw(connection, votes.list_votes(connection, page_id, poll_of(site))[0])
    (line,) = [row for row in soup(admin.get(ADDRESS)).select(".poll-results tr") if "Soupe" in row.text]

    assert line.get_text(" ", strip=True) == "Soupe most chosen 2"


# -- consent ---------------------------------------------------------------------------------------------------------


def test_going_back_to_questions_asks_all_anew(admin: Browser, member: Browser, site: Station) -> None:
    make_poll(site, CONSENT)
    assert member.post(ADDRESS, choice="consent").status_code == 303
    admin.post(f"/-/poll/stage/{PATH}", stage="questions")
    admin.post(f"/-/poll/stage/{PATH}", stage="objections")

    assert poll_of(site).round_ == 2
    assert kept(site, site.door.record(OPERATOR, PATH).id) == []


def test_what_nobody_could_object_to_is_not_adopted(admin: Browser, site: Station) -> None:
    make_poll(site, "kind: consent")
    response = admin.post(CLOSE, outcome="adopted", words="Adopté.")

    assert response.status_code == 400
    assert poll_of(site).outcome is None


def test_objections_are_asked_for_anew_only_with_a_day_to_come(admin: Browser, site: Station) -> None:
    make_poll(site, f"{CONSENT}, until: {TODAY - timedelta(days=1)}")
    late = admin.post(CLOSE, outcome="again", words="Autrement.")
    done = admin.post(CLOSE, outcome="again", words="Autrement.", until=(TODAY + timedelta(days=9)).isoformat())

    assert (late.status_code, done.status_code) == (400, 303)
    assert "The last day is over" in errors(late)[0]
    assert (poll_of(site).round_, poll_of(site).until) == (2, TODAY + timedelta(days=9))


# -- options, visitors, tables -----------------------------------------------------------------------------------------


def test_long_options_that_begin_alike_are_two() -> None:
    begin = "Prendre dans la caisse commune, pour réparer le four à pain, cinquante"

    assert key_of(f"{begin} euros") != key_of(f"{begin} mille euros")
    assert key_of("Soupe") == key_of("soupe ")


def test_without_mail_the_terms_say_that_nobody_is_checked_and_an_address_is_not_given_away(
    browser: Browser, site: Station
) -> None:
    make_poll(site, f"{SOUP}, who: everyone")
    first = visit(browser, site, "Zoé", "zoe@example.org", choice="soupe")
    again = visit(browser, site, "Zoé", "zoe@example.org", choice="tarte")

    assert "addresses are not checked" in browser.get(ADDRESS).text
    assert (first.status_code, again.status_code) == (200, 200)
    assert [choices for _, choices, _ in kept(site, site.door.record(OPERATOR, PATH).id)] == [{"soupe": "yes"}]


def test_a_table_is_saved_whatever_the_letters_of_its_title(admin: Browser, site: Station) -> None:
    make_poll(site, SOUP)
    page, text = site.door.text(OPERATOR, PATH)
    site.door.save(OPERATOR, Edit(PATH, text.replace("title: Quand", "title: 会议"), page.revision, SYSTEM))
    answer = admin.get(f"/-/poll/list/{PATH}.csv")

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].isascii()
