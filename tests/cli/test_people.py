"""`gare user`, `gare login-link`, `gare token`, and the set-up link of the first administrator."""

from collections.abc import Callable

import pytest

from app.cli.links import set_up_secret
from app.people import accounts, authors, tokens, visitors
from app.proposals import proposals
from app.proposals.proposals import Draft
from app.serving import marked, note
from app.station import Station
from tests.cli.conftest import Gare

Done = Callable[..., str]


def _secret(printed: str) -> str:
    return printed.strip().partition("/-/signin?token=")[2]


def test_somebody_who_was_added_signs_in_by_the_link(done: Done, station: Station) -> None:
    link = done("user", "add", "Nadia")

    with station.truth.begin() as connection:
        account = accounts.use_link(connection, _secret(link))
    assert account is not None
    assert (account.name, account.is_admin) == ("Nadia", False)


def test_a_name_is_given_once(done: Done, gare: Gare) -> None:
    done("user", "add", "Nadia")

    assert "There is somebody named “Nadia” already" in gare("user", "add", "Nadia").stderr


def test_people_are_listed_with_what_they_may(done: Done) -> None:
    done("user", "add", "Nadia", "--admin")
    done("user", "add", "Bernard")

    assert done("user", "list") == "Nadia\tadministrator\nBernard\n"


def test_a_login_link_signs_in_once(done: Done, station: Station) -> None:
    done("user", "add", "Nadia")
    secret = _secret(done("login-link", "Nadia"))

    with station.truth.begin() as connection:
        uses = [accounts.use_link(connection, secret) is not None for _ in range(2)]
    assert uses == [True, False]


def test_links_begin_with_the_public_address(done: Done, station: Station) -> None:
    (station.config.instance / "gare.toml").write_text('address = "https://wiki.example.org"\n')

    assert done("user", "add", "Nadia").startswith("https://wiki.example.org/-/signin?token=")


@pytest.mark.parametrize(
    ("bound", "address"),
    [
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123"),
        ("http://0.0.0.0:8123", "http://127.0.0.1:8123"),
        ("http://[::]:8123", "http://127.0.0.1:8123"),
        ("http://192.0.2.1:8123", "http://192.0.2.1:8123"),
        ("unix:/run/gare.sock", "http://127.0.0.1:9000"),
        ("", "http://127.0.0.1:9000"),
    ],
)
def test_links_begin_with_the_address_at_which_the_site_is_served(
    done: Done, station: Station, monkeypatch: pytest.MonkeyPatch, bound: str, address: str
) -> None:
    monkeypatch.setenv("PORT", "9000")
    with marked(station.config.instance):
        note(station.config.instance, bound)
        links = [done("user", "add", "Nadia"), done("login-link", "Nadia")]

    assert [link.partition("/-/signin?token=")[0] for link in links] == [address] * 2


def test_links_begin_with_the_next_address_while_nothing_is_served(
    done: Done, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    with marked(station.config.instance):
        note(station.config.instance, "http://127.0.0.1:8123")
    monkeypatch.delenv("PORT", raising=False)

    assert done("user", "add", "Nadia").startswith("http://127.0.0.1:8000/-/signin?token=")


def test_a_key_reads_and_writes_only_if_asked(done: Done, station: Station) -> None:
    done("user", "add", "Nadia", "--admin")
    keys = [done("token", "Nadia").strip(), done("token", "Nadia", "--write").strip()]

    with station.truth.begin() as connection:
        bearers = [tokens.find_bearer(connection, key) for key in keys]
    assert [(bearer[0].name, bearer[1]) for bearer in bearers if bearer] == [("Nadia", False), ("Nadia", True)]


def test_only_administrators_get_keys(done: Done, gare: Gare) -> None:
    done("user", "add", "Bernard")

    assert gare("token", "Bernard").exit_code == 1


def test_the_set_up_link_is_printed_until_it_was_used(station: Station) -> None:
    first, second = set_up_secret(station), set_up_secret(station)
    with station.truth.begin() as connection:
        used = [accounts.use_link(connection, secret or "") for secret in (first, second)]

    assert used[0] is None, "an older link must stop working"
    assert used[1] is not None
    assert used[1].is_admin
    assert set_up_secret(station) is None


def test_no_set_up_link_is_printed_once_an_administrator_signed_in_by_another_link(
    done: Done, station: Station
) -> None:
    secrets = [_secret(done("user", "add", "Nadia", "--admin")), _secret(done("login-link", "Nadia"))]
    printed = set_up_secret(station)
    with station.truth.begin() as connection:
        used = [accounts.use_link(connection, secret) is not None for secret in secrets]

    assert printed is not None
    assert used == [True, True]
    assert set_up_secret(station) is None


def test_somebody_else_who_signs_in_leaves_the_set_up_link(done: Done, station: Station) -> None:
    secret = _secret(done("user", "add", "Bernard"))
    with station.truth.begin() as connection:
        accounts.use_link(connection, secret)

    assert set_up_secret(station) is not None


@pytest.mark.parametrize(("language", "name"), [("fr", "Administration"), ("en", "Administrator")])
def test_the_first_administrator_is_named_in_the_language_of_the_site(
    station: Station, language: str, name: str
) -> None:
    station.store_settings(title="Essai", language=language)
    set_up_secret(station)

    with station.truth.connect() as connection:
        assert [account.name for account in accounts.list_all(connection)] == [name]


def test_other_links_do_not_bring_the_set_up_link_back(done: Done, station: Station) -> None:
    secret = set_up_secret(station)
    with station.truth.begin() as connection:
        accounts.use_link(connection, secret or "")
    done("login-link", "Administration")

    assert set_up_secret(station) is None


def test_somebody_added_with_an_address_is_found_by_it(done: Done, station: Station) -> None:
    done("user", "add", "Nadia", "--email", " Nadia@Example.org ", "--admin")

    with station.truth.connect() as connection:
        account = accounts.find_by_email(connection, "nadia@example.org")
    assert account is not None and account.name == "Nadia"
    assert done("user", "list") == "Nadia\tNadia@example.org\tadministrator\n"


@pytest.mark.parametrize("email", ["nadia", "nadia@example.org\nBcc: x@example.org"])
def test_what_is_no_address_is_refused(gare: Gare, email: str) -> None:
    assert gare("user", "add", "Nadia", "--email", email).exit_code == 1


def test_an_address_is_given_once(done: Done, gare: Gare) -> None:
    done("user", "add", "Nadia", "--email", "nadia@example.org")

    assert "has this e-mail address already" in gare("user", "add", "Idris", "--email", "NADIA@example.org").stderr


def test_who_is_blocked_gets_no_link_and_is_listed_as_such(done: Done, gare: Gare, station: Station) -> None:
    done("user", "add", "Nadia")
    with station.truth.begin() as connection:
        accounts.block(connection, accounts.list_all(connection)[0], is_blocked=True)

    assert "is blocked" in gare("login-link", "Nadia").stderr
    assert done("user", "list") == "Nadia\tblocked\n"


def test_a_member_is_erased_by_address(done: Done, gare: Gare, station: Station) -> None:
    done("user", "add", "Nadia", "--admin")
    done("user", "add", "Zénobie", "--email", "zenobie@example.org")
    printed = done("user", "erase", "Zenobie@example.org", "--yes")

    assert "zenobie@example.org" in printed.casefold() and done("user", "list") == "Nadia\tadministrator\n"
    assert _holders(station, "zenobie@") == []
    assert gare("user", "erase", "zenobie@example.org", "--yes").exit_code != 0


def test_somebody_without_an_account_is_erased_by_address(done: Done, station: Station) -> None:
    with station.truth.begin() as connection:
        visitor, _ = visitors.add(connection, "Zénobie", "zenobie@example.org")
        proposals.add(connection, Draft("pain", None, "Pain", "x\n"), visitor.pseudonym, visitor_id=visitor.id)
    done("user", "erase", "zenobie@example.org", "--yes")

    with station.truth.connect() as connection:
        assert proposals.list_open(connection) == []
        assert authors.names_of(connection, [visitor.pseudonym]) == {}
    assert _holders(station, "zenobie@") == []


def test_nobody_is_erased_unasked_nor_the_only_administrator(done: Done, gare: Gare, station: Station) -> None:
    done("user", "add", "Nadia", "--admin", "--email", "nadia@example.org")

    assert gare("user", "erase", "nadia@example.org", input="n\n").exit_code == 1
    assert gare("user", "erase", "nadia@example.org", "--yes").exit_code != 0
    assert "Nobody here has the address" in gare("user", "erase", "z@example.org", "--yes").stderr
    with station.truth.connect() as connection:
        assert accounts.find_named(connection, "Nadia")


def _holders(station: Station, word: str) -> list[str]:
    files = (file for file in station.config.instance.rglob("gare.db*") if file.is_file())
    return [file.name for file in files if word in file.read_bytes().decode("utf-8", "replace").casefold()]
