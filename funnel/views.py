"""The funnel of a period, for staff."""

from datetime import timedelta

from django import forms
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from funnel.report import blocked_step, funnel_report
from hosters.access import StaffRequest, staff

PERIODS = [("30", _("30 derniers jours")), ("90", _("90 derniers jours")), ("365", _("12 derniers mois"))]


class PeriodForm(forms.Form):
    """The period looked at."""

    days = forms.ChoiceField(label=_("Période"), choices=PERIODS)


@staff()
@require_safe
def funnel(request: StaffRequest) -> HttpResponse:
    """Bars and table: each rate with its base named."""
    form = PeriodForm(request.GET if "days" in request.GET else {"days": PERIODS[0][0]})
    days = int(form.cleaned_data["days"] if form.is_valid() else PERIODS[0][0])
    until = timezone.localdate()
    since = until - timedelta(days=days - 1)
    rows = funnel_report(request.hoster, since=since, until=until)
    context = {"form": form, "rows": rows, "blocked": blocked_step(rows), "since": since, "until": until}
    return TemplateResponse(request, "staff/funnel.html", context)
