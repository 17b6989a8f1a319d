"""What is typed as a name or an address is measured before any work is done on it."""

import pytest

from app.errors import Invalid
from app.outbox.mails import clean_address
from app.people.addresses import clean_email, email_key
from app.people.authors import clean_name

PILE = "\u0301\u0323" * 50_000


@pytest.mark.parametrize(
    "typed", [PILE, "a" + PILE + "@x.fr", "a" * 321 + "@x.fr", "a@" + "é." * 500, "é" + "\u0301" * 40]
)
def test_an_address_without_end_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        clean_email(typed)


def test_a_domain_without_end_is_not_encoded() -> None:
    with pytest.raises(Invalid):
        clean_address("a@" + "é" * 400 + ".fr")


def test_the_key_of_an_address_has_an_end() -> None:
    assert len(email_key("a" * 10_000)) == 320


@pytest.mark.parametrize("typed", ["a" + PILE, "a" + "\u0301" * 40, "a" * 201, " " * 10_000 + "a"])
def test_a_name_without_end_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        clean_name(typed)
