"""Addresses of people, taken out of what is shown to everybody."""

import re

MASK = "…@…"
_AT = r"(?:@|＠|﹫|%40|&#0*64;|&#x0*40;|&commat;)"
_LOCAL = r"[\w.!#$%'*+/=?^{|}~-]{0,80}"
_DOMAIN = r"(?:\[[0-9a-f.:]{2,45}\]|[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"
_ADDRESS = re.compile(rf"{_LOCAL}{_AT}{_DOMAIN}", re.IGNORECASE)
# As Mailman's archives write it, where it can be nothing else: “<nadia at example.org>”, “(nadia at example.org)”.
_SPELLED = re.compile(r"(?<=[<(;])[\w.+-]{1,80} (?:at|AT|chez|arobase) [\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?=[>)&])")
_SIGNS = ("@", "＠", "﹫", "%40", "&#", "&commat", " at ", " AT ", " chez ", " arobase ")


def mask(text: str) -> str:
    """Put a mark in place of each address of mail; names stay."""
    if not any(sign in text for sign in _SIGNS):
        return text
    return _SPELLED.sub(MASK, _ADDRESS.sub(MASK, text))
