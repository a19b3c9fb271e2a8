from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm.filters import OrganizationFilter
from crm.forms.saved_filter import SavedFilterForm
from crm.models import SavedFilter
from crm.saved_filters import clean_query, forget_filter, save_filter
from hosters.access import StaffRequest, staff


@staff()
@require_POST
def save(request: StaffRequest) -> HttpResponse:
    """Keep the search on the screen under a name."""
    form = SavedFilterForm(request.POST)
    query = clean_query(request.POST.get("query", ""), list(OrganizationFilter.base_filters))
    if form.is_valid() and query:
        told = form.cleaned_data
        save_filter(
            hoster=request.hoster,
            owner=request.user,
            name=told["name"],
            query=query,
            shared=told["shared"],
        )
        messages.success(request, _("Le filtre « %(name)s » est gardé.") % {"name": told["name"]})
    else:
        messages.error(request, _("Donnez un nom au filtre, et au moins un critère."))
    return redirect(f"{reverse('staff:organizations')}?{query}")


@staff()
@require_POST
def forget(request: StaffRequest, pk: int) -> HttpResponse:
    """Take one's own filter off the list."""
    saved = get_object_or_404(SavedFilter.objects.filter(hoster=request.hoster), pk=pk)
    if saved.owner_id == request.user.pk:
        forget_filter(saved=saved)
        messages.success(request, _("Le filtre est retiré."))
    else:
        messages.error(
            request, _("Ce filtre est à quelqu’un d’autre : c’est à cette personne de le retirer.")
        )
    return redirect("staff:organizations")
