"""What a page is called: its path, its file, its address, and the keys that names are compared by."""

import re
import secrets
import unicodedata
from functools import lru_cache
from itertools import accumulate

from app.errors import N_, Invalid
from app.wiki import nfc

MAX_SEGMENT_BYTES = 200
MAX_PATH_BYTES = 1000
MAX_DEPTH = 12
MAX_KEPT_NAME = 200  # letters
MAX_FOLDED = 1000  # letters; names are shorter
INDEX = "index"
HOME = INDEX
HELP = "aide"  # the page to which the foot of every page leads
FILES_SUFFIX = ".files"
ID_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # base32 without l, o, 0, 1: it may be read aloud
ID_LENGTH = 8
# First segments that addresses of the site, git or file systems use for themselves.
RESERVED = frozenset({"-", "static", "robots.txt", "sitemap.xml", "favicon.ico", "git"})
_TOO_LONG = N_("This page name is too long. Choose a shorter one.")
FORMS = "_forms"  # the folder of forms: YAML files, each a page as others are
FORM_SUFFIX = ".yaml"
_FORM_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


def parse_path(raw: str) -> str:
    """Turn a typed or requested path into a page path: NFC, no slash at either end.

    Letters of any script, digits, `-` and `_`; at most 200 bytes a segment and 1,000 in all.
    Raises Invalid with the cure.
    """
    if len(raw) > 4 * MAX_PATH_BYTES:  # composed it may be shorter, but not so much
        raise Invalid(_TOO_LONG)
    nfc.check_marks(raw)
    path = nfc.normalize(raw).strip("/")
    if not path:
        raise Invalid(N_("A page needs a name."))
    segments = path.split("/")
    if len(path.encode("utf-8", "replace")) > MAX_PATH_BYTES or len(segments) > MAX_DEPTH:
        raise Invalid(_TOO_LONG)
    for segment in segments:
        _check_segment(segment)
    if segments[0].casefold() in RESERVED:
        raise Invalid(N_("The name “%(name)s” is kept for the site itself. Choose another one."), name=segments[0])
    if segments[0].casefold() == FORMS and len(segments) > 1 and form_of(path) is None:
        raise Invalid(N_("The name of a form begins with a small letter: letters, digits, hyphens."))
    return path


def _check_segment(segment: str) -> None:
    if not segment:
        raise Invalid(N_("A page name cannot hold two slashes in a row."))
    if len(segment.encode("utf-8", "replace")) > MAX_SEGMENT_BYTES:
        raise Invalid(_TOO_LONG)
    bad = next((char for char in segment if not _is_allowed(char)), None)
    if bad is not None:
        raise Invalid(N_("A page name cannot hold “%(char)s”. Use letters, digits and hyphens."), char=_visible(bad))
    if unicodedata.category(segment[0]).startswith("M") or not any(char.isalnum() for char in segment):
        raise Invalid(N_("A page name needs at least one letter or digit."))


def _is_allowed(char: str) -> bool:
    return char in "-_" or unicodedata.category(char)[0] in "LN" or unicodedata.category(char) in {"Mn", "Mc"}


def _visible(char: str) -> str:
    return char if char.isprintable() else f"U+{ord(char):04X}"


def fold(text: str) -> str:
    """Give the key by which names, titles and links are compared: "L’Épicerie_du bourg !" → "l-epicerie-du-bourg".

    Without case and accents; whatever is no letter or digit counts as one hyphen, but for `/` and a leading `_`.
    Of long texts only the first 1,000 letters count.
    """
    return _fold_name(text) if len(text) <= MAX_KEPT_NAME else _fold(text[:MAX_FOLDED])


def _fold(text: str) -> str:
    decomposed = nfc.normalize(text.casefold().replace("œ", "oe").replace("æ", "ae"), "NFKD")
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return "/".join(_fold_segment(segment) for segment in bare.strip("/ ").split("/"))


_fold_name = lru_cache(maxsize=10_000)(_fold)  # the same names again and again; what is longer is no name


def _fold_segment(segment: str) -> str:
    words = "".join(char if char.isalnum() else " " for char in segment).split()
    return ("_" if segment.startswith("_") else "") + "-".join(words)


def slugify(title: str) -> str:
    """Turn a title into one path segment: "Fête du pain !" → "fete-du-pain"; may be empty."""
    slug = fold(title.replace("/", " ")).strip("_")
    return slug.encode()[: MAX_SEGMENT_BYTES - len(FILES_SUFFIX)].decode("utf-8", "ignore").strip("-")


def title_of_path(path: str) -> str:
    """Make a readable title for a page that has none: the last segment, `index` standing for its folder."""
    segments = path.split("/")
    name = segments[-2] if segments[-1] == INDEX and len(segments) > 1 else segments[-1]
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def form_of(path: str) -> str | None:
    """Name the form whose page this is: `_forms/initiative` → `initiative`; None for every other page."""
    name = path.removeprefix(f"{FORMS}/")
    return name if name != path and name != INDEX and _FORM_NAME.fullmatch(name) else None


def path_of_form(name: str) -> str:
    """Name the page of a form."""
    return f"{FORMS}/{name}"


def file_of(path: str) -> str:
    """Name the file of a page in the repository."""
    return f"{path}{FORM_SUFFIX}" if form_of(path) else f"{path}.md"


def path_of(file: str) -> str | None:
    """Name the page of a repository file, or None where the file is no page (an attachment, a dot file)."""
    path, dot, suffix = file.rpartition(".")
    if dot + suffix != (FORM_SUFFIX if form_of(path) else ".md"):
        return None
    segments = path.split("/")
    if any(part.endswith(FILES_SUFFIX) for part in segments[:-1]):
        return None
    try:
        return path if parse_path(path) == path else None
    except Invalid:
        return None


def folder_of(path: str) -> str:
    """Name the folder that a page stands in; `""` at the top. `jardins/index` stands in `jardins`."""
    return path.rpartition("/")[0]


def folders_above(path: str) -> list[str]:
    """List the folders that a page stands in, from the top: `a/b/page` → `a`, `a/b`."""
    return list(accumulate(path.split("/")[:-1], "{}/{}".format))


def space_of(path: str) -> str:
    """Name the space (top folder) of a page; `""` for pages at the top."""
    return path.partition("/")[0] if "/" in path else ""


def address_of(path: str) -> str:
    """Give the address of a page below the site's root, not percent-encoded: `index` → `/`, `a/index` → `/a/`."""
    if path == INDEX:
        return "/"
    return f"/{path.removesuffix(INDEX)}" if path.endswith(f"/{INDEX}") else f"/{path}"


def files_folder(path: str) -> str:
    """Name the folder of a page's attachments in the repository: `jardins/compost` → `jardins/compost.files`."""
    return f"{path}{FILES_SUFFIX}"


def new_id() -> str:
    """Draw an identity for a page: 8 characters, 40 bits."""
    return "".join(secrets.choice(ID_ALPHABET) for _ in range(ID_LENGTH))
