"""The editor's form takes a page apart and puts it together again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Invalid
from app.web.page_form import PageForm, as_typed, overlong, put_together, take_apart

PAGE = "---\n# kept\ntitle: Compost\nlang: fr\ntags: [jardins, sol]\n---\n\nDu brun et du vert.\n"


def sent(form: PageForm, **changed: str) -> dict[str, str]:
    fields = {
        "text": form.text, "head": form.head, "gap": "1" * len(form.gap), "title": form.title,
        "title_was": form.title, "tags": form.tags, "tags_was": form.tags,
    }  # fmt: skip
    return {name: value.replace("\n", "\r\n") for name, value in (fields | changed).items()}


def taken(text: str) -> PageForm:
    form = take_apart(text)
    assert form is not None
    return form


@given(st.text(alphabet="ab\n-# :", max_size=60))
def test_a_form_that_nobody_touched_gives_the_page_back(body: str):
    text = f"---\ntitle: Compost\n---\n{body}"

    assert put_together(sent(taken(text))) == text


def test_a_page_without_lines_at_its_top_comes_back_as_it_was():
    assert put_together(sent(taken("Bonjour.\n"))) == "Bonjour.\n"


def test_a_new_title_changes_its_line_only():
    whole = put_together(sent(taken(PAGE), title="Le compost : mode d’emploi"))

    assert whole == PAGE.replace("title: Compost", 'title: "Le compost : mode d’emploi"') or (
        whole == PAGE.replace("title: Compost", "title: Le compost : mode d’emploi")
    )
    assert taken(whole).title == "Le compost : mode d’emploi"


def test_keywords_are_typed_with_commas():
    assert taken(put_together(sent(taken(PAGE), tags="jardins,  le sol , "))).tags == "jardins, le sol"


def test_a_line_changed_by_hand_stays_as_typed():
    form = taken(PAGE)

    assert "lang: en\n" in put_together(sent(form, head=form.head.replace("lang: fr", "lang: en")))


def test_a_page_whose_top_cannot_be_read_is_shown_whole():
    assert take_apart("---\ntitle: &a x\n---\nBonjour.\n") is None


def test_a_title_cannot_be_written_into_a_broken_top():
    with pytest.raises(Invalid):
        put_together({"head": "title: &a x", "gap": "1", "text": "a", "title": "B", "title_was": "A"})


def test_a_program_may_send_the_whole_text():
    assert put_together({"text": "---\ntitle: A\n---\r\nb\n"}) == "---\ntitle: A\n---\nb\n"


@pytest.mark.parametrize(("name", "most"), [("title", 300), ("tags", 2000)])
def test_a_field_without_end_is_refused_before_the_lines_are_read(name: str, most: int):
    """Of 100,000 keywords each cost time for all those before it."""
    form = sent(taken(PAGE))

    put_together({**form, name: "a," * (most // 2)})
    with pytest.raises(Invalid, match=f"at most {most}"):
        put_together({**form, name: "a," * 100_000})


def test_a_long_title_that_was_there_before_stays():
    page = PAGE.replace("title: Compost", f"title: {'a' * 400}")

    assert put_together(sent(taken(page))) == page


def test_the_other_field_is_kept_where_one_is_too_long():
    form = {**sent(taken(PAGE)), "title": "a" * 301, "tags": "jardins, sol"}

    assert overlong(form) == {"title": "a" * 301}
    assert (taken(as_typed(form)).title, taken(as_typed(form)).tags) == ("Compost", "jardins, sol")
