"""The set-up wizard, from the first administrator's link to the finished site."""

from dataclasses import replace

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from app.cli.links import set_up_secret
from app.config import PASSWORD_FILE
from app.database.settings import Settings
from app.errors import Unavailable
from app.people import accounts, groups
from app.people.accounts import Account
from app.shipped import demo
from app.station import Station
from tests.outbox.conftest import Postman, Server, postman, server  # noqa: F401 - fixtures
from tests.web.hands import Browser, errors, form, notices, one, soup

FORM = "main form:has([name=title], [name=name], [name=preset])"


@pytest.fixture
def new_site(site: Station) -> Station:
    """Give a site as `gare init` leaves it."""
    site.store_settings(title=Settings().title, language="fr", set_up="1")
    demo.exchange(site.wiki, demo.Content({}, {}), demo.pages_of("fr", has_demo=False))
    return site


@pytest.fixture
def first(browser: Browser, new_site: Station) -> Browser:
    """Give the browser of who has used the link that `gare serve` prints."""
    secret = set_up_secret(new_site)
    browser.post("/-/signin", token=secret or "")
    return browser


def send(browser: Browser, step: str, **typed: str) -> str:
    """Fill the form of a step; gives where it leads."""
    page = browser.get(f"/-/setup/{step}")
    response = browser.post(f"/-/setup/{step}", **(form(page, FORM) | typed))
    assert response.status_code == 303, errors(response)
    return str(response.headers["Location"])


def owner(site: Station) -> Account:
    with site.truth.connect() as connection:
        (found,) = accounts.list_all(connection)
    return found


def test_the_link_leads_through_four_screens_to_the_finished_site(browser: Browser, new_site: Station) -> None:
    signed_in = browser.post("/-/signin", token=set_up_secret(new_site) or "")
    device = browser.post("/-/signin/device", **form(browser.get(signed_in.headers["Location"]), "main form"))
    assert browser.get(device.headers["Location"]).headers["Location"] == "/-/setup/1"
    assert send(browser, "1", title="La vallée", place="Vallée de la Drôme") == "/-/setup/2"
    assert send(browser, "2", name="Nadia", email="nadia@example.org", password="dix lettres") == "/-/setup/3"
    assert browser.post("/-/setup/3", action="next").headers["Location"] == "/-/setup/4"
    assert send(browser, "4", preset="village", demo="yes") == "/"
    home = browser.get("/")

    assert "Your site is ready. Welcome!" in notices(home)
    assert "La vallée" in one(home, ".sign").text and "Vallée de la Drôme" in one(home, ".desk p").text
    assert replace(new_site.settings.get(), review_since="0", plugins_begun="") == Settings(
        title="La vallée", place="Vallée de la Drôme", reading="public", writing="members", comments="all",
        review_first="3", demo="fr",
    )  # fmt: skip
    assert (owner(new_site).name, owner(new_site).email, owner(new_site).has_password) == (
        "Nadia", "nadia@example.org", True,
    )  # fmt: skip
    assert browser.get("/jardins/compost").status_code == 200


def test_who_leaves_in_the_middle_goes_on_there(app: Flask, first: Browser, new_site: Station) -> None:
    send(first, "1", title="La vallée")
    with new_site.truth.begin() as connection:
        secret = accounts.make_link(connection, owner(new_site).id)
    again = Browser(app.test_client())
    response = again.post("/-/signin", token=secret)

    assert response.headers["Location"].endswith("back=%2F-%2Fsetup%2F")
    assert again.get("/-/setup/").headers["Location"] == "/-/setup/2"
    assert form(again.get("/-/setup/1"), FORM)["title"] == "La vallée"


def test_a_name_without_an_address_is_still_there_when_one_goes_back(first: Browser) -> None:
    send(first, "1", title="La vallée")
    assert form(first.get("/-/setup/2"), FORM)["name"] == ""
    send(first, "2", name="Nadia")

    assert form(first.get("/-/setup/2"), FORM)["name"] == "Nadia"


def test_what_was_typed_before_is_still_there_when_one_goes_back(first: Browser) -> None:
    send(first, "1", title="La vallée", place="Drôme")
    send(first, "2", name="Nadia", email="nadia@example.org")
    back = one(first.get("/-/setup/3"), ".also a")["href"]

    assert back == "/-/setup/2"
    assert "nadia@example.org" in one(first.get("/-/setup/2"), FORM).text
    assert form(first.get("/-/setup/1"), FORM)["place"] == "Drôme"


@pytest.mark.parametrize("step", ["", "1", "2", "3", "4"])
def test_nobody_but_administrators_sees_the_wizard(
    browser: Browser, member: Browser, new_site: Station, step: str
) -> None:
    answers = [who.get(f"/-/setup/{step}").status_code for who in (browser, member)]
    sent = [who.post(f"/-/setup/{step or 1}", title="x", preset="small").status_code for who in (browser, member)]

    assert (answers, sent) == ([403, 403], [403, 403])
    assert new_site.settings.get().set_up == "1"


@pytest.mark.parametrize("step", ["", "1", "2", "3", "4"])
def test_a_finished_site_is_not_set_up_again(admin: Browser, site: Station, step: str) -> None:
    before = site.settings.get()

    assert admin.get(f"/-/setup/{step}").headers["Location"] == "/-/admin/"
    assert admin.post(f"/-/setup/{step or 1}", title="x", lang="en", name="x", preset="small").status_code == 303
    assert site.settings.get() == before


def test_who_administers_a_finished_site_is_not_sent_into_the_wizard(browser: Browser, site: Station) -> None:
    with site.truth.begin() as connection:
        secret = accounts.make_link(connection, accounts.add(connection, "Nadia", is_admin=True).id)

    assert browser.post("/-/signin", token=secret).headers["Location"] == "/-/signin/device?back=%2F"


def test_another_language_brings_the_first_pages_of_that_language(first: Browser, new_site: Station) -> None:
    send(first, "1", title="The valley", lang="en")

    assert new_site.settings.get().language == "en"
    assert first.get("/help/").status_code == 200
    assert first.get("/aide/").headers["Location"] == "/help/?from=aide"


def test_nothing_is_kept_of_a_screen_with_a_wrong_field(first: Browser, new_site: Station) -> None:
    response = first.post("/-/setup/2", name="Nadia", email="nobody", password="court")

    assert response.status_code == 400 and len(errors(response)) == 2
    assert owner(new_site).name != "Nadia" and not owner(new_site).has_password
    assert one(response, "[name=name]")["value"] == "Nadia"
    assert not one(response, "[name=password]")["value"]


@pytest.mark.parametrize(
    ("step", "typed", "field"),
    [
        ("1", {"title": " ", "lang": "fr"}, "title"),
        ("1", {"title": "x", "lang": "de"}, "lang"),
        ("1", {"title": "x", "lang": "fr", "place": "x" * 81}, "place"),
        ("2", {"name": ""}, "name"),
        ("4", {"preset": "empire"}, "preset"),
    ],
)
def test_a_wrong_field_is_named_in_the_summary(first: Browser, step: str, typed: dict[str, str], field: str) -> None:
    response = first.post(f"/-/setup/{step}", **typed)

    assert response.status_code == 400
    assert soup(response).select(f"#gc-errors a[href='#gc-field-{field}']")


def test_a_password_is_not_changed_without_the_old_one(first: Browser, new_site: Station) -> None:
    send(first, "2", name="Nadia", email="nadia@example.org", password="dix lettres")
    page = first.get("/-/setup/2")
    first.post("/-/setup/2", name="Nadia", email="nadia@example.org", password="un autre, plus long")
    entering = first.post("/-/signin/password", account="nadia@example.org", password="dix lettres")

    assert not soup(page).select("[name=password]")
    assert entering.status_code == 303


@pytest.mark.parametrize(
    ("preset", "comments", "read_again", "names"),
    [
        ("small", "members", "0", []),
        ("village", "all", "3", ["accueil"]),
        ("network", "all", "3", ["accueil", "coordination"]),
    ],
)
def test_a_beginning_sets_rights_and_makes_groups_that_its_maker_looks_after(
    first: Browser, new_site: Station, preset: str, comments: str, read_again: str, names: list[str]
) -> None:
    send(first, "2", name="Nadia")
    first.client.set_cookie("gare_display", "auto.normal.fr")
    send(first, "4", preset=preset)
    settings = new_site.settings.get()
    with new_site.truth.connect() as connection:
        made = groups.list_all(connection)
        referents = [groups.list_referents(connection)[group.id] for group in made]

    assert (settings.reading, settings.writing, settings.comments) == ("public", "members", comments)
    assert settings.review_first == read_again
    assert [group.name for group in made] == names
    assert referents == [["Nadia"]] * len(names)


def test_pages_that_failed_to_follow_the_language_follow_at_the_next_try(
    first: Browser, new_site: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = first.get("/").text
    with monkeypatch.context() as patch:
        patch.setattr(new_site.wiki, "change", _fail)
        failed = first.post("/-/setup/1", title="The valley", place="", lang="en")
    asked_again = first.get("/-/setup/").headers["Location"]
    send(first, "1", title="The valley", lang="en")
    home = first.get("/")

    assert (failed.status_code, asked_again) == (503, "/-/setup/1")
    assert home.text != before and one(home, "main [lang], html")["lang"] == "en"
    assert (
        demo.exchange(new_site.wiki, demo.pages_of("fr", has_demo=False), demo.pages_of("en", has_demo=False)).changed
        == ()
    )


def _fail(*_args: object) -> None:
    raise Unavailable("no room")


def test_who_chooses_none_keeps_everything_as_it_is(first: Browser, new_site: Station) -> None:
    send(first, "4", preset="keep")

    assert new_site.settings.get() == Settings(language="fr", plugins_begun="directory agenda archive minutes polls")


def test_the_demo_of_before_goes_when_it_is_not_wanted(first: Browser, new_site: Station) -> None:
    demo.add(new_site.wiki, new_site.truth, "fr")
    new_site.store_settings(language="fr", set_up="4", demo="fr")
    assert first.get("/jardins/compost").status_code == 200
    send(first, "4", preset="small", demo="no")

    assert first.get("/jardins/compost").status_code == 410
    assert new_site.settings.get().demo == ""


def test_the_wizard_sends_a_message_that_really_arrives(
    first: Browser,
    new_site: Station,
    server: Server,  # noqa: F811
    postman: Postman,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert isinstance(server, Controller)
    monkeypatch.setattr("app.outbox.server.OTHER_PORT", server.port)
    typed = {"host": "127.0.0.1", "port": str(server.port), "security": "none", "sender": "gare@example.org"}
    sent = first.post("/-/setup/3", action="test", to="nadia@example.org", **typed)
    page = first.get("/-/setup/3")

    assert sent.headers["Location"] == "/-/setup/3"
    assert postman.addressees == ["nadia@example.org"]
    assert "The mail server took the message. Has it arrived at nadia@example.org?" in notices(page)
    assert new_site.mail_config.smtp_host == "127.0.0.1"
    assert not (new_site.config.instance / PASSWORD_FILE).exists()


@pytest.mark.parametrize(
    "typed", ["\0", "\ud800".encode("utf-8", "surrogatepass"), "x" * 100_000, "<b>&\"'", "%s%(a)s"]
)
@pytest.mark.parametrize("step", ["1", "2", "3", "4"])
def test_strange_values_break_no_screen(first: Browser, step: str, typed: str | bytes) -> None:
    names = ("title", "place", "lang", "name", "email", "password", "host", "port", "user", "sender", "to", "preset")
    response = first.post(f"/-/setup/{step}", **dict.fromkeys(names, typed), action="test", demo=typed, security=typed)

    assert response.status_code == 400 and errors(response)
