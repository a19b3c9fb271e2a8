"""A campaign is written, its actions done, its reviews kept."""

import re
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.folding import folded
from crm.models import Campaign, CampaignAction, CampaignGoal, CampaignReview, Organization

#: « Toutes les associations » is nobody (002-188).
EVERYBODY = re.compile(r"\btou(?:t|te|s|tes)\b.{0,12}\b(?:monde|assos?|associations?|structures?|gens)\b")
LEAST_CRITERIA = 2


class CampaignRefused(Exception):
    """The campaign is not precise enough; the message says what lacks, in French."""


def check_target(campaign: Campaign) -> None:
    """Whether a target is somebody in particular: two criteria at least, and words that do not say « everybody ».

    Raises:
        CampaignRefused: it is not (002-188).
    """
    if EVERYBODY.search(folded(campaign.target)):
        raise CampaignRefused(_("« Tout le monde » n’est personne : dites à qui vous parlez en particulier."))
    told = [campaign.segment, campaign.territory, campaign.need]
    size = campaign.least_accounts is not None or campaign.most_accounts is not None
    if sum(bool(each) for each in told) + size < LEAST_CRITERIA:
        raise CampaignRefused(_("Il faut au moins deux critères : public, département, besoin, taille."))


def keep_part(*, part: CampaignGoal | CampaignAction | CampaignReview) -> None:
    """Write a goal, an action or a review as a form left it."""
    part.save()


def remove_part(*, part: CampaignGoal | CampaignAction | CampaignReview) -> None:
    """Take a goal, an action or a review away."""
    part.delete()


def finish_action(*, action: CampaignAction) -> None:
    """An action is done; saying it twice changes nothing."""
    CampaignAction.objects.filter(pk=action.pk, done_at=None).update(done_at=timezone.now())


def targets_of(campaign: Campaign) -> "QuerySet[Organization]":
    """The organisations that fit every criterion, without those that want to be left alone."""
    wanted: dict[str, Any] = {
        "segment": campaign.segment,
        "territory": campaign.territory,
        "tags": campaign.need_id,
        "accounts__gte": campaign.least_accounts,
        "accounts__lte": campaign.most_accounts,
    }
    asked = {name: value for name, value in wanted.items() if value not in ("", None)}
    rows = Organization.objects.filter(hoster=campaign.hoster, do_not_contact=False, **asked).living()
    return rows.order_by("-knowing_at", "pk")
