"""The words of the mails, changed by the hoster: list, edit, preview with sample data, back to ours."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hosters.access import StaffRequest, staff
from hosters.mail_texts import (
    TextKind,
    UnknownPlaceholder,
    change_text,
    check_text,
    default_text,
    fill,
    reset_text,
    samples,
    text_kind,
    text_kinds,
)
from hosters.models import MailText, Role
from pricing.typography import french


class MailTextForm(forms.Form):
    """Subject and paragraphs, with placeholders of the allow-list only."""

    subject = forms.CharField(label=gettext_lazy("Objet"), max_length=150)
    body = forms.CharField(
        label=gettext_lazy("Texte"),
        max_length=6000,
        help_text=gettext_lazy(
            "Une ligne vide sépare deux paragraphes. Le lien et la signature s’ajoutent seuls."
        ),
        widget=forms.Textarea(attrs={"rows": 16}),
    )

    def __init__(self, *args: Any, kind: TextKind, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            try:
                check_text(self.kind, subject=given["subject"], body=given["body"])
            except UnknownPlaceholder as refused:
                self.add_error(None, str(refused))
        return given


@staff(Role.SALES)
@require_safe
def mail_texts(request: StaffRequest) -> HttpResponse:
    """Every mail that leaves from here, and whose words it has."""
    own = set(MailText.objects.filter(hoster=request.hoster).values_list("kind", flat=True))
    rows = [(kind, kind.kind in own) for kind in text_kinds()]
    return TemplateResponse(request, "staff/mail_texts.html", {"rows": rows})


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
def mail_text(request: StaffRequest) -> HttpResponse:
    """One mail (`?courriel=`): its words, what they may hold, and how it reads; « Aperçu » keeps nothing."""
    shown = text_kind(request.GET.get("courriel", ""))
    if shown is None:
        return redirect("staff:mail_texts")
    own = MailText.objects.filter(hoster=request.hoster, kind=shown.kind).first()
    subject, body = (own.subject, own.body) if own else default_text(shown)
    form = MailTextForm(request.POST or None, kind=shown, initial={"subject": subject, "body": body})
    if request.method == "POST" and form.is_valid():
        subject, body = form.cleaned_data["subject"], form.cleaned_data["body"]
        if "preview" not in request.POST:
            change_text(hoster=request.hoster, kind=shown, subject=subject, body=body)
            messages.success(request, _("Le prochain courriel partira avec ces mots."))
            return redirect(_address(shown))
    values = samples(shown, request.hoster)
    context = {
        "kind": shown,
        "own": own,
        "form": form,
        "preview_subject": fill(french(subject), values),
        "preview": fill(french(body), values),
    }
    return TemplateResponse(request, "staff/mail_text.html", context)


@staff(Role.SALES)
@require_POST
def reset(request: StaffRequest) -> HttpResponse:
    """Back to the words that came with the application."""
    shown = text_kind(request.GET.get("courriel", ""))
    if shown is None:
        return redirect("staff:mail_texts")
    reset_text(hoster=request.hoster, kind=shown)
    messages.success(request, _("Ce courriel a retrouvé son texte d’origine."))
    return redirect(_address(shown))


def _address(kind: TextKind) -> str:
    return f"{reverse('staff:mail_text')}?courriel={kind.kind}"
