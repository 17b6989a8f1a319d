"""What somebody wrote, told apart from what he quotes."""

import pytest

from plugins.archive.message import quotes
from plugins.archive.message.subjects import base_of

QUOTED = [
    "Le jeu. 16 sept. 2021 à 13:12, Ana <ana@example.org> a écrit :\n> ancien",
    "Le 12/03/2014 10:22, Ana a écrit :\n> ancien",
    "Le jeu. 16 sept. 2021 à 13:12, Ana\n<ana@example.org> a écrit :\n\n> ancien",
    "On Thu, Sep 16, 2021 at 1:12 PM Ana <ana@example.org> wrote:\n> ancien",
    "-----Message d'origine-----\nDe : Ana\nEnvoyé : jeudi\nÀ : tous\nObjet : s\n\nancien",
    "-----Original Message-----\nFrom: Ana\nSent: Thursday\n\nancien",
    "De : Ana <ana@example.org>\nEnvoyé : jeudi 16 septembre 2021 13:12\nÀ : tous\nObjet : s\n\nancien",
]


@pytest.mark.parametrize("quoted", QUOTED)
def test_what_is_quoted_is_not_fresh(quoted: str) -> None:
    assert quotes.fresh(f"nouveau\n\n{quoted}") == "nouveau"


@pytest.mark.parametrize("text", [*QUOTED, "Le 14 juillet on danse\net on mange :\n> x", "a\n-- \nAna", "", "\n\n"])
def test_the_pieces_together_are_the_text(text: str) -> None:
    assert "\n".join(piece.text for piece in quotes.fold(text)) == text


@pytest.mark.parametrize(
    "said", ["Le 14 juillet, on danse sur le quai.", "Le maire a écrit : venez nombreux.", "De : quoi s’agit-il ?"]
)
def test_what_only_looks_like_an_attribution_stays(said: str) -> None:
    assert quotes.fresh(f"Bonjour\n{said}\nÀ bientôt") == f"Bonjour\n{said}\nÀ bientôt"


def test_what_is_forwarded_stays_open() -> None:
    text = "à lire\n---------- Message transféré ---------\nDe : Ana\n\nle texte"

    assert "le texte" in quotes.fresh(text)


@pytest.mark.parametrize("signed", ["-- \nAna\n01 99 00 00 00", "Envoyé de mon iPhone"])
def test_signatures_are_not_fresh(signed: str) -> None:
    assert quotes.fresh(f"nouveau\n\n{signed}") == "nouveau"


@pytest.mark.parametrize(
    ("subject", "base", "is_reply"),
    [("Re: [liste] Fête", "fête", True), ("RÉ : Fête", "fête", True), ("Fête", "fête", False),
     ("TR: Fête", "fête", False), ("Re: Re: AW: [a] [b] Fête", "fête", True), ("", "", False)],
)  # fmt: skip
def test_subjects_are_compared_without_what_programs_add(subject: str, base: str, is_reply: bool) -> None:
    assert base_of(subject) == (base, is_reply)
