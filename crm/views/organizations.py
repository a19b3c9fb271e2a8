from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from crm.addresses import kind_label
from crm.duplicates import lookalikes
from crm.filters import OrganizationFilter
from crm.forms.contact import ContactForm
from crm.forms.organization import FirstContactForm, OrganizationForm
from crm.interactions import too_soon
from crm.models import ActionPlan, CallScript, Consent, Contact, FollowUp, Merge, Opportunity, Organization
from crm.panels import organization_panels, rows_of
from crm.records import keep_contact, keep_organization
from crm.saved_filters import filters_of
from crm.scoring import last_score_of
from crm.segments import segment_label
from crm.sources import source_label
from crm.stages import stage_label
from crm.temperature import LABELS, temperature
from crm.timeline import timeline
from crm.views.writing import WRITING, FormPage, form_page
from hosters.access import StaffRequest, staff
from hosters.models import Role
from hosters.paging import capped_page_of
from hosters.together import together

EVENTS = 30
#: The criteria that are always in sight; the others open under « Plus de critères ».
MAIN = ("q", "stage", "warmth", "group")


@staff()
@require_safe
def organizations(request: StaffRequest) -> HttpResponse:
    """The list, by words, stage and everything that is known."""
    rows = Organization.objects.filter(hoster=request.hoster).living().select_related("owner")
    chosen = OrganizationFilter(request.GET, queryset=rows.order_by("-stage_since", "-pk"), request=request)
    page = capped_page_of(chosen.qs, request)
    labelled = [
        (each, stage_label(each.stage, request.hoster), LABELS[temperature(each)], temperature(each))
        for each in page
    ]
    more = [name for name in chosen.filters if name not in MAIN]
    context = {
        "main_fields": [chosen.form[name] for name in MAIN],
        "more_fields": [chosen.form[name] for name in more],
        "more_open": any(request.GET.get(name) for name in more),
        "page": page,
        "rows": labelled,
        "saved": filters_of(request.hoster, request.user),
        "filtering": any(request.GET.get(name) for name in chosen.filters),
        "query": request.GET.urlencode(),
        "may_write": request.membership.role != Role.ACCOUNTANT,
    }
    return TemplateResponse(request, "staff/organizations.html", context)


@staff()
@require_safe
def organization(request: StaffRequest, pk: int) -> HttpResponse:
    """One organisation: who, which stage and why, what to do next, and its whole story."""
    rows = Organization.objects.filter(hoster=request.hoster)
    shown = get_object_or_404(rows.select_related("owner"), pk=pk)
    if shown.merged_into:
        return redirect(shown.merged_into)
    shown.hoster = request.hoster  # the same row, read already
    story = Paginator(timeline(shown), EVENTS).get_page(request.GET.get("page"))
    lists = {
        "tags": shown.tags.order_by("name"),
        "changes": shown.stage_changes.select_related("by").order_by("-at", "-pk"),
        "deals": Opportunity.objects.filter(organization=shown).order_by("-step_since"),
        "follow_ups": FollowUp.objects.filter(organization=shown, done_at=None).order_by("due_on"),
        "merges": Merge.objects.filter(kept=shown, undone_at=None)
        .select_related("absorbed")
        .only("at", "absorbed__name"),
        "plans": ActionPlan.objects.filter(hoster=request.hoster, segment__in=("", shown.segment)).order_by(
            "name"
        ),
        "guides": CallScript.objects.filter(hoster=request.hoster).order_by("situation", "name"),
    }
    people, panels = people_of(shown), organization_panels(shown)
    together(people, *lists.values(), *rows_of(panels))
    context = lists | {
        "organization": shown,
        "stage": stage_label(shown.stage, request.hoster),
        "segment": segment_label(shown.segment),
        "source": source_label(shown.source),
        "warmth": LABELS[temperature(shown)],
        "contacts": [(person, kind_label(person)) for person in people],
        "score": last_score_of(shown),
        "too_soon": too_soon(shown),
        "panels": panels,
        "events": list(story),
        "story": story,
        "may_write": request.membership.role != Role.ACCOUNTANT,
    }
    return TemplateResponse(request, "staff/organization.html", context)


def people_of(organization: Organization) -> QuerySet[Contact]:
    """Its people who were not erased, with the bases that let us write to them."""
    bases = Prefetch("consents", Consent.objects.order_by("-given_at", "-pk"), to_attr="bases")
    people = (
        organization.contacts.filter(erased_at=None).select_related("referred_by").prefetch_related(bases)
    )
    return people.order_by("pk")


def found(request: StaffRequest, pk: int) -> Organization:
    """An organisation of this hoster that no merge replaced."""
    rows = Organization.objects.filter(hoster=request.hoster).living().select_related("hoster", "owner")
    return get_object_or_404(rows, pk=pk)


@staff(Role.SALES)
@WRITING
def new(request: StaffRequest) -> HttpResponse:
    """Write an organisation that was met, with a person if there is one."""
    return _written(request, Organization(hoster=request.hoster, owner=request.user))


@staff(Role.SALES)
@WRITING
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct or complete an organisation."""
    return _written(request, found(request, pk))


def _written(request: StaffRequest, instance: Organization) -> HttpResponse:
    is_new = instance.pk is None
    form = OrganizationForm(request.POST or None, instance=instance)
    person = FirstContactForm(request.POST or None) if is_new else None
    alike = []
    if request.method == "POST" and form.is_valid() and (person is None or person.is_valid()):
        email = person.cleaned_data["email"] if person else ""
        alike = lookalikes(organization=form.instance, email=email) if is_new else []
        if not alike or "autre" in request.POST:
            kept = keep_organization(organization=form.instance, tags=form.tag_names(), by=request.user)
            if person and email:
                keep_contact(contact=person.contact_of(kept))
            messages.success(request, _("« %(name)s » est enregistrée.") % {"name": kept.name})
            return redirect(kept)
    context = {"form": form, "person": person, "alike": alike, "organization": instance, "is_new": is_new}
    wrong = bool(alike or form.errors or (person and person.errors))
    return TemplateResponse(
        request, "staff/relations/organization.html", context, status=422 if wrong else 200
    )


@staff(Role.SALES)
@WRITING
def new_contact(request: StaffRequest, pk: int) -> HttpResponse:
    """Another person of an organisation."""
    return _contact(request, Contact(organization=found(request, pk)))


@staff(Role.SALES)
@WRITING
def edit_contact(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct what is known of a person."""
    rows = Contact.objects.filter(organization__hoster=request.hoster, erased_at=None)
    return _contact(
        request, get_object_or_404(rows.select_related("organization__hoster", "referred_by"), pk=pk)
    )


def _contact(request: StaffRequest, contact: Contact) -> HttpResponse:
    organization = contact.organization
    form = ContactForm(request.POST or None, instance=contact)
    if request.method == "POST" and form.is_valid():
        keep_contact(contact=form.instance)
        messages.success(request, _("%(name)s est enregistré·e.") % {"name": contact.name})
        return redirect(organization)
    page = FormPage(
        title=_("Une personne de « %(name)s »") % {"name": organization.name},
        button=_("Enregistrer"),
        back=organization.get_absolute_url(),
        back_label=organization.name,
        intro=_(
            "Seulement ce qu’il faut pour lui répondre. Une adresse privée demande son accord avant tout envoi."
        ),
    )
    return form_page(request, page, form)
