"""Lines that say what was decided."""

import pytest

from plugins.minutes.tests.lines.reading_lines import found_in, said

FRENCH = {
    "Décision : prix libre": "Prix libre",
    "DÉCISION\u00a0: prix libre": "Prix libre",
    "decision\u202f: prix libre": "Prix libre",
    "De\u0301cision: prix libre": "Prix libre",
    "Décision：prix libre": "Prix libre",
    "Décision D1 : on garde le nom": "On garde le nom",
    "- **Décision n° 3** : ouvrir le samedi": "Ouvrir le samedi",
    "1. __Décision 2026-4 :__ ouvrir le samedi": "Ouvrir le samedi",
    "* Décisions : ouvrir le samedi": "Ouvrir le samedi",
    "Décision (unanime) : ouvrir le samedi": "Ouvrir le samedi",
    "Décision – ouvrir le samedi": "Ouvrir le samedi",
    "<u>Décision</u> : ouvrir le samedi": "Ouvrir le samedi",
    "> ✅ Décision : prix libre": "Prix libre",
    "• 👉 Décision : prix libre": "Prix libre",
    "➡️ Décision : prix libre": "Prix libre",
    "Décidé : ouvrir le samedi": "Ouvrir le samedi",
    "DEC : achat d’un barnum": "Achat d’un barnum",
    "Adopté : le budget 2027": "Le budget 2027",
    "Relevé de décision : prix libre": "Prix libre",
    "RELEVE DES DECISIONS : prix libre": "Prix libre",
    "Il est décidé que la salle ferme à 22 h": "La salle ferme à 22 h",
    "Il a été décidé d’acheter un four": "Acheter un four",
    "Nous décidons d'acheter un four": "Acheter un four",
    "On décide de garder la caisse": "Garder la caisse",
    "Le groupe décide qu’on garde la caisse": "On garde la caisse",
    "L’assemblée décide de garder le four": "Garder le four",
    "Décision : voir [le devis](devis.md) de **Nadia**": "Voir le devis de Nadia",
    "Décision : Nadia garde les clés jusqu’au 3 mai": "Nadia garde les clés jusqu’au 3 mai",
}
ENGLISH = {
    "Decision: keep the stall": "Keep the stall",
    "**Decision 4:** keep the stall": "Keep the stall",
    "Decided: keep the stall": "Keep the stall",
    "We decide to keep the stall": "Keep the stall",
    "We decided that the hall closes": "The hall closes",
    "We have agreed on a free price": "A free price",
    "It was decided that the hall closes": "The hall closes",
    "AGREED: free price": "Free price",
    "- Resolved: free price": "Free price",
    "The group decided to keep the stall": "Keep the stall",
}
NOTHING = [
    "La décision : plus tard", "Décisionnaire : Nadia", "On décidera du prix", "Nous n’avons pas décidé du prix", "Decembre : marché",
    "Les décisions du conseil sont affichées", "Adoption du budget", "Agreeable : no", "Décision :", "Décision : —", "", "- ",
    "[Décisions](#decisions)", "- [Décision : prix](#decision-prix)", "Le maire décide de fermer la route",
]  # fmt: skip


@pytest.mark.parametrize("line", [*FRENCH, *ENGLISH])
def test_what_was_decided_is_found_by_the_words_before_it(line: str) -> None:
    assert said(line) == [("decision", {**FRENCH, **ENGLISH}[line], "")]


@pytest.mark.parametrize("line", NOTHING)
def test_other_lines_decide_nothing(line: str) -> None:
    assert said(line) == []


def test_what_is_found_names_its_line() -> None:
    (one,) = found_in("# Réunion\n\nBla\r\n  - Décision : prix libre\r\nBla")

    assert (one.line, one.source) == (3, "  - Décision : prix libre")


def test_long_words_are_cut_at_a_word() -> None:
    (one,) = found_in("Décision : " + "gâteau " * 200)

    assert len(one.what) <= 500 and one.what.endswith("gâteau")
