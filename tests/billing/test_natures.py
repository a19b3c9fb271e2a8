"""What each line pays for (000-016): worked out at issue, carried to the invoices and to their credit notes."""

from decimal import Decimal

from django.utils import timezone

from billing.figures.sales import sales_of
from billing.invoicing.credit_notes import issue_credit_note
from billing.models import Invoice, InvoiceLine, Quote
from billing.models.lines import PricedLine
from hosters.models import Hoster, User
from offers.models import ComponentKind, OfferComponent
from tests.factories import make_acceptance, make_component, make_invoice, make_offer, make_quote

Nature = PricedLine.Nature


def test_line_has_the_nature_of_the_component_that_it_pays(artifaille: Hoster) -> None:
    """A charge linked to a component has its kind, the others that of the whole offer."""
    offer = make_offer(artifaille)
    part = OfferComponent.objects.filter(offer=offer).select_related("component").first()
    assert part is not None
    code = offer.tariff_versions.get().tariff.charges[0].code
    OfferComponent.objects.filter(pk=part.pk).update(charges=[code])
    OfferComponent.objects.create(
        offer=offer, component=make_component(artifaille, ComponentKind.SERVICE, slug="aide")
    )
    make_acceptance(make_quote(offer))
    natures = list(InvoiceLine.objects.order_by("invoice", "position").values_list("nature", flat=True))
    assert natures[0] == part.component.kind
    assert {Nature.HYBRID, Nature.MEMBERSHIP} < set(natures) and "" not in natures
    assert natures == list(Quote.objects.get().lines.order_by("position").values_list("nature", flat=True))


def test_credit_note_takes_its_nature_back(artifaille: Hoster, alix: User) -> None:
    invoice = make_invoice(make_offer(artifaille))
    issue_credit_note(invoice=invoice, reason="Erreur", by=alix)
    assert Invoice.objects.count() == 2
    told = sales_of(artifaille, today=timezone.localdate())
    assert {kind.amount for kind in told.kinds} == {Decimal(0)}
