"""What the documents tell of a campaign: quotes sent and accepted, counted once for all the versions of one."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from billing.models import Quote
from crm.campaigns.facts import Fact, Look, Measure, register_fact

State = Quote.State


def register() -> None:
    """Add our figures after those of crm."""
    register_fact(Fact(Measure.QUOTES, _("devis envoyés"), sent))
    register_fact(Fact(Measure.ACCEPTED, _("devis acceptés"), accepted))


def sent(look: Look) -> "QuerySet[Quote]":
    return _quotes(look).filter(former=None)


def accepted(look: Look) -> "QuerySet[Quote]":
    return _quotes(look).filter(state=State.ACCEPTED)


def _quotes(look: Look) -> "QuerySet[Quote]":
    issued = Quote.objects.filter(hoster=look.campaign.hoster, organization__in=look.organizations)
    if not look.campaign.code:
        issued = issued.filter(issued_on__range=(look.campaign.starts_on, look.campaign.ends_on))
    return issued.exclude(number="")
