"""A few letters of a campaign: whom, why each one, and who is left out; a person looks, then sends (002-182)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db.models import Prefetch, QuerySet

from crm.campaigns.campaigns import targets_of
from crm.letters.batch import prospecting_verdicts, reached_lately
from crm.letters.refusals import Verdict
from crm.letters.sending import Draft, LetterRefused, send_letter
from crm.letters.values import filled
from crm.models import Campaign, Contact, LetterModel, Organization, RelationSettings
from crm.relation_settings import relation_settings
from hosters.models import User

#: How many organisations are looked at for one letter that may go.
LOOKED_AT = 4


@dataclass(frozen=True)
class Recipient:
    """A person who fits the target, and whether we may write to them now."""

    contact: Contact
    verdict: Verdict


def recipients_of(campaign: Campaign, settings: RelationSettings) -> list[Recipient]:
    """The first person of each organisation of the target that was not reached lately, those allowed first.

    No more than the hoster writes to at once may be ticked; those who may not be written to are shown with the reason.
    """
    most = settings.letters_at_once
    lately = reached_lately(campaign.hoster).values("organization")
    contacts = _people(campaign, targets_of(campaign).exclude(pk__in=lately)[: LOOKED_AT * most])
    verdicts = prospecting_verdicts(campaign.hoster, contacts, opt_out=settings.opt_out_prospecting)
    told = [Recipient(contact, verdict) for contact, verdict in zip(contacts, verdicts, strict=True)]
    allowed = [each for each in told if each.verdict.allowed][:most]
    return [*allowed, *(each for each in told if not each.verdict.allowed)]


def _people(campaign: Campaign, organizations: "QuerySet[Organization]") -> list[Contact]:
    people = Contact.objects.current().filter(erased_at=None).order_by("pk")
    contacts = []
    for organization in organizations.prefetch_related(Prefetch("contacts", people, to_attr="people")):
        organization.hoster = campaign.hoster
        for contact in organization.people[:1]:
            contact.organization = organization
            contacts.append(contact)
    return contacts


@dataclass(frozen=True)
class Sent:
    """How many letters left, and the reasons why others did not."""

    number: int
    refusals: list[str]


def send_letters(
    *, campaign: Campaign, model: LetterModel, chosen: Sequence[int], key: UUID, by: User
) -> Sent:
    """Write to the chosen people with a model, one letter each; every one asks again whether it may go.

    `key` is the form's: sent twice, each letter leaves once.
    """
    number, refusals = 0, []
    most = relation_settings(campaign.hoster).letters_at_once
    aimed = Contact.objects.current().filter(pk__in=chosen[:most], organization__in=targets_of(campaign))
    for contact in aimed.filter(erased_at=None).select_related("organization__hoster").order_by("pk"):
        words = {name: filled(getattr(model, name), contact=contact, by=by) for name in ("subject", "body")}
        draft = Draft(purpose=LetterModel.Purpose.PROSPECTING, key=uuid5(key, str(contact.pk)), **words)
        try:
            send_letter(contact=contact, draft=draft, by=by)
            number += 1
        except LetterRefused as refused:
            refusals.append(f"{contact.organization.name} : {refused}")
    return Sent(number, refusals)
