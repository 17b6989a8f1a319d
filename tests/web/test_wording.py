"""U12: French and English are complete, in short sentences without jargon; buttons say what they do."""

import ast
import re
from pathlib import Path

import pytest

from tests.web.catalogues import ROOT, catalogue, extracted, holes, sentences

LANGUAGES = ("fr", "en")
MOST_WORDS = 15
# What only those who make programs say. Whole words; a dot stands for any ending, ~ for a space.
JARGON = {
    "en": "anchor. ascii backend blame. blob. boolean branch. byte. cache. catalog. charset checkout clone. commit. cookie. "
    "css csrf database. deprecat. diff diffs encoding endpoint. exif front~matter frontend git hash. header. html http. index. "
    "inode json lfs locale markdown markup merg. metadata mime null oauth pars. payload permalink. plugin. quer. regex "
    "render. repositor. revision. schema serializ. session. sha slug. snippet. sql syntax thread. timeout. token. unicode "
    "upload. uri. url. utf. webhook. wikitext yaml",
    "fr": "ancre. ascii balise. base~de~données blob. booléen catalogue. charset commit. cookie. css csrf dépôt. diff "
    "exif expression~régulière front~matter fusion. git greffon. html http. identifiant. index. jeton. json le~cache lfs markdown "
    "métadonnée. mime null octet. parse. plugin. regex requête. révision. session. sha slug. sql syntaxe timeout. token. "
    "téléverse. unicode upload. uri. url. utf. yaml",
}
NO_WORDS = re.compile(r"%\(\w+\)[sd]|https://[^\s,]*")  # what is filled in, and examples of addresses
# In French a verb shows by its ending: Enregistrer, Se déconnecter, L’abandonner. Or who presses says it: Je viens.
VERB = re.compile(r"(?:(?:Se|Le|La|Les) |[LS]’)?\w+(?:er|ir|re)\b|Je (?:ne )?\w+")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_code_is_translated(language: str) -> None:
    missing = [
        (message, sorted(origins))
        for message, origins in extracted().items()
        if not _is_whole(language, message if isinstance(message, tuple) else (message,))
    ]

    assert missing == []


def _is_whole(language: str, message: tuple[str, ...]) -> bool:
    entry = catalogue(language).get(message[0])
    if entry is None:
        return False
    msgids = entry.id if isinstance(entry.id, tuple) else (entry.id,)
    forms = entry.string if isinstance(entry.string, tuple) else (entry.string,)
    return msgids == message[:2] and len(forms) == len(msgids) and all(forms)


def test_no_sentence_stands_in_an_f_string() -> None:
    hidden = [
        (str(file.relative_to(ROOT)), call.lineno)
        for file in (ROOT / "app").rglob("*.py")
        for text in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in {"_", "N_", "gettext"}
        if isinstance(call.args[0], ast.Constant)
    ]

    assert hidden == [], "what collects the sentences does not look there"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess_or_left_over(language: str) -> None:
    known = {message[0] if isinstance(message, tuple) else message for message in extracted()}
    entries = [entry for entry in catalogue(language) if entry.id]

    assert [entry.id for entry in entries if entry.fuzzy] == []
    assert {entry.id[0] if isinstance(entry.id, tuple) else entry.id for entry in entries} - known == set()
    assert not catalogue(language).obsolete


def test_english_says_what_stands_in_the_code() -> None:
    changed = [entry.id for entry in catalogue("en") if entry.id and entry.string != entry.id]

    assert changed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_are_filled_with_the_same_values(language: str) -> None:
    wrong = [one for one in sentences(language) if holes(one.words) - {"num"} != holes(one.msgid) - {"num"}]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language: str) -> None:
    long = [
        (part, sorted(one.origins))
        for one in sentences(language)
        if one.is_for_everybody
        for part in re.split(r"(?<=[.!?:;…])\s+|\n", one.words)
        if len([word for word in part.split() if re.search(r"\w", word)]) > MOST_WORDS
    ]

    assert long == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_no_jargon(language: str) -> None:
    jargon = _compile_jargon(language)
    found = [
        (match[0], one.words, sorted(one.origins))
        for one in sentences(language)
        if one.is_for_everybody and (match := jargon.search(NO_WORDS.sub("", one.words)))
    ]

    assert found == []


def _compile_jargon(language: str) -> re.Pattern[str]:
    words = JARGON[language].replace(".", r"\w*").replace(" ", "|").replace("~", r"\s")
    return re.compile(rf"(?<![\w-])(?:{words})(?!\w)", re.IGNORECASE)


def test_buttons_begin_with_a_verb() -> None:
    labels = {label for file in _list_templates() for label in _list_labels(file.read_text(encoding="utf-8"))}
    words = {label: catalogue("fr")[label].string for label in labels if label in catalogue("fr")}

    assert len(labels) > 30
    assert [pair for pair in words.items() if not VERB.match(pair[1])] == []


def _list_labels(template: str) -> list[str]:
    """List the words on the buttons of a template, and on the links that look like buttons."""
    elements = re.findall(r"<button\b.*?</button>|<a class=\"button.*?</a>", template, re.DOTALL)
    inside = [labels[0] for element in elements if (labels := re.findall(r'>[^<]*_\("([^"]+)"\)', element))]
    return inside + re.findall(r'\b(?:button|action)\(_\("([^"]+)"', template)


def test_no_words_of_a_template_are_left_untranslated() -> None:
    found = {
        str(file.relative_to(ROOT)): words
        for file in _list_templates()
        if (words := _list_bare_words(file.read_text(encoding="utf-8")))
    }

    assert found == {}


def _list_templates() -> list[Path]:
    homes = [ROOT / name for name in ("app", "plugins", "themes")]
    return sorted(file for home in homes for file in home.rglob("templates/**/*.html"))


def _list_bare_words(template: str) -> list[str]:
    """List words that stand in a template as they are: neither code nor examples of what one types."""
    out = r"\{#.*?#\}|\{% block look %\}.*?\{% endblock %\}|<code>.*?</code>|\{%.*?%\}|\{\{.*?\}\}"
    bare = re.sub(out, " ", template, flags=re.DOTALL)
    spoken = re.findall(r'\b(?:title|alt|placeholder|aria-label)="([^"]*)"', bare)
    texts = re.sub(r'<[^>]*>|\baria-\w+(?:="[^"]*")?', " ", bare)
    return re.findall(r"[^\W\d_]{2,}", " ".join([texts, *spoken]).replace("Ctrl", ""))


def test_the_tests_of_words_find_what_they_look_for() -> None:
    assert _list_bare_words('<p title="Hello">{{ name }} <b>world</b></p>') == ["world", "Hello"]
    assert _list_labels('<button>{{ icon("x") }} {{ _("Keep") }}</button>{{ button(_("Send")) }}') == ["Keep", "Send"]
    assert _compile_jargon("en").search("Two texts are merged.") and not _compile_jargon("en").search("It emerges.")
    assert _compile_jargon("fr").search("Copiez le jeton.") and not _compile_jargon("fr").search("Il se cache.")
    assert not VERB.match("Enregistrement") and VERB.match("Enregistrer la page")
