"""Logo and colours, with what becomes of them shown at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hosters.access import StaffRequest, staff
from hosters.brand_sample import sample_of
from hosters.logos import LogoRefused, give_logo, remove_logo
from hosters.models import Hoster, Role
from hosters.sections.appearance import AppearanceForm, LogoForm
from hosters.sections.registry import SECTIONS
from hosters.setting_changes import save_section
from hosters.views.settings import READ_OR_SEND, copy_of, say_saved

SECTION = SECTIONS["appearance"]


@staff(Role.ADMIN)
@require_http_methods(READ_OR_SEND)
def appearance(request: StaffRequest) -> HttpResponse:
    """Colours: kept by « Enregistrer », only looked at by « Voir » (and by htmx as they are chosen)."""
    form = AppearanceForm(request.POST or None, instance=copy_of(request.hoster))
    looking = "voir" in request.POST
    if request.method == "POST" and form.is_valid() and not looking:
        say_saved(request, save_section(form=form, section=str(SECTION.title), by=request.user))
        return redirect("staff:settings_appearance")
    return _page(request, form, LogoForm())


@staff(Role.ADMIN)
@require_POST
def logo(request: StaffRequest) -> HttpResponse:
    """Another logo, or none."""
    form = LogoForm(request.POST, request.FILES)
    if "retirer" in request.POST:
        remove_logo(hoster=request.hoster, by=request.user)
        messages.success(request, _("Le logo est retiré : votre nom le remplace."))
        return redirect("staff:settings_appearance")
    if form.is_valid():
        try:
            give_logo(hoster=request.hoster, upload=form.cleaned_data["logo"], by=request.user)
        except LogoRefused as refused:
            form.add_error("logo", str(refused))
        else:
            messages.success(request, _("Le nouveau logo est en place."))
            return redirect("staff:settings_appearance")
    return _page(request, AppearanceForm(instance=copy_of(request.hoster)), form)


def _page(request: StaffRequest, form: AppearanceForm, logo_form: LogoForm) -> HttpResponse:
    context = {"section": SECTION, "form": form, "logo_form": logo_form, "sample": _sample(form)}
    return TemplateResponse(request, "staff/settings/appearance.html", context)


def _sample(form: AppearanceForm) -> object:
    """Of the colours being chosen while they can be read, else of those in use."""
    if form.is_bound and form.is_valid():
        return sample_of(form.cleaned_data["brand_color"], form.cleaned_data["accent_color"])
    kept = Hoster.objects.get(pk=form.instance.pk)
    return sample_of(kept.brand_color, kept.accent_color)
