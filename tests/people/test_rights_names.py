"""Nobody signs with the name of somebody who has an account."""

import pytest
from sqlalchemy import Connection

from app.errors import Invalid
from app.people import accounts, authors


@pytest.mark.parametrize("typed", ["Nadia Bel", "nadia bel", "Nàdia  Bel!", "NADIA-BEL"])
def test_an_account_s_name_cannot_be_typed_in_any_spelling(truth: Connection, typed: str) -> None:
    accounts.add(truth, "Nadia Bel", is_admin=True)

    with pytest.raises(Invalid, match="Add something"):
        authors.author_for_name(truth, typed)


def test_a_name_with_something_added_signs(truth: Connection) -> None:
    account = accounts.add(truth, "Nadia", is_admin=True)

    assert authors.author_for_name(truth, "Nadia B.") != account.pseudonym


def test_a_name_typed_before_the_account_was_made_is_refused_from_then_on(truth: Connection) -> None:
    authors.author_for_name(truth, "Nadia")
    accounts.add(truth, "Nadia", is_admin=False)

    with pytest.raises(Invalid):
        authors.author_for_name(truth, "Nadia")
