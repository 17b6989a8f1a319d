"""The API answers as its own document says, also to what a machine invents."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app.people import accounts, tokens
from app.station import Station
from tests.web.hands import Browser

EXAMPLES = 15
# Which names a page can have, and that it has not changed meanwhile, a schema cannot say.
TOO_STRICT = [positive_data_acceptance]
OPERATIONS = (
    "GET /-/api/v1/pages", "GET /-/api/v1/pages/{path}", "PUT /-/api/v1/pages/{path}", "DELETE /-/api/v1/pages/{path}",
    "GET /-/api/v1/history/{path}", "GET /-/api/v1/changes", "GET /-/api/v1/search",
    "GET /-/api/v1/threads", "GET /-/api/v1/threads/{name}/{code}", "GET /-/api/v1/events", "GET /-/api/v1/forms", "GET /-/api/v1/forms/{form}/schema",
    "GET /-/api/v1/records/{form}", "POST /-/api/v1/records/{form}", "GET /-/api/v1/records/{form}/{record_id}",
    "PATCH /-/api/v1/records/{form}/{record_id}",
)  # fmt: skip


@pytest.fixture
def operations(shared_app: Flask, passer_by: Browser) -> dict[str, Any]:
    """Give the operations of the document, by method and address."""
    for path in ("a", "jardins/b"):
        passer_by.write(path, f"---\ntags: [eau]\n---\nmots de {path} [[b]]\n")
    document = schemathesis.openapi.from_wsgi("/-/api/v1/openapi.json", shared_app)
    return {operation.label: operation for operation in _operations(document)}


def _operations(document: Any) -> Iterator[Any]:
    for result in document.get_all_operations():
        yield result.ok()


@pytest.fixture
def key(shared_app: Flask) -> str:
    station: Station = shared_app.extensions["gare"]
    with station.truth.begin() as connection:
        account = accounts.add(connection, "Nadia", is_admin=True)
        return f"Bearer {tokens.make(connection, account.id, 'x', may_write=True)}"


def test_the_document_has_the_operations_that_are_tried_here(operations: dict[str, Any]) -> None:
    assert sorted(operations) == sorted(OPERATIONS)


def bounded(test: Callable[[Case], None], strategy: Any) -> None:
    """Try a test on some invented requests."""
    limits = settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    limits(given(case=strategy)(test))()


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_as_described(operations: dict[str, Any], name: str) -> None:
    def ask(case: Case) -> None:
        case.call_and_validate(excluded_checks=TOO_STRICT)

    bounded(ask, operations[name].as_strategy())


@pytest.mark.parametrize("name", [name for name in OPERATIONS if not name.startswith("GET")])
def test_every_answer_to_a_writer_is_as_described(operations: dict[str, Any], key: str, name: str) -> None:
    def ask(case: Case) -> None:
        case.call_and_validate(headers={"Authorization": key, "If-None-Match": "*"}, excluded_checks=TOO_STRICT)

    bounded(ask, operations[name].as_strategy())
