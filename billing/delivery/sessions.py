"""The plan of sessions of a line made to measure, as staff type it: one a line, with its day when it is known."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

MOST = 24
LONGEST = 160
DATED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\s*[:,–-]?\s*(.*)")


class SessionsUnreadable(ValueError):
    """The plan cannot be read; the message says which line and why, in French."""


@dataclass(frozen=True)
class Session:
    """`on` None: its day is still to be chosen."""

    on: date | None
    what: str


def read_sessions(text: str) -> list[Session]:
    """The sessions of a plan, in order (000-008).

    Raises:
        SessionsUnreadable: too many, too long, or a day that does not exist.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise SessionsUnreadable(_("%(most)s séances au plus.") % {"most": MOST})
    return [_read(line) for line in lines]


def _read(line: str) -> Session:
    if len(line) > LONGEST:
        told = {"line": line[:40], "most": LONGEST}
        raise SessionsUnreadable(_("« %(line)s… » : %(most)s caractères au plus par séance.") % told)
    found = DATED.fullmatch(line)
    if found is None:
        return Session(None, line)
    day, month, year, what = found.groups()
    try:
        return Session(date(int(year), int(month), int(day)), what or _("Séance"))
    except ValueError:
        raise SessionsUnreadable(_("« %(line)s » : ce jour n’existe pas.") % {"line": line}) from None
