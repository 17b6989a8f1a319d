"""The site of which the pictures are taken: the demo of one language behind `gare serve`, with two members."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.cli.init import create
from app.config import FILE, load
from app.database.settings import Settings
from app.hooks import Hooks
from app.people import accounts
from app.shipped import content
from app.station import open_station
from app.wiki.frontmatter import parse
from tests.browser.demo_site import SETTINGS
from tests.cli.served import serving

ADMIN, MEMBER = "Samira", "Nadia"
# A site that could send mail, and does not: nobody listens there.
MAIL = 'smtp_host = "127.0.0.1"\nsmtp_port = 9\nsmtp_security = "none"\nmail_from = "gare@vezoline.example"\n'


@dataclass(frozen=True)
class Shown:
    """A served demo; `links` are the secrets that sign its people in, by name."""

    address: str
    links: dict[str, str]


@contextmanager
def serve(folder: Path, language: str) -> Iterator[Shown]:
    """Make the demo of a language and serve it, until what the job process brings is there."""
    instance, demo = folder / "instance", content.demo(language)
    settings = Settings(parse(demo.pages["index"]).text("title"), language, demo=language)
    create(instance, settings, content.starter(language).with_others(demo), has_plugins=True)
    with (instance / FILE).open("a", encoding="utf-8") as file:
        file.write(SETTINGS + MAIL)
    links = _add_people(instance)
    with serving(instance, folder / "log") as served:
        while not (instance / "mail/demo").exists():  # the list of the demo comes by the job process
            time.sleep(0.1)
        yield Shown(served.address, links)


def _add_people(instance: Path) -> dict[str, str]:
    station = open_station(load(instance), Hooks())
    try:
        with station.truth.begin() as connection:
            people = [accounts.add(connection, name, is_admin=name == ADMIN) for name in (ADMIN, MEMBER)]
            return {one.name: accounts.make_link(connection, one.id) for one in people}
    finally:
        station.close()
