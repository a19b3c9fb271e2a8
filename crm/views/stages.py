from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from crm.forms.exchange import StageForm
from crm.models import Stage
from crm.stages import StageRefused, set_stage, stage_label, stages_of
from crm.views.organizations import found
from crm.views.writing import WRITING, FormPage, form_page
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff(Role.SALES)
@WRITING
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Another stage by hand, with its proof."""
    organization = found(request, pk)
    form = StageForm(request.POST or None, stages=stages_of(request.hoster))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            set_stage(
                organization=organization, to=Stage(told["stage"]), reason=told["reason"], by=request.user
            )
        except StageRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("L’étape est changée, et la raison gardée."))
            return redirect(organization)
    page = FormPage(
        title=_("Changer l’étape de « %(name)s »") % {"name": organization.name},
        button=_("Changer l’étape"),
        back=organization.get_absolute_url(),
        back_label=organization.name,
        intro=_("Aujourd’hui : %(stage)s. L’étape suit d’elle-même les demandes, les devis et les paiements.")
        % {"stage": stage_label(organization.stage, request.hoster)},
        warning=_("On ne devient client qu’en acceptant un devis ou en payant une facture."),
    )
    return form_page(request, page, form)
