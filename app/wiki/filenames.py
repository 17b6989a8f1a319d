"""What an attachment may be called, and how a sent name is made safe."""

import unicodedata

from app.errors import N_, Invalid
from app.wiki import nfc

MAX_NAME_BYTES = 150
_MAX_EXTENSION = 10
_MAX_READ = 1000  # letters, from behind: the ending counts
_SAME_ENDINGS = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "markdown": "md", "text": "txt", "htm": "html"}
# Names that Windows keeps for devices: a clone with such a file cannot be checked out there.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


def safe_name(raw: str) -> str:
    """Turn the name that a browser sent into the name of a file: `C:\\Mes photos\\Été 1.JPEG` → `Été-1.jpg`.

    Letters of any script, digits, `-` and `_`, then one dot and the extension in lower case; NFC, at most 150 bytes,
    no leading dot or hyphen. Raises Invalid when there is no extension.
    """
    name = nfc.normalize(raw.replace("\\", "/").rpartition("/")[2][-_MAX_READ:])
    stem, dot, ending = name.rpartition(".")
    extension = "".join(char for char in ending.lower() if char.isascii() and char.isalnum())
    if not dot or not extension or len(extension) > _MAX_EXTENSION:
        raise Invalid(N_("The name needs an ending that says its kind, such as .pdf or .jpg."))
    return with_extension(_safe_stem(stem), _SAME_ENDINGS.get(extension, extension))


def with_extension(stem: str, extension: str) -> str:
    """Join a safe stem and an extension, shortening the stem where the name would pass 150 bytes."""
    room = MAX_NAME_BYTES - len(extension) - 1
    short = stem.encode()[:room].decode(errors="ignore").rstrip("-")
    return f"{short}.{extension}"


def extension_of(name: str) -> str:
    """Give the extension of a name in lower case, without the dot; `""` where there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _safe_stem(raw: str) -> str:
    chars = (char if _is_allowed(char) else "-" for char in raw if unicodedata.category(char) != "Cf")
    stem = "-".join(part for part in "".join(chars).split("-") if part)
    while stem and (stem[0] == "-" or unicodedata.category(stem[0]).startswith("M")):
        stem = stem[1:]
    if not any(char.isalnum() for char in stem):
        return "file"
    return f"file-{stem}" if stem.casefold() in _DEVICES else stem


def _is_allowed(char: str) -> bool:
    return char in "-_" or unicodedata.category(char)[0] in "LN" or unicodedata.category(char) in {"Mn", "Mc"}
