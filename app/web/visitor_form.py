"""What a form asks of people without an account: name, address, a local question; and what keeps programs away.

In a view: `typed = check()` says who sends, or None of a program, which is thanked like everybody. The template shows
`visitors/_fields.html` with what `fields` gives.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace

from flask import request
from flask_babel import gettext
from itsdangerous import BadSignature, TimestampSigner
from sqlalchemy import Connection

from app.errors import N_, GareError, Invalid, TooMany
from app.people import accounts, throttle, visitors
from app.people.addresses import clean_email, email_key
from app.people.authors import clean_name
from app.people.throttle import DAY, Rule
from app.web.kit import UNFIT, say, station, typed_name
from app.web.protection import asker
from app.web.signin_mails import may_mail_links
from app.wiki.page import fold

_ARTICLE = re.compile(r"^(?:(?:de-)?(?:le|la|les|l|un|une|des|du|de|d|the|an|a)-)")
LEAST_SECONDS = 3  # between the form and its answer; a person who reads and types takes longer
SENT_FROM = Rule("visitor-from", 30)  # of one address of the network: a whole village hall may share it
SENT_AS = Rule("visitor-as", 10)
MAILS_TO_STRANGER = Rule("visitor-mail", 3, DAY)
MAILS_TO_KNOWN = Rule("visitor-mail-known", 20, DAY)
TRAP = "website"  # a field that no person sees
_ENOUGH_MAILS = N_("Enough mails went to this address today. Try again tomorrow.")


@dataclass(frozen=True, slots=True)
class Typed:
    """Who sends a form, as typed and checked; the address is not confirmed yet."""

    name: str
    email: str


class Mistakes(Invalid):
    """What is to be put right before a form is taken: translated sentences by the name of the field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(N_("Something needs your attention"))
        self.errors = errors


def can_confirm() -> bool:
    """Tell whether a mail can ask to confirm an address; else what is sent waits as not confirmed."""
    return may_mail_links()


def fields() -> SimpleNamespace:
    """Give what the fields show: what was typed, the question of this place, the moment when the form was opened."""
    typed = {name: request.form.get(name, "") for name in ("email", "answer", "began")}
    began = typed["began"] if _age(typed["began"]) is not None else _signer().sign("form").decode()
    settings = station().settings.get()
    return SimpleNamespace(name=typed_name(), email=typed["email"], answer=typed["answer"], began=began,
                           question=settings.question if settings.answer else "", trap=TRAP,
                           is_answered_by_mail=can_confirm())  # fmt: skip


def check() -> Typed | None:
    """Give who sends; None where a program filled in what no person sees. Raises Mistakes, with all that is wrong."""
    if request.form.get(TRAP):
        return None
    errors: dict[str, str] = {}
    typed = Typed(
        _checked("author", clean_name, errors), _checked("email", clean_email, errors)
    )  # fmt: skip
    if not _is_answered():
        errors["answer"] = gettext("This is not the answer. Ask somebody who lives here.")
    if not errors and (_age(request.form.get("began", "")) or 0) < LEAST_SECONDS:
        errors["author"] = gettext("That was very quick. Press the button once more.")
    if not errors:
        with station().truth.connect() as connection:
            if accounts.is_named(connection, typed.name):
                errors["author"] = gettext("Somebody signs in with this name. Add something to it, or sign in.")
    if errors:
        raise Mistakes(errors)
    _spend(typed)
    return typed


def _checked(name: str, clean: Callable[[str], str], errors: dict[str, str]) -> str:
    try:
        return clean(UNFIT.sub("", request.form.get(name, "")))
    except GareError as error:
        errors[name] = say(error)
        return ""


def _is_answered() -> bool:
    settings = station().settings.get()
    typed, right = (_bare(answer) for answer in (request.form.get("answer", ""), settings.answer))
    return not (settings.question and settings.answer) or typed == right


def _bare(answer: str) -> str:
    """Give an answer as it is compared: without the article before it, which some type and others do not."""
    folded = fold(answer)
    return _ARTICLE.sub("", folded) or folded


def _spend(typed: Typed) -> None:
    """Count what is sent, by network and by address, and the mail that will ask to confirm."""
    key = email_key(typed.email)
    try:
        with station().truth.begin() as connection:
            throttle.spend(connection, SENT_FROM, asker())
            throttle.spend(connection, SENT_AS, key)
            if can_confirm():
                throttle.spend(connection, _mail_rule(connection, typed.email), key, _ENOUGH_MAILS)
    except TooMany as error:
        raise Mistakes({"email": say(error)}) from error


def _mail_rule(connection: Connection, email: str) -> Rule:
    return MAILS_TO_KNOWN if visitors.has_confirmed(connection, email) else MAILS_TO_STRANGER


def _signer() -> TimestampSigner:
    return TimestampSigner(station().config.secret_key, salt="form of a visitor")


def _age(signed: str) -> float | None:
    """Give the seconds since a form was opened; None where nobody here has opened it."""
    try:
        _, at = _signer().unsign(signed, return_timestamp=True)
    except (BadSignature, ValueError):
        return None
    return time.time() - at.timestamp()
