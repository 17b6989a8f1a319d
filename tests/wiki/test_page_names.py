"""Names of pages are folded again and again; what is longer than a name is not kept."""

from app.wiki import page


def test_a_name_is_folded_once() -> None:
    page.fold("L’Épicerie du bourg, une fois")
    hits = page._fold_name.cache_info().hits

    assert page.fold("L’Épicerie du bourg, une fois") == "l-epicerie-du-bourg-une-fois"
    assert page._fold_name.cache_info().hits == hits + 1


def test_what_is_too_long_for_a_name_is_not_kept() -> None:
    kept = page._fold_name.cache_info().currsize

    assert page.fold("É" * 1000) == "e" * 1000
    assert page._fold_name.cache_info().currsize == kept
