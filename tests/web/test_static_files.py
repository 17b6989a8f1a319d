"""Style, icons and scripts: kept by browsers for ever under an address that changes with them; nothing else is served."""

import gzip

import pytest

from tests.web.hands import Browser, one, soup


def test_a_page_names_files_that_may_be_kept_for_ever(passer_by: Browser) -> None:
    page = soup(passer_by.get("/-/edit/a"))
    names = {
        str(tag.get("href") or tag.get("src")).partition("#")[0]
        for tag in page.select("link[rel=stylesheet], link[rel=icon], script, use")
    }
    answers = [passer_by.get(name) for name in names]

    assert len(answers) > 3 and {answer.status_code for answer in answers} == {200}
    assert all("immutable" in answer.headers["Cache-Control"] for answer in answers)


def test_text_is_sent_packed_to_those_who_take_it(passer_by: Browser) -> None:
    style = str(one(passer_by.get("/-/display"), "link[rel=stylesheet]")["href"])
    packed = passer_by.get(style, headers={"Accept-Encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == passer_by.get(style).data


def test_an_old_address_gives_the_file_of_today_not_to_be_kept(passer_by: Browser) -> None:
    response = passer_by.get("/-/static/0000000000/site.css")

    assert response.status_code == 200 and response.headers["Cache-Control"] == "no-cache"
    assert passer_by.get("/favicon.ico").status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "../../config.py",
        "..%2f..%2fconfig.py",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "x",
        "",
        ".",
        "editor",
        "a%00.css",
        "..\\x",
    ],
)
def test_no_other_file_is_served(passer_by: Browser, name: str) -> None:
    response = passer_by.get(f"/-/static/x/{name}")

    assert response.status_code in {404, 308}
    assert "import" not in response.text.partition("<main")[2].partition("</main>")[0]
