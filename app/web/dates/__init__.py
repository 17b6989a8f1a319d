"""The dates of a series in the browser: one of them, one and all later ones; a record once more as a new one."""

from app.web.dates import duplicate, later, rejoining, single

BLUEPRINTS = (
    single.blueprint,  # /-/date/…: one date, changed, cancelled, left out, brought back
    later.blueprint,  # /-/dates/later/…: one date and all later ones, on a page of their own
    rejoining.blueprint,  # /-/dates/rejoin/…: that taken back
    duplicate.blueprint,  # /-/duplicate/…: the form of a new record with the answers of another
)
