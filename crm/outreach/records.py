"""What the team writes down of its outreach: kept and taken away as forms leave it."""

from django.db import transaction
from django.utils import timezone

from crm.models import (
    ActionPlan,
    CallForProjects,
    Campaign,
    Encounter,
    Objection,
    Organization,
    Partner,
    PartnerAction,
    Wish,
    WishVoice,
)

Record = Campaign | Encounter | CallForProjects | Partner | PartnerAction | Wish | Objection | ActionPlan


def keep(*, record: Record) -> None:
    """Write a record as a form left it."""
    record.save()


def remove(*, record: Record) -> None:
    """Take a record away, with what hangs on it; organisations and people stay."""
    record.delete()


@transaction.atomic
def add_voice(*, wish: Wish, organization: Organization, words: str) -> bool:
    """An organisation asks for it too. Asking twice counts once; says whether it is a new voice."""
    told = {"words": words[:240]}
    _voice, is_new = WishVoice.objects.get_or_create(wish=wish, organization=organization, defaults=told)
    return is_new


def answer_wish(*, wish: Wish) -> None:
    """The hoster proposes it from today on; saying it twice changes nothing."""
    Wish.objects.filter(pk=wish.pk, answered_on=None).update(answered_on=timezone.localdate())
