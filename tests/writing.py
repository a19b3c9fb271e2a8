"""What a hoster writes to people: models, guides, a newsletter; and which of them each route is about."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core import signing
from django_scopes import scope

from crm.letters.unsubscribing import SALT
from crm.models import (
    ActionPlan,
    CallForProjects,
    CallScript,
    Campaign,
    CampaignAction,
    Consent,
    Contact,
    Encounter,
    LetterModel,
    NewsletterIssue,
    NewsletterSettings,
    Partner,
    Subscriber,
    Wish,
)
from crm.newsletter.opting import CONFIRMING, LEAVING
from hosters.models import Hoster

TODAY = date(2026, 11, 22)
#: What each captured argument is, for a tenant and an association of `tests.access.world`.
WRITING_ARGUMENTS: dict[str, Callable[[Any, Any], dict[str, object]]] = {
    **dict.fromkeys(
        ["staff:letter_model", "staff:delete_letter_model"],
        lambda tenant, asking: {"pk": tenant.hoster.letter_models.get().pk},
    ),
    **dict.fromkeys(
        ["staff:call_guide", "staff:delete_call_guide"],
        lambda tenant, asking: {"pk": tenant.hoster.call_scripts.get().pk},
    ),
    **dict.fromkeys(
        [f"staff:newsletter_{page}" for page in ("issue", "trial", "send", "erase")],
        lambda tenant, asking: {"pk": tenant.hoster.newsletter_issues.get().pk},
    ),
    "staff:outreach_new": lambda tenant, asking: {"kind": "campagnes"},
    **dict.fromkeys(
        ["staff:outreach_edit", "staff:outreach_delete"],
        lambda tenant, asking: {"kind": "campagnes", "pk": tenant.hoster.campaigns.get().pk},
    ),
    **dict.fromkeys(
        ["staff:campaign", "staff:campaign_write"],
        lambda tenant, asking: {"pk": tenant.hoster.campaigns.get().pk},
    ),
    "staff:campaign_add": lambda tenant, asking: {
        "pk": tenant.hoster.campaigns.get().pk,
        "part": "actions",
    },
    **dict.fromkeys(
        ["staff:campaign_done", "staff:campaign_remove"],
        lambda tenant, asking: {
            "pk": tenant.hoster.campaigns.get().pk,
            "part": "actions",
            "row": tenant.hoster.campaigns.get().actions.get().pk,
        },
    ),
    "staff:encounter": lambda tenant, asking: {"pk": tenant.hoster.encounters.get().pk},
    "staff:outreach_partner": lambda tenant, asking: {"pk": tenant.hoster.partners.get().pk},
    **dict.fromkeys(
        ["staff:outreach_wish", "staff:outreach_wish_answered"],
        lambda tenant, asking: {"pk": tenant.hoster.wishes.get().pk},
    ),
    "staff:organization_call": lambda tenant, asking: {
        "pk": asking.quote.organization_id,
        "guide": tenant.hoster.call_scripts.get().pk,
    },
    "staff:organization_plan": lambda tenant, asking: {
        "pk": asking.quote.organization_id,
        "row": tenant.hoster.action_plans.get().pk,
    },
    "storefront:unsubscribe": lambda tenant, asking: {"token": unsubscribing_token(asking.quote.contact)},
    "storefront:newsletter_confirm": lambda tenant, asking: {
        "token": reader_token(tenant.hoster, CONFIRMING)
    },
    "storefront:newsletter_leave": lambda tenant, asking: {"token": reader_token(tenant.hoster, LEAVING)},
}


def write_to_people(hoster: Hoster, canary: str) -> None:
    """One model of letter, one guide for calls, an open newsletter with a draft and a reader to confirm."""
    with scope(hoster=hoster):
        LetterModel.objects.create(hoster=hoster, name=f"{canary} modèle", subject=canary, body=canary)
        CallScript.objects.create(
            hoster=hoster, name=f"{canary} guide", text=f"1. {canary} ?\n- oui -> fin\n- non -> fin"
        )
        NewsletterIssue.objects.create(hoster=hoster, subject=f"{canary} lettre", body=canary)
        NewsletterSettings.objects.create(
            hoster=hoster, is_open=True, about=f"{canary} nouvelles", rhythm="une fois par an"
        )
        make_campaign(hoster, name=f"{canary} campagne", target=f"{canary} cible", code=canary.lower())
        Encounter.objects.create(hoster=hoster, name=f"{canary} salon", on=TODAY, code="salon", text=canary)
        CallForProjects.objects.create(hoster=hoster, title=f"{canary} appel", issuer=canary, deadline=TODAY)
        Partner.objects.create(hoster=hoster, name=f"{canary} ami", kind=Partner.Kind.HOSTER)
        Wish.objects.create(hoster=hoster, title=f"{canary} souhait")
        ActionPlan.objects.create(hoster=hoster, name=f"{canary} plan", steps=f"0 : {canary}")
        Subscriber.objects.create(hoster=hoster, email=f"lectrice@{canary.lower()}.example", text=canary)


def unsubscribing_token(contact: Contact) -> str:
    return signing.dumps([contact.pk, Consent.Purpose.PROSPECTING.value], salt=SALT)


def reader_token(hoster: Hoster, salt: str) -> str:
    return signing.dumps(hoster.subscribers.get().pk, salt=salt)


def make_campaign(hoster: Hoster, **fields: Any) -> Campaign:
    """Sports clubs of Lyon, all November, with one action."""
    values = {
        "name": "Les clubs de Lyon",
        "target": "Les clubs de sport de Lyon",
        "lever": "mail",
        "segment": "association",
        "territory": "69",
        "starts_on": date(2026, 11, 1),
        "ends_on": date(2026, 11, 30),
    }
    campaign = Campaign.objects.create(hoster=hoster, **values | fields)
    CampaignAction.objects.create(campaign=campaign, what=campaign.name, due_on=TODAY, lever="mail")
    return campaign
