"""The rows behind the figures of relations, with the sentence that says how each is counted."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from billing.figures.figure import Cells, Figure, day_words
from billing.figures.relations import (
    days_to_yes,
    first_yeses,
    is_referred,
    past_their_year,
    sent_quotes,
    went_on,
)
from billing.figures.sales import first_month, invoiced_lines
from billing.models import Acceptance, Invoice, InvoiceLine, Quote, Subscription
from crm.models import Opportunity, Organization
from crm.renewing import arrived, open_deals
from crm.sources import source_label
from crm.stages import stage_label
from hosters.models import Hoster
from pricing.typography import euros


def _lines(hoster: Hoster, today: date) -> "QuerySet[InvoiceLine]":
    rows = invoiced_lines(hoster, today).select_related("invoice__organization")
    return rows.order_by("-invoice__issued_on", "-invoice_id", "position")


def _line(row: InvoiceLine) -> Cells:
    nature = str(row.get_nature_display()) if row.nature else _now("acompte, ou ligne d’avant")
    told = (row.invoice.organization.name, row.label, nature, euros(row.net * row.invoice.sign))
    return Cells(row.invoice.get_absolute_url(), row.invoice.number, told)


def _relations(hoster: Hoster, today: date) -> "QuerySet[Subscription]":
    rows = Subscription.objects.filter(hoster=hoster, started_on__lte=today)
    return rows.select_related("organization", "quote").order_by("started_on", "pk")


def _relation(row: Subscription) -> Cells:
    price = f"{euros(row.quote.period_gross)} {row.quote.caption}"
    told = (price, day_words(row.started_on), day_words(row.ended_on) or _now("en cours"))
    return Cells(row.organization.get_absolute_url(), row.organization.name, told)


def _yeses(hoster: Hoster, today: date) -> "QuerySet[Acceptance]":
    return first_yeses(hoster, today).select_related("quote__organization").order_by("-accepted_at", "-pk")


def _yes(row: Acceptance) -> Cells:
    organization = row.quote.organization
    days = str(days_to_yes(row))
    told = (day_words(organization.created_at), day_words(row.accepted_at), days)
    return Cells(organization.get_absolute_url(), organization.name, told)


def _unqualified(hoster: Hoster, today: date) -> "QuerySet[Quote]":
    rows = sent_quotes(hoster, today).filter(organization__qualified=False)
    return rows.select_related("organization").order_by("-issued_on", "-pk")


def _quote(row: Quote) -> Cells:
    told = (row.organization.name, row.status_label, day_words(row.issued_on))
    return Cells(row.get_absolute_url(), row.number, told)


def _referred(hoster: Hoster, today: date) -> "QuerySet[Invoice]":
    rows = Invoice.objects.filter(hoster=hoster, issued_on__range=(first_month(today), today))
    rows = rows.filter(is_referred("organization")).select_related("organization")
    return rows.order_by("-issued_on", "-pk")


def _invoice(row: Invoice) -> Cells:
    told = (row.organization.name, euros(row.signed_net), day_words(row.issued_on))
    return Cells(row.get_absolute_url(), row.number, told)


def _past(hoster: Hoster, today: date) -> "QuerySet[Subscription]":
    rows = past_their_year(hoster, today).select_related("organization", "quote")
    return rows.order_by("-started_on", "-pk")


def _first_year(row: Subscription) -> Cells:
    told = (_now("oui") if went_on(row) else _now("non"), day_words(row.started_on), day_words(row.ended_on))
    return Cells(row.organization.get_absolute_url(), row.organization.name, told)


def _arrivals(hoster: Hoster, today: date) -> "QuerySet[Organization]":
    return arrived(hoster, first_month(today), today).select_related("hoster").order_by("-created_at", "-pk")


def _arrival(row: Organization) -> Cells:
    told = (day_words(row.created_at), source_label(row.source), stage_label(row.stage, row.hoster))
    return Cells(row.get_absolute_url(), row.name, told)


def _open_deals(hoster: Hoster, today: date) -> "QuerySet[Opportunity]":
    return open_deals(hoster).select_related("organization")


def _deal(row: Opportunity) -> Cells:
    value = "" if row.yearly_value is None else euros(row.yearly_value)
    told = (row.offer, str(row.get_step_display()), value, day_words(row.created_at))
    return Cells(row.organization.get_absolute_url(), row.organization.name, told)


RELATION_FIGURES = (
    Figure(
        "natures",
        _("D’où vient l’argent"),
        _(
            "Lignes des factures de ce mois et des onze d’avant, hors taxes, moins les avoirs. Une ligne d’offre "
            "a la nature du composant qu’elle paie ; sans lien, celle de toute l’offre, hybride si elle mélange. "
            "Une mise en service est une prestation. Une ligne écrite à la main est une prestation si elle est "
            "payée une fois, un service si elle revient, une adhésion si elle revient chaque année hors TVA."
        ),
        (_("Structure"), _("Ligne"), _("Nature"), _("Hors taxes")),
        _lines,
        _line,
        _("Facture"),
        amount_at=3,
    ),
    Figure(
        "valeur-client",
        _("Ce qu’apporte une structure, du début à la fin"),
        _(
            "Revenu récurrent d’un mois divisé par le nombre de structures sous contrat, multiplié par la durée "
            "moyenne des relations en mois. Une relation va du premier contrat au dernier jour du dernier ; celles "
            "qui continuent comptent jusqu’à aujourd’hui, la durée est donc un minimum."
        ),
        (_("Prix"), _("Depuis le"), _("Jusqu’au")),
        _relations,
        _relation,
    ),
    Figure(
        "cycle",
        _("Du premier contact au oui"),
        _(
            "Jours entre le jour où une structure est entrée dans le carnet et sa première acceptation, pour les "
            "premières acceptations de ce mois et des onze d’avant. La moyenne et la valeur du milieu."
        ),
        (_("Entrée le"), _("Premier oui le"), _("Jours")),
        _yeses,
        _yes,
        amount_at=2,
    ),
    Figure(
        "non-qualifiees",
        _("Devis partis sans qualification"),
        _(
            "Parmi les devis partis ce mois et les onze d’avant, dernière version de chacun : ceux d’une structure à "
            "qui manque aujourd’hui une des trois réponses obligatoires, ou pour qui elle est négative."
        ),
        (_("Structure"), _("État"), _("Parti le")),
        _unqualified,
        _quote,
        _("Devis"),
    ),
    Figure(
        "parrainage",
        _("Ce que le bouche-à-oreille apporte"),
        _(
            "Part des montants facturés hors taxes, avoirs déduits, ce mois et les onze d’avant, qui vient de "
            "structures dont une personne a été recommandée par une autre structure."
        ),
        (_("Structure"), _("Hors taxes"), _("Date")),
        _referred,
        _invoice,
        _("Facture"),
        amount_at=1,
    ),
    Figure(
        "reconductions",
        _("Contrats qui passent leur première année"),
        _(
            "Parmi les contrats commencés il y a un an ou plus, ceux qui ont continué après leur premier "
            "anniversaire. Un contrat changé pour un autre n’est pas compté : c’est le nouveau qui l’est."
        ),
        (_("A continué"), _("Depuis le"), _("Terminé le")),
        _past,
        _first_year,
    ),
    Figure(
        "arrivees",
        _("Nouvelles structures"),
        _(
            "Structures entrées dans le carnet ce mois et les onze d’avant, d’où qu’elles viennent. Une fiche "
            "fusionnée dans une autre n’est pas comptée."
        ),
        (_("Entrée le"), _("Arrivée par"), _("Étape")),
        _arrivals,
        _arrival,
    ),
    Figure(
        "anciennete",
        _("Affaires ouvertes, d’après leur âge"),
        _(
            "Affaires ni gagnées ni perdues aujourd’hui, rangées d’après le nombre de jours passés depuis leur "
            "ouverture, avec ce qu’elles apporteraient en un an quand c’est connu."
        ),
        (_("Offre"), _("Étape"), _("Par an"), _("Ouverte le")),
        _open_deals,
        _deal,
    ),
)
