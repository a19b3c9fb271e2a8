"""Sessions in the database, found by keys that are ours only."""

import re
from typing import Any

from django.contrib.sessions.backends import db

KEY = re.compile(r"[0-9a-z]{8,40}")


class SessionStore(db.SessionStore):
    """A cookie may hold anything, even a NUL that PostgreSQL refuses with an error: such a key is nobody's."""

    def _validate_session_key(self, key: Any) -> bool:
        return isinstance(key, str) and KEY.fullmatch(key) is not None
