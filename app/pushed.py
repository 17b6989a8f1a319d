"""git's `pre-receive` hook: refuses what the rules of wiki and forms refuse, in the site's language, then in English.

Run as a program by the hook that `app/wiki/git_setup.py` writes; most of it is imported for a refusal only.
"""

import gettext
import os
import sys
from pathlib import Path

from app.errors import GareError
from app.forms.push_rules import check_forms
from app.wiki import push_rules

CATALOGUES = Path(__file__).parent / "translations"


def say(error: GareError) -> str:
    """Say a refusal so that the pusher understands it and anybody can help."""
    language = _language(Path(os.environ.get("GIT_DIR", ".")).resolve().parent)
    said = gettext.translation("messages", CATALOGUES, [language], fallback=True).gettext(error.msgid)
    return "\n\n".join(dict.fromkeys([said % error.values if error.values else said, str(error)]))


def _language(instance: Path) -> str:
    """Read the language of the site; where it cannot be read, English must do: a refusal is said in any case."""
    from sqlalchemy.exc import SQLAlchemyError

    from app import config
    from app.database import settings
    from app.database.engine import make_engine

    if not (instance / config.FILE).is_file():
        return "en"
    try:
        with make_engine(config.load(instance).truth_url).connect() as connection:
            return settings.load(connection).language
    except (GareError, SQLAlchemyError, OSError):
        return "en"


if __name__ == "__main__":
    sys.exit(push_rules.main(say, [*push_rules.RULES, check_forms]))
