"""Who wrote which paragraph."""

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from app.wiki.blame import Paragraph, paragraphs

PARAGRAPHS = st.lists(st.sampled_from(["un", "deux\nlignes", "trois", "# Titre", "  ", "", "- a\n- b"]), max_size=8)
TEXTS = st.one_of(st.text(), PARAGRAPHS.map("\n\n".join))


def writers(*texts: str) -> list[tuple[str, str]]:
    """Name paragraph and writer; the versions are called 1, 2, 3 …"""
    versions = [(str(number), text) for number, text in enumerate(texts, 1)]
    return [(paragraph.text.strip(), paragraph.revision) for paragraph in paragraphs(versions)]


def test_a_page_of_one_version_is_all_its_own():
    assert paragraphs([("1", "un\n\ndeux\n")]) == (Paragraph("un\n\n", "1"), Paragraph("deux\n", "1"))


def test_an_unchanged_paragraph_keeps_its_writer():
    assert writers("un\n\ndeux\n", "un\n\ndeux!\n") == [("un", "1"), ("deux!", "2")]


def test_a_moved_paragraph_keeps_its_writer():
    assert writers("un\n\ndeux\n\ntrois\n", "trois\n\nun\n\ndeux\n") == [("trois", "1"), ("un", "1"), ("deux", "1")]


def test_blank_lines_change_no_writer():
    assert writers("un\n\ndeux\n", "un\n\n\n \ndeux") == [("un", "1"), ("deux", "1")]


def test_a_paragraph_put_between_others_leaves_them_alone():
    assert writers("un\n\ndeux\n", "un\n\nneuf\n\ndeux\n") == [("un", "1"), ("neuf", "2"), ("deux", "1")]


def test_a_copied_paragraph_belongs_to_whoever_copied_it():
    assert writers("un\n", "un\n\nun\n") == [("un", "1"), ("un", "2")]


def test_restoring_an_emptied_page_gives_the_words_back_to_their_writers():
    assert writers("un\n\ndeux\n", "un\n\ndeux!\n", "", "un\n\ndeux!\n") == [("un", "1"), ("deux!", "2")]


def test_without_versions_there_are_no_paragraphs():
    assert paragraphs([]) == ()


def test_an_empty_page_has_no_paragraphs():
    assert writers("un\n", "") == []


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_paragraphs_joined_give_the_last_text(texts: list[str]):
    found = paragraphs([(str(number), text) for number, text in enumerate(texts)])

    assert "".join(paragraph.text for paragraph in found) == texts[-1]


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_a_version_without_a_change_wrote_nothing(texts: list[str]):
    versions = [(str(number), text) for number, text in enumerate(texts)]

    assert paragraphs([*versions, ("again", texts[-1])]) == paragraphs(versions)


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_every_paragraph_stood_in_the_version_that_wrote_it(texts: list[str]):
    for paragraph in paragraphs([(str(number), text) for number, text in enumerate(texts)]):
        assert paragraph.text.rstrip() in texts[int(paragraph.revision)]


def test_500_versions_of_a_usual_page_take_less_than_300_ms():
    randomness = random.Random(1)
    page = [" ".join(randomness.choices(["le", "la", "pain", "four", "jardin", "eau"], k=30)) for _ in range(40)]
    versions = []
    for number in range(500):
        page[randomness.randrange(40)] += f" {number}"
        versions.append((str(number), "\n\n".join(page)))
    began = time.process_time()
    paragraphs(versions)

    assert time.process_time() - began < 0.3


def test_a_hostile_page_is_split_at_once():
    began = time.process_time()
    paragraphs([("1", "\n" + " " * 500_000 + "x"), ("2", "a\n\n" * 100_000), ("3", "\n \n" * 100_000)])

    assert time.process_time() - began < 1.0
