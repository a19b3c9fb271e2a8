"""What the team wrote about a person: exported with the person, and emptied with them (GDPR-05, GDPR-06).

What hangs on no card (things to do, notes of an organisation) is emptied when it names the person, or when nobody is
left in the organisation.
"""

from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from crm.folding import folded
from crm.models import (
    Contact,
    FollowUp,
    Interaction,
    Opportunity,
    OpportunityChange,
    Organization,
    Postponement,
    StageChange,
)
from crm.persons import register_chapter, register_eraser

#: Free words about people that hang on an organisation: model, way to it, field, whether it may be left empty.
ABOUT_PEOPLE: list[tuple[type[Model], str, str, bool]] = [
    (Organization, "pk", "note", True),
    (Interaction, "organization", "summary", False),
    (Interaction, "organization", "brought", True),
    (FollowUp, "organization", "what", False),
    (Postponement, "follow_up__organization", "reason", False),
]
#: Words about deals and steps, which prove what happened: emptied only when they name the person.
ABOUT_STEPS: list[tuple[type[Model], str, str, bool]] = [
    (Opportunity, "organization", "offer", False),
    (OpportunityChange, "opportunity__organization", "why", False),
    (StageChange, "organization", "evidence", False),
]


def register() -> None:
    """Add our chapter, and what empties it."""
    register_chapter("echanges_notes_par_l_equipe", _exchanges)
    register_chapter("relances_qui_la_nomment", _follow_ups)
    register_eraser(_forget)


def _exchanges(cards: "QuerySet[Contact]") -> list[dict[str, Any]]:
    return [
        {
            "moyen": each.get_channel_display(),
            "initiative": each.get_direction_display(),
            "le": each.happened_at.isoformat(),
            "ce_qui_s_est_dit": each.summary,
            "apport": each.brought,
        }
        for each in Interaction.objects.filter(contact__in=cards).order_by("pk")
    ]


def _follow_ups(cards: "QuerySet[Contact]") -> list[dict[str, Any]]:
    rows = FollowUp.objects.filter(organization__in=cards.values("organization_id"))
    rows = rows.filter(pk__in=_naming(cards, rows, "what"))
    return [{"quoi": each.what, "pour_le": each.due_on.isoformat()} for each in rows.order_by("pk")]


def _forget(cards: "QuerySet[Contact]") -> None:
    """Empty the words of the team while the cards still have their names."""
    erased = _("Texte effacé")
    Interaction.objects.filter(contact__in=cards).update(summary=erased, brought="")
    homes = set(cards.values_list("organization_id", flat=True))
    others = Contact.objects.filter(organization__in=homes, erased_at=None).exclude(pk__in=cards.values("pk"))
    empty = homes - set(others.values_list("organization_id", flat=True))
    for columns, alone in ((ABOUT_PEOPLE, empty), (ABOUT_STEPS, set[int]())):
        for model, home, field, may_be_empty in columns:
            rows = model._default_manager.filter(**{f"{home}__in": homes}).exclude(**{field: ""})
            told = Q(**{f"{home}__in": alone}) | Q(pk__in=_naming(cards, rows, field))
            rows.filter(told).update(**{field: "" if may_be_empty else erased})


def _naming(cards: "QuerySet[Contact]", rows: "QuerySet[Any]", field: str) -> list[int]:
    """The rows whose text holds the name or the address of one of these cards.

    Whole words, accents and capitals aside: « Zoe Petit » is Zoé Petit, « Petitjean » is somebody else. Read here and
    not by the database, which has no word for that; the rows are those of the organisations of one person.
    """
    named = {folded(word) for card in cards for word in (card.name, card.email)} - {""}
    texts = rows.values_list("pk", field)
    return [pk for pk, text in texts if any(f" {word} " in f" {folded(text)} " for word in named)]
