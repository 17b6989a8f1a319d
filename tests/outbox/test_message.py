"""A mail as it arrives: its headers, its words twice, nothing that tracks."""

from email.utils import parsedate_to_datetime

import pytest
from bs4 import BeautifulSoup

from app.station import Station
from tests.outbox.conftest import Postman, put, send

LONG = "https://wiki.example.org/-/unsubscribe/" + "k7q2m9x4" * 40


def test_a_mail_says_who_it_is_from_to_whom_and_when(sending_station: Station, postman: Postman) -> None:
    put(sending_station, subject="La réunion de jeudi : à 20 h, salle des fêtes, avec la mairie et les associations")
    send(sending_station)
    message = postman.messages[0]

    assert message["From"] == '"Gare de la vallée, « le wiki »" <gare@example.org>'
    assert message["To"] == "nadia@example.org"
    assert message["Subject"] == "La réunion de jeudi : à 20 h, salle des fêtes, avec la mairie et les associations"
    assert message["Message-ID"].endswith("@example.org>")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "fr"
    assert parsedate_to_datetime(message["Date"]).tzinfo
    assert postman.envelopes[0].mail_from == "gare@example.org"


def test_lines_are_no_longer_than_mail_allows(sending_station: Station, postman: Postman) -> None:
    put(sending_station, subject="é" * 200, text="mot " * 2000, unsubscribe=LONG)
    send(sending_station)

    assert max(map(len, postman.envelopes[0].content.split(b"\r\n"))) <= 998


def test_whoever_gets_it_can_unsubscribe_by_one_press(sending_station: Station, postman: Postman) -> None:
    put(sending_station, unsubscribe=LONG)
    send(sending_station)
    raw = postman.envelopes[0].content

    assert f"List-Unsubscribe: <{LONG}>\r\n".encode() in raw  # unbroken: it is read by programs
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


def test_one_press_is_offered_over_https_only(sending_station: Station, postman: Postman) -> None:
    put(sending_station, unsubscribe="http://wiki.example.org/-/unsubscribe/k7q2")
    send(sending_station)

    assert postman.messages[0]["List-Unsubscribe"] == "<http://wiki.example.org/-/unsubscribe/k7q2>"
    assert postman.messages[0]["List-Unsubscribe-Post"] is None


def test_the_light_html_says_what_the_text_says(sending_station: Station, postman: Postman) -> None:
    text = "Bonjour,\n\nvoici <b>le lien</b> :\nhttps://wiki.example.org/-/x?a=1&b=2.\n"
    put(sending_station, text=text)
    send(sending_station)
    message = postman.messages[0]
    html = BeautifulSoup(message.get_body(["html"]).get_content(), "html.parser")

    assert message.get_body(["plain"]).get_content().replace("\r\n", "\n") == text
    assert [p.text for p in html.select("p")] == [
        "Bonjour,", "voici <b>le lien</b> :\nhttps://wiki.example.org/-/x?a=1&b=2.",
    ]  # fmt: skip
    assert [a["href"] for a in html.select("a")] == ["https://wiki.example.org/-/x?a=1&b=2"]
    assert html.html is not None and html.html["lang"] == "fr"


def test_nothing_in_the_light_html_is_fetched(sending_station: Station, postman: Postman) -> None:
    put(sending_station, text='<img src="https://spy.example/1.gif"> "><script src="https://spy.example/x.js">\n')
    send(sending_station)
    html = BeautifulSoup(postman.messages[0].get_body(["html"]).get_content(), "html.parser")

    assert html.select("img, script, link, style, iframe, [src], [background]") == []


def test_html_that_was_made_by_a_template_goes_out_as_it_is(sending_station: Station, postman: Postman) -> None:
    put(sending_station, html="<p lang=fr>Déjà <b>fait</b></p>", headers={"Content-Language": "en"})
    send(sending_station)

    assert postman.messages[0].get_body(["html"]).get_content().strip() == "<p lang=fr>Déjà <b>fait</b></p>"
    assert postman.messages[0]["Content-Language"] == "en"


@pytest.mark.parametrize(
    "word", ["=?utf-8?q?a=0D=0ABcc:_victim@example.org?=", "=?utf-8?b?YQ0KQmNjOiB2QGV4YW1wbGUub3Jn?="]
)
def test_a_line_break_hidden_in_an_encoded_word_makes_no_header(
    sending_station: Station, postman: Postman, word: str
) -> None:
    put(sending_station, subject=word, headers={"X-Page": word})
    send(sending_station)

    assert postman.messages[0]["Bcc"] is None
    assert postman.messages[0]["Subject"] == word.replace("=?", "= ?")
    assert postman.addressees == ["nadia@example.org"]
