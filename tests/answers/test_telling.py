"""Who comes hears of every change once: another time or place, cancelled, on again; nobody else does."""

from datetime import timedelta

import pytest

from app.answers import recipients
from app.answers.telling import SETTLED
from app.people import accounts
from app.people.authors import SYSTEM
from app.people.viewer import OPERATOR
from app.station import Station
from tests.answers.dated import PATH, day, forget_mails, look, make, member, note, say, sent, told, when

LATER = timedelta(seconds=SETTLED + 60)


@pytest.fixture
def site(mailing: Station) -> Station:
    """Give an event in ten days to which Nadia comes, Zoe perhaps; Karim does not."""
    row = make(mailing, when=when(day(10)))
    say(mailing, row, member(mailing, "Nadia"))
    say(mailing, row, "Zoe", "perhaps")
    say(mailing, row, member(mailing, "Karim"), "no")
    forget_mails(mailing)
    return mailing


def _settle(site: Station) -> None:
    """Look when a change is new, then when it has stood for a while."""
    look(site, day(0))
    look(site, day(0) + LATER)


def test_another_hour_is_told_to_who_comes(site: Station) -> None:
    make(site, when=when(day(10, 14)))
    _settle(site)

    assert told(site) == [(name, "Changement : Curage du béal") for name in ("nadia", "zoe")]
    assert "14" in sent(site)[0].text and "Avant\u00a0: " in sent(site)[0].text
    assert "DTSTART" in sent(site)[0].calendar


def test_nobody_is_told_twice(site: Station) -> None:
    make(site, when=when(day(10, 14)))
    _settle(site)
    _settle(site)

    assert len(told(site)) == 2


def test_a_mistake_that_is_put_right_at_once_is_told_to_nobody(site: Station) -> None:
    make(site, when=when(day(10, 14)))
    look(site, day(0))
    make(site, when=when(day(10)))
    look(site, day(0) + LATER)

    assert told(site) == []


def test_what_begins_soon_is_told_at_once(site: Station) -> None:
    make(site, when=when(day(10, 14)))
    look(site, day(9, 20))

    assert len([one for one in told(site) if one[1].startswith("Changement")]) == 2


def test_a_corrected_letter_or_another_text_is_no_change(site: Station) -> None:
    make(site, title="Curage du béal de Ronde", place="")
    _settle(site)

    assert told(site) == []


def test_another_place_is_told(site: Station) -> None:
    make(site, place="Maison du pré")
    _settle(site)

    assert "Maison du pré" in sent(site)[0].text


def test_cancelled_is_told_with_its_reason_and_takes_itself_out_of_calendars(site: Station) -> None:
    make(site, status="cancelled", reason="Pluie")
    _settle(site)
    mail = sent(site)[0]

    assert mail.subject == "Annulé : Curage du béal"
    assert "Raison\u00a0: Pluie" in mail.text
    assert "STATUS:CANCELLED" in mail.calendar


def test_on_again_is_told(site: Station) -> None:
    make(site, status="cancelled")
    _settle(site)
    forget_mails(site)
    make(site, status="confirmed")
    _settle(site)

    assert "aura lieu finalement" in sent(site)[0].text


def test_a_deleted_page_is_told_as_cancelled_once(site: Station) -> None:
    site.door.delete(OPERATOR, PATH, SYSTEM)
    _settle(site)
    _settle(site)

    assert [subject for _, subject in told(site)] == ["Annulé : Curage du béal"] * 2
    assert "gare.example/agenda" not in sent(site)[0].text


def test_several_dates_of_a_series_make_one_mail(mailing: Station) -> None:
    weekly = {"rule": "FREQ=WEEKLY;COUNT=4"}
    days = [day(10 + 7 * number).date().isoformat() for number in range(4)]
    row = make(mailing, when=when(day(10), **weekly))
    nadia = member(mailing, "Nadia")
    for one in days[:3]:
        say(mailing, row, nadia, date=one)
    forget_mails(mailing)
    changes = {days[0]: {"cancelled": "yes", "reason": "Pluie"}}
    make(mailing, when=when(day(10), **weekly, changes=changes, **{"except": [days[1]]}))
    _settle(mailing)
    mail = sent(mailing)[0]

    assert len(sent(mailing)) == 1
    assert mail.text.count("Ceci n’aura pas lieu") == 2  # the third date stays as it is
    assert mail.calendar.count("STATUS:CANCELLED") == 2


def test_what_is_over_is_told_to_nobody(site: Station) -> None:
    make(site, place="Maison du pré")
    look(site, day(11))

    assert told(site) == []


def test_who_wants_no_mails_about_it_gets_none(site: Station) -> None:
    with site.truth.begin() as connection:
        recipients.stop(connection, site.door.record(OPERATOR, PATH).id, recipients.digest("nadia@example.org"))
    make(site, when=when(day(10, 14)))
    _settle(site)

    assert [to for to, _ in told(site)] == ["zoe"]


def test_a_blocked_member_and_a_visitor_who_may_not_read_it_any_more_get_none(site: Station) -> None:
    with site.truth.begin() as connection:
        nadia = accounts.find_named(connection, "Nadia")
        assert nadia
        accounts.block(connection, nadia, is_blocked=True)
    make(site, when=when(day(10, 14)), audience="members")
    _settle(site)

    assert told(site) == []


def test_answers_stay_when_a_single_date_becomes_a_series(site: Station) -> None:
    make(site, when=when(day(10), rule="FREQ=WEEKLY;COUNT=4"))
    _settle(site)
    make(site, when=when(day(10, 14), rule="FREQ=WEEKLY;COUNT=4"))
    _settle(site)

    assert [to for to, _ in told(site)] == ["nadia", "zoe"]


def test_places_that_are_added_go_to_who_waits(mailing: Station) -> None:
    row = make(mailing, signup={"open": "yes", "places": "1"})
    say(mailing, row, member(mailing, "Nadia"))
    say(mailing, row, member(mailing, "Karim"))
    forget_mails(mailing)
    make(mailing, signup={"open": "yes", "places": "2"})
    said = look(mailing, day(0))

    assert told(mailing) == [("karim", "Une place pour vous : Curage du béal")]
    assert said == "1 moved up"


def test_of_people_without_an_address_who_organises_hears(mailing: Station) -> None:
    maker = member(mailing, "Ana")
    row = make(mailing, by=maker.pseudonym)
    note(mailing, row, "Marie", "Louis")
    note(mailing, row, "Odile", value="no")
    make(mailing, status="cancelled", reason="Pluie")
    _settle(mailing)

    assert told(mailing) == [("ana", "Annulé : Curage du béal")]
    assert "\n\nMarie\nLouis\n\n" in sent(mailing)[0].text and "Odile" not in sent(mailing)[0].text
