"""What the blocks of the home page read of their calls."""

from app.errors import N_, Invalid
from app.hooks import MacroArguments

MOST = 30


def count_of(arguments: MacroArguments, usual: int) -> int:
    """Read how many lines are wanted; raises Invalid."""
    said = arguments.get("count", str(usual))
    if not said.isascii() or not said.isdecimal() or len(said) > 3 or not 1 <= int(said) <= MOST:
        raise Invalid(N_("“%(name)s” must be a number from 1 to %(most)s."), name="count", most=MOST)
    return int(said)
