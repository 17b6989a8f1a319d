"""For a WSGI server of one's own; `gare jobs --loop` then runs beside it."""

from app import create_app

application = create_app()
