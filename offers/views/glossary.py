"""The words explained: the page that everybody reads, and the one where the team writes them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from funnel.counting import count_page
from hosters.access import HosterRequest, StaffRequest, public, staff
from offers.glossary.terms import load_defaults, shipped_explanations, unexplained
from offers.linter import lint_hoster
from offers.models import GlossaryTerm
from offers.study.forms import TermForm
from offers.study.records import write_record


@public
@require_safe
def glossary(request: HosterRequest) -> HttpResponse:
    """Every word that this hoster explains."""
    count_page(request)
    return TemplateResponse(request, "storefront/glossary.html", {"terms": GlossaryTerm.objects.all()})


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: StaffRequest) -> HttpResponse:
    """The words of this hoster, those still to explain, and the form to add one (`?mot=` fills it)."""
    asked = request.GET.get("mot", "")[:60]
    told = {"word": asked, "explanation": shipped_explanations().get(asked, "")} if asked else {}
    form = TermForm(request.hoster, request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        write_record(record=form.record())
        messages.success(request, _("« %(word)s » est expliqué.") % {"word": form.instance})
        return redirect("staff:glossary")
    context = {
        "form": form,
        "terms": GlossaryTerm.objects.all(),
        "missing": unexplained(lint_hoster(request.hoster)),
    }
    return TemplateResponse(request, "staff/study/glossary.html", context, status=422 if form.errors else 200)


@staff()
@require_POST
def load(request: StaffRequest) -> HttpResponse:
    """Start from the words that come with the application."""
    added = load_defaults(hoster=request.hoster)
    told = ngettext("%(n)s mot ajouté. Relisez-le.", "%(n)s mots ajoutés. Relisez-les.", added) % {"n": added}
    messages.success(request, told)
    return redirect("staff:glossary")
