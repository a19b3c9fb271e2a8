from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm.criteria import CriterionRefused, keep_criterion, remove_criterion, start_with_usual
from crm.forms.qualification import AnswersForm, CriterionForm, HabitsForm, VocabularyForm
from crm.habits import habits_of, keep_habits
from crm.models import Criterion
from crm.relation_forms import ChancesForm
from crm.relation_settings import keep_chances, relation_settings
from crm.scoring import keep_answers, score_of
from crm.views.organizations import found
from crm.views.writing import WRITING, FormPage, form_page
from hosters.access import StaffRequest, staff
from hosters.models import Hoster, Role
from hosters.setting_changes import save_section


@staff(Role.SALES)
@WRITING
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """What an organisation declares about each criterion, and the score line by line."""
    organization = found(request, pk)
    criteria = list(Criterion.objects.filter(hoster=request.hoster))
    form = AnswersForm(request.POST or None, organization=organization, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        keep_answers(
            organization=organization,
            declared=form.declared(),
            method=form.cleaned_data["method"],
            unscored=form.cleaned_data["unscored"],
            by=request.user,
        )
        messages.success(request, _("Les réponses sont enregistrées."))
        return redirect("staff:organization_qualification", pk=pk)
    context = {
        "organization": organization,
        "form": form,
        "criteria": criteria,
        "score": score_of(organization),
        "history": organization.score_changes.select_related("by").order_by("-at", "-pk")[:10],
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "staff/relations/qualification.html", context, status=status)


@staff(Role.ADMIN)
@WRITING
def settings(request: StaffRequest) -> HttpResponse:
    """The words of the stages, the habits, and the criteria."""
    hoster = Hoster.objects.get(pk=request.hoster.pk)
    data = request.POST or None
    words = VocabularyForm(data, instance=hoster)
    habits = HabitsForm(data, instance=habits_of(request.hoster))
    chances = ChancesForm(data, instance=relation_settings(request.hoster))
    if request.method == "POST" and all([words.is_valid(), habits.is_valid(), chances.is_valid()]):
        save_section(form=words, section=_("Relations"), by=request.user)
        keep_habits(habits=habits.instance)
        keep_chances(settings=chances.instance)
        messages.success(request, _("Les réglages des relations sont enregistrés."))
        return redirect("staff:settings_relations")
    criteria = Criterion.objects.filter(hoster=request.hoster)
    context = {"words": words, "habits": habits, "chances": chances, "criteria": criteria}
    status = 422 if words.errors or habits.errors or chances.errors else 200
    return TemplateResponse(request, "staff/relations/settings.html", context, status=status)


@staff(Role.ADMIN)
@require_POST
def usual(request: StaffRequest) -> HttpResponse:
    """Start with the twelve usual criteria."""
    start_with_usual(hoster=request.hoster)
    return redirect("staff:settings_relations")


@staff(Role.ADMIN)
@WRITING
def new_criterion(request: StaffRequest) -> HttpResponse:
    """Another question."""
    return _criterion(request, Criterion(hoster=request.hoster))


@staff(Role.ADMIN)
@WRITING
def edit_criterion(request: StaffRequest, pk: int) -> HttpResponse:
    """Write a question again."""
    return _criterion(request, _found(request, pk))


@staff(Role.ADMIN)
@require_POST
def delete_criterion(request: StaffRequest, pk: int) -> HttpResponse:
    """Stop asking a question."""
    criterion = _found(request, pk)
    remove_criterion(criterion=criterion)
    messages.success(
        request, _("La question « %(question)s » est retirée.") % {"question": criterion.question}
    )
    return redirect("staff:settings_relations")


def _found(request: StaffRequest, pk: int) -> Criterion:
    return get_object_or_404(Criterion.objects.filter(hoster=request.hoster), pk=pk)


def _criterion(request: StaffRequest, criterion: Criterion) -> HttpResponse:
    form = CriterionForm(request.POST or None, instance=criterion)
    if request.method == "POST" and form.is_valid():
        try:
            keep_criterion(criterion=form.instance)
        except CriterionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("La question est enregistrée."))
            return redirect("staff:settings_relations")
    page = FormPage(
        title=_("Une question de qualification"),
        button=_("Enregistrer"),
        back=reverse("staff:settings_relations"),
        back_label=_("Relations"),
        intro=_("Ce que la structure déclare, jamais ce qu’elle fait dans les outils hébergés."),
    )
    return form_page(request, page, form)
