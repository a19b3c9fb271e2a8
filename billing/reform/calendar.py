"""Who must do what since when, as dated rows with their source; and how often sales are reported (EIN-01, EIN-07)."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from billing.invoicing.routes import NOT_CONCERNED
from hosters.models import Hoster
from pricing.engine import VatRegime

#: Every taxable person receives electronic invoices since that day, whatever its size.
RECEIVE_SINCE = date(2026, 9, 1)
#: The day from which sales are invoiced and reported through a platform, by size.
ISSUE_SINCE = {
    Hoster.CompanySize.LARGE: date(2026, 9, 1),
    Hoster.CompanySize.SMALL: date(2027, 9, 1),
}
CALENDAR_SOURCE = _("loi n° 2022-1157, article 26, modifiée par la loi n° 2026-103, article 123")
#: A report leaves at most that long after the end of its period.
DAYS_TO_REPORT = timedelta(days=10)
DECADES = (1, 11, 21)


@dataclass(frozen=True)
class Period:
    """What one report covers, both days included, and the last day to send it."""

    start: date
    end: date

    @property
    def send_by(self) -> date:
        return self.end + DAYS_TO_REPORT


@dataclass(frozen=True)
class Sanction:
    """What is risked, in words, with its source."""

    what: str | Promise
    amount: str | Promise


#: EIN-11. A first offence that is repaired within thirty days is not fined.
SANCTIONS = (
    Sanction(
        _("une facture qui devait être électronique et ne l’est pas"),
        _("50 €, dans la limite de 15 000 € par an"),
    ),
    Sanction(
        _("pas de plateforme pour recevoir"), _("500 €, puis 1 000 € par trimestre après mise en demeure")
    ),
    Sanction(
        _("un e-reporting qui n’est pas transmis"),
        _("500 € par transmission, dans la limite de 15 000 € par an"),
    ),
)
SANCTIONS_SOURCE = _(
    "CGI, articles 1737 et 1788 D ; une première faute réparée en trente jours est pardonnée"
)


def is_concerned(hoster: Hoster) -> bool:
    """Whether its sales are in the reform: not those of a seller who is exempt or not taxable (EIN-10, EIN-18)."""
    return hoster.vat_regime not in NOT_CONCERNED


def issue_since(hoster: Hoster) -> date | None:
    """The day from which this hoster invoices and reports through a platform; None when its sales never do."""
    return ISSUE_SINCE[Hoster.CompanySize(hoster.company_size)] if is_concerned(hoster) else None


def frequency_words(hoster: Hoster) -> str | Promise:
    """How often it reports, in words."""
    if hoster.vat_regime == VatRegime.FRANCHISE:
        return _("tous les deux mois")
    if hoster.vat_filing == Hoster.VatFiling.QUARTERLY:
        return _("chaque mois")
    return _("trois fois par mois, les 10, 20 et dernier jour")


def period_of(hoster: Hoster, day: date) -> Period:
    """The period of report that holds a day (EIN-07): ten days, a month, or two in franchise."""
    if hoster.vat_regime == VatRegime.FRANCHISE:
        first = day.replace(month=day.month - (day.month - 1) % 2, day=1)
        return Period(first, _end_of_month(first.replace(month=first.month + 1)))
    if hoster.vat_filing == Hoster.VatFiling.QUARTERLY:
        return Period(day.replace(day=1), _end_of_month(day))
    start = max(first for first in DECADES if first <= day.day)
    last = _end_of_month(day) if start == DECADES[-1] else day.replace(day=start + 9)
    return Period(day.replace(day=start), last)


def last_period(hoster: Hoster, today: date) -> Period:
    """The last period that is over."""
    return period_of(hoster, period_of(hoster, today).start - timedelta(days=1))


def _end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
