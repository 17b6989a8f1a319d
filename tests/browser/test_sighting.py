"""An inhabitant reports a heritage site with a photo and a position, without an account; a moderator publishes it.

In browsers, by real mail, with scripts and without; and every page on the way can be read and used by everybody.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from app.catalog.editing import Edit
from app.config import load
from app.hooks import Hooks
from app.people import accounts
from app.people.viewer import signed_in
from app.station import open_station
from app.web.visitor_form import LEAST_SECONDS
from tests.browser.demo_site import SETTINGS
from tests.browser.hands import Hands, until
from tests.browser.survey import Found, measure
from tests.browser.watched import Watch
from tests.cli.conftest import runner_for
from tests.cli.nursery import Nursery
from tests.cli.served import Served, serving
from tests.outbox.conftest import Postman, Server, postman, server  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser

MAIL = 'smtp_host = "127.0.0.1"\nsmtp_port = {}\nsmtp_security = "none"\nmail_from = "gare@example.org"\n'
HERITAGE = Path(__file__).parents[2] / "plugins/directory/forms/heritage.yaml"
PHONE = {"width": 360, "height": 740}
SEND = "form[data-record] .actions [value=send]"
ACCEPT = "[name=action][value=accepted]"
NEW = "/-/record/new/heritage"


@dataclass
class Site:
    """A served site that its members write; the link signs its administrator in, `photo` says where it was taken."""

    served: Served
    link: str
    photo: Path


@pytest.fixture
def site(tmp_path: Path, server: Server, nursery: Nursery) -> Iterator[Site]:  # noqa: F811
    instance = tmp_path / "instance"
    made = runner_for(instance)("init", "--lang", "fr")
    assert made.exit_code == 0, made.output
    with (instance / "gare.toml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS + MAIL.format(server.port))
    station = open_station(load(instance), Hooks())
    try:
        station.store_settings(writing="members")
        with station.truth.begin() as connection:
            nadia = accounts.add(connection, "Nadia", is_admin=True)
            link = f"/-/signin?token={accounts.make_link(connection, nadia.id)}"
        admin = signed_in(nadia.name, nadia.pseudonym, is_admin=True)
        if not station.door.find_form(admin, "heritage"):
            form = HERITAGE.read_text(encoding="utf-8")
            station.door.save(admin, Edit("_forms/heritage", form, None, nadia.pseudonym))
    finally:
        station.close()
    with serving(instance, tmp_path / "log", nursery=nursery) as served:
        yield Site(served, link, draw_photo(tmp_path))


def draw_photo(folder: Path) -> Path:
    """Draw what a telephone would send: its lines say where it stood."""
    image, exif = Image.new("RGB", (1200, 900), "#8fb3d9"), Image.Exif()
    ImageDraw.Draw(image).polygon([(200, 800), (200, 400), (600, 150), (1000, 400), (1000, 800)], fill="#8a7a66")
    exif.get_ifd(0x8825).update({1: "N", 2: (44.0, 30.0, 0.0), 3: "E", 4: (4.0, 24.0, 0.0)})
    image.save(folder / "lavoir.jpg", exif=exif.tobytes())
    return folder / "lavoir.jpg"


@pytest.fixture
def open_hands(browser: Any, site: Site) -> Iterator[Callable[..., Hands]]:
    """Give a function that opens a window on the site, that of somebody else each time."""
    opened: list[tuple[Any, Watch]] = []

    def open_hands(*, has_scripts: bool) -> Hands:
        window = browser.new_context(base_url=site.served.address, java_script_enabled=has_scripts, viewport=PHONE)
        opened.append((window, Watch(window, site.served.address)))
        return Hands(window, has_scripts=has_scripts)

    yield open_hands
    for window, _ in opened:
        window.close()
    assert [fault for _, watch in opened for fault in watch.faults] == []


def fill_in(hands: Hands, site: Site) -> None:
    """Answer the questions; the position is that of the photo."""
    page = hands.page
    page.fill("[name='f.title']", "Lavoir du bas")
    page.select_option("[name='f.denomination']", "wash_house")
    page.fill("[name='f.place.commune']", "Valsonnette")
    page.check("[name='f.materials'][value=limestone]")
    page.fill("[name='f.description']", "Deux bassins sous un toit de lauzes.")
    page.fill("[name='f.credit']", "Zoé")
    page.set_input_files("[name='f.photos.new']", site.photo)
    page.fill("[name='f.photos.alt'] >> nth=-1", "Le lavoir vu du chemin")
    page.fill("[name='f.photos.author'] >> nth=-1", "Zoé")
    page.fill("[name=author]", "Zoé")
    page.fill("[name=email]", "zoe@example.org")
    page.wait_for_timeout(1000 * LEAST_SECONDS + 500)


def use_the_place_of_the_photo(hands: Hands) -> None:
    """Take what the photo says: its script asks at once, else the form is shown again with the question."""
    if hands.has_scripts:
        hands.page.locator(".map-offer button").click()
    else:
        hands.press(SEND)
        hands.press("#gc-offer [value^=place]")
    assert hands.page.input_value("[name='f.place.lat']") == "44.50000"


def sign_in(hands: Hands, link: str) -> None:
    hands.go(link)
    hands.press("main .actions .button:not(.second, .quiet)")
    hands.press("[name=device][value=mine]")


def link_in(postman: Postman) -> str:  # noqa: F811
    text = postman.messages[-1].get_body(("plain",)).get_content()
    return re.findall(r"https?://[^/\s]+(/-/proposals/mine/\S+)", text)[0]


@pytest.mark.parametrize("has_scripts", [False, True], ids=["without scripts", "with scripts"])
def test_an_inhabitant_reports_a_site_and_a_moderator_publishes_it(
    open_hands: Callable[..., Hands],
    site: Site,
    postman: Postman,  # noqa: F811
    has_scripts: bool,
) -> None:
    visitor, moderator = open_hands(has_scripts=has_scripts), open_hands(has_scripts=has_scripts)
    visitor.go(NEW)
    fill_in(visitor, site)
    use_the_place_of_the_photo(visitor)
    visitor.press(SEND)
    assert visitor.heading == "Merci"
    until(visitor.page, lambda: postman.messages)
    visitor.go(link_in(postman))
    visitor.press("[name=action][value=confirmed]")

    sign_in(moderator, site.link)
    moderator.press("footer a[href='/-/proposals/']")
    moderator.press("main .rows a")
    assert "Deux bassins" in moderator.content and moderator.page.locator(".pictures img").count() == 1
    assert "44.5" in moderator.content
    moderator.press(ACCEPT)

    assert moderator.heading == "Lavoir du bas" and moderator.page.locator(".pictures img").count() == 1
    visitor.go(moderator.page.url)
    assert "Lavoir" in visitor.content and "Valsonnette" in visitor.content and "zoe@example.org" not in visitor.content
    picture = visitor.page.request.get(str(visitor.page.locator(".pictures a").get_attribute("href")))
    assert picture.ok and b"Exif" not in picture.body()


def test_every_page_on_the_way_can_be_read_and_used_by_everybody(
    open_hands: Callable[..., Hands],
    site: Site,
    postman: Postman,  # noqa: F811
) -> None:
    visitor, moderator = open_hands(has_scripts=True), open_hands(has_scripts=True)
    found = {}

    def look(hands: Hands, name: str) -> None:
        found[name] = measure(hands.page)

    visitor.go(NEW)
    look(visitor, "form")
    visitor.press(SEND)
    look(visitor, "form, errors")
    fill_in(visitor, site)
    visitor.press(SEND)  # nobody has answered the question about the place
    look(visitor, "form, photo and question")
    visitor.press("form[data-record] [value=preview]")
    look(visitor, "form, preview")
    visitor.press(SEND)
    until(visitor.page, lambda: postman.messages)
    visitor.go(link_in(postman))
    visitor.press("[name=action][value=confirmed]")
    visitor.press("main a[href*='/-/record/mine/']")
    look(visitor, "correction")
    sign_in(moderator, site.link)
    moderator.go("/-/proposals/1")
    look(moderator, "proposal")
    moderator.go("/-/record/proposal/1")
    look(moderator, "proposal, form")
    moderator.go("/-/proposals/1")
    moderator.press(ACCEPT)
    look(moderator, "record")

    assert {name: one for name, one in found.items() if one != Found()} == {}
