"""Answers that hold until something changes: one ETag for all of them; all readers of equal rights share them."""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import wraps
from typing import ParamSpec, cast

from flask import Flask, current_app, make_response, request, session
from werkzeug.wrappers import Response

from app import __version__
from app.catalog.catalog import CatalogDamaged
from app.config import Config
from app.web.answers.mark import mark as answers_mark
from app.web.board.known import known
from app.web.comments.counts import counts
from app.web.display import chosen_display
from app.web.kit import cached, etag_of, generation, is_fallback, not_modified, station, uncached, viewer
from app.web.language import spoken
from app.web.personal import put_in, stand_in, standing_in
from app.web.templates import day_of
from app.web.theme import Theme

P = ParamSpec("P")


class Kept:
    """The bodies of answers by ETag, in gzip, of one generation of the catalog; the last used, up to `most` bytes.

    Each process has its own: an ETag names all that an answer depends on, so no process needs to tell another.
    """

    def __init__(self, most: int) -> None:
        self._most, self._size, self._generation = most, 0, ""
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, etag: str) -> bytes | None:
        """Find a body."""
        packed = self.find_packed(etag)
        return None if packed is None else gzip.decompress(packed)

    def find_packed(self, etag: str) -> bytes | None:
        """Find a body as it is kept, in gzip."""
        with self._lock:
            packed = self._bodies.get(etag)
            if packed is not None:
                self._bodies.move_to_end(etag)
        return packed

    def keep(self, generation: str, etag: str, body: bytes) -> bytes:
        """Keep a body, and give it in gzip; those of another generation are of no use any more."""
        packed = gzip.compress(body, 1, mtime=0)  # a fifth of the size for a tenth of what rendering takes
        if len(packed) > self._most:
            return packed
        with self._lock:
            if generation != self._generation:
                self._bodies.clear()
                self._size, self._generation = 0, generation
            self._size += len(packed) - len(self._bodies.pop(etag, b""))
            self._bodies[etag] = packed
            while self._size > self._most:
                self._size -= len(self._bodies.popitem(last=False)[1])
        return packed


def connect(app: Flask, config: Config, theme: Theme) -> None:
    """Give the application its memory of answers, and the part of their ETags that stands as long as it runs."""
    app.extensions["gare.kept"] = Kept(config.page_memory)
    app.extensions["gare.made"] = etag_of(__version__, replace(config, secret_key=""), theme.digest())


def until_change(view: Callable[P, Response]) -> Callable[P, Response]:
    """Answer 304, or from memory, as long as neither the wiki, its settings, the reader nor the day has changed.

    For views whose answers depend on nothing else. An answer that is not a plain page, that holds a notice or was read
    from git while the catalog is rebuilt goes out as it is.
    """
    return until_change_of(lambda: "")(view)


def until_change_of(mark: Callable[[], str]) -> Callable[[Callable[P, Response]], Callable[P, Response]]:
    """Answer as `until_change` does, as long as `mark` gives the same, too: for what stands in no page."""

    def keep(view: Callable[P, Response]) -> Callable[P, Response]:
        @wraps(view)
        def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
            if _has_notices():
                return uncached(view(*args, **kwargs))
            try:
                parts = (*_parts(), mark())
            except CatalogDamaged:
                return view(*args, **kwargs)
            # The reader's own: forms of another session, the name of somebody else are of no use.
            etag = etag_of(*parts, viewer(), session.get("csrf_token", "") if viewer().is_signed_in else "")
            shared = etag_of(*parts, stand_in(viewer()), "")
            return not_modified(etag) or _kept(shared, etag) or _made(shared, etag, lambda: view(*args, **kwargs))

        return answer

    return keep


def _parts() -> tuple[object, ...]:
    """Name everything that an answer depends on, but for its reader; the day, because blocks may speak of today."""
    return (
        current_app.extensions["gare.made"], request.script_root, request.path, request.query_string, generation(),
        station().stamp.read(), station().settings.get(), spoken(), chosen_display(),
        day_of(datetime.now(UTC)), counts().mark, answers_mark(), known(),
    )  # fmt: skip


def _has_notices() -> bool:
    """Tell whether a sentence is waiting to be shown: then the answer is for one reader, once."""
    return "session" in request.cookies and bool(session.get("_flashes"))


def _kept(shared: str, etag: str) -> Response | None:
    body = _memory().find(shared)
    return cached(put_in(make_response(body)), etag) if body is not None else None


def _made(shared: str, etag: str, view: Callable[[], Response]) -> Response:
    with standing_in():
        response = view()
    if response.status_code != 200 or "Cache-Control" in response.headers:
        return put_in(response)
    if is_fallback():
        return uncached(put_in(response))
    # Anybody can think of queries: those of pages, which are not limited, must not push out what people read.
    if not (request.args and request.endpoint == "pages.show"):
        _memory().keep(generation(), shared, response.get_data())
    return cached(put_in(response), etag)


def packed(etag: str, mimetype: str, write: Callable[[], bytes]) -> Response:
    """Answer 304, or from memory, or with the file that `write` gives: in gzip, as it is kept, for who reads that.

    `etag` names all that the file depends on, its reader included.
    """
    return not_modified(etag) or cached(_unpacked(mimetype, _packed(f"{etag}.gz", write)), etag)


def _packed(key: str, write: Callable[[], bytes]) -> bytes:
    return _memory().find_packed(key) or _memory().keep(generation(), key, write())


def _unpacked(mimetype: str, body: bytes) -> Response:
    is_read = "gzip" in request.accept_encodings
    response = Response(body if is_read else gzip.decompress(body), content_type=mimetype)
    response.headers["Vary"] = "Accept-Encoding"
    if is_read:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _memory() -> Kept:
    return cast(Kept, current_app.extensions["gare.kept"])
