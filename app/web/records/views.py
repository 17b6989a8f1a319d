"""The addresses of records: `/-/record/…`."""

from app.web.records import edit, moderated, new, next_dates, own, uploads

BLUEPRINTS = (
    new.blueprint,  # /-/record/new/<form>
    edit.blueprint,  # /-/record/edit/<path>
    own.blueprint,  # /-/record/mine/…: what one has proposed, to be corrected
    moderated.blueprint,  # /-/record/proposal/…: what somebody proposed, changed before it is accepted
    next_dates.blueprint,  # /-/record/dates: what a schedule comes to, while it is typed
    uploads.blueprint,  # /-/record/file/…: files that wait with a form or a proposal
)
