"""Two rows that may be one organisation: warned when one is typed, found by a page, merged by a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from crm.folding import domain_of, folded, name_key
from crm.models import Contact, Organization
from crm.models.organization import OrganizationQuerySet
from hosters.models import Hoster

#: From which likeness of two names somebody should look (0 to 1).
NEAR = 0.84
#: How many names of the same town are compared one by one.
COMPARED = 300
SHOWN = 5
GROUPS = 40


@dataclass(frozen=True)
class Likeness:
    """An organisation that looks like another, and why in French."""

    organization: Organization
    reasons: list[str]


@dataclass(frozen=True)
class Group:
    """Organisations that share something they should not."""

    reason: str
    organizations: list[Organization]


def lookalikes(*, organization: Organization, email: str = "") -> list[Likeness]:
    """Who, among the living rows of the hoster, may already be this one; the surest first."""
    others = Organization.objects.filter(hoster=organization.hoster).living().exclude(pk=organization.pk)
    found: dict[int, Likeness] = {}
    for reason, rows in _candidates(organization, others, email):
        for row in rows[:SHOWN]:
            found.setdefault(row.pk, Likeness(row, [])).reasons.append(reason)
    return sorted(found.values(), key=lambda each: -len(each.reasons))[:SHOWN]


def _candidates(
    organization: Organization, others: OrganizationQuerySet, email: str
) -> Iterable[tuple[str, list[Organization]]]:
    if organization.siren:
        yield _("même SIREN"), list(others.filter(siren=organization.siren)[:SHOWN])
    if organization.rna:
        yield _("même RNA"), list(others.filter(rna=organization.rna)[:SHOWN])
    if domain := domain_of(email):
        people = Contact.objects.filter(email__iendswith=f"@{domain}").values("organization")
        same_town = Q(town__iexact=organization.town) | Q(town="")
        yield _("même domaine de courriel"), list(others.filter(same_town, pk__in=people)[:SHOWN])
    yield _("nom proche"), _near(organization, others)


def _near(organization: Organization, others: OrganizationQuerySet) -> list[Organization]:
    key = name_key(organization.name)
    same = list(others.filter(name_key=key)[:SHOWN])
    if not organization.town:
        return same
    neighbours = others.filter(town__iexact=organization.town).exclude(name_key=key)
    initial = folded(organization.name)[:1]
    close = [
        row
        for row in neighbours.only("pk", "name", "town", "name_key", "hoster_id")[:COMPARED]
        if initial and SequenceMatcher(None, row.name_key, key).ratio() >= NEAR
    ]
    return same + close


def groups(hoster: Hoster) -> list[Group]:
    """Organisations that have the same SIREN, the same RNA, or the same name in the same territory."""
    living = Organization.objects.filter(hoster=hoster).living()
    shared = [
        (_("même SIREN"), living.exclude(siren=""), ("siren",)),
        (_("même RNA"), living.exclude(rna=""), ("rna",)),
        (_("même nom, même territoire"), living.exclude(name_key=""), ("name_key", "territory")),
    ]
    found: list[Group] = []
    for reason, rows, names in shared:
        found += _groups(reason, rows, names)
    return _without_repeats(found)


def _groups(reason: str, rows: OrganizationQuerySet, names: tuple[str, ...]) -> list[Group]:
    values = rows.order_by().values(*names).annotate(number=Count("pk")).filter(number__gt=1)[:GROUPS]
    keys = [tuple(row[name] for name in names) for row in values]
    if not keys:
        return []
    wanted = Q()
    for key in keys:
        wanted |= Q(**dict(zip(names, key, strict=True)))
    alike: dict[tuple[str, ...], list[Organization]] = {key: [] for key in keys}
    for row in rows.filter(wanted).order_by("created_at", "pk")[: GROUPS * 10]:
        alike[tuple(getattr(row, name) for name in names)].append(row)
    return [Group(reason, members) for members in alike.values() if len(members) > 1]


def _without_repeats(found: list[Group]) -> list[Group]:
    seen: set[frozenset[int]] = set()
    kept = []
    for group in found:
        members = frozenset(row.pk for row in group.organizations)
        if members not in seen:
            seen.add(members)
            kept.append(group)
    return kept
