"""What a member has answered to polls that he may still read."""

from types import SimpleNamespace

from app.answers import votes
from app.people.accounts import Account
from app.web.kit import door, station, viewer
from app.web.polls import shown
from app.web.polls.things import thing_of

MOST = 100


def own_votes(account: Account) -> list[SimpleNamespace]:
    """List one's answers, the newest first."""
    with station().truth.connect() as connection:
        found = votes.list_of_account(connection, account.id)[:MOST]
    records = door().records_by_id(viewer(), {one.page_id for one in found})
    things = {
        page_id: thing
        for page_id, row in records.items()
        if (thing := thing_of(door().find_form(viewer(), row.form), row))
    }
    return [
        SimpleNamespace(title=thing.record.title, address=thing.address, said=shown.said_words(thing.poll, one.said))
        for one in found
        if (thing := things.get(one.page_id)) and one.key == votes.key_of(thing.poll)
    ]
