"""Where organisations come from and how many became clients: by origin, by who took the first step, by referral."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from crm.models import Organization, Origin, Stage
from crm.sources import source_label
from funnel.intervals import percent, rate, told
from hosters.models import Hoster


@dataclass(frozen=True)
class Line:
    """Organisations of one origin, those that showed an interest, and clients (past ones too)."""

    label: str
    number: int
    interested: int
    clients: int

    @property
    def conversion(self) -> str:
        """Clients among all, with its interval when they are few: 30 of 230 is 13,0 % (004-005, FUN-05)."""
        share = rate(self.clients, self.number)
        return "" if share is None else f"{percent(share)} ({told(self.clients, self.number)})"


def by_source(hoster: Hoster) -> list[Line]:
    """One line for each origin, the most frequent first."""
    return _lines(hoster, "source", lambda code: source_label(code) or _("on ne sait pas"))


def by_first_step(hoster: Hoster) -> list[Line]:
    """Those who came by themselves and those whom we went to see (002-196)."""
    return _lines(hoster, "origin", lambda code: str(dict(Origin.choices).get(code, _("on ne sait pas"))))


def referred(hoster: Hoster) -> Line:
    """The organisations of people whom another organisation recommended (004-040)."""
    rows = Organization.objects.filter(hoster=hoster, contacts__referred_by__isnull=False).living()
    told = rows.aggregate(**_COUNTS)
    return Line(
        _("recommandées par une autre structure"), told["number"], told["interested"], told["clients"]
    )


Words = Callable[[str], str]
_COUNTS = {
    "number": Count("pk", distinct=True),
    "interested": Count("pk", filter=Q(stage=Stage.INTEREST), distinct=True),
    "clients": Count("pk", filter=Q(stage=Stage.CLIENT), distinct=True),
}


def _lines(hoster: Hoster, field: str, words: Words) -> list[Line]:
    rows = Organization.objects.filter(hoster=hoster).living().order_by().values_list(field)
    found: Iterable[tuple[str, int, int, int]] = rows.annotate(**_COUNTS)
    lines = [Line(words(code), number, interested, clients) for code, number, interested, clients in found]
    return sorted(lines, key=lambda line: (-line.number, line.label))
