"""Organisations, the people in them, and what was said with them."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

from django.utils import timezone

from billing.crowd.rows import AT_ONCE, in_parts, write
from crm.derived import derive
from crm.models import Contact, FollowUp, Interaction, Organization, Stage
from hosters.models import Hoster

WORDS: dict[str, list[str]] = json.loads((Path(__file__).parent / "words.json").read_bytes())
KINDS, ABOUT, TOWNS, NAMES = (WORDS[name] for name in ("kinds", "about", "towns", "names"))

YEARS = 3
SAID = 3  # exchanges with each
#: Of 100.
SHARE = {Stage.CLIENT: 8, Stage.INTEREST: 14, Stage.CONTACT: 78}


def gather_people(*, hoster: Hoster, count: int, chance: Random) -> list[Contact]:
    """So many organisations over three years, with a person each and what was said with them.

    Returns the person of each organisation that went further than a first contact.
    """
    now = timezone.now()
    kept: list[Contact] = []
    for part in in_parts(_organization(hoster, rank, now, chance) for rank in range(count)):
        write(part)
        contacts = [_contact(each, chance) for each in part]
        write(contacts)
        write(_exchange(each, now, chance) for each in contacts for _time in range(SAID))
        write(_follow_up(each, now, chance) for each in part[: AT_ONCE // 20])
        kept += [each for each in contacts if each.organization.stage != Stage.CONTACT]
    return kept


def _organization(hoster: Hoster, rank: int, now: datetime, chance: Random) -> Organization:
    town = TOWNS[rank % len(TOWNS)]
    about = ABOUT[rank // len(TOWNS) % len(ABOUT)]
    kind = KINDS[rank // len(TOWNS) // len(ABOUT) % len(KINDS)]
    turn = rank // len(TOWNS) // len(ABOUT) // len(KINDS)
    since = now - timedelta(minutes=chance.randrange(YEARS * 365 * 24 * 60))
    (stage,) = chance.choices(list(SHARE), list(SHARE.values()))
    return derive(
        Organization(
            hoster=hoster,
            name=f"{kind} {about} de {town}" + (f" {turn + 1}" if turn else ""),
            street=f"{rank % 90 + 1} rue des Écoles",
            postcode=f"{rank % 94 + 1:02d}000",
            town=town,
            stage=stage,
            stage_since=since,
            created_at=since,
            knowing_at=since if stage != Stage.CONTACT else None,
            source=f"salon-{rank % 40}",
        )
    )


def _contact(organization: Organization, chance: Random) -> Contact:
    name = chance.choice(NAMES)
    return Contact(
        organization=organization,
        name=f"{name} Petit",
        email=f"{name.lower()}@structure-{organization.pk}.example",
        created_at=organization.created_at,
    )


def _exchange(contact: Contact, now: datetime, chance: Random) -> Interaction:
    happened = contact.created_at + (now - contact.created_at) * chance.random()
    return Interaction(
        organization=contact.organization,
        contact=contact,
        channel=chance.choice(Interaction.Channel.values),
        happened_at=happened,
        created_at=happened,
        summary="A demandé où sont les données et combien coûte une personne de plus.",
        key=uuid4(),
    )


def _follow_up(organization: Organization, now: datetime, chance: Random) -> FollowUp:
    return FollowUp(
        hoster=organization.hoster,
        organization=organization,
        what="Rappeler après la réunion du bureau",
        created_at=organization.created_at,
        due_on=(now + timedelta(days=chance.randrange(-30, 60))).date(),
    )
