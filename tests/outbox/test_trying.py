"""`gare mail test`, and the settings of mail: what is wrong is said at once."""

from pathlib import Path

import pytest

from app.config import load
from app.errors import Misconfigured
from tests.cli.conftest import Gare, runner_for
from tests.outbox.conftest import Postman, Server


@pytest.fixture
def gare(instance: Path) -> Gare:
    """Give a function that runs a command on the instance."""
    return runner_for(instance)


@pytest.fixture
def settings(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands send through the server of the tests."""
    chosen = {"HOST": "127.0.0.1", "PORT": str(server.port), "SECURITY": "none"}
    for name, value in chosen.items():
        monkeypatch.setenv(f"GARE_SMTP_{name}", value)
    monkeypatch.setenv("GARE_MAIL_FROM", "gare@example.org")


@pytest.mark.usefixtures("settings")
def test_a_message_is_sent_at_once(gare: Gare, postman: Postman) -> None:
    result = gare("mail", "test", "nadia@example.org")

    assert result.exit_code == 0, result.output
    assert postman.addressees == ["nadia@example.org"]
    assert "Essai can send mail" in postman.messages[0].get_body(["plain"]).get_content()


@pytest.mark.usefixtures("settings")
def test_what_the_mail_server_says_is_told(gare: Gare, postman: Postman) -> None:
    postman.at_rcpt = lambda _address: "550 5.1.1 No such user"
    result = gare("mail", "test", "nobody@example.org")

    assert result.exit_code == 1
    assert result.stderr == "gare: The mail server does not take our mail: 550 5.1.1 No such user\n"


def test_without_settings_the_command_says_which_are_missing(gare: Gare) -> None:
    result = gare("mail", "test", "nadia@example.org")

    assert result.exit_code == 1
    assert result.stderr == "gare: No mail can go out yet. Name a mail server on the page of settings.\n"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("smtp_host", "smtp example", "not the name of a server"),
        ("smtp_port", "0", "not between"),
        ("smtp_security", "ssl", "neither starttls, tls nor none"),
        ("mail_from", "Gare <gare@example.org>", "not an e-mail address"),
        ("mail_from", "gare@example.org\r\nBcc: x@example.org", "not an e-mail address"),
        ("mail_per_hour", "0", "not between"),
    ],
)
def test_a_wrong_setting_of_mail_is_named(tmp_path: Path, name: str, value: str, said: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        load(tmp_path, {f"GARE_{name.upper()}": value})

    assert caught.value.faults[0].startswith(f"{name}: ")
    assert said in caught.value.faults[0]
