"""Addresses of people, taken out of what is shown to everybody."""

import re

MASK = "…@…"
_UNSEEN = r"[\u00ad\u200b-\u200d\u2060]*"  # letters that nobody sees
_AT = (
    rf"{_UNSEEN}(?:[ ]?[@＠﹫][ ]?|%(?:25)*40|&#0*64;|&#x0*40;|&commat;|[ ]?[(\[](?:at|arobase|chez)[)\]][ ]?){_UNSEEN}"
)
_LOCAL = r"[\w.!#$%'*+/=?^{|}~-]{0,80}"
_DOMAIN = r"(?:\[[0-9a-f.:]{2,45}\]|[\w-]{1,63}(?:[.。．][\w-]{1,63}){1,8})"
_ADDRESS = re.compile(rf"{_LOCAL}{_AT}{_DOMAIN}", re.IGNORECASE)
# As Mailman's archives write it: “nadia at example.org”.
_SPELLED = re.compile(r"[\w.+-]{1,80} (?:at|AT|chez|arobase) [\w-]{1,63}(?:\.[\w-]{1,63}){0,7}\.[a-z]{2,24}\b")
_SIGNS = (
    "@",
    "＠",
    "﹫",
    "40",
    "(at)",
    "[at]",
    "(arobase)",
    "[arobase]",
    "(chez)",
    "&#",
    "&commat",
    " at ",
    " AT ",
    " chez ",
    " arobase ",
)


def mask(text: str) -> str:
    """Put a mark in place of each address of mail; names stay."""
    if not any(sign in text for sign in _SIGNS):
        return text
    return _SPELLED.sub(MASK, _ADDRESS.sub(MASK, text))
