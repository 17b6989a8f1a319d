"""The site of the three stories: the French demo in this process, real mail, and a clock that a story may move.

Its jobs run when a story says so (`deliver`), so that weeks go by between two lines of a test.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from werkzeug.serving import make_server

from app import create_app
from app.cli.init import create
from app.config import FILE
from app.database.settings import Settings
from app.jobs import lanes
from app.people import accounts
from app.shipped import content
from app.station import Station
from tests.browser.demo_site import SETTINGS
from tests.browser.editor_site import Quiet
from tests.browser.hands import SEND, Hands
from tests.outbox.conftest import Postman

MAIL = 'smtp_host = "127.0.0.1"\nsmtp_port = {}\nsmtp_security = "none"\nmail_from = "gare@example.org"\n'
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
JOBS = ("answers", "minutes-remind", "mail")  # the last one sends what the others have written


class Counted(Hands):
    """The hands of somebody on a telephone, whose presses are counted."""

    presses = 0

    def press(self, selector: str) -> None:
        """Press what leads to another page."""
        super().press(selector)
        self.presses += 1

    def open_menu(self, selector: str) -> None:
        """Open the menu of the site, and press one of its links."""
        self.page.click(".station .fold summary")
        self.presses += 1
        self.press(f".menu {selector}")


@dataclass
class Story:
    """A served site, and the mails that went out from it."""

    address: str
    station: Station
    postman: Postman

    def add_member(self, name: str, email: str, *, is_admin: bool = False) -> str:
        """Give somebody an account; gives the address that signs in."""
        with self.station.truth.begin() as connection:
            account = accounts.add(connection, name, is_admin=is_admin, email=email)
            return f"/-/signin?token={accounts.make_link(connection, account.id)}"

    def deliver(self) -> None:
        """Let the jobs of the mail run once."""
        known = {job.name: job for lane in lanes(self.station) for job in lane}
        for name in JOBS:
            known[name].run()

    def letters_to(self, address: str) -> list[EmailMessage]:
        """List the mails that came to somebody, after those that are due have gone out."""
        self.deliver()
        return [mail for mail, to in zip(self.postman.messages, self.postman.addressees, strict=True) if to == address]


def make_demo(folder: Path) -> Path:
    """Make the instance of which each story has a copy."""
    instance, shown = folder / "instance", content.demo("fr")
    create(instance, Settings("Vézoline", "fr", demo="fr"), content.starter("fr").with_others(shown), has_plugins=True)
    return instance


@contextmanager
def serve_story(instance: Path, port: int, postman: Postman) -> Iterator[Story]:
    """Serve it; its mails go to the server at this port."""
    with (instance / FILE).open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS + MAIL.format(port))
    app = create_app(instance)
    station: Station = app.extensions["gare"]
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    address = f"http://127.0.0.1:{server.server_port}"
    station.store_settings(address=address)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield Story(address, station, postman)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        station.close()


def sign_in(hands: Hands, link: str) -> None:
    """Sign somebody in on the own telephone."""
    hands.go(link)
    hands.press(SEND)
    hands.press("[name=device][value=mine]")


def text_of(mail: EmailMessage) -> str:
    """Give the words of a mail."""
    body = mail.get_body(("plain",))
    assert body
    return str(body.get_content())


def link_in(mail: EmailMessage, begins: str) -> str:
    """Find in a mail the link of which the address on this site begins so."""
    found = re.findall(rf"https?://[^/\s]+({re.escape(begins)}\S+)", text_of(mail))
    assert found, text_of(mail)
    return str(found[0])
