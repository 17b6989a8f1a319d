"""Pictures in HTML: those of a document stay, those elsewhere become links, of others their words stay."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from app.convert.document_pictures import Pictures

# What word processors add to the words that they made up themselves.
_MADE_UP = re.compile(r"\s*(?:Description générée automatiquement|(?:Description )?automatically generated"
                      r"|Le contenu généré par l.IA peut être incorrect\.?|AI-generated content may be incorrect\.?)"
                      r"(?: avec un niveau de confiance \w+| with \w+ confidence)?", re.IGNORECASE)  # fmt: skip


def repair_pictures(soup: BeautifulSoup, pictures: Pictures | None) -> None:
    """Leave only pictures that were kept, each with its words; none where nothing is pasted but words."""
    for image in soup.find_all("img"):
        if pictures is None:
            image.replace_with(_emoji_of(image))
        else:
            _repair(soup, image, pictures)


def _emoji_of(image: Tag) -> str:
    """Keep the picture of an emoji as the emoji; other pictures are uploaded, not pasted as links to somewhere."""
    alt = str(image.get("alt", ""))
    return alt if 0 < len(alt) <= 8 and not any(char.isalnum() or char.isascii() for char in alt) else ""


def _repair(soup: BeautifulSoup, image: Tag, pictures: Pictures) -> None:
    address = str(image.get("src", ""))
    words = " ".join(_MADE_UP.sub("", str(image.get("alt", ""))).split())
    if pictures.has(address):
        image["alt"] = words
        return
    if not image.has_attr("alt"):
        words = _file_name_of(address)
    if words and address.startswith(("http://", "https://")) and image.find_parent("a") is None:
        link = soup.new_tag("a", attrs={"href": address})
        link.string = words
        image.replace_with(link)
    else:
        image.replace_with(words)


def _file_name_of(address: str) -> str:
    try:
        return unquote(PurePosixPath(urlsplit(address).path).name)
    except ValueError:
        return ""
