"""Rows written once, for the models of this app; the rule itself stands in `hosters.models.frozen`."""

from hosters.models.frozen import Frozen, FrozenError

__all__ = ["Frozen", "FrozenError"]
