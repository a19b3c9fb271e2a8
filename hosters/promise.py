"""What a hoster promises to everybody, as plain data: shown on the pages, and copied by a document for ever."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_scopes import scope

from hosters.availability import downtime_per_year, in_words
from hosters.charter import CHARTER
from hosters.models import CharterCommitment, Hoster, LegalForm, Statement
from pricing.typography import NBSP, quantity

#: The four families of costs, in the order of the course (002-023), and what each pays for.
FAMILIES = ("infrastructure", "salaries", "operations", "savings")


def public_promise(hoster: Hoster) -> dict[str, Any]:
    """Everything that the hoster says of itself, in two queries; JSON values only. Empty means: not said."""
    with scope(hoster=hoster):
        told = [each for each in Statement.objects.all() if each.is_public]
        charter = {each.code: each for each in CharterCommitment.objects.all()}
    return {
        "availability": _availability(hoster),
        "support": {
            "person": hoster.contact_person,
            "phone": hoster.phone,
            "hours": hoster.contact_hours,
            "response": hoster.response_time,
            "days_off": hoster.days_off,
        },
        "continuity": continuity_words(hoster),
        "backups": backups(hoster),
        "data_place": hoster.data_place,
        "foreign_access": hoster.foreign_access,
        "area_served": hoster.area_served,
        "status": status_in_words(hoster),
        "price": {"why": hoster.why_paid, "shares": cost_shares(hoster)},
        "strengths": _statements(told, Statement.Kind.STRENGTH),
        "limits": _statements(told, Statement.Kind.LIMIT),
        "values": _statements(told, Statement.Kind.VALUE),
        "labels": _statements(told, Statement.Kind.LABEL),
        "charter": [_commitment(each.code, charter) for each in CHARTER if each.code in charter],
    }


def public_limits(hoster: Hoster) -> tuple[str, ...]:
    """The limits that visitors read, in one query (Q-HONEST)."""
    with scope(hoster=hoster):
        rows = Statement.objects.filter(kind=Statement.Kind.LIMIT, is_public=True)
        return tuple(f"{each.title} {each.text}".strip() for each in rows)


def cost_shares(hoster: Hoster) -> list[dict[str, Any]]:
    """What a hundred euros pay for, in percent; nothing unless the four families close on a hundred (002-083)."""
    labels = {
        "infrastructure": (_("Infrastructure"), _("serveurs, réseau, électricité, noms de domaine")),
        "salaries": (_("Salaires"), _("les personnes qui installent, réparent et répondent")),
        "operations": (_("Fonctionnement"), _("local, assurance, banque, déplacements")),
        "savings": (_("Épargne"), _("de quoi remplacer le matériel et passer un mauvais mois")),
    }
    amounts = {family: getattr(hoster, f"cost_{family}") for family in FAMILIES}
    if None in amounts.values() or sum(amounts.values()) != 100:
        return []
    return [
        {"label": labels[family][0], "meaning": labels[family][1], "percent": amounts[family]}
        for family in FAMILIES
    ]


def payment_words(hoster: Hoster) -> str:
    """How an invoice is paid and when, before anything is signed: only by the ways that the hoster has."""
    told = {"days": ngettext("%(n)s jour", "%(n)s jours", hoster.payment_days) % {"n": hoster.payment_days}}
    if hoster.iban and hoster.sepa_ics:
        return _("Chaque facture se paie sous %(days)s, par virement ou par prélèvement.") % told
    if hoster.iban:
        return _("Chaque facture se paie par virement, sous %(days)s.") % told
    return _("Chaque facture se paie sous %(days)s.") % told


def status_in_words(hoster: Hoster) -> str:
    """What becomes of the money, in the hoster's words, else what its legal form alone warrants (002-099)."""
    if hoster.nonprofit:
        return hoster.nonprofit
    known = {
        LegalForm.ASSOCIATION.value: _(
            "%(name)s est une association à but non lucratif : l’argent fait vivre le service, "
            "et personne ne se partage de bénéfice."
        ),
        LegalForm.COOPERATIVE.value: _(
            "%(name)s est une coopérative : on y décide à une personne, une voix, "
            "et une part des bénéfices reste toujours dans l’entreprise."
        ),
    }
    return known[hoster.legal_form] % {"name": hoster.name} if hoster.legal_form in known else ""


def continuity_words(hoster: Hoster) -> str:
    """How many people can act, and what happens when one is away (003-027); "" while it is not told."""
    people = hoster.continuity_people
    able = (
        ngettext(
            "%(n)s personne peut intervenir sur vos services.",
            "%(n)s personnes peuvent intervenir sur vos services.",
            people,
        )
        % {"n": people}
        if people
        else ""
    )
    return " ".join(filter(None, [able, hoster.continuity]))


def backups(hoster: Hoster) -> list[dict[str, str]]:
    """The policy, fact by fact (002-085); nothing when the number of copies was not said."""
    if not hoster.backup_copies:
        return []
    facts = [
        (_("Copies"), str(hoster.backup_copies)),
        (_("Rythme"), hoster.backup_frequency),
        (_("Gardées pendant"), hoster.backup_retention),
        (_("Lieu"), hoster.backup_place),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]


def _availability(hoster: Hoster) -> dict[str, str] | None:
    target = hoster.availability_target
    if target is None:
        return None
    away = downtime_per_year(target)
    return {
        "target": f"{quantity(target)}{NBSP}%",
        "per_year": in_words(away),
        "per_month": in_words(away / 12),
        "why": hoster.availability_why,
    }


def _statements(rows: list[Statement], kind: Statement.Kind) -> list[dict[str, str]]:
    return [
        {"title": each.title, "text": each.text, "evidence": each.evidence_url}
        for each in rows
        if each.kind == kind
    ]


def _commitment(code: str, rows: dict[str, CharterCommitment]) -> dict[str, str]:
    row = rows[code]
    known = next(each for each in CHARTER if each.code == code)
    return {
        "code": code,
        "title": str(known.title),
        "meaning": str(known.meaning),
        "status": row.status,
        "status_label": row.get_status_display(),
        "text": row.text,
        "evidence": row.evidence_url,
    }
