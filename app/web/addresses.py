"""Addresses of pages and static files, as templates and views write them."""

from urllib.parse import quote, urlencode, urlsplit

from flask import current_app, request, url_for

from app.wiki.page import address_of

url = url_for


def address(path: str) -> str:
    """Give the address of a page, with the script's root, percent-encoded."""
    return f"{request.script_root}{quote(address_of(path))}"


def here() -> str:
    """Give the address that was asked for, with the script's root and the query."""
    return f"{request.script_root}{request.full_path.rstrip('?')}"


def static(name: str) -> str:
    """Give the address of a static file of the theme, with its checksum."""
    return f"{request.script_root}/-/static/{current_app.extensions['gare.theme'].address(name)}"


def logo_address(logo: str) -> str:
    """Give the address of the site's logo, which holds its checksum; empty where there is none."""
    return f"{request.script_root}/-/logo/{logo}" if logo else ""


def with_query(target: str, **values: str) -> str:
    """Add a query to an address."""
    given = {key: value for key, value in values.items() if value}
    return f"{target}?{urlencode(given)}" if given else target


def absolute(target: str) -> str:
    """Make an address of this site complete: with the configured public address, else as the site was asked."""
    public = current_app.extensions["gare"].address
    if not public:
        # `request.host` is empty for names such as those of containers, `gare_app`; protection.py has judged them.
        return f"{request.scheme}://{request.host or request.environ.get('HTTP_HOST', '')}{target}"
    return f"{public}{target.removeprefix(request.script_root)}"


def in_mail(target: str) -> str | None:
    """Make an address of this site complete for a mail; None where nobody has said what the public address is.

    Who asks chooses the Host, and must not choose where a mail leads: it counts only on this machine.
    """
    return absolute(target) if current_app.extensions["gare"].address or is_this_machine() else None


def is_this_machine() -> bool:
    """Tell whether the site was asked for by a name that leads to the same machine only."""
    return urlsplit(f"//{request.host}").hostname in {"localhost", "127.0.0.1", "::1"}
