"""What the check-up of those who look after pages says of minutes: late actions, minutes still to be read again."""

from datetime import timedelta

from bs4 import BeautifulSoup
from flask import Flask

from app.station import Station
from plugins.minutes.tests.conftest import write
from tests.web.conftest import sign_in, sign_in_again
from tests.web.hands import Browser, one, soup
from tests.web.life_hands import referent

AGED = "/-/aged"


def aged(browser: Browser) -> BeautifulSoup:
    return soup(browser.get(AGED))


def reread(site: Station, days: int) -> str:
    day = (site.today() - timedelta(days=days)).isoformat()
    path = f"reunions/{day[:4]}/{day}-chantier"
    write(site, path, f"---\ntitle: Chantier\nform: minutes\nday: {day}\nstep: reread\n---\nmots\n")
    return path


def test_late_action_leads_to_where_it_is_marked_as_done(app: Flask, site: Station) -> None:
    admin = sign_in(app, site, "Nadia", is_admin=True)
    link = next(link for link in aged(admin).select("main a") if link.text == "Appeler le couvreur")
    register = admin.get(str(link["href"]))

    assert "Assemblée de mars" in aged(admin).text
    assert one(register, "button[name=done]").text.strip() == "Note that it is done : Appeler le couvreur"


def test_minutes_not_read_again_after_two_weeks_lead_to_the_next_step(app: Flask, site: Station) -> None:
    admin, old = sign_in(app, site, "Nadia", is_admin=True), reread(site, 15)
    reread(site, 14)

    found = [str(link["href"]) for link in aged(admin).select("main a") if "/next/" in str(link["href"])]
    assert found == [f"/reunions/next/{old}"] and admin.get(found[0]).status_code == 200


def test_referent_hears_nothing_of_minutes_that_are_closed_to_her(app: Flask, site: Station) -> None:
    rose = sign_in(app, site, "Rose", is_admin=False)
    referent(site, "Rose", "jardins")
    sign_in_again(rose, site, "Rose")
    write(site, "secret/reunions/2026/2026-03-08-bureau", "---\ntitle: Bureau\nform: minutes\nday: 2026-03-08\n"
          "step: reread\naudience: admins\nactions:\n  - {id: s1, what: Une chose close, due: 2026-04-01}\n---\n")  # fmt: skip
    said = aged(rose).text

    assert "Appeler le couvreur" in said and "Bureau" not in said and "Une chose close" not in said


def test_nothing_is_asked_while_the_plugin_is_off(app: Flask, site: Station) -> None:
    admin = sign_in(app, site, "Nadia", is_admin=True)
    site.store_settings(plugins_on="-minutes")

    assert "Appeler le couvreur" not in aged(admin).text


def test_address_of_the_plugin_is_no_link_that_leads_nowhere(app: Flask, site: Station) -> None:
    admin = sign_in(app, site, "Nadia", is_admin=True)
    write(site, "cafe", "# Café\n\n[décisions](/reunions/decisions) [[reunions/2026/rien]]\n")

    words = [link.text for link in aged(admin).select("main .aside a[href*=new]")]
    assert words == ["Write “reunions/2026/rien”"]
