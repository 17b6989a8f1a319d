"""How fast mails go out, and which of them first."""

from collections.abc import Callable

from app.outbox import sending
from app.station import Station
from tests.outbox.conftest import Postman, Server, put, send, through

HOUR = 3600
Later = Callable[[float], None]


def test_no_more_mails_go_out_in_an_hour_than_are_set(
    station: Station, server: Server, postman: Postman, later: Later
) -> None:
    slow = through(station, server.port, mail_per_hour=5)
    for number in range(12):
        put(slow, f"n{number}@example.org")
    counts = []
    for moment in (0, 60, HOUR - 10, HOUR + 10, HOUR + 60, 2 * HOUR + 20, 3 * HOUR + 30):
        later(moment)
        send(slow)
        counts.append(len(postman.messages))

    assert counts == [5, 5, 5, 10, 10, 12, 12]


def test_whoever_signs_in_waits_for_no_digest(station: Station, server: Server, postman: Postman) -> None:
    slow = through(station, server.port, mail_per_hour=20)
    for number in range(30):
        put(slow, f"n{number}@example.org", kind="digest")
    put(slow, "nadia@example.org", kind="signin")
    send(slow)
    put(slow, "idris@example.org", kind="signin")
    send(slow)

    assert postman.addressees[0] == "nadia@example.org"
    assert postman.addressees[-1] == "idris@example.org"  # though the digest has used its share of the hour
    assert len(postman.addressees) == 19


def test_one_round_takes_only_so_many(sending_station: Station, postman: Postman) -> None:
    for number in range(sending.ROUND_MAILS + 5):
        put(sending_station, f"n{number}@example.org")
    send(sending_station)
    after_one = len(postman.messages)
    send(sending_station)

    assert (after_one, len(postman.messages)) == (sending.ROUND_MAILS, sending.ROUND_MAILS + 5)
