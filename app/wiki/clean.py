"""The only place where HTML is declared safe.

`clean` lets through an allow-list, by nh3 (ammonia). `trust` marks HTML that has passed it, or that an autoescaped
template made; nothing else in the project makes `Markup`.

Attributes named `data-…` that a writer types are harmless by construction: `app.wiki.placing` numbers links and macros
anew and drops every number that the page's own syntax did not make, and no script of the site acts on any of them.
"""

import re

import nh3
from markupsafe import Markup

from app.errors import N_, OverBudget
from app.wiki.addresses import PLUGIN_SCHEMES

MAX_HTML = 1_000_000  # characters
MAX_BLOCKS = 10_000  # nh3 is quadratic in depth: so many nested blocks cost it 0.2 s
REL = "nofollow noopener ugc"  # on every link: harmless on our own ones, and never forgotten on a foreign one
SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms", "geo", "webcal", "xmpp", "matrix"})

_ALLOWED = """
a abbr b bdi blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup
table tbody td tfoot th thead tr u ul var wbr
"""
TAGS = frozenset(_ALLOWED.split())
# Their content goes with them: it is code, or text that an HTML parser reads by other rules.
_REMOVED = "script style template svg math iframe object noscript noembed noframes textarea title select xmp"
SWALLOWED = frozenset(_REMOVED.split())
_HEADING = {"data-section"}
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"title", "lang"},
    "a": {"href", "hreflang", "data-link"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "div": {"data-macro"},
    "span": {"data-macro"},
    "img": {"src", "alt", "width", "height", "loading"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), _HEADING),
}
_ALIGNED = {"align-left", "align-center", "align-right"}
# Not on `a`, `b` and their like: an HTML parser repeats those, attributes and all, when blocks begin within them.
for _tag in TAGS - frozenset("a b code em i s small strong u".split()):
    ATTRIBUTES[_tag] = {*ATTRIBUTES.get(_tag, ()), "id"}
CLASSES: dict[str, set[str]] = {
    "a": {"external", "footnote-back"},
    "div": {"note", "warning", "centered"},
    "li": {"task", "done"},
    "p": {"note", "warning", "centered"},
    "pre": {"source"},
    "section": {"footnotes"},
    "span": {"box"},
    "sup": {"footnote-ref"},
    "td": _ALIGNED,
    "th": _ALIGNED,
}


def _cleaner(tags: frozenset[str], attributes: dict[str, set[str]], schemes: frozenset[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(tags),
        clean_content_tags=set(SWALLOWED),
        attributes=attributes,
        allowed_classes=CLASSES,
        url_schemes=set(schemes),
        link_rel=REL,
    )


_final = _cleaner(TAGS, ATTRIBUTES, SCHEMES)
# In a draft headings have the level that was typed, `<a id>` is an anchor still to be placed, links of
# plugins stand as they were typed.
_draft = _cleaner(
    TAGS | {"h1"},
    {**ATTRIBUTES, "h1": _HEADING, "a": ATTRIBUTES["a"] | {"id"}},
    SCHEMES | PLUGIN_SCHEMES,
)

# Tags for which an HTML parser looks through all that are open; cells, items and words in a line are not among them.
_BLOCK = re.compile(r"<(?!(?:t[drh]|li|p|br|img|a|b|i|em|strong|code|span|su[bp]|del|kbd)\b)[a-z]", re.I)
# As GitHub Flavored Markdown does (section "Disallowed Raw HTML"): a person who writes `<title>` means the word.
_SWALLOWING = re.compile(rf"<(?=/?(?:{'|'.join(sorted(SWALLOWED))}|plaintext)\b)", re.I)


def clean(html: str) -> str:
    """Keep only what the allow-list names; the result is well-formed, each link carries `rel`.

    Raises OverBudget over 1,000,000 characters or 10,000 blocks: nh3 takes a time that is quadratic in their depth.
    """
    _check_size(html)
    return _final.clean(html)


def normalise(html: str) -> str:
    """Clean a page that is still being made: as `clean`, but headings are `h1` to `h6` as they were typed.

    What would swallow the rest of the page when it is left open, such as `<title>` or `<!--`, is shown as it was typed.
    The result has one spelling only: lower-case tags, attributes in double quotes, `<`, `>` and `&` escaped wherever
    they are no tag. That is what lets `app.wiki.placing` and `app.wiki.fill` work on it by regular expressions.
    """
    _check_size(html)
    return _draft.clean(_SWALLOWING.sub("&lt;", _without_comments(html)))


def _without_comments(html: str) -> str:
    parts, position = [], 0
    while (start := html.find("<!--", position)) >= 0:
        end = html.find("-->", start + 2)  # `<!-->` is a comment, too (CommonMark, "Raw HTML")
        if end < 0:
            break
        parts.append(html[position:start])
        position = end + 3
    return "".join(parts) + html[position:].replace("<!--", "&lt;!--")


def trust(html: str) -> Markup:
    """Declare HTML safe that has passed `clean`, or that autoescaped templates made."""
    return Markup(html)  # noqa: S704 - the one place


def _check_size(html: str) -> None:
    if len(html) > MAX_HTML:
        raise OverBudget(N_("This is too large to be shown."))
    if html.count("<") > MAX_BLOCKS and len(_BLOCK.findall(html)) > MAX_BLOCKS:
        raise OverBudget(N_("This is nested too deeply."))
