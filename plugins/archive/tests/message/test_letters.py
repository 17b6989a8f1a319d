"""Letters and moments: charsets declared rightly, wrongly or not at all; dates of any kind."""

from datetime import UTC, datetime

import pytest

from plugins.archive.tests.message.reading import HEAD, NOW, UNREADABLE, opened


@pytest.mark.parametrize(
    "said", ["Subject: été".encode(), "Subject: été".encode("cp1252"), b"Subject: =?utf-8?b?w6l0w6k=?="]
)
def test_a_subject_is_read_whatever_its_bytes_are(said: bytes) -> None:
    assert opened(said).subject == "été"


def test_neighbouring_encoded_words_are_joined_as_bytes() -> None:
    assert opened(b"Subject: =?utf-8?q?caf=C3?= =?utf-8?q?=A9?=").subject == "café"


@pytest.mark.parametrize(
    ("charset", "content"),
    [
        (b"utf-8", "été".encode()), (b"utf-8", "été".encode("cp1252")), (b"us-ascii", "été".encode()),
        (b"x-unknown", "été".encode()), (b"iso-8859-1", "été".encode("cp1252")), (b"", "été".encode("cp1252")),
    ],
)  # fmt: skip
def test_a_body_is_read_whatever_charset_it_declares(charset: bytes, content: bytes) -> None:
    assert opened(HEAD + b"\nContent-Type: text/plain; charset=" + charset, content).text == "été"


def test_utf8_that_was_encoded_twice_is_repaired_and_said() -> None:
    found = opened(HEAD + b"\nContent-Type: text/plain; charset=utf-8", "Ã©tÃ© dÃ©jÃ\xa0 passÃ©".encode())

    assert found.text == "été déjà passé"
    assert found.faults


def test_controls_and_marks_of_direction_are_taken_out() -> None:
    assert opened("Subject: a\u202eb\x00c\x07d".encode()).subject == "abcd"


@pytest.mark.parametrize(
    "said",
    [b"Thu, 16 Sep 2021 13:12:00 +0200", b"Thu, 16 Sep 2021 11:12:00 GMT+00:00", b"2021-09-16T11:12:00Z",
     b"jeu., 16 sept. 2021 13:12:00 +0200"],
)  # fmt: skip
def test_dates_of_many_kinds_are_read(said: bytes) -> None:
    found = opened(b"Date: " + said, received_at=1_631_790_720)

    assert found.dated is not None
    assert found.dated.astimezone(UTC) == datetime(2021, 9, 16, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [b"Thu, 01 Jan 1970 00:00:00 +0000", b"Tue, 19 Jan 2038 03:14:08 +0000", b"nonsense", b"99 Foo 99999",
     b"Fri, 31 Dec 9999 23:59:59 -2300", b"", b"0", b"Thu, 16 Sep 2021 99:99:99 +9999"],
)  # fmt: skip
def test_a_date_far_from_the_delivery_does_not_decide_the_order(said: bytes) -> None:
    found = opened(b"Date: " + said, received_at=1_631_790_720)

    assert found.at == 1_631_790_720
    assert UNREADABLE not in found.faults


@pytest.mark.parametrize("received_at", [-5, 0, 2**40, 253_402_380_799])
def test_a_delivery_beyond_the_calendar_is_brought_back_into_it(received_at: int) -> None:
    found = opened(HEAD, received_at=received_at)

    assert 0 <= found.at <= NOW + 86_400


@pytest.mark.parametrize(
    ("head", "name", "address"),
    [
        (b"From: ana at example.org (Ana B)", "Ana B", "ana@example.org"),
        (b'From: "Ana B" <ANA@Example.org>', "Ana B", "ana@example.org"),
        (b"From: Ana via Liste <l@example.org>\nReply-To: Ana <ana@example.org>", "Ana", "ana@example.org"),
        (b"From: Liste <l@example.org>\nX-Original-From: Ana <ana@example.org>", "Ana", "ana@example.org"),
    ],
)
def test_authors_are_found_behind_what_lists_write(head: bytes, name: str, address: str) -> None:
    found = opened(head, own_address="l@example.org").author

    assert (found.name, found.address) == (name, address)


@pytest.mark.parametrize("said", [b"X-No-Archive: Yes", b"X-Archive: no", b"Archive: no"])
def test_who_wants_no_archive_is_heard(said: bytes) -> None:
    assert not opened(HEAD + b"\n" + said).is_archivable
