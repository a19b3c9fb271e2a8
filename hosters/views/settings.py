"""The settings of a hoster: one page that says what is missing, then one short form for each part."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from hosters.access import StaffRequest, staff
from hosters.models import Hoster, Role
from hosters.publishing import missing_to_publish
from hosters.sections.registry import SECTIONS
from hosters.setting_changes import recent_changes, save_section

READ_OR_SEND = ["GET", "HEAD", "POST"]


@staff(Role.ADMIN)
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """What is missing before publishing, the parts of the settings, and who changed what."""
    missing = missing_to_publish(request.hoster)
    context = {
        "missing": missing,
        "incomplete": {each.section for each in missing},
        "sections": SECTIONS.values(),
        "changes": recent_changes(request.hoster),
    }
    return TemplateResponse(request, "staff/settings/overview.html", context)


@staff(Role.ADMIN)
@require_http_methods(READ_OR_SEND)
def section(request: StaffRequest, section: str) -> HttpResponse:
    """One part: a form on a copy of the hoster, so that a wrong name is not shown all over the page."""
    shown = SECTIONS[section]
    assert shown.form is not None
    form = shown.form(request.POST or None, instance=copy_of(request.hoster))
    if request.method == "POST" and form.is_valid():
        changed = save_section(form=form, section=str(shown.title), by=request.user)
        say_saved(request, changed)
        return redirect("staff:settings")
    return TemplateResponse(request, "staff/settings/section.html", {"section": shown, "form": form})


def copy_of(hoster: Hoster) -> Hoster:
    """The same hoster, for a form to write in."""
    return Hoster.objects.get(pk=hoster.pk)


def say_saved(request: HttpRequest, changed: int) -> None:
    """How much was kept."""
    if changed:
        told = ngettext("Enregistré : %(n)s changement.", "Enregistré : %(n)s changements.", changed)
        messages.success(request, told % {"n": changed})
    else:
        messages.info(request, _("Rien n’avait changé."))
