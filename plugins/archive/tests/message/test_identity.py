"""What a message is called: one key for all its deliveries, whatever its Message-ID looks like."""

import hashlib
from base64 import b32encode

import pytest

from plugins.archive.message import bodies
from plugins.archive.message.identity import code_of
from plugins.archive.message.read import read
from plugins.archive.tests.message.reading import HEAD, UNREADABLE, opened


@pytest.mark.parametrize(
    "said", [b"<<x@example.org>>", b"  <x@example.org>  ", b"<x@exam\n ple.org>", b"x@example.org"]
)
def test_odd_brackets_and_blanks_give_the_same_key(said: bytes) -> None:
    assert opened(b"Message-ID: " + said).key == "x@example.org"


@pytest.mark.parametrize("head", [b"Subject: a", b"Message-ID:", b"Message-ID: <>", b"Message-ID:  \n\t"])
def test_a_message_without_identifier_gets_one_of_its_content(head: bytes) -> None:
    once = opened(head)
    again = opened(b"Received: from elsewhere\n" + head)

    assert once.key.startswith("sha256-")
    assert once.key == again.key


def test_an_identifier_of_2_kb_is_cut_and_told_apart_from_others() -> None:
    one, other = (opened(b"Message-ID: <" + b"a" * 2000 + end + b">").key for end in (b"1", b"2"))

    assert len(one) <= 500
    assert one != other


def test_codes_are_those_of_hyperkitty() -> None:
    key = "x@example.org"

    assert code_of(key) == b32encode(hashlib.sha1(key.encode()).digest()).decode()
    assert code_of(key, 1) != code_of(key)


def test_of_5000_references_the_first_and_the_last_stay() -> None:
    named = b" ".join(b"<%d@x>" % number for number in range(5000))

    found = opened(HEAD + b"\nReferences: " + named)

    assert found.references[0] == "0@x"
    assert found.references[-1] == "4999@x"
    assert len(found.references) <= 200
    assert UNREADABLE not in found.faults


def test_in_reply_to_prose_is_no_reference() -> None:
    found = opened(HEAD + b"\nIn-Reply-To: message from Ana of Monday <k2@example.org> =?utf-8?q?=C3=A9?=")

    assert found.references == ("k2@example.org",)


def test_a_message_does_not_answer_itself() -> None:
    assert opened(HEAD + b"\nReferences: <k@example.org>").references == ()


def test_deliveries_of_one_message_have_one_content_hash() -> None:
    one = opened(HEAD, b"Bonjour")
    other = opened(b"Received: by mx.example.org\n" + HEAD, b"Bonjour")

    assert one.content_hash == other.content_hash
    assert one.content_hash != opened(HEAD, b"Bonsoir").content_hash


def test_a_message_that_cannot_be_read_keeps_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "gather", lambda *_: 1 / 0)

    assert read(b"Message-ID: <one@vallee.example>\r\nSubject: x\r\n\r\nA.\r\n", now=0).key == "one@vallee.example"
