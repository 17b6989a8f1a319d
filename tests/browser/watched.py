"""What every window of the tests must not do: ask another host, break the security policy, fail in a script (U4)."""

from typing import Any


class Watch:
    """Notes what goes wrong in a window, and what it asks for."""

    def __init__(self, window: Any, address: str) -> None:
        self._address = address
        self.faults: list[str] = []
        self.requests: list[Any] = []
        window.on("request", self._note_request)
        window.on("console", self._note_message)
        window.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))

    def _note_request(self, request: Any) -> None:
        self.requests.append(request)
        if not request.url.startswith((f"{self._address}/", "data:", "blob:")):
            self.faults.append(f"another host: {request.url}")

    def _note_message(self, message: Any) -> None:
        if message.type == "error" and "status of" not in message.text:
            self.faults.append(f"console: {message.text}")
