"""Addresses of people are kept from whoever is not signed in."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.archive.masking import MASK, mask
from plugins.archive.tests.small_list import code
from tests.web.hands import Browser

OWN = ("liste@vallee.example", "abonnement@vallee.example")
PEOPLE = ("nadia@", "paul.roux@", "zoe@", "evil@", "lettre@")
PLACES = (
    "/listes/", "/listes/vallee/", "/listes/vallee/2026/03/", "/listes/vallee/files/", "/listes/vallee/feed.atom",
    *(f"/listes/vallee/t/{code(number)}" for number in (1, 4, 5, 6)),
    *(f"/listes/vallee/t/{code(number)}.atom" for number in (1, 4, 5, 6)),
    *(f"/listes/vallee/m/{code(number)}" for number in range(1, 7)),
    f"/listes/vallee/m/{code(6)}?as=html",
    f"/listes/vallee/m/{code(6)}?as=html&images=1",
)  # fmt: skip


# Each is masked, and nothing of it is left but what “|” sets apart.
ADDRESSES = (
    "nadia@vallee.example", "<|nadia@vallee.example|>", "mailto:|nadia@vallee.example", "NADIA.B+x@vallee.example",
    "nadia@élan.example", "nadia@e\u0301lan.example", "nadia@[192.168.1.1]", "nadia@[IPv6:2001:db8::1]",
    '"Nadia Roux"@vallee.example', "nadia@@vallee.example", "nadia@roux@vallee.example", "nadia@" + "v" * 80 + ".example",
    # the sign in other letters
    "nadia＠vallee.example", "nadia﹫vallee.example", "nadiaⓐvallee.example", "nadia@vallee。example", "nadia@vallee．example",
    "nadia%40vallee.example", "nadia%2540vallee%252Eexample", "nadia&#64;vallee.example", "nadia&#x0040;vallee.example",
    "nadia&commat;vallee.example", "nadia&amp;#64;vallee&amp;#46;example",
    # blanks and ends of lines
    "nadia @ vallee.example", "nadia\u00a0@\u00a0vallee.example", "nadia\u202f@ vallee.example", "nadia  @  vallee.example",
    "nadia&nbsp;@&nbsp;vallee.example", "nadia@\nvallee.example", "nadia\r\n@vallee.example", "nadia\n>> @vallee.example",
    "nadia@\n> vallee.example",
    # letters that nobody sees
    "nadia\u200b@vallee.example", "nadia@val\u200blee\u2060.\ufeffexample", "na\u00addia@vallee.example",
    "nadia@" + "\u200b" * 30 + "vallee.example",
    # the sign in words
    "nadia(at)vallee.example", "nadia [AT] vallee.example", "nadia {at} vallee.example", "nadia <at> vallee.example",
    "nadia&lt;at&gt;vallee.example", "nadia(@)vallee.example", "nadia (arobase) vallee.example", "nadia[chez]vallee.example",
    "nadia(at)vallee(dot)example", "nadia [at] vallee [dot] example", "nadia@vallee(point)example",
    "nadia@vallee point example", "nadia @ vallee . example", "nadia [at] vallee dot example",
    "nadia arobase vallee.example", "nadia Arobase vallee point example",
    # the sign in words that are also said otherwise
    "nadia.roux at vallee.example", "nadia_b At vallee.example", "nadia7 AT vallee.example", "nadia+b aT vallee.example",
    "jean-nadia chez vallee.example", "nadia.b arobase vallee point example", "nadia.b  at\u00a0vallee.example",
    "nadia.b&nbsp;at&nbsp;vallee.example", "nadia.b\nat vallee.example", "nadia.b at val\u200blee.example",
    "nadia.b at vallee.example.-",
    "<|nadia at vallee.example|>", "&lt;|nadia at vallee.example|&gt;", "mailto:|nadia at vallee.example",
    "From: |nadia at vallee.example", "De\u00a0: |nadia chez vallee.example", "Courriel : |nadia at vallee.example",
    "mail |nadia at vallee.example", "E-mail: |nadia AT vallee.example", "écrire à |nadia at vallee.example",
    "Contact : |nadia arobase vallee.example", "From |nadia at vallee.example|  Thu Sep 16 13:12:00 2021",
    "From |nadia à vallee.example|  Thu Sep 16 13:12:00 2021", "Le 3 mars, |nadia at vallee.example| a écrit :",
    "|nadia at vallee.example|\nwrote:",
)  # fmt: skip

WORDS = (
    "Rendez-vous à 20 h chez Paul, 3 € l'entrée @ tous",
    "Look at github.com", "on se voit chez example.com", "Have a look AT example.com/a, please", "mis en ligne chez example.com",
    "a rendez-vous chez example.com", "Contact us at example.com", "grâce à example.com", "https://example.com/a-b at example.com",
    "In 2019 at some point in spring", "At 8.30pm", "le 12 at 8.30", "ligne 3 at example.com", "avec @marie point 3",
    "first line\n\nat example.com", "chez nous (at home) . Bien", "100 %40 personnes", "nadia@vallee", "nadia @ home. Later",
    "…@…", "<…@…>", "", "@", "@@@", "a @ b", "&#64;", "x &lt; y at z",
)  # fmt: skip

PIECES = st.sampled_from(
    "@ ＠ at At chez à arobase point dot . 。 - _ + > < ( ) [ ] (at) [dot] %40 %25 &#64; &nbsp; &amp; &lt; &gt; nadia look b7 "
    'vallee example org From: mail wrote: \u200b \u00a0 …@… "'.split(" ")
) | st.sampled_from((" ", "  ", "\n", "\n> ", " at ", "nadia@vallee.example"))
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join)


@pytest.mark.parametrize("said", ADDRESSES)
def test_address_is_taken_out(said: str) -> None:
    before, bar, rest = said.partition("|")
    around = (before, rest.partition("|")[2]) if bar else ("", "")

    assert mask(said.replace("|", "")) == MASK.join(around)


@pytest.mark.parametrize("said", ADDRESSES)
def test_address_is_taken_out_of_a_sentence(said: str) -> None:
    said = said.replace("|", "")

    assert "nadia" not in mask(f"(Bonjour, {said}, merci.)").casefold()


@pytest.mark.parametrize("said", WORDS)
def test_other_words_stay(said: str) -> None:
    assert mask(said) == said


@given(TEXTS)
def test_no_address_is_left_whatever_stands_around(text: str) -> None:
    assert not re.search(r"[\w.+-]@[\w-]+\.\w", mask(text))


@given(TEXTS)
def test_masking_makes_no_text_longer(text: str) -> None:
    assert len(mask(text)) <= len(text)


@given(TEXTS)
def test_what_is_masked_is_not_masked_again(text: str) -> None:
    once = mask(text)

    assert mask(once) == once


@given(TEXTS, TEXTS)
def test_an_address_between_brackets_is_taken_out_whatever_stands_around(before: str, after: str) -> None:
    assert "zoe.7" not in mask(f"{before} <zoe.7@vallee.example> {after}")


def test_words_around_addresses_stay() -> None:
    said = "Nadia Roux <nadia@vallee.example>, Paul <paul at vallee.example> : look at example.com"

    assert mask(said) == f"Nadia Roux <{MASK}>, Paul <{MASK}> : look at example.com"


def test_tags_around_addresses_stay_whole() -> None:
    said = '<p title="a">nadia@vallee.example<br>@vallee.example</p><b>nadia.b</b> at <i>vallee.example</i>'

    assert mask(said) == f'<p title="a">{MASK}<br>{MASK}</p><b>nadia.b</b> at <i>vallee.example</i>'


@pytest.mark.parametrize("place", PLACES)
def test_passer_by_sees_no_address(reader: Browser, place: str) -> None:
    answer = reader.get(place)

    assert answer.status_code == 200
    assert not [one for one in PEOPLE if one in answer.text or one.replace("@", "%40") in answer.text]


def test_member_sees_addresses(member: Browser) -> None:
    assert "paul.roux@vallee.example" in member.get(f"/listes/vallee/m/{code(2)}").text


def test_passer_by_takes_no_messages_along(reader: Browser) -> None:
    places = ("/listes/vallee.mbox", "/listes/vallee/2026/03.mbox", f"/listes/vallee/t/{code(1)}.mbox")

    assert [reader.get(place).status_code for place in places] == [403, 403, 403]


def test_passer_by_sees_no_page_of_a_person(reader: Browser) -> None:
    assert "/listes/vallee/p/" not in reader.get(f"/listes/vallee/t/{code(1)}").text
    assert reader.get(f"/listes/vallee/p/{code(1)}").status_code == 403
