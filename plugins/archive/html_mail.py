"""The HTML of a mail, made harmless: by the one cleaner, then without what would reach out of it."""

import re
from collections.abc import Mapping
from html import escape, unescape

from app.errors import N_, OverBudget
from app.plugin import clean_html
from plugins.archive.masking import mask

MOST = 1_000_000  # characters
_CID = re.compile(r"""(\bsrc\s*+=\s*+["']?+)\s*+cid:([^"'\s>]{1,500})""", re.IGNORECASE)
# The cleaner writes tags in one spelling: small letters, every value in double quotes.
_TAG = r'<{}((?: [a-z-]+="[^"]*")*) ?/?>'
_IMG, _LINK = re.compile(_TAG.format("img")), re.compile(_TAG.format("a"))
_VALUE = re.compile(r' ([a-z-]+)="([^"]*)"')
_ID = re.compile(r'(<[a-z0-9]+(?: [a-z-]+="[^"]*")*?) id="[^"]*"')
_HEADING = re.compile(r'<(/?)h[1-6](?: [a-z-]+="[^"]*")*>')
_ANY_TAG = re.compile(r"<[^<>]*+>")
_FAR = re.compile(r"https?://", re.IGNORECASE)
_NEAR = ("mailto:", "tel:", "sms:")


class HtmlMail:
    """Cleans one mail. `pictures` are the addresses of its own pictures by Content-ID."""

    def __init__(self, pictures: Mapping[str, str], *, is_masked: bool, shows_far: bool) -> None:
        self._pictures, self._is_masked, self._shows_far = pictures, is_masked, shows_far
        self.far = 0  # pictures that lie elsewhere

    def clean(self, html: str) -> str:
        """Give HTML that may stand in a page; raises OverBudget where it is too much."""
        if len(html) <= MOST:  # the cleaner refuses what is longer
            html = _CID.sub(self._own, html)
        html = _HEADING.sub(r"<\1div>", clean_html(html))
        while (bare := _ID.sub(r"\1", html)) != html:
            html = bare
        html = _LINK.sub(self._link, _IMG.sub(self._picture, html))
        return self._without_addresses(html) if self._is_masked else html

    @staticmethod
    def _without_addresses(html: str) -> str:
        """Mask addresses; raises OverBudget where one is cut up by tags: the text is shown then."""
        masked = mask(html)
        words = _ANY_TAG.sub("", masked)
        if mask(words) != words:
            raise OverBudget(N_("Its layout cannot be shown. Here is its text."))
        return masked

    def _own(self, match: re.Match[str]) -> str:
        place = self._pictures.get(unescape(match[2]).strip("<>"), "")
        return f"{match[1]}{escape(place)}" if place else match[0]

    def _picture(self, match: re.Match[str]) -> str:
        values = dict(_VALUE.findall(match[1]))
        source, words = unescape(values.get("src", "")), values.get("alt", "")
        if source in self._pictures.values():
            return _img(values, source, words)
        if not _FAR.match(source):
            return words
        self.far += 1
        is_shown = self._shows_far and source.lower().startswith("https://")
        return _img(values, source, words) if is_shown else words

    def _link(self, match: re.Match[str]) -> str:
        values = dict(_VALUE.findall(match[1]))
        target = unescape(values.get("href", ""))
        is_kept = bool(_FAR.match(target)) or (target.lower().startswith(_NEAR) and not self._is_masked)
        return f'<a href="{escape(target)}" rel="nofollow noopener ugc">' if is_kept else "<a>"


def _img(values: Mapping[str, str], source: str, words: str) -> str:
    sizes = "".join(f' {name}="{values[name]}"' for name in ("width", "height") if values.get(name, "").isdecimal())
    return f'<img src="{escape(source)}" alt="{words}"{sizes} loading="lazy">'
