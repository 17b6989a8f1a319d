"""The help that comes with a new wiki leads to addresses that are there."""

import pytest

from app.shipped import content, demo
from app.station import Station
from tests.web.hands import Browser, soup

NOTHING = content.Content({}, {})
NEW_PAGE = "/-/new?title="  # where a link in brackets to a page that is not there leads
OF_PLUGINS = "/-/new?path="  # and one to the address of a plugin: none is here


def links_of(browser: Browser, page: str) -> set[str]:
    """Give where the text of a page leads on this site."""
    found = soup(browser.get(f"/{page}")).select("main .content a[href^='/']")
    return {str(link["href"]).partition("#")[0] for link in found}


@pytest.mark.parametrize(("language", "folder"), [("fr", "aide"), ("en", "help")])
def test_the_links_of_the_help_lead_somewhere(site: Station, admin: Browser, language: str, folder: str) -> None:
    demo.exchange(site.wiki, NOTHING, content.starter(language))
    pages = [path.removesuffix("index") for path in content.starter(language).pages if path.startswith(f"{folder}/")]
    found = {(page, link) for page in pages for link in links_of(admin, page)}

    lost = [one for one in found if one[1].startswith(NEW_PAGE)]
    ours = {link for _, link in found if not link.startswith((NEW_PAGE, OF_PLUGINS))}

    assert lost == []
    assert [link for link in ours if admin.get(link).status_code == 404] == []
