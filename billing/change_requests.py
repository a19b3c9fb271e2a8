"""A change of offer or of quantities, asked by the association after it saw what changes and when (003-021, 002-156).

The rule: more applies at once, for the whole months left of the period that is already paid; less waits for the next
period. Asking changes nothing: staff make a quote, and only its acceptance does.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import Quote, Subscription
from billing.quoting.online import FormAlreadyUsed
from billing.selections import selection_from_json
from crm.models import Contact, Request
from crm.requests import record_request
from hosters.mail import queue_mail
from offers.configurator import Configuration
from pricing.dates import date_format
from pricing.engine import Breakdown, Outcome, price
from pricing.engine.changes import Change, change
from pricing.typography import euros


@dataclass(frozen=True)
class Preview:
    """What a change would do; `effect` is None when a person must price it."""

    subscription: Subscription
    configuration: Configuration
    effect: Change | None
    applies_on: date

    @property
    def before(self) -> str:
        """What the running contract costs, such as « 30,00 € TTC par mois »."""
        return self.subscription.price_words

    @property
    def after(self) -> Decimal | None:
        """The main price of what is asked, in EUR; its rhythm is the caption of the configuration."""
        return self.configuration.amount if self.effect else None

    @property
    def difference(self) -> Decimal | None:
        """EUR a year, memberships included; negative when it costs less."""
        if self.effect is None or self.effect.before.yearly_after is None:
            return None
        return self.effect.yearly_after - self.effect.before.yearly_after

    @property
    def unchanged(self) -> bool:
        """Whether it is the contract as it runs: there is nothing to ask."""
        quote, configuration = self.subscription.quote, self.configuration
        if self.difference != 0 or configuration.offer.pk != quote.offer_id or not quote.selection:
            return False
        had, asked = selection_from_json(quote.selection), configuration.form.selection()
        return all(
            getattr(had, name) == getattr(asked, name)
            for name in ("quantities", "options", "term_months", "free_amount")
        )

    @property
    def at_once(self) -> bool:
        return self.applies_on <= timezone.localdate()


def preview_change(subscription: Subscription, configuration: Configuration) -> Preview | None:
    """What a configuration would change from today; None while it has an error or cannot be sold at all."""
    after = configuration.breakdown
    if after is None or after.outcome not in (Outcome.PRICED, Outcome.ON_QUOTE):
        return None
    before = _price_of(subscription.quote)
    months = _months_begun(subscription)
    effect = change(before, after, after_months=months) if before else None
    return Preview(subscription, configuration, effect, _applies_on(subscription, effect, months))


def ask_change(*, contact: Contact, preview: Preview, message: str, key: UUID) -> Request:
    """Record the request, tell the team, acknowledge. The same form sent twice, even at once, does it once.

    Raises:
        FormAlreadyUsed: the same key belongs to another request.
    """
    try:
        return _already(contact, key) or _record(contact, preview, message, key)
    except IntegrityError:  # the other one was first
        if already := _already(contact, key):
            return already
        raise FormAlreadyUsed from None


def _already(contact: Contact, key: UUID) -> Request | None:
    request = Request.objects.filter(key=key).first()
    if request and (request.organization_id, request.kind) != (contact.organization_id, Request.Kind.CHANGE):
        raise FormAlreadyUsed
    return request


@transaction.atomic
def _record(contact: Contact, preview: Preview, message: str, key: UUID) -> Request:
    told = {"offer": preview.configuration.offer.name, "number": preview.subscription.quote.number}
    request = record_request(
        contact=contact,
        kind=Request.Kind.CHANGE,
        subject=_("Passer à %(offer)s (contrat %(number)s)") % told,
        message=message,
        key=key,
        details={"change": summary(preview), "subscription": preview.subscription.pk},
    )
    hoster = contact.organization.hoster
    queue_mail(hoster=hoster, kind="contact_asked", to=hoster.email, reference=request.pk)
    queue_mail(hoster=hoster, kind="contact_acknowledged", to=contact.email, reference=request.pk)
    return request


def summary(preview: Preview) -> list[list[str]]:
    """What was shown, as pairs of words kept with the request."""
    configuration = preview.configuration
    rows = [
        [_("Contrat"), preview.subscription.quote.number],
        [_("Offre demandée"), configuration.offer.name],
        *[[str(field.label), str(field.value())] for field in configuration.form.quantity_fields()],
        [_("Prix d’aujourd’hui"), preview.before],
    ]
    if preview.effect is None or preview.after is None:
        return [*rows, [_("Prix demandé"), _("à chiffrer par une personne")]]
    return [
        *rows,
        [_("Prix demandé"), f"{euros(preview.after)} {configuration.caption}"],
        [_("À payer tout de suite"), euros(preview.effect.invoice_now)],
        [_("À partir du"), date_format(preview.applies_on, "j F Y")],
    ]


def _price_of(quote: Quote) -> Breakdown | None:
    """What the contract costs by its own tariff; None when a person made its price, or some of it."""
    whole = quote.items.count() == 1 and not (quote.discount_percent or quote.discount_amount)
    if not (quote.tariff_version and quote.selection and whole):
        return None
    selection = selection_from_json(quote.selection)
    return price(quote.tariff_version.tariff, selection, vat=quote.hoster.vat_policy)


def _months_begun(subscription: Subscription) -> int:
    """Months begun since the start: only the whole months left of a period already invoiced are prorated.

    On the very day of an invoice, which left this morning, its first month counts as begun.
    """
    today, months = timezone.localdate(), 0
    while subscription.day(months) < today:
        months += 1
    invoiced_today = subscription.day(months) == today and months % subscription.term_months == 0
    return months + invoiced_today


def _applies_on(subscription: Subscription, effect: Change | None, months: int) -> date:
    """Today for what costs more, the next period for the rest."""
    if effect is not None and effect.invoice_now > 0:
        return timezone.localdate()
    periods = -(-months // subscription.term_months)
    return subscription.day(periods * subscription.term_months)
