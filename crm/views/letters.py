"""A person of the team writes to a person: a model, the preview, then the button that sends."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from crm.forms.letter import LetterForm
from crm.letters.refusals import verdict_on
from crm.letters.sending import LetterRefused, send_letter
from crm.letters.values import filled
from crm.models import Contact, LetterModel
from crm.views.persons import card_or_404
from crm.views.writing import WRITING
from hosters.access import StaffRequest, staff
from hosters.models import Role

NUMBERS = range(1, 2**31)


@staff(Role.SALES)
@WRITING
def write(request: StaffRequest, pk: int) -> HttpResponse:
    """Choose a model (`?modele=`), write, look, send. Nothing leaves before the preview was shown."""
    contact = card_or_404(request, pk)
    models = LetterModel.objects.filter(hoster=request.hoster).order_by("situation", "name")
    form = LetterForm(request.POST or None, initial=_start(request, contact))
    shown = request.method == "POST" and form.is_valid()
    if shown and "send" in request.POST:
        try:
            send_letter(contact=contact, draft=form.draft(), by=request.user)
        except LetterRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Le courriel pour %(name)s part.") % {"name": contact.name})
            return redirect(contact.organization)
    context = {
        "contact": contact,
        "models": models,
        "form": form,
        "shown": shown,
        "verdicts": [(each.label, verdict_on(contact, each)) for each in LetterModel.Purpose],
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "staff/letters/write.html", context, status=status)


def _start(request: StaffRequest, contact: Contact) -> dict[str, str]:
    """The words of the model asked for, with what is known of the person; nothing without one."""
    told = request.GET.get("modele", "")
    if not (told.isdecimal() and int(told) in NUMBERS):
        return {"purpose": LetterModel.Purpose.ANSWER}
    model = get_object_or_404(LetterModel.objects.filter(hoster=request.hoster), pk=int(told))
    words = {
        name: filled(getattr(model, name), contact=contact, by=request.user) for name in ("subject", "body")
    }
    return {"purpose": model.purpose, **words}
