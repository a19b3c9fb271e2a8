from typing import Any

from django.db import models


class FrozenError(Exception):
    """An issued document was about to change: the law wants a new document instead (NUM-04)."""


class Frozen(models.Model):
    """A row written once. Only the columns named in `living_fields` may change afterwards."""

    living_fields: frozenset[str] = frozenset()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert, or update living columns only.

        Raises:
            FrozenError: the row exists and another column would be written.
        """
        if not self._state.adding and not set(kwargs.get("update_fields") or ["*"]) <= self.living_fields:
            raise FrozenError(f"{self} est émis : il ne change plus.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never.

        Raises:
            FrozenError: always.
        """
        raise FrozenError(f"{self} est émis : il ne s’efface pas.")
