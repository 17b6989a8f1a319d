"""What people say about events: that they come, for a role, with others; their mails and papers."""

from app.web.answers import attendance, behalf, coming, export, own, quick, sheet, stops, visitors

BLUEPRINTS = (
    visitors.blueprint,  # /-/answer/mine/…: one's own, without an account
    behalf.blueprint,  # /-/answer/behalf/…, /-/answer/remove/…: written down for others
    own.blueprint,  # /-/me/answers: what a member said
    stops.blueprint,  # /-/answer/stop/…: no more mails about an event
    sheet.blueprint,  # /-/answer/sheet/…: to be printed
    quick.blueprint,  # /-/answer/quick/…: that sheet, typed afterwards
    attendance.blueprint,  # /-/answer/attendance/…: who was there
    export.blueprint,  # /-/answer/list/…: a table
    coming.blueprint,  # /-/answers/…: who comes
)
