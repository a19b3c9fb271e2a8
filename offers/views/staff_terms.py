"""The hoster writes its texts: draft, preview with the differences, publication. What is published never changes."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hosters.access import StaffRequest, staff
from hosters.models import Role, TermsKind, TermsVersion
from hosters.models.terms import LONGEST
from hosters.rich_text import rich_text
from hosters.terms import (
    DraftChanged,
    NothingNew,
    current_terms,
    differences,
    digest,
    discard_draft,
    draft_of,
    publish_terms,
    save_draft,
    starting_text,
)


class TermsForm(forms.Form):
    """The whole text, in Markdown."""

    text = forms.CharField(
        label=gettext_lazy("Texte"),
        max_length=LONGEST,
        help_text=gettext_lazy(
            "« ## Titre » fait un titre, « - » une liste, « **mot** » un mot en gras. Le HTML n’est pas lu."
        ),
        widget=forms.Textarea(attrs={"rows": 28}),
    )


def kind_or_404(code: str) -> TermsKind:
    """The kind of text of an address; unknown codes do not exist."""
    if code not in TermsKind.values:
        raise Http404
    return TermsKind(code)


@staff()
@require_safe
def terms(request: StaffRequest) -> HttpResponse:
    """Each text with its version in force, its draft and its older versions."""
    current = current_terms(request.hoster)
    drafts = {draft.kind: draft for draft in request.hoster.terms_drafts.all()}
    older: dict[str, list[TermsVersion]] = {}
    for version in TermsVersion.objects.filter(hoster=request.hoster).latest_first():
        if version != current[version.kind]:
            older.setdefault(version.kind, []).append(version)
    rows = [
        {"kind": kind, "current": current.get(kind), "draft": drafts.get(kind), "older": older.get(kind, [])}
        for kind in TermsKind
    ]
    context = {"rows": rows, "may_write": request.membership.role == Role.ADMIN}
    return TemplateResponse(request, "staff/terms.html", context)


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: StaffRequest, kind: str) -> HttpResponse:
    """Write; the page that follows shows the text as clients will read it."""
    written = kind_or_404(kind)
    saved = draft_of(request.hoster, written)
    text = saved.text if saved else starting_text(request.hoster, written)
    form = TermsForm(request.POST or None, initial={"text": text})
    if request.method == "POST" and form.is_valid():
        save_draft(hoster=request.hoster, kind=written, text=form.cleaned_data["text"])
        return redirect("staff:terms_publish", kind=kind)
    status = 422 if request.method == "POST" else 200
    context = {"kind": written, "form": form, "saved": saved}
    return TemplateResponse(request, "staff/terms_draft.html", context, status=status)


@staff(Role.ADMIN)
@require_POST
def discard(request: StaffRequest, kind: str) -> HttpResponse:
    """Forget the draft."""
    discard_draft(hoster=request.hoster, kind=kind_or_404(kind))
    messages.info(request, _("Brouillon abandonné. La version en vigueur n’a pas changé."))
    return redirect("staff:terms")


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: StaffRequest, kind: str) -> HttpResponse:
    """Preview, what differs from the version in force, then the confirmation."""
    written = kind_or_404(kind)
    saved = draft_of(request.hoster, written)
    if saved is None:
        return redirect("staff:terms_draft", kind=kind)
    if request.method == "POST":
        return _publish(request, written)
    former = current_terms(request.hoster).get(written)
    context = {
        "kind": written,
        "former": former,
        "next": former.number + 1 if former else 1,
        "differences": differences(former.text, saved.text) if former else [],
        "same": bool(former and former.text == saved.text),
        "text": rich_text(saved.text),
        "read": digest(saved.text),
    }
    return TemplateResponse(request, "staff/terms_publish.html", context)


def _publish(request: StaffRequest, kind: TermsKind) -> HttpResponse:
    try:
        version = publish_terms(
            hoster=request.hoster, kind=kind, read=request.POST.get("read", ""), by=request.user
        )
    except DraftChanged:
        messages.warning(request, _("Ce brouillon a changé entre-temps. Relisez-le, puis publiez."))
        return redirect("staff:terms_publish", kind=kind.value)
    except NothingNew:
        messages.info(request, _("Ce texte est déjà celui de la version en vigueur."))
        return redirect("staff:terms")
    messages.success(
        request,
        _("Version %(number)s publiée. Elle sera jointe aux prochains devis.") % {"number": version.number},
    )
    return redirect("staff:terms")
