"""What is looked at: two days and, maybe, one offer, one source, one kind of public."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hosters.models import Hoster


@dataclass(frozen=True)
class Look:
    """Both days are included. `offer` is a slug, `source` a code of a link, `segment` a kind of public; "" is all."""

    hoster: Hoster
    since: date
    until: date
    offer: str = ""
    source: str = ""
    segment: str = ""

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    def before(self) -> "Look":
        """The same look at as many days, just before: what a period is compared with (004-014)."""
        last = self.since - timedelta(days=1)
        return replace(self, since=last - timedelta(days=self.days - 1), until=last)
