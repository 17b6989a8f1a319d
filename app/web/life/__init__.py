"""The life of records: writing to who stands behind one, what is wrong with one, what becomes of one, joining two."""

from app.web.life import answers, care, contact, merging, messages, reports, states

BLUEPRINTS = (
    contact.blueprint,  # /-/contact/…: write to who stands behind a record
    messages.blueprint,  # /-/message/…: the links in those mails
    states.blueprint,  # /-/record/life/…, /-/record/undo/…
    answers.blueprint,  # /-/record/answer/…: the links in the mails that ask whether a record is right still
    reports.blueprint,  # /-/record/report/…: what is wrong
    merging.blueprint,  # /-/record/merge/…: one of two
    care.blueprint,  # /-/records/care
)
