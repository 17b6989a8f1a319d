"""Names of attachments."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Invalid
from app.wiki.filenames import safe_name


@pytest.mark.parametrize(
    ("sent", "safe"),
    [
        ("plan.jpg", "plan.jpg"),
        ("C:\\Mes photos\\Été 2026.JPEG", "Été-2026.jpg"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("évènement.pdf", "évènement.pdf"),
        ("رسالة المجلس.odt", "رسالة-المجلس.odt"),
        ("नमस्ते.pdf", "नमस्ते.pdf"),
        ("shell.php.jpg", "shell-php.jpg"),
        ("archive.tar.zip", "archive-tar.zip"),
        ("..hidden.txt", "hidden.txt"),
        ("-rf.txt", "rf.txt"),
        ("a\u202egpj.exe.png", "agpj-exe.png"),
        ("zero\u200bwidth.png", "zerowidth.png"),
        ("line\nfeed\x00nul.csv", "line-feed-nul.csv"),
        ("Compte rendu (final) !!.pdf", "Compte-rendu-final.pdf"),
        ("???.png", "file.png"),
        ("\u0301\u0301.png", "file.png"),
        ("CON.txt", "file-CON.txt"),
        ("a'b\"c<d>e.txt", "a-b-c-d-e.txt"),
    ],
)
def test_a_sent_name_is_made_safe(sent: str, safe: str):
    assert safe_name(sent) == safe


@pytest.mark.parametrize("sent", ["", "README", "photo.", ".", "..", "a.b/", "x." + "e" * 300])
def test_a_name_without_an_ending_is_refused_with_the_cure(sent: str):
    with pytest.raises(Invalid, match="ending"):
        safe_name(sent)


def test_a_long_name_is_cut_between_letters():
    safe = safe_name("é" * 300 + ".pdf")

    assert safe == "é" * 73 + ".pdf"


@given(st.text(), st.sampled_from(["pdf", "JPG", "txt"]))
def test_every_safe_name_can_be_a_file_anywhere(stem: str, extension: str):
    safe = safe_name(f"{stem}.{extension}")

    assert safe == unicodedata.normalize("NFC", safe)
    assert len(safe.encode()) <= 150
    assert safe.count(".") == 1
    assert not safe.startswith((".", "-"))
    assert not set(safe) & set('/\\\0\n\r\t:*?"<>| ')


@given(st.text(min_size=1))
def test_a_safe_name_stays_as_it_is(stem: str):
    safe = safe_name(f"{stem}.pdf")

    assert safe_name(safe) == safe
