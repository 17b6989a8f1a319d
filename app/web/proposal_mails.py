"""The words of the mails to those who propose something, and who of them can be written to."""

from flask_babel import force_locale, gettext
from sqlalchemy import Connection

from app.outbox.mails import Mail, queue
from app.people import accounts, visitors
from app.people.visitors import Visitor
from app.proposals.proposals import Proposal
from app.web.addresses import absolute, address, in_mail, url
from app.web.kit import station
from app.web.signin_mails import may_mail, site_name

KIND = "proposal"


def confirmation_mail(visitor: Visitor, link: str) -> Mail:
    """Write the mail by which a visitor confirms an address, and so sends a proposal.

    It says nothing that was typed: whoever typed it may write to a stranger.
    """
    site = site_name()
    return _mail(visitor.email, gettext("Confirm your proposal for %(site)s", site=site), [
        gettext("Hello,"),
        gettext("A proposal for %(site)s was sent with this address. Is it yours?", site=site),
        gettext("Open this link and press the button. Then somebody looks at it:"),
        link,
        gettext("The link works for 7 days. Keep it: it shows what becomes of your proposal."),
        gettext("You did not propose anything? Then do nothing."),
    ])  # fmt: skip


def tell(connection: Connection, proposal: Proposal, deed: str, words: str, path: str) -> None:
    """Queue a mail to who proposed, in the site's language; nothing where no mail goes out or the address is unsure.

    `deed` is what a moderator did (see `proposals.DEEDS`), `path` where the page stands.
    """
    found = _recipient(connection, proposal)
    if found is None or not may_mail():
        return
    email, name, link = found
    with force_locale(station().settings.get().language):
        subject, sentence = _said(deed, proposal.draft.title)
        page = in_mail(address(path)) if deed == "accepted" else None
        queue(connection, _mail(email, subject, [
            gettext("Hello %(name)s,", name=name), sentence, *([words] if words else []), *([page] if page else []),
            *([gettext("Your proposal and all that was said about it:"), link] if link else []),
        ]))  # fmt: skip


def _said(deed: str, title: str) -> tuple[str, str]:
    if deed == "asked":
        return (
            gettext("A question about your proposal for “%(title)s”", title=title),
            gettext("Somebody who looks after the page asks you:"),
        )
    if deed == "accepted":
        return (
            gettext("Your proposal for “%(title)s” is accepted", title=title),
            gettext("Thank you! Your proposal is on the page now."),
        )
    return (
        gettext("Your proposal for “%(title)s” was not taken over", title=title),
        gettext("Somebody who looks after the page gives this reason:"),
    )


def _recipient(connection: Connection, proposal: Proposal) -> tuple[str, str, str | None] | None:
    """Give the address, the name and the private link of who proposed; None where nobody can be written to."""
    if proposal.account_id is not None:
        account = accounts.find(connection, proposal.account_id)
        if account is None or account.email is None or account.is_blocked:
            return None
        return account.email, account.name, in_mail(url("proposals.mine", secret=str(proposal.id)))
    visitor = visitors.find_by_id(connection, proposal.visitor_id or 0)
    if visitor is None or not visitor.is_confirmed or not visitor.email:
        return None
    secret = visitors.make_link(connection, visitor.id)
    return visitor.email, visitor.name, in_mail(url("proposals.mine", secret=secret))


def own_link(secret: str) -> str:
    """Give the private link of a proposal, to be copied."""
    return absolute(url("proposals.mine", secret=secret))


def _mail(to: str, subject: str, paragraphs: list[str]) -> Mail:
    return Mail(to, subject, "\n\n".join([*paragraphs, site_name()]) + "\n", kind=KIND)
