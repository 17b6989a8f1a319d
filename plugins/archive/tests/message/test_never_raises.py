"""Reading never raises, and never takes more time than the message is long."""

import time
from email.message import Message
from email.parser import BytesParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.archive.message.quotes import fold
from plugins.archive.message.read import read
from plugins.archive.message.taking_apart import take_apart
from plugins.archive.tests.message.reading import HEAD, NOW, UNREADABLE, nested, opened

_LINES = st.lists(
    st.sampled_from([
        b"From: a@example.org", b"Subject: =?utf-8?q?=C3?=", b"Message-ID: <<a>>", b"Date: nonsense", b"--b", b"--b--",
        b'Content-Type: multipart/mixed; boundary="b"', b"Content-Type: message/rfc822", b"Content-Type: text/html",
        b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: quoted-printable", b"=3D=", b"####", b"",
        b"begin 644 a", b"end", b"> x", b"Content-Type: text/plain; charset*0=\xff", b"\x00\xff\xfe", b"References: <a> <a>",
        b"Content-Type: text/plain; charset*999=utf-8", b"&#99999999999;", b" folded", b"no header at all",
    ]),
    max_size=30,
)  # fmt: skip


@given(_LINES)
@example([b'Content-Type: multipart/mixed; boundary="b"', b"", b"--b", b"--b", b"--b--", b"--b"])
def test_any_lines_are_read(lines: list[bytes]) -> None:
    found = read(b"\n".join(lines), now=NOW)

    assert found.key
    assert UNREADABLE not in found.faults


@given(st.binary(max_size=300))
def test_any_bytes_are_read(raw: bytes) -> None:
    assert read(raw, now=NOW).key


def _shape(mail: Message) -> object:
    inner = mail.get_payload()
    own = [(name, str(value)) for name, value in mail.items()]
    return (own, [_shape(one) for one in inner] if isinstance(inner, list) else inner)


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_a_message_is_taken_apart_as_by_the_standard_library(ending: bytes) -> None:
    raw = HEAD + b"\n" + nested(4, b"Content-Type: text/plain\n\nun\n\ndeux\n")
    raw = raw.replace(b"\n", ending)

    assert _shape(take_apart(raw)) == _shape(BytesParser().parsebytes(raw))


# Each is what some pattern of a reader could begin with, again and again, and never finish.
HOSTILE = [
    b"<", b">", b"<a", b"=?", b"=?utf-8?q?a?= ", b"(", b'"', b"\n", b" ", b"<!--", b"begin 644 a\n", b"Le 1 a\n", b"> ",
    b"&#", b"\xc3\xa9", b"a@", b"_" * 20 + b"\n", b"De: a\n", b"-- \n", b" at ", b"---", b"href='", b'; x="', b"[", b"re:",
    b"via ", b"--b\n", b"<img src=", b"a\t", b"Re: ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("kind", [b"text/plain", b"text/html", b'multipart/mixed; boundary="b"'])
def test_a_body_costs_what_it_is_long(piece: bytes, kind: bytes) -> None:
    head = HEAD + b"\nContent-Type: " + kind

    _check_linear(lambda size: fold(opened(head, piece * (size // len(piece))).text))


@pytest.mark.parametrize("name", [b"Subject", b"From", b"References", b"Content-Type", b"Date"])
@pytest.mark.parametrize("piece", [one for one in HOSTILE if b"\n" not in one])
def test_a_header_costs_what_it_is_long(name: bytes, piece: bytes) -> None:
    _check_linear(lambda size: opened(name + b": " + piece * (size // 4 // len(piece))))


def _check_linear(read_of_size: object) -> None:
    """Allow eight times as much text thirty times the processor's time: what is quadratic needs sixty-four."""
    small, large = (_seconds(read_of_size, size) for size in (30_000, 240_000))
    assert large < max(30 * small, 1.0)


def _seconds(read_of_size: object, size: int) -> float:
    start = time.process_time()
    read_of_size(size)  # type: ignore[operator]
    return time.process_time() - start
