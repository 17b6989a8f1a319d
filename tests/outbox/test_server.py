"""The mail server: signed in to with the password of its file, over a line that is proven, and never waited for."""

import logging
import socket
import ssl
import subprocess
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from aiosmtpd.smtp import LoginPassword

from app.config import PASSWORD_FILE
from app.database.settings import Settings
from app.errors import Unavailable
from app.hooks import Job
from app.jobs import Runner, lanes
from app.outbox import mails, sending, smtp
from app.outbox.mails import Mail
from app.results import read_results
from app.station import Station
from tests.outbox.conftest import Postman, Server, closed_port, put, send, through

SECRET = "correct horse"
HOUR = 3600
Later = Callable[[float], None]


@pytest.fixture
def password_file(instance: Path) -> Path:
    """The file that the password stands in, as an administrator writes it."""
    file = instance / PASSWORD_FILE
    file.touch(mode=0o600)
    file.write_text(f"{SECRET}\n")
    return file


def _waiting(station: Station) -> list[mails.Queued]:
    with station.truth.connect() as connection:
        return mails.list_unsent(connection, 100)


@pytest.mark.usefixtures("password_file")
def test_the_password_is_read_from_its_file(station: Station, server: Server, postman: Postman) -> None:
    put(station)
    said = send(through(station, server.port, smtp_user="gare"))

    assert said == "1 sent"
    assert postman.logins == [LoginPassword(b"gare", SECRET.encode())]


@pytest.mark.usefixtures("password_file")
def test_the_password_of_the_environment_wins(
    station: Station, server: Server, postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GARE_SMTP_PASSWORD", "other")
    put(station)
    send(through(station, server.port, smtp_user="gare"))

    assert postman.logins[0].password == b"other"


@pytest.mark.usefixtures("password_file")
def test_the_password_is_shown_nowhere_even_if_the_server_repeats_it(
    station: Station, server: Server, postman: Postman, caplog: pytest.LogCaptureFixture
) -> None:
    coded = b64encode(f"\0gare\0{SECRET}".encode()).decode()
    postman.login_answer = f"535 5.7.8 Wrong password: {SECRET} {coded}"
    signing_in = through(station, server.port, smtp_user="gare")
    put(station)
    with caplog.at_level(logging.DEBUG):
        Runner(signing_in).once()
    logged = [record.getMessage() for record in caplog.records if record.name != "mail.log"]  # that one is the server's
    shown = [*logged, (station.config.instance / "jobs.json").read_text(), repr(signing_in.config),
             *(mail.error for mail in _waiting(station))]  # fmt: skip

    assert logged
    assert "535 5.7.8 Wrong password: … …" in _waiting(station)[0].error
    assert [text for text in shown if "horse" in text or coded in text] == []


def test_a_password_that_no_server_takes_is_said_to_be_one(
    station: Station, server: Server, password_file: Path
) -> None:
    password_file.write_text("pâté")
    put(station)
    said = send(through(station, server.port, smtp_user="gare"))

    assert said == "The mail server does not take our mail: smtp_user or the password has letters that are not ASCII"


def test_mails_wait_as_long_as_the_server_is_away_and_none_fails(
    station: Station, server: Server, postman: Postman, later: Later
) -> None:
    away = through(station, closed_port())
    put(station)
    moments = [*range(0, 600, 10), *range(600, 72 * HOUR, 600)]
    said = [later(moment) or send(away) for moment in moments]
    tried = [moment for moment, words in zip(moments, said, strict=True) if words]
    later(72 * HOUR + 2000)

    assert all(words is None or "Connection refused" in words for words in said)
    assert tried[:4] == [0, 60, 120, 240]  # as long again as it has waited, half an hour at most
    assert max(after - before for before, after in pairwise(tried)) <= 1800 + 600
    assert [mail.failed_at for mail in _waiting(station)] == [None]
    assert send(through(station, server.port)) == "1 sent"


def test_a_mail_that_breaks_the_connection_does_not_block_the_others(
    sending_station: Station, postman: Postman, later: Later
) -> None:
    postman.at_rcpt = lambda address: "421 Too much" if address.startswith("poison") else "250 OK"
    put(sending_station, "poison@example.org")
    put(sending_station, "nadia@example.org")
    first = send(sending_station)
    later(10)
    second = send(sending_station)

    assert (first, second) == ("1 put off", "1 sent")


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Give the port of a server that takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        yield silent.getsockname()[1]


def test_a_slow_mail_server_delays_no_other_job(
    station: Station, silent_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "SECONDS", 3.0)
    ran: list[float] = []
    station.hooks.jobs.append(Job("other", 0.1, lambda: ran.append(time.time())))
    put(station)
    stop = threading.Event()
    threading.Timer(2.0, stop.set).start()
    Runner(through(station, silent_port)).loop(stop)
    mail = read_results(station.config.instance)["mail"]

    assert mail.seconds > 2
    assert len([moment for moment in ran if mail.at - mail.seconds < moment < mail.at]) >= 4


def test_nothing_else_stands_in_the_lane_of_the_mail(station: Station) -> None:
    lane = next(lane for lane in lanes(station) if any(job.name == "mail" for job in lane))

    assert [job.name for job in lane] == ["mail", "mail-tidy"]


def test_without_a_server_nothing_goes_out_and_nothing_is_lost(station: Station, later: Later) -> None:
    put(station)
    later(72 * HOUR)
    said = send(station)

    assert said is None
    assert [(mail.to, mail.subject, mail.failed_at) for mail in _waiting(station)] == [
        ("nadia@example.org", "Bonjour", None)
    ]


def test_a_message_to_try_the_settings_goes_past_the_queue(station: Station, server: Server, postman: Postman) -> None:
    config = through(station, server.port).config
    sending.send_now(config, Settings(title="Essai"), Mail("nadia@example.org", "Essai", "Un essai."))
    postman.at_rcpt = lambda _address: "550 No such user"

    assert postman.addressees == ["nadia@example.org"]
    with pytest.raises(Unavailable, match="550 No such user"):
        sending.send_now(config, Settings(), Mail("nobody@example.org", "Essai", "Un essai."))
    with pytest.raises(Unavailable, match="Name a mail server"):
        sending.send_now(station.config, Settings(), Mail("nadia@example.org", "Essai", "Un essai."))
    assert _waiting(station) == []


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Give a certificate of this machine with its key, which nobody trusts yet."""
    file = tmp_path / "mail.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", file, "-out", tmp_path / "crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    file.write_text(file.read_text() + (tmp_path / "crt").read_text())
    return file


@pytest.fixture(params=["starttls", "tls"])
def closed_server(request: pytest.FixtureRequest, certificate: Path, postman: Postman) -> Iterator[tuple[str, int]]:
    """Give a server that speaks TLS: the setting for it, and its port."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    kind = {"starttls": {"tls_context": context, "require_starttls": True}, "tls": {"ssl_context": context}}
    made = Server(postman, hostname="127.0.0.1", port=0, authenticator=postman.authenticate, auth_require_tls=False,
                  **kind[request.param])  # fmt: skip
    made.start()
    yield request.param, made.port
    made.stop()


@pytest.mark.usefixtures("password_file")
def test_a_server_that_cannot_prove_itself_gets_no_password(
    station: Station, closed_server: tuple[str, int], postman: Postman
) -> None:
    security, port = closed_server
    put(station)
    said = send(through(station, port, smtp_user="gare", smtp_security=security))

    assert "certificate verify failed" in str(said)
    assert postman.logins == []
    assert len(_waiting(station)) == 1


@pytest.mark.usefixtures("password_file")
def test_a_server_that_proves_itself_is_trusted(
    station: Station, closed_server: tuple[str, int], postman: Postman, certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    security, port = closed_server
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    put(station)

    assert send(through(station, port, smtp_user="gare", smtp_security=security)) == "1 sent"
    assert postman.logins == [LoginPassword(b"gare", SECRET.encode())]


@pytest.mark.usefixtures("password_file")
def test_a_server_that_offers_no_closed_line_gets_no_password(
    station: Station, server: Server, postman: Postman
) -> None:
    put(station)
    said = send(through(station, server.port, smtp_user="gare", smtp_security="starttls"))

    assert "STARTTLS" in str(said)
    assert postman.logins == []
