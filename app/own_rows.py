"""What the database knows of a member, one kind of thing after the other: what a copy of one's own data holds.

Secrets are left out, and what names other people. A test looks whether every table that refers to people has its part.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, false, or_, select

from app.answers.tables import answers
from app.catalog.rows import moment
from app.comments.tables import comments
from app.errors import N_
from app.follow.tables import rhythms, subscriptions
from app.people.accounts import Account
from app.people.addresses import email_key
from app.people.group_tables import groups, memberships
from app.people.tables import accounts, acts, authors, identities, invitations, sessions, tokens
from app.people.visitor_tables import visitors
from app.proposals.record_tables import proposal_private
from app.proposals.tables import proposal_notes, proposals
from app.records.life_tables import messages, reports
from app.records.tables import private_fields

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing: its name in the file for programs, its title for people, and how it is asked for."""

    key: str
    title: str
    query: Callable[[Account], Select[Any]]


def _columns(table: Any, names: str) -> Select[Any]:
    return select(*(table.c[name] for name in names.split()))


def _account(account: Account) -> Select[Any]:
    own = _columns(accounts, "pseudonym email is_admin created_at seen_at").add_columns(authors.c.name)
    return own.join(authors, authors.c.pseudonym == accounts.c.pseudonym).where(accounts.c.id == account.id)


def _groups(account: Account) -> Select[Any]:
    query = select(groups.c.title, memberships.c.state, memberships.c.is_referent, memberships.c.since)
    return query.join(groups, groups.c.id == memberships.c.group_id).where(memberships.c.account_id == account.id)


def _visits(account: Account) -> Select[Any]:
    """Choose what was contributed with the address of the account, without signing in."""
    return select(visitors.c.id).where(visitors.c.email_key == email_key(account.email) if account.email else false())


def _visitors(account: Account) -> Select[Any]:
    return _columns(visitors, "email created_at confirmed_at").where(visitors.c.id.in_(_visits(account)))


def _own_proposals(account: Account) -> Any:
    return or_(proposals.c.account_id == account.id, proposals.c.visitor_id.in_(_visits(account)))


def _proposals(account: Account) -> Select[Any]:
    names = "path base title text summary state created_at changed_at"
    return _columns(proposals, names).where(_own_proposals(account)).order_by(proposals.c.id)


def _notes(account: Account) -> Select[Any]:
    own = select(proposals.c.id).where(_own_proposals(account))
    said = select(proposal_notes.c.at, proposal_notes.c.kind, proposal_notes.c.text)
    return said.where(proposal_notes.c.proposal_id.in_(own)).order_by(proposal_notes.c.id)


def _enclosed(account: Account) -> Select[Any]:
    own = select(proposals.c.id).where(_own_proposals(account))
    return _columns(proposal_private, "field value").where(proposal_private.c.proposal_id.in_(own))


def _private(account: Account) -> Select[Any]:
    own = or_(private_fields.c.account_id == account.id, private_fields.c.visitor_id.in_(_visits(account)))
    return _columns(private_fields, "page_id field value changed_at").where(own).order_by(private_fields.c.page_id)


def _comments(account: Account) -> Select[Any]:
    own = or_(comments.c.pseudonym == account.pseudonym, comments.c.visitor_id.in_(_visits(account)))
    return _columns(comments, "page_id text state is_answered created_at shown_at").where(own).order_by(comments.c.id)


def _reports(account: Account) -> Select[Any]:
    own = or_(reports.c.pseudonym == account.pseudonym, reports.c.visitor_id.in_(_visits(account)))
    return _columns(reports, "page_id reason text state created_at").where(own).order_by(reports.c.id)


def _messages(account: Account) -> Select[Any]:
    own = or_(messages.c.account_id == account.id, messages.c.visitor_id.in_(_visits(account)))
    return _columns(messages, "page_id text state created_at").where(own).order_by(messages.c.id)


def _answers(account: Account) -> Select[Any]:
    own = or_(answers.c.account_id == account.id, answers.c.visitor_id.in_(_visits(account)))
    names = "page_id date key value people role details comment state attended asked_at changed_at"
    return _columns(answers, names).where(own).order_by(answers.c.id)


def _of_account(table: Any, names: str) -> Callable[[Account], Select[Any]]:
    return lambda account: _columns(table, names).where(table.c.account_id == account.id)


def _acts(account: Account) -> Select[Any]:
    return _columns(acts, "at what").where(acts.c.pseudonym == account.pseudonym).order_by(acts.c.id)


def _invitations(account: Account) -> Select[Any]:
    return _columns(invitations, "created_at expires_at ceiling used").where(invitations.c.made_by == account.id)


PARTS = (
    Part("account", N_("Account"), _account),
    Part("identities", N_("Services that sign you in"), _of_account(identities, "issuer subject created_at")),
    Part("groups", N_("Groups"), _groups),
    Part("devices", N_("Where you are signed in"), _of_account(sessions, "device is_shared created_at seen_at")),
    Part("keys", N_("Access keys"), _of_account(tokens, "name scope may_write created_at used_at")),
    Part("invitations", N_("Invitations"), _invitations),
    Part("visits", N_("Sent without signing in"), _visitors),
    Part("follows", N_("What you follow"), _of_account(subscriptions, "what name since")),
    Part("rhythm", N_("Mails about what you follow"), _of_account(rhythms, "rhythm last_sent")),
    Part("proposals", N_("Proposals"), _proposals),
    Part("proposal_notes", N_("What was said about them"), _notes),
    Part("private_answers", N_("Answers that few people read"), _private),
    Part("proposed_answers", N_("Such answers that wait"), _enclosed),
    Part("comments", N_("Comments"), _comments),
    Part("reports", N_("Errors in records that you reported"), _reports),
    Part("messages", N_("Messages through records"), _messages),
    Part("answers", N_("What you said about events"), _answers),
    Part("acts", N_("What you did as an administrator"), _acts),
)


def read_rows(connection: Connection, account: Account, part: Part) -> Rows:
    """Read one part, moments as aware datetimes."""
    query = part.query(account)
    times = {column.key for column in query.selected_columns if isinstance(column.type, BigInteger)}
    return [
        {key: moment(value) if key in times and value is not None else value for key, value in row._mapping.items()}
        for row in connection.execute(query)
    ]
