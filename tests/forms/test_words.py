"""Types that are words and amounts: what comes in is clean, of one spelling and of a bounded length."""

import pytest

from app.errors import Invalid
from app.forms.types import TYPES
from app.forms.types.base import Key
from tests.forms.examples import field


def _read(type: str, text: str, **more: object) -> object:
    return TYPES[type].read(field(type, **more), {"": [text]})


def test_a_text_is_one_clean_line() -> None:
    assert _read("text", "  Le\tjardin\0\r\n d’e\u0301te\u0301 \u202e! ") == "Le jardin d’été !"
    assert _read("text", "=1+1") == "=1+1"


def test_hard_spaces_inside_a_text_stay() -> None:
    assert _read("text", "Qui\u00a0?") == "Qui\u00a0?"


def test_a_long_text_keeps_its_lines() -> None:
    assert _read("long_text", "\n  One\r\ntwo\rthree \n\n") == "  One\ntwo\nthree"


def test_texts_are_bounded_and_a_form_may_bound_them_more() -> None:
    with pytest.raises(Invalid, match="Write at most 300 letters"):
        _read("text", "x" * 301)
    with pytest.raises(Invalid, match="Write at most 10 letters"):
        _read("text", "x" * 11, options={"most": "10"})
    with pytest.raises(Invalid, match="Write at most 300 letters"):
        _read("text", "x" * 301, options={"most": "999999"})


def test_tags_are_split_cleaned_and_counted() -> None:
    assert _read("tags", "#compost, été ;compost\nEau potable") == ["compost", "été", "Eau potable"]
    assert TYPES["tags"].keys(field("tags"), ["a", "b"]) == (Key("a"), Key("b"))
    with pytest.raises(Invalid, match="at most 50"):
        _read("tags", ",".join(map(str, range(51))))


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("https://exemple.org/é?x=1#y", "https://exemple.org/é?x=1#y"),
        ("www.exemple.org", "https://www.exemple.org"),
        ("HTTP://exemple.org:8080", "http://exemple.org:8080"),
        ("exemple.org:8080/a", "https://exemple.org:8080/a"),
    ],
)
def test_a_link_is_a_web_address(typed: str, held: str) -> None:
    assert _read("link", typed) == held


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "JAVASCRIPT://exemple.org/%0aalert(1)",
        "data:text/html,x",
        "mailto:a@b.fr",
        "ftp://exemple.org",
        "//exemple.org",
        "exemple",
        "https://a b.org",
        'https://x.org/"onclick',
        "https://bank.fr@evil.org/",
        "https://x.org:99999",
        "https://[::1",
        "https://.",
        "x" * 2000 + ".org",
    ],
)
def test_what_is_no_web_address_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="no web address"):
        _read("link", typed)


def test_all_ways_to_write_a_web_address_have_one_key() -> None:
    keys = {
        TYPES["link"].keys(field("link"), address) for address in ("https://www.Exemple.org/", "http://exemple.org")
    }

    assert keys == {(Key("exemple.org"),)}


@pytest.mark.parametrize(
    "typed",
    [
        "nom",
        "nom@",
        "@exemple.org",
        "nom@exemple",
        "a b@exemple.org",
        "nom@exemple.org\nBcc: x@y.org",
        "nom@exemple..org",
        "é@exemple.org",
        "a@b.org, c@d.org",
        "x" * 65 + "@exemple.org",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    for type in ("email", "contact"):
        with pytest.raises(Invalid, match="no e-mail address"):
            _read(type, typed)


def test_an_address_is_held_with_its_domain_in_small_letters() -> None:
    assert _read("email", "mailto:Nadia.B@Exemple.ORG") == "Nadia.B@exemple.org"


def test_a_contact_is_never_said_nor_found() -> None:
    contact = TYPES["contact"]

    assert contact.plain(field("contact"), "nadia@exemple.org", "fr") == ""
    assert contact.keys(field("contact"), "nadia@exemple.org") == ()
    assert field("contact").is_private


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("12,50", "12.5"),
        ("1 234", "1234"),
        ("1.234,5", "1234.5"),
        ("-0", "0"),
        ("007", "7"),
        ("+3", "3"),
        ("1\u202f000\u00a0000", "1000000"),
    ],
)
def test_a_number_has_one_spelling(typed: str, held: str) -> None:
    assert _read("number", typed) == held


@pytest.mark.parametrize("typed", ["a", "1e9", "NaN", "inf", "1,2,3", "٣", "1" * 16, "0x1", "--1"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="This is no number"):
        _read("number", typed)


def test_a_number_has_bounds_and_a_unit() -> None:
    options = {"least": "1", "most": "50000", "unit": "kg"}

    assert _read("number", "12,5 kg", options=options) == "12.5"
    assert TYPES["number"].plain(field("number", options=options), "12345.5", "fr") == "12\u202f345,5\u00a0kg"
    assert TYPES["number"].plain(field("number"), "1850", "fr") == "1850"
    for typed, said in (("0", "at least 1"), ("60000", "at most 50000")):
        with pytest.raises(Invalid, match=said):
            _read("number", typed, options=options)


def test_bounds_that_cannot_be_read_bound_nothing() -> None:
    assert _read("number", "12", options={"least": "x", "most": "NaN"}) == "12"


@pytest.mark.parametrize(("typed", "held"), [("oui", "yes"), ("on", "yes"), ("X", "yes"), ("Faux", "no"), ("0", "no")])
def test_yes_and_no_are_read_in_both_languages(typed: str, held: str) -> None:
    assert _read("yes_no", typed) == held
    assert TYPES["yes_no"].plain(field("yes_no"), held, "fr") in ("Oui", "Non")
