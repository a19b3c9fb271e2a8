"""What the team of a hoster keeps about people, for tests that need some of everything."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone
from django_scopes import scope

from crm.follow_ups import plan
from crm.interactions import NextAction, record_interaction
from crm.merging import merge
from crm.models import Contact, Criterion, Interaction, Organization, SavedFilter
from crm.records import keep_contact, keep_organization
from hosters.models import Hoster, User

#: Routes below /gestion/ whose argument is an organisation, or a deal.
OF_AN_ORGANIZATION = [
    f"staff:organization{page}"
    for page in (
        "",
        "_edit",
        "_new_contact",
        "_merge",
        "_stage",
        "_exchange",
        "_deal",
        "_qualification",
        "_objectives",
        "_upgrades",
    )
]
OF_A_DEAL = ["staff:deal", "staff:deal_step", "staff:deal_lost"]


def make_organization(
    hoster: Hoster, by: User, name: str = "Les Amis du lavoir", **fields: Any
) -> Organization:
    """An organisation entered by hand, met at a fair."""
    tags = fields.pop("tags", [])
    values = {"source": "fair", "town": "Lyon", "postcode": "69003", "street": ""} | fields
    with scope(hoster=hoster):
        return keep_organization(
            organization=Organization(hoster=hoster, name=name, **values), tags=tags, by=by
        )


def make_contact(
    organization: Organization, email: str, name: str = "Dominique Petit", **fields: Any
) -> Contact:
    return keep_contact(contact=Contact(organization=organization, name=name, email=email, **fields))


def make_interaction(organization: Organization, by: User, **fields: Any) -> Interaction:
    """A call of ours, today, unless told otherwise."""
    following = fields.pop("then", NextAction("", None))
    values: dict[str, Any] = {
        "channel": Interaction.Channel.CALL,
        "direction": Interaction.Direction.OUTBOUND,
        "happened_at": timezone.now(),
        "summary": "Présentation de nos outils.",
        "key": uuid4(),
    }
    told = Interaction(organization=organization, **values | fields)
    return record_interaction(interaction=told, next_action=following, by=by)


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def follow_people(hoster: Hoster, by: User, canary: str) -> None:
    """One criterion, one saved filter, one merge, and one follow-up for each organisation."""
    with scope(hoster=hoster):
        Criterion.objects.create(hoster=hoster, question=f"{canary} question")
        SavedFilter.objects.create(hoster=hoster, owner=by, name=f"{canary} filtre", query="stage=client")
        first, second = (
            make_organization(hoster, by, f"{canary} {each}", tags=[f"{canary} besoin"])
            for each in ("fiche", "double")
        )
        merge(kept=first, absorbed=second, by=by)
        for organization in Organization.objects.filter(hoster=hoster):
            plan(organization=organization, what=f"{canary} relance", due_on=timezone.localdate(), owner=by)
            make_interaction(organization, by, summary=f"{canary} échange")
