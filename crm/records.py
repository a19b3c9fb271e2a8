"""Organisations and people entered and corrected by hand."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from crm.derived import derive
from crm.models import Contact, Organization, StageChange, Tag
from crm.sources import source_label
from hosters.models import Hoster, User

LONGEST_TAG = 40
MOST_TAGS = 20


@transaction.atomic
def keep_organization(*, organization: Organization, tags: Iterable[str], by: User) -> Organization:
    """Write an organisation as a form left it. A new one starts with its coordinates only (004-006)."""
    is_new = organization.pk is None
    derive(organization).save()
    if is_new:
        evidence = _("coordonnées saisies, origine : %(source)s") % {
            "source": source_label(organization.source)
        }
        StageChange.objects.create(
            organization=organization, after=organization.stage, evidence=evidence, by=by
        )
    organization.tags.set(_tags(organization.hoster, tags))
    return organization


def keep_contact(*, contact: Contact) -> Contact:
    """Write a person as a form left them. Their addresses are compared in lower case."""
    contact.email = contact.email.lower()
    contact.save()
    return contact


def _tags(hoster: Hoster, names: Iterable[str]) -> list[Tag]:
    said = {name.strip()[:LONGEST_TAG].lower() for name in names if name.strip()}
    kept = sorted(said)[:MOST_TAGS]
    Tag.objects.bulk_create([Tag(hoster=hoster, name=name) for name in kept], ignore_conflicts=True)
    return list(Tag.objects.filter(hoster=hoster, name__in=kept))
