"""Lines that say what is to be done, and by whom."""

import pytest

from plugins.minutes.tests.lines.reading_lines import found_in, said

FRENCH = {
    "Action : appeler la mairie": ("Appeler la mairie", ""),
    "ACTIONS : appeler la mairie": ("Appeler la mairie", ""),
    "Action A2 : Nadia et Paul portent les tables": ("Portent les tables", "Nadia et Paul"),
    "À faire : réserver la salle (Nadia)": ("Réserver la salle", "Nadia"),
    "A faire: appeler la mairie – Nadia": ("Appeler la mairie", "Nadia"),
    "**À faire\u00a0:** appeler la mairie - Nadia Verne": ("Appeler la mairie", "Nadia Verne"),
    "AFAIRE appeler la mairie": ("Appeler la mairie", ""),
    "TODO Nadia doit écrire l’affiche": ("Écrire l’affiche", "Nadia"),
    "Tâche : appeler la mairie par Nadia": ("Appeler la mairie", "Nadia"),
    "Taches : Nadia, Paul et Inès : appeler": ("Appeler", "Nadia, Paul et Inès"),
    "Qui fait quoi : Nadia → appeler la banque": ("Appeler la banque", "Nadia"),
    "- [ ] Nadia : appeler la mairie": ("Appeler la mairie", "Nadia"),
    "[ ] Nadia – appeler la mairie": ("Appeler la mairie", "Nadia"),
    "☐ Nadia s’occupe de l’affiche": ("S’occupe de l’affiche", "Nadia"),
    "→ Nadia va voir le maire": ("Voir le maire", "Nadia"),
    "=> Prévoir un barnum": ("Prévoir un barnum", ""),
    "-> Jean-Luc relancera les voisins": ("Relancera les voisins", "Jean-Luc"),
    "➜ Le groupe jardin nettoie la serre": ("Le groupe jardin nettoie la serre", ""),
    "➡️ Paul, acheter du pain": ("Acheter du pain", "Paul"),
    "@nadia appelle la mairie": ("Appelle la mairie", "nadia"),
    "- @nadia et @paul : appeler la mairie": ("Appeler la mairie", "nadia et paul"),
    "Action : appeler la mairie @nadia": ("Appeler la mairie", "nadia"),
    "Action : écrire à mairie@exemple.org": ("Écrire à mairie@exemple.org", ""),
    "Action : appeler la mairie, resp. : Nadia": ("Appeler la mairie", "Nadia"),
    "Action : appeler la mairie (qui : Nadia & Paul)": ("Appeler la mairie", "Nadia & Paul"),
    "Action : Pierre s'occupe de l'affiche": ("S'occupe de l'affiche", "Pierre"),
    "Action : Xavier et Claire rangent la salle": ("Rangent la salle", "Xavier et Claire"),
    "Action : Mme Duval envoie le devis": ("Envoie le devis", "Mme Duval"),
    "Action : Ranger la salle": ("Ranger la salle", ""),
    "Action : Voir le maire": ("Voir le maire", ""),
    "Action : Finir l’affiche": ("Finir l’affiche", ""),
    "Action : Le maire appelle la préfète": ("Le maire appelle la préfète", ""),
    "Action : Budget : demander un devis": ("Budget : demander un devis", ""),
    "Action : Communication : faire une affiche": ("Communication : faire une affiche", ""),
    "→ Coût : 300 €": ("Coût : 300 €", ""),
    "Action : Affiche du marché": ("Affiche du marché", ""),
    "Action : fermer la salle (à 22 h)": ("Fermer la salle (à 22 h)", ""),
    "Action : acheter du pain (Urgent)": ("Acheter du pain (Urgent)", ""),
}
ENGLISH = {
    "To do: Nadia to call the town hall": ("Call the town hall", "Nadia"),
    "To-do: call the town hall": ("Call the town hall", ""),
    "TODO: call the town hall (Nadia)": ("Call the town hall", "Nadia"),
    "Task: Call the town hall": ("Call the town hall", ""),
    "Tasks: Nadia and Paul: call the town hall": ("Call the town hall", "Nadia and Paul"),
    "Action: Nadia calls the town hall": ("Calls the town hall", "Nadia"),
    "Action item: Paul will write the poster": ("Write the poster", "Paul"),
    "Action item 3: book the hall, assigned to Nadia": ("Book the hall", "Nadia"),
    "AP: write to the mayor - Nadia": ("Write to the mayor", "Nadia"),
    "AP 2: Write to the mayor": ("Write to the mayor", ""),
    "Action: book the hall (owner: Nadia)": ("Book the hall", "Nadia"),
    "Action: poster drawn by Nadia": ("Poster drawn", "Nadia"),
}
NOTHING = [
    "Actionner la pompe", "L’action : plus tard", "Nadia appelle la mairie", "Apéro : chips", "Todos los santos", "-", "→",
    "- [lien](page.md)", "Taches de peinture", "à faire", "![x](y.png)", "nadia@exemple.org", "A faire ou ne pas faire",
]  # fmt: skip


@pytest.mark.parametrize("line", [*FRENCH, *ENGLISH])
def test_what_is_to_be_done_is_found_with_who_does_it(line: str) -> None:
    assert said(line) == [("action", *{**FRENCH, **ENGLISH}[line])]


@pytest.mark.parametrize("line", NOTHING)
def test_other_lines_ask_for_nothing(line: str) -> None:
    assert said(line) == []


@pytest.mark.parametrize("line", ["→ inès achète du pain", "→ inès : achète du pain"])
def test_who_is_known_needs_no_capital(line: str) -> None:
    assert said(line, "Inès Verne") == [("action", "Achète du pain", "inès")]


def test_who_is_known_needs_no_verb_that_is_known() -> None:
    assert said("→ Nadia bidouille la pompe", "Nadia") == [("action", "Bidouille la pompe", "Nadia")]
    assert said("→ Nadia bidouille la pompe") == [("action", "Nadia bidouille la pompe", "")]


@pytest.mark.parametrize(
    "line",
    [
        "- [x] ranger",
        "- [X] ranger",
        "☑ ranger",
        "→ ranger (fait)",
        "→ ranger – fait",
        "→ ranger, done",
        "→ ranger FAIT",
        "TODO : fait : ranger",
    ],
)
def test_what_is_done_is_found_as_done(line: str) -> None:
    (one,) = found_in(line)

    assert one.is_done and one.what == "Ranger"


@pytest.mark.parametrize("line", ["- [ ] ranger", "→ ce qui est fait", "→ fait la vaisselle"])
def test_what_is_open_is_not_done(line: str) -> None:
    (one,) = found_in(line)

    assert not one.is_done


def test_behind_a_colon_only_who_is_known_is_a_person() -> None:
    assert said("→ ranger la salle : Nadia", "Nadia") == [("action", "Ranger la salle", "Nadia")]
    assert said("→ acheter : Farine") == [("action", "Acheter : Farine", "")]
