"""An author asks that what he wrote be erased: proven by his address, decided by who looks after the list."""

from pathlib import Path

import pytest
from sqlalchemy import update

from app.people.tables import accounts
from app.station import Station
from plugins.archive import lists
from plugins.archive.asking import WAIT_SECONDS, checkup, of_list
from plugins.archive.door import door_of
from plugins.archive.retention import run_due
from plugins.archive.sources.raw import Raw
from plugins.archive.tables import requests
from plugins.archive.taking_in import take_in
from plugins.archive.tests.small_list import NOW, code, mail
from tests.web.hands import Browser
from tests.web.mailed import MAIL_SETTINGS, last_letter, letters

FORM, ONE = "/listes/forget", f"/listes/vallee/m/{code(1)}"
NADIA, PAUL = "nadia@vallee.example", "paul.roux@vallee.example"


@pytest.fixture
def instance(instance: Path) -> Path:
    """Give an instance that sends mails and has an address."""
    with (instance / "gare.toml").open("a") as settings:
        settings.write(MAIL_SETTINGS)
    return instance


@pytest.fixture
def visitor(app: object) -> Browser:
    return Browser(app.test_client())  # type: ignore[attr-defined]


def asked(site: Station) -> list[tuple[str, str]]:
    found = lists.find(site.truth, "vallee")
    assert found is not None
    return [(one.address, one.code) for one in of_list(door_of(site).archive, found)]


def test_message_leads_to_the_form(visitor: Browser) -> None:
    assert f"{FORM}?message=" in visitor.get(ONE).text
    assert ONE in visitor.get(f"{FORM}?message={ONE}").text


def test_link_of_the_mail_and_a_press_open_the_request(visitor: Browser, site: Station) -> None:
    visitor.post(FORM, address=NADIA, which="one", message=f"http://localhost{ONE}", words="Des noms y sont.")
    assert asked(site) == []
    link = last_letter(site).path

    visitor.get(link)
    assert asked(site) == []
    visitor.post(link)
    assert asked(site) == [(NADIA, code(1))]
    assert visitor.get(link).status_code == 404


def test_same_answer_for_an_address_that_never_wrote(visitor: Browser, site: Station) -> None:
    known = visitor.post(FORM, address=NADIA, which="all").text
    before = len(letters(site))

    assert visitor.post(FORM, address="nobody@vallee.example", which="all").text == known
    assert len(letters(site)) == before


def test_nobody_asks_for_the_message_of_another(visitor: Browser, site: Station) -> None:
    visitor.post(FORM, address=PAUL, which="one", message=ONE)

    assert letters(site) == []


def test_own_account_needs_no_mail(member: Browser, site: Station) -> None:
    with site.truth.begin() as connection:
        connection.execute(update(accounts).where(accounts.c.is_admin.is_(False)).values(email=PAUL, email_key=PAUL))

    member.post(FORM, address=PAUL, which="all")
    assert asked(site) == [(PAUL, "")]


def test_manager_erases_and_the_author_is_told(visitor: Browser, admin: Browser, site: Station) -> None:
    visitor.post(FORM, address=NADIA, which="one", message=ONE)
    visitor.post(last_letter(site).path)
    shown = admin.get("/listes/vallee/requests").text
    number = shown.partition("/listes/vallee/requests/")[2].partition('"')[0]
    assert NADIA in shown
    assert "1 request" in admin.get("/listes/vallee/settings").text

    assert "1 message" in admin.post(f"/listes/vallee/requests/{number}", answer="erase").text
    assert admin.get(ONE).status_code == 404
    assert (last_letter(site).to, asked(site)) == (NADIA, [])


def test_manager_refuses_with_a_reason(visitor: Browser, admin: Browser, site: Station) -> None:
    visitor.post(FORM, address=NADIA, which="all")
    visitor.post(last_letter(site).path)
    number = admin.get("/listes/vallee/requests").text.partition("/listes/vallee/requests/")[2].partition('"')[0]

    admin.post(f"/listes/vallee/requests/{number}", **{"answer": "refuse", f"why-{number}": "La mairie en a besoin."})
    assert "La mairie en a besoin." in last_letter(site).text
    assert (asked(site), admin.get(ONE).status_code) == ([], 200)
    assert "refused" in admin.get("/listes/vallee/deeds").text


def test_members_neither_see_nor_decide(member: Browser) -> None:
    assert member.get("/listes/vallee/requests").status_code == 403
    assert member.post("/listes/vallee/requests/1", answer="erase").status_code == 403


def test_check_up_names_the_list(visitor: Browser, site: Station) -> None:
    visitor.post(FORM, address=NADIA, which="all")
    visitor.post(last_letter(site).path)

    assert len(checkup(door_of(site).archive)) == 1


def test_what_nobody_confirms_is_forgotten(visitor: Browser, site: Station) -> None:
    visitor.post(FORM, address=NADIA, which="all")
    with site.truth.begin() as connection:
        connection.execute(update(requests).values(at=requests.c.at - WAIT_SECONDS - 1))
    link = last_letter(site).path
    assert visitor.get(link).status_code == 404

    run_due(door_of(site).archive)
    with site.truth.connect() as connection:
        assert connection.execute(requests.select()).all() == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"address": "nadia", "which": "all"}, "not an e-mail address"),
        ({"address": NADIA, "which": "one", "message": "le four"}, "address of the message"),
        ({"address": NADIA, "which": "one", "message": ""}, "address of the message"),
    ],
)
def test_what_cannot_be_meant_is_said_and_kept(visitor: Browser, typed: dict[str, str], said: str) -> None:
    answer = visitor.post(FORM, **typed)

    assert answer.status_code == 400
    assert said in answer.text
    assert typed["address"] in answer.text


def test_beyond_the_limit_of_an_address_no_mail_goes_out_and_nobody_is_told(visitor: Browser, site: Station) -> None:
    answers = {visitor.post(FORM, address=NADIA, which="all").text for _ in range(6)}

    assert (len(answers), len(letters(site))) == (1, 5)
    assert visitor.get(letters(site)[0].path).status_code == 200


def test_asking_without_end_is_refused(visitor: Browser) -> None:
    answers = [visitor.post(FORM, address=f"n{number}@vallee.example", which="all") for number in range(21)]

    assert answers[-1].status_code == 429


def test_words_that_somebody_typed_are_shown_before_they_are_sent(visitor: Browser, site: Station) -> None:
    visitor.post(FORM, address=NADIA, which="all", words="Tout est faux.")

    assert "Tout est faux." in visitor.get(last_letter(site).path).text


def test_link_to_the_address_of_a_list_proves_nothing(visitor: Browser, site: Station) -> None:
    found = lists.find(site.truth, "vallee")
    assert found is not None
    lists.change(site.truth, found, address=NADIA)

    visitor.post(FORM, address=NADIA, which="all")

    assert letters(site) == []


def test_message_of_another_under_the_same_mark_is_not_erased_with_it(
    visitor: Browser, admin: Browser, site: Station
) -> None:
    found = lists.find(site.truth, "vallee")
    assert found is not None
    forged = mail(1, "Autre chose", "Rien.", "Mallory <mallory@vallee.example>")
    take_in(door_of(site).archive, found, [Raw(bytes(forged), "a", NOW)], now=NOW)
    visitor.post(FORM, address="mallory@vallee.example", which="all")
    visitor.post(last_letter(site).path)
    number = admin.get("/listes/vallee/requests").text.partition("/listes/vallee/requests/")[2].partition('"')[0]

    assert admin.post(f"/listes/vallee/requests/{number}", answer="erase").status_code == 409
    assert admin.get(ONE).status_code == 200


def test_a_button_that_is_none_decides_nothing(visitor: Browser, admin: Browser, site: Station) -> None:
    visitor.post(FORM, address=NADIA, which="all")
    visitor.post(last_letter(site).path)
    number = admin.get("/listes/vallee/requests").text.partition("/listes/vallee/requests/")[2].partition('"')[0]

    assert admin.post(f"/listes/vallee/requests/{number}", answer="dance").status_code == 400
    assert len(asked(site)) == 1
