"""`make pictures`: take them all anew, with the demo of today, on this machine only.

`python -m tests.pictures fr home` takes those of one language, or of one name.
"""

import sys
import tempfile
from pathlib import Path

from tests.pictures.camera import take
from tests.pictures.shots import SPOKEN


def main(wanted: list[str]) -> None:
    """Take the pictures that are wanted, all where none are named."""
    names = [name for name in wanted if name not in SPOKEN]
    for language in [name for name in wanted if name in SPOKEN] or SPOKEN:
        with tempfile.TemporaryDirectory() as folder:
            for file, size in take(Path(folder), language, names):
                sys.stdout.write(f"{size:6} {file}\n")


main(sys.argv[1:])
