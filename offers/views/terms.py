"""The texts that clients accept, as everybody may read them: the versions in force and the older ones (LEG-02)."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from hosters.access import HosterRequest, public
from hosters.models import TermsKind, TermsVersion
from hosters.rich_text import rich_text
from hosters.terms import current_terms


@public
@require_safe
def terms(request: HosterRequest) -> HttpResponse:
    """What is in force, and everything that was."""
    current = current_terms(request.hoster)
    older = TermsVersion.objects.filter(hoster=request.hoster).exclude(
        pk__in=[version.pk for version in current.values()]
    )
    context = {"current": current.values(), "older": older.order_by("kind", "-number")}
    return TemplateResponse(request, "storefront/terms_list.html", context)


@public
@require_safe
def version(request: HosterRequest, kind: str, number: int) -> HttpResponse:
    """One version, for ever at the same address."""
    shown = TermsVersion.objects.filter(hoster=request.hoster, kind=kind, number=number).first()
    if shown is None:
        raise Http404
    context = {
        "version": shown,
        "text": rich_text(shown.text),
        "latest": current_terms(request.hoster)[TermsKind(kind)],
    }
    return TemplateResponse(request, "storefront/terms_version.html", context)
