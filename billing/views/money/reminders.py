"""Reminders: what will leave, the calendar, a pause, the words of the next one."""

from datetime import timedelta
from itertools import islice

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.models import Invoice, ReminderPause
from billing.people import reader_of_invoices
from billing.reminders.forms import PauseForm, PlanForm
from billing.reminders.mails import reminder_values
from billing.reminders.pauses import change_plan, pause_reminders, resume_reminders
from billing.reminders.sending import KINDS, due_reminders, plan_of, still_due, told_together
from crm.models import Organization
from hosters.access import StaffRequest, staff
from hosters.mail_texts import fill, text_kind, text_of
from hosters.models import Role

AHEAD = timedelta(days=14)
MOST = 50  # shown; the rest comes in the following days


@staff(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: StaffRequest) -> HttpResponse:
    """What leaves in the coming days, who is not reminded, and the calendar."""
    plan, today = plan_of(request.hoster), timezone.localdate()
    form = PlanForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        change_plan(hoster=request.hoster, **form.cleaned_data)
        messages.success(request, _("Le calendrier des rappels est noté."))
        return redirect("staff:reminders")
    pauses = ReminderPause.objects.filter(organization__hoster=request.hoster, until__gte=today)
    context = {
        "plan": plan,
        "form": form,
        "coming": list(islice(due_reminders(request.hoster, until=today + AHEAD), MOST)),
        "pauses": pauses.select_related("organization", "paused_by").order_by("until", "pk"),
    }
    return TemplateResponse(request, "staff/money/reminders.html", context)


@staff(Role.ACCOUNTANT)
@require_safe
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """The words of the next reminder of an invoice, as they would leave today."""
    rows = Invoice.objects.filter(hoster=request.hoster).with_paid()
    invoice = get_object_or_404(rows.select_related("organization", "contact", "hoster"), pk=pk)
    if not still_due(invoice):
        messages.info(
            request, _("Aucun rappel ne partira : cette facture est réglée, ou son prélèvement vient.")
        )
        return redirect(invoice)
    told = told_together(invoice)
    step = min(invoice.reminders.count(), len(KINDS) - 1)
    kind = text_kind(KINDS[step])
    assert kind is not None, "registered when the application started"
    reader = reader_of_invoices(invoice.contact)
    values = reminder_values(told, reader.name) | {"hebergeur": request.hoster.name}
    subject, body = text_of(request.hoster, kind)
    context = {
        "invoice": invoice,
        "step": step + 1,
        "to": reader.email,
        "subject": fill(subject, values),
        "body": fill(body, values),
        "sent": invoice.reminders.order_by("step"),
    }
    return TemplateResponse(request, "staff/money/reminder_preview.html", context)


@staff(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: StaffRequest, pk: int) -> HttpResponse:
    """A delay was agreed with an association."""
    organization = get_object_or_404(Organization.objects.filter(hoster=request.hoster), pk=pk)
    form = PauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pause_reminders(organization=organization, by=request.user, **form.cleaned_data)
        messages.success(request, _("Aucun rappel ne partira d’ici là."))
        return redirect("staff:reminders")
    context = {"organization": organization, "form": form}
    return TemplateResponse(request, "staff/money/pause.html", context)


@staff(Role.ACCOUNTANT)
@require_POST
def resume(request: StaffRequest, pk: int) -> HttpResponse:
    """Reminders may leave again."""
    resume_reminders(
        organization=get_object_or_404(Organization.objects.filter(hoster=request.hoster), pk=pk)
    )
    messages.success(request, _("Les rappels reprennent."))
    return redirect("staff:reminders")
