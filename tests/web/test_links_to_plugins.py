"""Links of pages to what a plugin shows: nobody is asked to write that as a page."""

from app.plugin import Plugin
from app.station import Station
from tests.web.hands import Browser, content, soup


class Listing(Plugin):
    """A plugin that shows something at `/annuaire/`."""

    name = "listing"
    word = "annuaire"
    is_on_at_first = True


def test_a_link_to_a_plugin_leads_there_while_it_is_on(admin: Browser, site: Station) -> None:
    admin.write("a", "Voir [l’annuaire](/annuaire/) et [ailleurs](/ailleurs/).\n")
    off = content(admin.get("/a")).select_one("a")
    site.hooks.plugins.append(Listing())
    admin.write("a", "Voir [l’annuaire](/annuaire/) ou [ailleurs](/ailleurs/).\n")
    on = content(admin.get("/a")).select_one("a")
    wanted = soup(admin.get("/-/wanted")).select_one("main")

    assert off and "missing" in off["class"]
    assert on and on["href"] == "/annuaire/" and "missing" not in on.get("class", [])
    assert wanted and "ailleurs" in wanted.text and "annuaire" not in wanted.text
