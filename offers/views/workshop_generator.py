"""The generator of dedicated ranges: choose, see the matrix, create, undo."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from hosters.access import StaffRequest, staff
from hosters.models import Role
from offers.generator import generate, plan, undo, untouched
from offers.models import Generation
from offers.workshop_forms.generation import GenerationForm


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def generator(request: StaffRequest) -> HttpResponse:
    """The choice; with one in the address, the matrix of what would be created; by POST, the drafts."""
    given = request.POST if request.method == "POST" else request.GET
    form = GenerationForm(given if "gammes" in given or "voir" in given else None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else None
    if request.method == "POST" and chosen:
        made = generate(
            hoster=request.hoster,
            slugs=chosen["gammes"],
            model=chosen["modele"],
            key=_key(request),
            by=request.user,
        )
        count = made.made.count()
        told = ngettext("%(n)s brouillon d’offre créé.", "%(n)s brouillons d’offres créés.", count)
        messages.success(request, told % {"n": count})
        return redirect("staff:ranges")
    planned = plan(hoster=request.hoster, slugs=chosen["gammes"]) if chosen else []
    context = {
        "form": form,
        "planned": planned,
        "chosen": chosen,
        "new": sum(not offer.exists for each in planned for offer in each.offers),
        "key": uuid4(),
    }
    return TemplateResponse(
        request, "staff/offers/generator.html", context, status=422 if form.errors else 200
    )


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def revert(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what would go and what would stay, then delete the untouched drafts."""
    generation = get_object_or_404(Generation, pk=pk)
    if request.method == "POST":
        count = undo(generation=generation)
        told = ngettext("%(n)s brouillon supprimé.", "%(n)s brouillons supprimés.", count) % {"n": count}
        messages.success(request, told)
        return redirect("staff:ranges")
    gone = untouched(generation)
    kept = generation.made.exclude(offer__in=gone).select_related("offer")
    context = {"generation": generation, "gone": gone, "kept": [made.offer for made in kept]}
    return TemplateResponse(request, "staff/offers/undo.html", context)


def _key(request: StaffRequest) -> UUID:
    try:
        return UUID(request.POST.get("cle", ""))
    except ValueError:
        raise Http404 from None
