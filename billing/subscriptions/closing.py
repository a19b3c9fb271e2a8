"""The last day is over: what was promised for the end is done, in one transaction."""

from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import Subscription, SubscriptionEnd
from billing.subscriptions.refunds import issue_refunds
from crm.stages import end_contract
from hosters.mail import queue_mail
from pricing.dates import date_format


def close_subscription(*, subscription: Subscription) -> SubscriptionEnd:
    """End a locked subscription whose last day is over: credit notes, mail, and a former client if it was the last.

    Raises:
        SubscriptionEnd.DoesNotExist: nobody decided this end.
    """
    end = SubscriptionEnd.objects.select_related("subscription__quote", "last_invoice").get(
        subscription=subscription, undone_at=None
    )
    issue_refunds(end)
    subscription.ended_on, subscription.next_invoice_on = end.ends_on, None
    subscription.save(update_fields=["ended_on", "next_invoice_on"])
    end.applied_at = timezone.now()
    end.save(update_fields=["applied_at"])
    if end.reason != SubscriptionEnd.Reason.REPLACED:
        queue_mail(hoster=subscription.hoster, kind="subscription_ended", to=end.told_to, reference=end.pk)
    others = Subscription.objects.active().filter(organization=subscription.organization_id)
    if not others.exists():
        told = {"number": subscription.quote.number, "day": date_format(end.ends_on, "j F Y")}
        evidence = _("contrat %(number)s terminé le %(day)s") % told
        end_contract(organization=subscription.organization, on=end.ends_on, evidence=evidence)
    return end
