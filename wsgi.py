from app import create_app

application = create_app()  # for a WSGI server of one's own; then run `gare jobs --loop` beside it
