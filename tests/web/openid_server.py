"""A small service that signs people in (OpenID Connect) on this machine, as strict as a real one, with faults at will."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "gare", "s3cret:of the/site"
_KEYS = [RSAKey.generate_key(2048, {"kid": name, "use": "sig"}) for name in ("one", "two", "stranger")]


@dataclass
class Provider:
    """What it says of who signs in (`claims`), and how it errs."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "idris-1"})
    wrong: dict[str, Any] = field(default_factory=dict)  # claims of the token that are not as they must be
    metadata: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] | None = None
    key: int = 0
    alg: str = "RS256"
    is_broken: bool = False
    delay: float = 0.0  # seconds until it answers
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def sign_in(self, address: str) -> str:
        """Do what happens when somebody is sent here and signs in; gives the address to which they are sent back."""
        place, given = urlsplit(address), dict(parse_qsl(urlsplit(address).query))
        assert f"{place.scheme}://{place.netloc}{place.path}" == f"{self.issuer}/authorize"
        assert (given["client_id"], given["response_type"], given["code_challenge_method"]) == (CLIENT, "code", "S256")
        assert "openid" in given["scope"].split() and given["nonce"] and given["state"]
        code = secrets.token_urlsafe(12)
        self.codes[code] = given
        return f"{given['redirect_uri']}?{urlencode({'code': code, 'state': given['state']})}"

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/jwks",
            "id_token_signing_alg_values_supported": ["none", "HS256", "RS256"],
            **({"userinfo_endpoint": f"{self.issuer}/userinfo"} if self.userinfo is not None else {}),
            **self.metadata,
        }  # fmt: skip

    def jwks(self) -> dict[str, Any]:
        return {"keys": [key.as_dict(private=False) for key in _KEYS[:2]][: self.key + 1]}

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """Give the tokens for a code, once, to the site that it was made for."""
        given = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        basic = f"Basic {base64.b64encode(f'{CLIENT}:{SECRET}'.encode()).decode()}"
        is_ours = authorization == basic or form.get("client_secret") == SECRET
        if given is None or given["code_challenge"] != _base64(digest) or not is_ours:
            return None
        if form.get("redirect_uri") != given["redirect_uri"]:
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": given["nonce"]}
        return {"access_token": "a", "token_type": "Bearer", "id_token": self.signed(claims | self.claims | self.wrong)}

    def signed(self, claims: dict[str, Any]) -> str:
        head, present = {"alg": self.alg}, {name: value for name, value in claims.items() if value is not None}
        if self.alg in {"none", "HS256"}:  # not signed, or with what everybody knows: the public key
            body = ".".join(_base64(json.dumps(part).encode()) for part in (head, present))
            signature = hmac.digest(_KEYS[0].as_pem(private=False), body.encode(), "sha256")
            return f"{body}.{_base64(signature) if self.alg == 'HS256' else ''}"
        key = _KEYS[self.key]
        return jwt.encode(head | {"kid": "one" if self.key == 2 else str(key.kid)}, present, key)


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        time.sleep(self.provider.delay)
        self.provider.asked.append(path)
        if path == "/authorize":  # whoever comes here is signed in already
            self.send_response(302)
            self.send_header("Location", self.provider.sign_in(f"{self.provider.issuer}{self.path}"))
            self.end_headers()
            return
        answers = {"/.well-known/openid-configuration": self.provider.discovery, "/jwks": self.provider.jwks,
                   "/userinfo": lambda: self.provider.userinfo}  # fmt: skip
        self._answer(answers[path]() if path in answers else None)

    def do_POST(self) -> None:
        self.provider.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer(self.provider.token(dict(parse_qsl(body)), self.headers.get("Authorization", "")))

    def _answer(self, found: dict[str, Any] | None) -> None:
        body = b"<html>" if self.provider.is_broken else json.dumps(found or {"error": "invalid_grant"}).encode()
        self.send_response(200 if found and not self.provider.is_broken else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        with suppress(ConnectionError):  # who asked may have gone
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Be quiet."""


@contextmanager
def running() -> Iterator[Provider]:
    """Run a service."""
    provider = Provider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
