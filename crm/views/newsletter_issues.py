"""The newsletter for the team: its promise, its issues, its readers as a number."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.forms.newsletter import IssueForm, NewsletterSettingsForm
from crm.models import NewsletterIssue
from crm.newsletter.issues import (
    IssueRefused,
    erase_draft,
    keep_issue,
    progress_of,
    readers_of,
    send_issue,
    send_trial,
)
from crm.newsletter.promise import keep_settings, newsletter_settings
from crm.newsletter.subscribers import receiving
from crm.views.writing import WRITING, FormPage, form_page
from hosters.access import StaffRequest, staff
from hosters.models import Role
from hosters.paging import page_of
from hosters.rich_text import rich_text


@staff(Role.SALES)
@require_safe
def issues(request: StaffRequest) -> HttpResponse:
    """Every issue, the latest first, and how many read it."""
    rows = NewsletterIssue.objects.filter(hoster=request.hoster).order_by("-created_at", "-pk")
    context = {
        "page": page_of(rows, request),
        "readers": receiving(request.hoster).count(),
        "promise": newsletter_settings(request.hoster),
    }
    return TemplateResponse(request, "staff/newsletter/issues.html", context)


@staff(Role.SALES)
@WRITING
def promise(request: StaffRequest) -> HttpResponse:
    """What the newsletter promises, and whether the site proposes it."""
    form = NewsletterSettingsForm(request.POST or None, instance=newsletter_settings(request.hoster))
    if request.method == "POST" and form.is_valid():
        keep_settings(settings=form.instance)
        messages.success(request, _("C’est enregistré."))
        return redirect("staff:newsletter")
    page = FormPage(
        title=_("Ce que la lettre promet"),
        button=_("Enregistrer"),
        back=reverse("staff:newsletter"),
        back_label=_("Lettre d’information"),
        intro=_("Les gens s’abonnent à une promesse : ce qu’ils liront, et à quel rythme."),
    )
    return form_page(request, page, form)


@staff(Role.SALES)
@WRITING
def new(request: StaffRequest) -> HttpResponse:
    """A new draft."""
    return _written(request, NewsletterIssue(hoster=request.hoster))


@staff(Role.SALES)
@WRITING
def issue(request: StaffRequest, pk: int) -> HttpResponse:
    """A draft to write and look at; an issue that was sent, with how far it is."""
    return _written(request, _found(request, pk))


def _written(request: StaffRequest, written: NewsletterIssue) -> HttpResponse:
    draft = written.state == NewsletterIssue.State.DRAFT
    form = IssueForm(request.POST or None, instance=written) if draft else None
    if request.method == "POST" and form and form.is_valid():
        try:
            kept = keep_issue(issue=form.instance)
        except IssueRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Le brouillon est enregistré."))
            return redirect("staff:newsletter_issue", pk=kept.pk)
    context = {
        "issue": written,
        "form": form,
        "body": rich_text(written.body),
        "readers": len(readers_of(request.hoster)) if draft else 0,
        "progress": None if draft else progress_of(written),
    }
    status = 422 if form and form.errors else 200
    return TemplateResponse(request, "staff/newsletter/issue.html", context, status=status)


@staff(Role.SALES)
@require_POST
def trial(request: StaffRequest, pk: int) -> HttpResponse:
    """Send it to oneself."""
    send_trial(issue=_found(request, pk), to=request.user)
    messages.success(request, _("L’essai part vers %(to)s.") % {"to": request.user.email})
    return redirect("staff:newsletter_issue", pk=pk)


@staff(Role.SALES)
@require_POST
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """Send it to everybody who confirmed."""
    found = _found(request, pk)
    if "sure" in request.POST:  # the button says it: a bare POST sends nothing
        try:
            send_issue(issue=found, by=request.user)
            messages.success(request, _("La lettre part."))
        except IssueRefused as refused:
            messages.error(request, str(refused))
    return redirect("staff:newsletter_issue", pk=pk)


@staff(Role.SALES)
@require_POST
def erase(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = _found(request, pk)
    if "sure" in request.POST:  # as above
        erase_draft(issue=found)
        messages.success(request, _("Le brouillon est effacé."))
    return redirect("staff:newsletter")


def _found(request: StaffRequest, pk: int) -> NewsletterIssue:
    return get_object_or_404(
        NewsletterIssue.objects.filter(hoster=request.hoster).select_related("hoster"), pk=pk
    )
