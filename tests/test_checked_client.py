"""The client that checks every page finds what it is meant to find."""

import pytest

from tests.checked_client import find_faults, shape

GOOD = """<!doctype html><html lang="fr"><head><title>Titre</title></head><body><main id="gc-main"><h1>Titre</h1>
<div class="content"><h2 id="anything">Un</h2></div>
<label for="gc-a">A</label><input id="gc-a"><label>B <select></select></label><input type="hidden">
<a href="/">Accueil</a><script type="module" src="/x.js"></script></main></body></html>"""


def test_a_good_page_has_no_fault() -> None:
    assert find_faults(GOOD) == []


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        (' lang="fr"', "", "no lang on <html>"),
        ("<title>Titre</title>", "<title> · </title>", "no title"),
        ("<h1>Titre</h1>", "", "0 <h1>"),
        ("<h2 ", "<h1>x</h1><h2 ", "2 <h1>"),
        ("<h2 id=\"anything\">Un</h2>", "<h3>Un</h3>", "h3 after h1"),
        ('id="anything"', 'id="gc-main"', "id gc-main 2 times"),
        ('class="content"', 'class="other"', "id anything of the site"),
        ('<label for="gc-a">A</label>', "", "no label on <input name=None>"),
        ('src="/x.js"></script>', ">go()</script>", "inline <script>"),
        ('<a href="/">', '<a href="/" style="color:red">', "style= on <a>"),
        ('<a href="/">', '<a href="/" onclick="go()">', "onclick= on <a>"),
        (">Accueil<", "><", "no words in <a>"),
        ('<a href="/">Accueil</a>', '<img src="/x.png">', "no alt on <img src=/x.png>"),
        ("<main ", "<main></main><main ", "2 <main>"),
        ("<h1>Titre</h1>", "<h1>Titre</h1></p>", "invalid HTML at (1, 107): unexpected-end-tag"),
    ],
)  # fmt: skip
def test_each_fault_is_found(good: str, bad: str, fault: str) -> None:
    assert good in GOOD
    page = GOOD.replace(good, bad, 1)

    assert fault in find_faults(page)
    assert fault.partition(" (")[0].partition(" at ")[0].partition("=")[0] in " ".join(find_faults(shape(page)))


def test_pages_that_differ_in_words_only_are_looked_at_once() -> None:
    assert shape(GOOD) == shape(GOOD.replace("Accueil", "Jardins &amp; four").replace('href="/"', 'href="/jardins/"'))
