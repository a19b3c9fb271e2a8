"""A guide followed on the telephone: each answer is a link, the last page is the note of the call."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from crm.calls.qualifying import record_call
from crm.calls.script import LONGEST_WAY, read_script, walk
from crm.consent import may_call
from crm.forms.exchange import InteractionForm
from crm.models import CallScript, Interaction, Objection
from crm.views.exchanges import frequency_warning
from crm.views.organizations import found
from crm.views.writing import WRITING
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff(Role.SALES)
@WRITING
def call(request: StaffRequest, pk: int, guide: int) -> HttpResponse:
    """Where the call is (`?chemin=0-2-1`: the places of the answers so far); at the end, what was said, to keep."""
    organization = found(request, pk)
    script = get_object_or_404(CallScript.objects.filter(hoster=request.hoster), pk=guide)
    places = [int(each) for each in request.GET.get("chemin", "").split("-")[:LONGEST_WAY] if each in PLACES]
    way = walk(read_script(script.text), places)
    written = Interaction(organization=organization, channel=Interaction.Channel.CALL, summary=way.summary)
    form = InteractionForm(request.POST or None, instance=written)
    if request.method == "POST" and form.is_valid():
        record_call(interaction=form.instance, next_action=form.next_action(), way=way, by=request.user)
        messages.success(request, _("L’appel est noté."))
        return redirect(organization)
    context = {
        "organization": organization,
        "guide": script,
        "way": way,
        "path": "-".join(str(each) for each in places),
        "form": form,
        "warning": frequency_warning(organization),
        "calling": may_call(organization),
        "objections": Objection.objects.filter(hoster=request.hoster).order_by("title"),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "staff/calls/call.html", context, status=status)


#: An answer has one of these places; anything else in the address is left out.
PLACES = {str(number) for number in range(100)}
