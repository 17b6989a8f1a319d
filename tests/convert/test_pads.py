"""Public pads: what is asked for, of whom, and what is told where nothing comes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from app.convert import pads
from app.convert.pads import exports_of, read_pad, title_of
from app.errors import Invalid, Unavailable


@dataclass(frozen=True)
class Said:
    status: int = 200
    body: bytes = b""
    address: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def server(**answers: Said) -> Callable[[str], Said | None]:
    return lambda address: next((said for end, said in answers.items() if address.endswith(end)), None)


@pytest.mark.parametrize(
    ("address", "first"),
    [
        (
            "https://annuel2.framapad.org/p/r\u00e9union-9abc",
            "https://annuel2.framapad.org/p/r%C3%A9union-9abc/export/html",
        ),
        ("https://framapad.org/p/ca?lang=fr#L3", "https://framapad.org/p/ca/export/html"),
        ("https://pad.riseup.net/p/ca/timeslider#12", "https://pad.riseup.net/p/ca/export/html"),
        ("https://framapad.org/p/g.abcdefghij012345$ca", "https://framapad.org/p/g.abcdefghij012345$ca/export/html"),
        ("https://pad.lamyne.org/ether/p/ca", "https://pad.lamyne.org/ether/p/ca/export/html"),
        ("https://demo.hedgedoc.org/s/Xy12?both", "https://demo.hedgedoc.org/s/Xy12/download"),
        ("https://hackmd.io/@vallee/notes", "https://hackmd.io/@vallee/notes/download"),
        ("https://pad.valley.example:9001/p/ca", "https://pad.valley.example:9001/p/ca/export/html"),
        ("https://md.valley.example/ca", "https://md.valley.example/ca/download"),
        (
            "https://mypads2.framapad.org/mypads/?/mypads/group/vallee-xy12/pad/view/reunion-9k3",
            "https://mypads2.framapad.org/p/reunion-9k3/export/html",
        ),
        (
            "https://mypads.framapad.org/#/mypads/group/vallee-xy12/pad/view/reunion-9k3",
            "https://mypads.framapad.org/p/reunion-9k3/export/html",
        ),
    ],
)
def test_export_of_a_pad_is_found(address: str, first: str) -> None:
    assert exports_of(address, ["valley.example"])[0].address == first


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("pad", "no address of a pad"), ("ftp://framapad.org/p/a", "no address"), ("https://framapad.org/", "no address"),
        ("https://user:word@framapad.org/p/a", "no address"), ("https://framapad.org:99999/p/a", "no address"),
        ("http://127.0.0.1/p/a", "not read here"), ("https://framapad.org.evil.example/p/a", "not read here"),
        ("https://notframapad.org/p/a", "not read here"), ("https://cryptpad.fr/pad/#/2/pad/edit/x/", "encrypted"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_told_with_the_cure(address: str, words: str) -> None:
    with pytest.raises(Invalid) as caught:
        exports_of(address)

    assert words in caught.value.msgid.replace("“%(host)s”", "it")


def test_text_is_asked_for_where_there_is_no_other() -> None:
    ask = server(html=Said(404), txt=Said(200, b"Notes"))

    assert read_pad("https://framapad.org/p/a", ask) == (b"Notes", "pad.txt")


def test_redirection_is_followed_to_machines_that_are_allowed_only() -> None:
    good = server(
        html=Said(302, headers={"location": "https://annuel2.framapad.org/p/b/export/txt"}), txt=Said(200, b"Ok")
    )
    bad = server(html=Said(302, headers={"location": "http://127.0.0.1/secret"}), secret=Said(200, b"Secret"))

    assert read_pad("https://framapad.org/p/a", good)[0] == b"Ok"
    with pytest.raises(Unavailable):
        read_pad("https://framapad.org/p/a", bad)


def test_pad_that_leads_in_circles_or_says_nothing_is_told() -> None:
    for said in (Said(302, headers={"location": "/p/a/export/html"}), Said(302), Said(200, b" "), Said(403)):
        with pytest.raises(Unavailable):
            read_pad("https://framapad.org/p/a", lambda _, said=said: said)  # type: ignore[misc]


def test_name_of_a_pad_becomes_a_title() -> None:
    assert title_of("https://framapad.org/p/reunion_du-3-avril?x=1") == "Reunion du 3 avril"


@pytest.mark.parametrize(
    "leads", ["http://[", "http://[::1/p/a", "//", "http:///p/a", "\\\\127.0.0.1\\a", "http://framapad.org:x/p/b"]
)
def test_redirection_that_is_no_address_is_told(leads: str) -> None:
    ask = server(html=Said(302, headers={"location": leads}), txt=Said(404))

    with pytest.raises(Unavailable):
        read_pad("https://framapad.org/p/a", ask)


def test_slow_server_is_not_asked_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, asked = [0.0], list[str]()
    monkeypatch.setattr(pads.time, "monotonic", lambda: clock[0])

    def ask(address: str) -> Said:
        asked.append(address)
        clock[0] += 10
        return Said(302, headers={"location": "/p/b/export/html"})

    with pytest.raises(Unavailable):
        read_pad("https://framapad.org/p/a", ask)

    assert len(asked) == 2
