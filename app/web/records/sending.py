"""What becomes of a record that was sent: it is published, waits for a moderator, or is kept for later."""

from dataclasses import replace

from flask import redirect, request
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from app.catalog.record_rows import RecordQuery, RecordRow
from app.errors import N_, Conflict, Invalid, Refused
from app.forms.form import STATES, Form
from app.people import accounts
from app.proposals import enclosures, proposals
from app.proposals.enclosures import Enclosed
from app.proposals.proposals import DRAFT, Draft
from app.records import duplicates, saving
from app.records.private import NOBODY, Giver
from app.records.saving import RecordDraft
from app.web import beginning
from app.web.addresses import address, url
from app.web.kit import author, door, notice, sign, station, viewer
from app.web.propose import keep_of_member, keep_of_visitor, sender
from app.wiki import frontmatter

NOT_FOR_YOU = N_("This form is not for you to fill in. Ask those who look after it.")
SIGN_IN = N_("Members fill in this form. Sign in first.")
ONE_EACH = N_("Everybody sends one only. Yours is there already: change it.")
UNCHANGED = N_("Nothing has changed yet. Change something, then send it.")


def check_may_submit(form: Form) -> None:
    """Refuse whoever may not send a record of a form."""
    if not door().may_submit(viewer(), form):
        raise Refused(NOT_FOR_YOU if viewer().is_signed_in else SIGN_IN)


def find_own(form: Form) -> RecordRow | None:
    """Find the one record of a member, where a form takes one of each person."""
    if not form.is_one_per_person or not viewer().pseudonym:
        return None
    query = RecordQuery(form.name, creator=viewer().pseudonym or "", states=STATES, limit=1)
    return next(iter(door().records(viewer(), query)[0]), None)


def check_one_each(form: Form) -> None:
    """Refuse a second record of somebody where each person has one; one that waits counts too."""
    if not form.is_one_per_person:
        return
    if find_own(form) is not None:
        raise Conflict(ONE_EACH)
    is_known, email = viewer().is_signed_in, request.form.get("email", "")
    own = {"account_id": current_user.account.id} if is_known else {"email": email}
    with station().truth.connect() as connection:
        sent = proposals.list_own_texts(connection, **own)
    if any(frontmatter.parse(one.draft.text).text("form") == form.name for one in sent):
        raise Conflict(ONE_EACH)


def likes_of(form: Form, draft: RecordDraft) -> list[duplicates.Likeness]:
    """List records that may be the one that is being sent, until somebody has said that they are not."""
    return [] if request.form.get("anyway") else duplicates.find(door(), viewer(), form, draft.values)


def giver() -> Giver:
    """Say whose the private answers are of who is signed in."""
    if not viewer().pseudonym:
        return NOBODY
    with station().truth.connect() as connection:
        account = accounts.find_by_pseudonym(connection, viewer().pseudonym or "")
    return Giver(account.id) if account else NOBODY


def publish(form: Form, draft: RecordDraft) -> Response:
    """Publish a record at once and go to its page; raises EditConflict, GareError."""
    form = form if draft.path else placed(form)
    outcome = saving.save(station(), viewer(), form, draft, author(), station().today(), giver())
    if outcome.is_merged and not outcome.is_new:
        notice("done", gettext("Saved. Somebody else's change was kept too."))
    else:
        notice("done", gettext("It is published.") if outcome.is_new else gettext("Saved."))
    return sign(redirect(address(outcome.path), 303), request.form.get("author", ""))


def proposed(form: Form, draft: RecordDraft, old_text: str = "") -> tuple[Draft, Enclosed]:
    """Make the proposal of a record; raises Invalid where nothing has changed."""
    path = draft.path or path_of_new(form, draft)
    text = saving.text_of(station(), form, draft, old_text)
    if old_text == text and not draft.private and not draft.files:
        raise Invalid(UNCHANGED)
    kept = Draft(path, draft.base or None, title_for(form, draft), text, draft.summary)
    return kept, Enclosed(draft.private, draft.files)


def propose(kept: Draft, enclosed: Enclosed) -> Response:
    """Let a record wait for who looks after the place; raises Mistakes, GareError."""
    if viewer().is_signed_in:
        return keep_of_member(kept, enclosed)
    return keep_of_visitor(kept, sender(kept), enclosed)


def keep_for_later(kept: Draft, enclosed: Enclosed) -> Response:
    """Keep what a member has begun; nobody else sees it."""
    account = current_user.account
    with station().truth.begin() as connection:
        number = proposals.add(connection, kept, account.pseudonym, account_id=account.id, state=DRAFT)
        enclosures.keep(connection, number, enclosed)
    notice("done", gettext("Kept for later. Only you see it."))
    return redirect(url("proposals.mine", secret=number), 303)


def path_of_new(form: Form, draft: RecordDraft) -> str:
    """Give where a new record will stand."""
    return saving.path_of(station(), placed(form), draft.values, station().today())


def placed(form: Form) -> Form:
    """Let new records of a form stand in the folder that a plugin's draft says, if this begins with one."""
    begun = beginning.draft()
    return replace(form, folder=begun.folder) if begun is not None and begun.folder else form


def title_for(form: Form, draft: RecordDraft) -> str:
    """Give what a record will be called."""
    return saving.title_of(station(), form, draft.values)
