"""What an organisation told that it needs, and what a draft would sell beyond it (002-211, 003-010).

Staff read it before sending; it forbids nothing: a need heard on the telephone is noted, then the remark is gone.
"""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.models import Quote, QuoteItem
from crm.folding import folded
from crm.models import Organization, Request
from offers.models import Offer
from offers.need_search import PEOPLE
from offers.parts import all_parts

#: More than so many times what was told is far above it; below, it is the room to grow that people ask for.
FAR_ABOVE = 2
NEED_LENGTH = 200
REQUESTS_READ = 20  # the latest; older needs are answered or forgotten


def recorded_needs(organization: Organization) -> list[str]:
    """The needs in the words of whoever told them: reformulated, in a brief, asked on the site, or noted as words."""
    found: list[str] = []
    for request in _requests(organization):
        found += [request.need_statement, *_of_brief(request), request.subject]
    found += organization.tags.order_by("name").values_list("name", flat=True)
    return list(dict.fromkeys(filter(None, (" ".join(each.split())[:NEED_LENGTH] for each in found))))


def oversold(draft: Quote) -> list[str]:
    """What a draft sells that nobody told to need, in sentences for staff: lines first, then quantities."""
    items = list(draft.items.select_related("offer", "tariff_version"))
    known = recorded_needs(draft.organization)
    if items and not known:
        return [
            _("Aucun besoin n’est noté pour cette structure. Notez le sien avant de chiffrer."),
            *_far(draft, items),
        ]
    told = folded(" ".join([*known, *(each.message for each in _requests(draft.organization))]))
    without = [
        _("« %(item)s » ne répond à aucun besoin noté.") % {"item": item.name}
        for item in items
        if item.need not in known and not _named_in(told, item)
    ]
    return [*without, *_far(draft, items)]


def _requests(organization: Organization) -> list[Request]:
    return list(organization.requests.order_by("-created_at", "-pk")[:REQUESTS_READ])


def _of_brief(request: Request) -> Iterator[str]:
    """The objectives and the deliverables of a brief, each as one need."""
    brief = request.details.get("brief", {})
    for part, name in (("livrables", "deliverable"), ("objectifs", "objective")):
        answers = brief.get(part, {})
        yield from (answers[key] for key in sorted(answers) if key.startswith(name) and key.endswith("_what"))


def _named_in(told: str, item: QuoteItem) -> bool:
    """Whether the words that were told name the offer, or one of the needs that it answers."""
    if item.offer is None:
        return False
    sold = Offer.objects.published().filter(pk=item.offer.pk).first() or item.offer
    names = [sold.name, *(part.component.need.title for part in all_parts(sold))]
    return any(f" {folded(name)} " in f" {told} " for name in names)


def _far(draft: Quote, items: list[QuoteItem]) -> Iterator[str]:
    """Quantities far above what was told: the people of the organisation, or what it configured by itself."""
    for item in items:
        if item.tariff_version is None:
            continue
        told = _told_quantities(draft, item)
        asked = _counts(item)
        for metric in item.tariff_version.tariff.metrics:
            known, counted = told.get(metric.code), asked.get(metric.code, metric.starting)
            if known and counted > FAR_ABOVE * known and counted > metric.starting:
                words = {"item": item.name, "sold": metric.words(counted), "told": metric.words(known)}
                yield _("%(item)s : %(sold)s, bien plus que ce qui a été dit (%(told)s).") % words


def _told_quantities(draft: Quote, item: QuoteItem) -> dict[str, Decimal]:
    """What the organisation asked for by itself for this offer, else how many people it has."""
    told: dict[str, Decimal] = {}
    who = draft.organization
    people = who.accounts or (who.volunteers or 0) + (who.employees or 0)
    if people:
        told[PEOPLE] = Decimal(people)
    asked = Request.objects.filter(organization=who, kind=Request.Kind.QUOTE).values("key")
    own = QuoteItem.objects.filter(quote__request_key__in=asked, offer=item.offer).order_by("-pk").first()
    return told | (_counts(own) if own else {})


def _counts(item: QuoteItem) -> dict[str, Decimal]:
    return {code: Decimal(count) for code, count in item.selection["quantities"].items()}
