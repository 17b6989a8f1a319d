"""What a message is called: its Message-ID, or a hash; and the code in its address."""

import base64
import hashlib
import re

_BRACKETS = re.compile(r"<([^<>]+)>")
_TRANSPORT = re.compile(
    rb"^(?:received|return-path|delivered-to|x-original-to|envelope-to|delivery-date|status|x-status|x-uid|x-keywords"
    rb"|x-mozilla-\w+|content-length|lines)[ \t]*:",
    re.IGNORECASE,
)
_MOST_KEY = 500
_MOST_REFERENCES = 200


def canonical(message_id: str) -> str:
    """Give what stands in the first `<…>`, without blanks; without brackets all of it. `""` where there is none.

    What is longer than 500 characters is cut and told apart by a hash.
    """
    found = _BRACKETS.search(message_id)
    key = "".join((found[1] if found else message_id.replace("<", "").replace(">", "")).split())
    if len(key) <= _MOST_KEY:
        return key
    return f"{key[:400]}-{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()}"


def all_in(value: str) -> list[str]:
    """List the keys that a References or In-Reply-To header names, the oldest first; of many the first and last."""
    found = _BRACKETS.findall(value)
    if len(found) > _MOST_REFERENCES:
        found = [found[0], *found[1 - _MOST_REFERENCES :]]
    return [key for one in found if (key := canonical(f"<{one}>"))]


def references(own: str, named: str, answered: str) -> tuple[str, ...]:
    """Put References and In-Reply-To together: each key once, its own left out."""
    keys = dict.fromkeys(all_in(named))
    keys.update(dict.fromkeys(all_in(answered)[:1]))
    keys.pop(own, None)
    return tuple(keys)


def by_content(raw: bytes) -> str:
    """Give the key of a message without Message-ID: a hash of its bytes without transport headers."""
    head, blank, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    kept, is_kept = [], True
    for line in head.split(b"\n"):
        if not line.startswith((b" ", b"\t")):
            is_kept = not _TRANSPORT.match(line)
        if is_kept:
            kept.append(line)
    return "sha256-" + hashlib.sha256(b"\n".join(kept) + blank + body.rstrip()).hexdigest()


def code_of(key: str, version: int = 0) -> str:
    """Give the code of a message in addresses: 32 capital letters and digits, as HyperKitty and Archived-At have it."""
    named = f"{key}\n{version}" if version else key
    return base64.b32encode(hashlib.sha1(named.encode("utf-8", "replace"), usedforsecurity=False).digest()).decode()
