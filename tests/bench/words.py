"""Words to write pages with: French and English ones first, then invented ones, each as frequent as Zipf's law has it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

TAIL = 9000  # invented words of each language
NAMES_A_PAGE = 2
COMMON = slice(60, 160)  # ranks of words that stand in every third page or so
MIDDLE = slice(200, 320)
FLATTEN = 2.7  # Mandelbrot's correction: the very first words are not that frequent

_SMALL = {
    "fr": (
        "de la le et les des en un une du que est pour dans qui par au plus sur pas ne ce avec il sont se nous son on "
        "aux cette ou mais comme leur tout ses très bien aussi peut ces sans ils chaque elle si même entre notre fait "
        "vous après deux avant jusqu depuis encore être avoir où chez"
    ),
    "en": (
        "the of and to a in is for on that with as by are it be this from at or an we our can will not all have has "
        "they their which more who when one each about if any there than into out after also only some other before "
        "during between over so new where most these both two"
    ),
}
_LARGE = {
    "fr": (
        "jardin compost atelier réunion village commune repas partage semence récolte outil chemin rivière école marché "
        "boulanger pain farine moulin verger pomme cidre fête musique danse théâtre lecture bibliothèque livre papier "
        "lettre courrier affiche annonce planning calendrier mardi jeudi samedi matin soirée heure semaine mois saison "
        "printemps été automne hiver pluie soleil vent neige forêt bois chauffage énergie solaire panneau batterie "
        "réparation vélo voiture covoiturage bus gare train horaire trajet voisin habitant famille enfant jeunesse ancien "
        "mémoire histoire photo archive carte plan maison logement loyer travaux peinture isolation toiture eau source "
        "puits arrosage tuyau graine plant serre légume tomate courge haricot poule œuf fromage lait chèvre mouton laine "
        "tricot couture tissu argile poterie four cuisson recette cuisine table chaise salle clé liste groupe équipe "
        "bénévole accueil trésorier budget facture subvention dossier règle décision compte rendu vote accord projet idée "
        "besoin aide service santé soin médecin pharmacie téléphone adresse contact annuaire site page message discussion "
        "question réponse débat conférence invité repérage balade sentier montagne vallée pont route parking place mairie"
    ),
    "en": (
        "garden compost workshop meeting village council meal share seed harvest tool path river school market baker "
        "bread flour mill orchard apple cider party music dance theatre reading library book paper letter mail poster "
        "notice planning calendar tuesday thursday saturday morning evening hour week month season spring summer autumn "
        "winter rain sun wind snow forest wood heating energy solar panel battery repair bicycle car bus station train "
        "timetable journey neighbour resident family child youth elder memory history photograph archive map plan house "
        "housing rent work paint insulation roof water well watering hose plant greenhouse vegetable tomato squash bean "
        "hen egg cheese milk goat sheep wool knitting sewing cloth clay pottery oven baking recipe kitchen table chair "
        "hall key list group team volunteer welcome treasurer budget invoice grant file rule decision minutes vote "
        "agreement project idea need help service health care doctor pharmacy telephone address contact directory site "
        "page message discussion question answer debate talk guest survey walk trail mountain valley bridge road parking"
    ),
}
_SYLLABLES = {
    "fr": "ba bou cha cor dé fla gen jou lan mar neu or pré qui ran sau ter ven vil zon",
    "en": "ash bram cle dun ever fal gor hol in kel lor mer nor ot pem quar ris stan tow wex",
}
_ENDINGS = {"fr": "age elle ette eur ie oir on ure ier ade", "en": "er ing ley ton ard ish ow ness ern ock"}


@dataclass(frozen=True)
class Words:
    """The words of one language by rank, with what `random.choices` weighs them by."""

    ranked: tuple[str, ...]
    weights: tuple[float, ...]

    def draw(self, chance: random.Random, count: int) -> list[str]:
        """Draw words as they come in a text."""
        return chance.choices(self.ranked, cum_weights=self.weights, k=count)


@cache
def words_of(language: str) -> Words:
    """Give the words of `fr` or `en`."""
    first = [*_SMALL[language].split(), *_LARGE[language].split()]
    ranked = tuple(dict.fromkeys([*first, *_invented(language, TAIL)]))
    return Words(ranked, tuple(accumulate(1 / (rank + FLATTEN) for rank in range(len(ranked)))))


def _invented(language: str, count: int) -> list[str]:
    chance, syllables, endings = random.Random(language), _SYLLABLES[language].split(), _ENDINGS[language].split()
    return [
        "".join(chance.choices(syllables, k=chance.choice((1, 2, 2, 3)))) + chance.choice(endings) for _ in range(count)
    ]


@cache
def names_for(pages: int) -> tuple[str, ...]:
    """Invent the rare words of a corpus: names of people and places, each of which stands in about four pages."""
    chance, syllables = random.Random(pages), [*_SYLLABLES["fr"].split(), *_SYLLABLES["en"].split()]
    wanted = max(5, pages * NAMES_A_PAGE // 4)
    names = {"".join(chance.choices(syllables, k=4)).capitalize() for _ in range(wanted)}
    return tuple(sorted(names))


def common(language: str = "fr") -> Sequence[str]:
    """Give words that many pages hold."""
    return words_of(language).ranked[COMMON]


def middling(language: str = "fr") -> Sequence[str]:
    """Give words that some pages hold."""
    return words_of(language).ranked[MIDDLE]


def mistyped(word: str, chance: random.Random) -> str:
    """Swap two letters in the middle of a word."""
    at = chance.randrange(1, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
