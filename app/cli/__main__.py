"""`python -m app.cli` is the command `gare`, for processes that must not depend on where it is installed."""

from app.cli import main

main()
