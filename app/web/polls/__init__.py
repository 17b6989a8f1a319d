"""Polls on the pages of records: answering by web, by a link of a mail, for others; seeing, printing, closing."""

from app.web.polls import asking, behalf, by_mail, closing, export, reopening, sheet, visitors, voting

BLUEPRINTS = (
    visitors.blueprint,  # /-/poll/mine/…: one's own, without an account
    by_mail.blueprint,  # /-/poll/mail/…: a member's, from a mail
    behalf.blueprint,  # /-/poll/behalf/…, /-/poll/remove/…: written down for others
    asking.blueprint,  # /-/poll/ask/…: ask the members by mail
    sheet.blueprint,  # /-/poll/sheet/…: to be printed
    closing.blueprint,  # /-/poll/close/…, /-/poll/stage/…
    reopening.blueprint,  # /-/poll/open/…: after it was closed by mistake
    export.blueprint,  # /-/poll/list/…: a table
    voting.blueprint,  # /-/polls/…: what is asked, and what was answered
)
