"""Who is to do something, as the words of a line say it."""

import re
from collections.abc import Collection, Iterable

from plugins.minutes.lines.due_dates import tidy
from plugins.minutes.lines.letters import composed, fold
from plugins.minutes.lines.verbs import ENGLISH_ORDERS, MODALS, VERBS

_MOST_PEOPLE, _MOST_KNOWN = 6, 2_000
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‑-](?=[^\W\d_])){0,30}")
_TITLE = re.compile(r"(?:Mme|Mlle|M\.|Mr\.?|Mrs\.?|Ms\.?|Dr\.?) ")
_SURNAME = re.compile(
    r" (?:(?:d['’]|de |du |la |le |van |von )?(?P<name>[^\W\d_]{2}(?:[^\W\d_]|['’-](?=[^\W\d_])){0,30})"
    r"|[A-ZÀ-Þ]\.?(?![\w'’]))"
)
_AND = re.compile(r" ?[,/&+] ?(?:(?:et|and) )?| (?:et|and|avec|with) ")
_AFTER_NAME = re.compile(r", (?=[^\W\d_A-Z]{1,20}(?:er|ir|re) )| ?:(?!\w) ?| [–—-]+ | ?(?:→|->|=>|➜|➡) ?")
_LABELLED = re.compile(
    r"(?:(?<=[\s,;.(\[–—-])|^)(?:(?:resp(?:onsables?)?\.?|qui|pilotes?|porteu(?:rs?|ses?)|referente?s?"
    r"|who|owners?|lead) ?: ?"
    r"|(?:assigned to|attribuee? a|confiee? a) ?:? ?|(?:par|by) )"
)
_MENTIONS = r"@[^\W\d_][\w.-]{0,40}(?:(?: ?[,&+/] ?| (?:et|and) | )@[^\W\d_][\w.-]{0,40}){0,5}"
_FIRST_MENTION = re.compile(_MENTIONS)
_LAST_MENTION = re.compile(rf"(?<![\w.@])({_MENTIONS})(?=[ .)\]]*$)")
_TAIL = re.compile(r"[(\[]| ?: (?=\w)| [–—-]+ | ?(?:→|->|=>|➜|➡) ?")
_VERB = re.compile(r" (?:ne |n')?(s'(?=\w)|[^\W\d_]+(?![\w']))")
_INFINITIVE = re.compile(r"(?:er|ir|re)$")
# First names that end as a verb does, and words that begin a line with a capital and name nobody.
_NAMES_LIKE_VERBS = frozenset("""
    abdelkader alexander alexandre amber ambre amir apollinaire aurore casimir cassandre cesaire christopher claire
    clair dexter didier eleonore ester esther ettore flore gaultier gauthier gautier gregoire gunther hector heather
    hilaire homer honore isidore jennifer javier kader kadir lazare laure leandre lothaire magloire maure nadir
    nazaire oliver olivier omer oscar peter philandre pierre rainer roger salvatore samir sandre skander tancrede
    theodore tyler victoire vladimir walter werner xavier nasser yasser baker amandier
""".split())  # fmt: skip
_NO_NAMES = frozenset("""
    cout couts prix total tarif montant duree resultat objectif le la les l un une des du de d au aux ce cet cette
    ces on il elle ils elles nous vous je j tu chacun chacune chaque qui que quoi quand ou si pour par avec sans
    dans sur sous vers en et mais donc puis ensuite apres avant pas ne plus tres the a an this that these we i you
    he she they it everybody someone nobody each who what when where if for by with in on at to of and or but then
    next after before no not please all our my your his her their notre nos mon ma mes son sa ses aucun aucune
    rien neant ras none nothing voir cf nb ps ok oui non yes merci bonjour attention rappel note info important
    urgent date heure horaire lieu budget communication affiche affiches flyer atelier jardin repas fete agenda
    reunion ordre jour point points question questions prochaine prochain prochains mail courriel site salle
    mairie groupe equipe bureau collectif association commission conseil materiel cle cles liste listes document
    documents compte rendu devis facture banque assurance subvention dossier projet stand buvette cuisine menage
    transport covoiturage photo photos texte idee idees besoin besoins option proposition decision decisions
    action actions tache taches todo task tasks objectif reminder warning place time meeting poster posters garden
    food group team office board list town hall lundi mardi mercredi jeudi vendredi samedi dimanche janvier
    fevrier mars avril mai juin juillet aout septembre octobre novembre decembre fait done report suite fin debut
    contact contacts adresse telephone tel plan inscription inscriptions remise rendez-vous rdv suivi mise prise
    choix envoi achat achats location relance visite reservation impression
    """.split())  # fmt: skip


class People:
    """The people whom one knows, by their names and first names."""

    def __init__(self, names: Collection[str]) -> None:
        every = [fold(composed(name)).split() for name in list(names)[:_MOST_KNOWN]]
        self._known = {name[0] for name in every if name and len(name[0]) > 1}

    def is_known(self, word: str) -> bool:
        """Tell whether this is the first name of somebody."""
        return word in self._known

    def begin(self, text: str, at: int) -> bool:
        """Tell whether the first name of somebody begins here."""
        word = _WORD.match(text, at)
        return word is not None and self.is_known(fold(word[0]))

    def end_of_names(self, text: str, at: int = 0) -> int:
        """Give where the names end that begin here, `at` where none does."""
        end = start = at
        for _ in range(_MOST_PEOPLE):
            title = _TITLE.match(text, start)
            word = _WORD.match(text, title.end() if title else start)
            if word is None or not (title or self._is_name(word[0])):
                break
            end = _with_surname(text, word.end())
            joined = _AND.match(text, end)
            if joined is None:
                break
            start = joined.end()
        return end

    def _is_name(self, word: str) -> bool:
        folded = fold(word)
        if self.is_known(folded):
            return True
        if (
            not word[0].isupper()
            or len(word) < 2
            or folded in _NO_NAMES
            or folded[:2] in ("l'", "d'", "j'", "c'", "s'")
        ):
            return False
        if word.endswith(("tion", "sion", "ité", "age", "ing")) or folded in ENGLISH_ORDERS:
            return False
        return not _INFINITIVE.search(word.lower()) or folded.rpartition("-")[2] in _NAMES_LIKE_VERBS


def _with_surname(text: str, end: int) -> int:
    found = _SURNAME.match(text, end)
    if found is None or (found["name"] and not found["name"][0].isupper()):
        return end
    return found.end()


def take_person(text: str, people: People) -> tuple[str, str]:
    """Give who does it, as typed, and the words without the name; "" and all words where nobody is named."""
    for take in (_mentioned, _first, _labelled, _last):
        found = take(text, people)
        if found is not None:
            who, rest = found
            return who.strip(" ,"), tidy(rest)
    return "", text


def _mentioned(text: str, _people: People) -> tuple[str, str] | None:
    if "@" not in text:
        return None
    if found := _FIRST_MENTION.match(text):
        after = _AFTER_NAME.match(text, found.end())
        return _without_at(found[0]), _without_modal(text[after.end() if after else found.end() :])
    if found := _LAST_MENTION.search(text):
        return _without_at(found[1]), text[: found.start()] + text[found.end() :]
    return None


def _without_at(said: str) -> str:
    return said.replace("@", "").rstrip(".-")


def _first(text: str, people: People) -> tuple[str, str] | None:
    end = people.end_of_names(text)
    if not end:
        return None
    if after := _AFTER_NAME.match(text, end):
        return text[:end], text[after.end() :]
    verb = _VERB.match(fold(text[end : end + 40]))
    if people.begin(text, 0) or (verb and (verb[1] in VERBS or verb[1] == "s'")):
        return text[:end], _without_modal(text[end:])
    return None


def _without_modal(rest: str) -> str:
    rest = rest.lstrip()
    word, _, more = rest.partition(" ")
    return more if fold(word) in MODALS and more else rest


def _labelled(text: str, people: People) -> tuple[str, str] | None:
    for found in _LABELLED.finditer(fold(text)):
        end = people.end_of_names(text, found.end())
        if end > found.end() and (":" in found[0] or not text[end:].strip(" .)],;")):
            return text[found.end() : end], text[: found.start()] + text[end:]
    return None


def _last(text: str, people: People) -> tuple[str, str] | None:
    found: Iterable[re.Match[str]] = list(_TAIL.finditer(text))[-3:]
    for mark in found:
        if mark[0].strip() == ":" and not people.begin(text, mark.end()):
            continue
        end = people.end_of_names(text, mark.end())
        if mark.start() and end > mark.end() and not text[end:].strip(" .)],;!"):
            return text[mark.end() : end], text[: mark.start()]
    return None
