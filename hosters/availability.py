"""An availability in percent, said as the time that a service may be away (002-084)."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pricing.typography import NBSP

MINUTES_PER_YEAR = 365 * 24 * 60
DAY = 24 * 60


def downtime_per_year(target: Decimal) -> Decimal:
    """Minutes in a year of 365 days during which the promise lets the service be away: 99.99 % is 52.56 minutes."""
    return (Decimal(100) - target) * MINUTES_PER_YEAR / 100


def in_words(minutes: Decimal) -> str:
    """A duration as people say it, to the minute, to the hour beyond two days."""
    whole = int(minutes.quantize(Decimal(1), ROUND_HALF_UP))
    if whole >= 2 * DAY:
        hours = int((minutes / 60).quantize(Decimal(1), ROUND_HALF_UP))
        days, rest = divmod(hours, 24)
        told = ngettext("%(n)s jour", "%(n)s jours", days) % {"n": days}
        more = ngettext("%(n)s heure", "%(n)s heures", rest) % {"n": rest}
        return (f"{told} et {more}" if rest else told).replace(" ", NBSP)
    if not whole:
        return _("0 minute").replace(" ", NBSP)
    hours, rest = divmod(whole, 60)
    if hours:
        return (_("%(h)s h %(m)02d") % {"h": hours, "m": rest} if rest else f"{hours} h").replace(" ", NBSP)
    return (ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest}).replace(" ", NBSP)
