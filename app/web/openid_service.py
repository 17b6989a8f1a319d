"""The service that signs people in (OpenID Connect 1.0), as the settings name it; Authlib speaks to it."""

import os
import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from app.config import OPENID_FILE, Config
from app.errors import N_, NotFound, Unavailable
from app.people.identities import MAX_SUBJECT, Vouched

if TYPE_CHECKING:
    from authlib.integrations.flask_client import FlaskOAuth2App

SECONDS = 8.0  # that the service may take for each answer
DAY = 86_400  # seconds: what the service says of itself is asked for again after so long
SILENT = N_("The service that signs you in does not answer. Try again in a minute.")
# Signed with a key of which only the service has the secret half. Left to the service, Authlib would take “none”, too.
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
_METADATA = "/.well-known/openid-configuration"  # OpenID Connect Discovery 1.0, section 4


def label_of(config: Config) -> str:
    """Name the service for people; empty where there is none."""
    return config.openid_label or urlsplit(config.openid_issuer).hostname or "" if config.openid_issuer else ""


def service_of(config: Config) -> "FlaskOAuth2App":
    """Give the service, which has said what it can; raises NotFound where there is none, Unavailable."""
    if not config.openid_issuer:
        raise NotFound(N_("No other service signs people in here."))
    service = _service(config.openid_issuer, config.openid_client_id, _secret(config), int(time.time() // DAY))
    if "_loaded_at" not in service.server_metadata:
        _learn(service, config.openid_issuer)
    return service


@lru_cache(maxsize=4)
def _service(issuer: str, client_id: str, secret: str, _day: int) -> "FlaskOAuth2App":
    # Slow to import, and most sites name no service.
    from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App

    return FlaskOAuth2App(
        FlaskIntegration("gare"), name="gare", client_id=client_id, client_secret=secret or None,
        server_metadata_url=issuer.rstrip("/") + _METADATA,
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "default_timeout": SECONDS},
    )  # fmt: skip


def _secret(config: Config) -> str:
    """Read the secret that the service gave this site, from the environment or its file; empty where there is none."""
    given = os.environ.get("GARE_OPENID_SECRET")
    if given is not None:
        return given
    try:
        return (config.instance / OPENID_FILE).read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return ""


def _learn(service: "FlaskOAuth2App", issuer: str) -> None:
    """Ask the service what it can, and keep it to what is safe; raises Unavailable."""
    from requests import RequestException

    try:
        known = service.load_server_metadata()
        signs = set(known.get("id_token_signing_alg_values_supported") or ["RS256"])
        ways = known.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        is_it = str(known["issuer"]).rstrip("/") == issuer.rstrip("/") and bool(known["authorization_endpoint"])
    except (RequestException, ValueError, TypeError, KeyError) as error:
        service.server_metadata.clear()
        raise Unavailable(SILENT) from error
    if not is_it:
        service.server_metadata.clear()
        raise Unavailable(N_("The service that signs you in is not the one of the settings."))
    known["id_token_signing_alg_values_supported"] = sorted(signs & ALGORITHMS)
    if service.client_secret and "client_secret_basic" not in ways and "client_secret_post" in ways:
        known["token_endpoint_auth_method"] = "client_secret_post"  # noqa: S105 - the name of a way


def vouched_by(service: "FlaskOAuth2App") -> Vouched:
    """Read whom the service vouches for, in the request by which it sends somebody back.

    Raises what Authlib, joserfc and requests raise where anything is not as it must be.
    """
    issuer = service.server_metadata["issuer"]
    expected = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": service.client_id}}
    token = service.authorize_access_token(claims_options=expected)
    claims: dict[str, Any] = dict(token["userinfo"])
    if "email" not in claims and service.server_metadata.get("userinfo_endpoint"):
        more = dict(service.userinfo(token=token))
        claims = {**more, **claims} if more.get("sub") == claims["sub"] else claims
    subject = str(claims["sub"])
    if not subject or not subject.isprintable() or len(subject) > MAX_SUBJECT:
        raise ValueError("a subject that cannot be kept")
    name = claims.get("name") or claims.get("preferred_username") or ""
    email = claims.get("email") if claims.get("email_verified") in (True, "true") else ""
    return Vouched(str(issuer), subject, str(name), str(email or ""))
