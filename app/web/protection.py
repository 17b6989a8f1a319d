"""Protection of every answer and every form: headers, where a form may come from, how often one may ask."""

import re
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from flask.sessions import SecureCookieSessionInterface
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app.errors import N_, Invalid, Refused
from app.records.map_ground import image_source
from app.station import Station
from app.web.kit import viewer

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self), interest-cohort=()",
    "X-Frame-Options": "SAMEORIGIN",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Dear for the server and of no use to search engines.
LIMITED = ("history.", "search.", "lists.", "feeds.", "own_data.", "openid.", "api_", "maps.search",
           "booklet.")  # fmt: skip
HELPING = ("tools.", "record_live.")  # what is asked for while one types: must not use up the right to save
FORM_FIELDS = 1000
MAP_MARK = b'<div id="gc-map"'  # what maps/_assets.html begins with
ONE_CLICK = "One-Click"  # what mail programs send to unsubscribe
HOST = re.compile(r"([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?", re.ASCII | re.IGNORECASE)


class _Sessions(SecureCookieSessionInterface):
    """Sessions whose cookie goes over closed lines only, also where nobody has set the public address."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Judge by the settings, and by how the site is asked."""
        return super().get_cookie_secure(app) or request.is_secure


def connect(app: Flask, station: Station) -> None:
    """Give the application its limits, its headers and its guards."""
    config = station.config
    app.session_interface = _Sessions()
    app.config.update(
        SECRET_KEY=config.secret_key,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.address.startswith("https:"),
        WTF_CSRF_TIME_LIMIT=None,  # a form never expires under a writer's hands
        WTF_CSRF_CHECK_DEFAULT=False,  # `_guard` decides: the anonymous have no session to protect
        MAX_CONTENT_LENGTH=config.upload_bytes + 1_000_000,
        MAX_FORM_MEMORY_SIZE=4 * config.page_bytes + 100_000,
        MAX_FORM_PARTS=FORM_FIELDS,
    )
    if config.trusted_proxies:
        count = config.trusted_proxies
        prefix = count if config.proxy_prefix else 0  # a proxy that does not set it would pass on anybody's
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=prefix)  # type: ignore[method-assign]
    if not config.address:
        app.before_request(_check_host)
    csrf = CSRFProtect(app)
    app.before_request(lambda: _guard(csrf))
    app.after_request(_add_headers)


class FromElsewhere(Refused):
    """A form stood on another site: nothing of what it holds is shown here."""


def _check_host() -> None:
    """Refuse a Host that is no name: where no address is set, feeds, robots.txt and the API repeat it."""
    asked = request.environ.get("HTTP_HOST")  # a proxy that speaks HTTP/1.0 to a socket may send none
    if asked is not None and not HOST.fullmatch(asked):
        raise Invalid(N_("This site cannot be called by that name. Use its usual address."))


def _guard(csrf: CSRFProtect) -> None:
    """Refuse forms sent from other sites; of somebody signed in, also forms without our token."""
    if request.method in SAFE or request.path.startswith("/-/api/"):
        return  # the API knows bearer tokens only, which no other site can send
    if _is_one_click():
        return
    if not _is_same_origin():
        raise FromElsewhere(N_("This form came from another site. Open the page here and try again."))
    if viewer().is_signed_in:
        csrf.protect()


def _is_one_click() -> bool:
    """Tell whether this is the press by which a mail program ends mails; the secret in the address is the proof.

    Programs that stand in a browser send it from their own site (RFC 8058).
    """
    is_there = request.endpoint in {"unsubscribe.choose", "answer_stops.choose"}
    return is_there and request.form.to_dict(flat=False) == {"List-Unsubscribe": [ONE_CLICK]}


def _is_same_origin() -> bool:
    """Judge by what browsers say of where a form stands; programs say nothing and carry no session."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    if origin is None:
        return not viewer().is_signed_in
    public = urlsplit(current_app.extensions["gare"].address).netloc
    return urlsplit(origin).netloc in {request.host, public or request.host}


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    _open_for_tiles(response)
    if request.is_secure:  # not for subdomains: other sites of the domain are not ours to judge
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if response.mimetype == "text/html":
        response.headers.add("Vary", "Cookie")
        response.headers.setdefault("Cache-Control", "no-store" if viewer().is_signed_in else "no-cache")
    # Programs are told complete addresses, which follow the Host that was asked: not for caches that others share.
    response.headers.setdefault("Cache-Control", "private, no-cache")
    if (request.endpoint or "").startswith(LIMITED) or request.args:
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
    return response


def _open_for_tiles(response: Response) -> None:
    """Open the policy of an answer that shows a map for the host of its tiles, and for no other."""
    if response.status_code == 304:  # what the browser keeps has its policy, which this one would replace
        del response.headers["Content-Security-Policy"]
        return
    if response.mimetype != "text/html" or response.is_streamed:
        return
    source = image_source(current_app.extensions["gare"].settings.get())
    if source and MAP_MARK in response.get_data():  # looked for in the answer: some come from memory
        policy = response.headers["Content-Security-Policy"]
        response.headers["Content-Security-Policy"] = policy.replace("img-src 'self'", f"img-src 'self' {source}")


def asker() -> str:
    """Name who asks by the address; of IPv6 by its first half, the rest of which a subscriber draws at will."""
    try:
        address = ip_address(get_remote_address())
    except ValueError:  # a socket of this machine has no address
        return get_remote_address()
    if isinstance(address, IPv6Address) and not address.ipv4_mapped:
        return str(ip_network((int(address), 64), strict=False))
    return str((isinstance(address, IPv6Address) and address.ipv4_mapped) or address)


class _RouteLimiter(Limiter):
    """Counts at the routes that are limited only: looking for limits before every other request would cost more."""

    def _check_request_limit(self, callable_name: str | None = None, in_middleware: bool = True) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


def limit(app: Flask, station: Station) -> None:
    """Limit how often one address may ask for what is dear, and send whatever it sends.

    Counted in each process: a bound, not an exact number.
    """
    config = station.config
    limiter = _RouteLimiter(asker, app=app, storage_uri="memory://", headers_enabled=False)
    reading = limiter.shared_limit(config.request_rate, scope="reading", methods=["GET", "HEAD"])
    writing = limiter.shared_limit(config.write_rate, scope="writing", methods=["POST", "PUT", "PATCH", "DELETE"])
    helping = limiter.shared_limit(config.write_rate, scope="helping", methods=["GET", "HEAD", "POST"])
    writes = {rule.endpoint for rule in app.url_map.iter_rules() if (rule.methods or set()) - SAFE}
    hooks = station.hooks
    for endpoint, view in list(app.view_functions.items()):
        if endpoint.startswith(HELPING):
            view = helping(view)
        elif endpoint in writes:
            view = writing(view)
        if endpoint.startswith(LIMITED) or hooks.owner(endpoint):
            view = reading(view)
        app.view_functions[endpoint] = view


def local_address(raw: str | None) -> str:
    """Give an address of this site to go back to; another site's becomes the home page."""
    home = f"{request.script_root}/"
    if not raw or not raw.startswith("/") or raw.startswith("//") or any(char in raw for char in "\\\r\n\t\0"):
        return home
    parts = urlsplit(raw)
    return raw if not parts.scheme and not parts.netloc else home
