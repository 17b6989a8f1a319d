"""The words of the mails by which people sign in, are invited, and confirm what is theirs."""

from flask_babel import gettext

from app.outbox.mails import Mail
from app.outbox.smtp import is_configured
from app.people.invitations import MAIL_KIND
from app.people.signin import Asked
from app.web.addresses import in_mail, url, with_query
from app.web.kit import station

SIGN_IN = "signin"  # these go first, and nobody else sees their subject
ACCOUNT = "account"


def site_name() -> str:
    """Give the name of the site on one line, as the head of a mail needs it."""
    return " ".join(station().settings.get().title.split())


def may_mail() -> bool:
    """Tell whether mails go out."""
    return is_configured(station().mail_config)


def may_mail_links() -> bool:
    """Tell whether mails go out, and can hold links that lead back here."""
    return may_mail() and in_mail("/") is not None


def signin_mail(asked: Asked) -> Mail:
    """Write the mail for an address that was typed to sign in; one that nobody here has learns that."""
    site = site_name()
    if asked.account is None:
        return _mail(asked.email, gettext("Signing in to %(site)s", site=site), _unknown(site), SIGN_IN)
    subject = gettext("%(code)s is your code for %(site)s", code=asked.code, site=site)
    return _mail(asked.email, subject, _known(asked, asked.account.name), SIGN_IN)


def _known(asked: Asked, name: str) -> list[str]:
    link = in_mail(with_query(url("signin.signin"), token=asked.link))
    by_link = [gettext("To sign in, open this link:"), link] if link else []
    return [
        gettext("Hello %(name)s,", name=name),
        *by_link,
        gettext("Or type this code in the window that asks for it:") if link else gettext("Your code:"),
        asked.code,
        gettext("This works once, within 30 minutes."),
        gettext("You did not ask for this? Then do nothing, and tell nobody the code."),
    ]


def _unknown(site: str) -> list[str]:
    return [
        gettext("Somebody wants to sign in to %(site)s with this address.", site=site),
        gettext("Nobody there has this address. Try another one, or ask for an invitation."),
        gettext("You did not ask for this? Then do nothing."),
    ]


def invitation_mail(email: str, inviter: str, link: str) -> Mail:
    """Write an invitation."""
    site = site_name()
    return _mail(email, gettext("%(name)s invites you to %(site)s", name=inviter, site=site), [
        gettext("%(name)s invites you to take part in %(site)s.", name=inviter, site=site),
        gettext("Open this link and tell us your name:"),
        link,
        gettext("It works once, within 14 days."),
    ], MAIL_KIND)  # fmt: skip


def address_mail(email: str, name: str, link: str) -> Mail:
    """Write the mail by which somebody confirms that an address is theirs."""
    site = site_name()
    return _mail(email, gettext("Is this your address? %(site)s asks", site=site), [
        gettext("%(name)s gave this address in %(site)s.", name=name, site=site),
        gettext("Is it yours? Open this link to confirm it:"),
        link,
        gettext("You did not ask for this? Then do nothing."),
    ])  # fmt: skip


def changed_mail(email: str, what: str) -> Mail:
    """Tell somebody that what they sign in with was changed."""
    site = site_name()
    return _mail(email, gettext("Your access to %(site)s was changed", site=site), [
        what,
        gettext("That was not you? Tell the people who look after the site."),
    ])  # fmt: skip


def _mail(to: str, subject: str, paragraphs: list[str], kind: str = ACCOUNT) -> Mail:
    return Mail(to, subject, "\n\n".join([*paragraphs, site_name()]) + "\n", kind=kind)
