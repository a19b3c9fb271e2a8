"""The models of mails and the guides for calls of a hoster."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.calls import guides
from crm.calls.script import BadScript
from crm.forms.letter import CallScriptForm, LetterModelForm
from crm.letters import texts
from crm.letters.values import words_of_a_letter
from crm.models import CallScript, LetterModel
from crm.views.writing import WRITING, FormPage, form_page
from hosters.access import StaffRequest, staff
from hosters.mail_texts import UnknownPlaceholder
from hosters.models import Role


@staff(Role.SALES)
@require_safe
def models(request: StaffRequest) -> HttpResponse:
    """Every model and every guide, by situation."""
    context = {
        "models": LetterModel.objects.filter(hoster=request.hoster).order_by("situation", "name"),
        "guides": CallScript.objects.filter(hoster=request.hoster).order_by("situation", "name"),
    }
    return TemplateResponse(request, "staff/letters/models.html", context)


@staff(Role.SALES)
@require_POST
def usual(request: StaffRequest) -> HttpResponse:
    """Start with the usual texts and the usual guide."""
    texts.start_with_usual(hoster=request.hoster)
    guides.start_with_usual(hoster=request.hoster)
    return redirect("staff:letter_models")


@staff(Role.SALES)
@WRITING
def new_model(request: StaffRequest) -> HttpResponse:
    return _model(request, LetterModel(hoster=request.hoster))


@staff(Role.SALES)
@WRITING
def edit_model(request: StaffRequest, pk: int) -> HttpResponse:
    return _model(request, _found(request, pk))


@staff(Role.SALES)
@require_POST
def delete_model(request: StaffRequest, pk: int) -> HttpResponse:
    model = _found(request, pk)
    if "sure" in request.POST:  # the button says it: a bare POST takes nothing away
        texts.remove_model(model=model)
        messages.success(request, _("Le modèle « %(name)s » est retiré.") % {"name": model.name})
    return redirect("staff:letter_models")


@staff(Role.SALES)
@WRITING
def new_guide(request: StaffRequest) -> HttpResponse:
    return _guide(request, CallScript(hoster=request.hoster))


@staff(Role.SALES)
@WRITING
def edit_guide(request: StaffRequest, pk: int) -> HttpResponse:
    return _guide(request, _guide_of(request, pk))


@staff(Role.SALES)
@require_POST
def delete_guide(request: StaffRequest, pk: int) -> HttpResponse:
    guide = _guide_of(request, pk)
    if "sure" in request.POST:  # as above
        guides.remove_guide(guide=guide)
        messages.success(request, _("Le guide « %(name)s » est retiré.") % {"name": guide.name})
    return redirect("staff:letter_models")


def _found(request: StaffRequest, pk: int) -> LetterModel:
    return get_object_or_404(LetterModel.objects.filter(hoster=request.hoster), pk=pk)


def _guide_of(request: StaffRequest, pk: int) -> CallScript:
    return get_object_or_404(CallScript.objects.filter(hoster=request.hoster), pk=pk)


def _model(request: StaffRequest, model: LetterModel) -> HttpResponse:
    form = LetterModelForm(request.POST or None, instance=model)
    if request.method == "POST" and form.is_valid():
        try:
            texts.keep_model(model=form.instance)
        except UnknownPlaceholder as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Le modèle est enregistré."))
            return redirect("staff:letter_models")
    context = {"form": form, "model": model, "placeholders": words_of_a_letter().all_placeholders()}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "staff/letters/model.html", context, status=status)


def _guide(request: StaffRequest, guide: CallScript) -> HttpResponse:
    form = CallScriptForm(request.POST or None, instance=guide)
    if request.method == "POST" and form.is_valid():
        try:
            guides.keep_guide(guide=form.instance)
        except BadScript as refused:
            form.add_error("text", str(refused))
        else:
            messages.success(request, _("Le guide est enregistré."))
            return redirect("staff:letter_models")
    page = FormPage(
        title=_("Un guide d’appel"),
        button=_("Enregistrer"),
        back=reverse("staff:letter_models"),
        back_label=_("Modèles et guides"),
        intro=_("Des questions, des réponses, et où chacune mène. Le résumé de l’appel s’écrit tout seul."),
    )
    return form_page(request, page, form)
