"""What every window of the tests must not do: ask another host, break the security policy, fail in a script (U4)."""

from typing import Any


class Watch:
    """Notes what goes wrong in a window."""

    def __init__(self, window: Any, address: str) -> None:
        self._address = address
        self.faults: list[str] = []
        window.on("request", self._note_request)
        window.on("response", self._note_response)
        window.on("console", self._note_message)
        window.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))

    def take_faults(self) -> list[str]:
        """Give what went wrong since the last time."""
        faults, self.faults = self.faults, []
        return faults

    def _note_request(self, request: Any) -> None:
        if not request.url.startswith((f"{self._address}/", "data:", "blob:")):
            self.faults.append(f"another host: {request.url}")

    def _note_response(self, response: Any) -> None:
        """A page may be refused; what belongs to a page must be there."""
        if response.status >= 400 and response.request.resource_type != "document":
            self.faults.append(f"{response.status}: {response.url}")

    def _note_message(self, message: Any) -> None:
        if message.type == "error" and "status of" not in message.text:
            self.faults.append(f"console: {message.text}")
