"""Comments below pages: read and written (`talk`), by people without an account (`visitors`), judged (`deeds`)."""

from app.web.comments import deeds, talk, visitors

BLUEPRINTS = (
    talk.blueprint,  # /-/comments/…: those of a page, and /-/comments/ those that wait
    deeds.blueprint,  # /-/comment/<number>: what becomes of one
    visitors.blueprint,  # /-/comment/mine/…: one's own, without an account
)
