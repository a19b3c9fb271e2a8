"""The rows behind each figure, with the sentence that says how it is counted."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.figures.figure import Cells, Figure, day_words
from billing.figures.pending import YEAR, support_of
from billing.figures.recurring import contracts_of, renewals
from billing.figures.relation_rows import RELATION_FIGURES
from billing.models import Invoice, Quote, Satisfaction, Subscription, SupportTime, Termination
from hosters.models import Hoster
from pricing.typography import euros

RENEWAL_DAYS = 90


def _open_quotes(hoster: Hoster, today: date) -> "QuerySet[Quote]":
    return Quote.objects.filter(hoster=hoster).undecided(today).latest_first()


def _quote(quote: Quote) -> Cells:
    amount = euros(quote.first_year_gross)
    told = (quote.organization.name, quote.status_label, amount, day_words(quote.valid_until))
    return Cells(quote.get_absolute_url(), quote.number, told)


def _running(hoster: Hoster, today: date) -> "QuerySet[Subscription]":
    rows = Subscription.objects.filter(hoster=hoster, started_on__lte=today).active()
    return rows.select_related("organization", "quote").order_by("-started_on", "-pk")


def _to_renew(hoster: Hoster, today: date) -> "QuerySet[Subscription]":
    due = [each.pk for each in renewals(contracts_of(hoster), today, within=RENEWAL_DAYS)]
    return _running(hoster, today).filter(pk__in=due).order_by("started_on", "pk")


def _subscription(row: Subscription) -> Cells:
    price = f"{euros(row.quote.period_gross)} {row.quote.caption}"
    told = (row.quote.promise["offer"], price, day_words(row.started_on))
    return Cells(row.organization.get_absolute_url(), row.organization.name, told)


def _departures(hoster: Hoster, today: date) -> "QuerySet[Termination]":
    rows = Termination.objects.filter(hoster=hoster, received_at__gte=timezone.now() - YEAR)
    return rows.select_related("subscription__organization").order_by("-received_at", "-pk")


def _termination(row: Termination) -> Cells:
    url = row.subscription.organization.get_absolute_url() if row.subscription else ""
    return Cells(url, row.organization, (day_words(row.received_at), row.reason))


def _unpaid(hoster: Hoster, today: date) -> "QuerySet[Invoice]":
    return (
        Invoice.objects.filter(hoster=hoster).unpaid().select_related("organization").order_by("due_on", "pk")
    )


def _invoice(row: Invoice) -> Cells:
    told = (row.organization.name, euros(row.balance()), day_words(row.due_on), row.status_label)
    return Cells(row.get_absolute_url(), row.number, told)


def _answers(hoster: Hoster, today: date) -> "QuerySet[Satisfaction]":
    rows = Satisfaction.objects.filter(hoster=hoster, asked_at__gte=timezone.now() - YEAR)
    rows = rows.exclude(score=None).select_related("subscription__organization")
    return rows.order_by("-answered_at", "-pk")


def _answer(row: Satisfaction) -> Cells:
    organization = row.subscription.organization
    told = (f"{row.score} / 10", row.comment, day_words(row.answered_at))
    return Cells(organization.get_absolute_url(), organization.name, told)


def _support(hoster: Hoster, today: date) -> "QuerySet[SupportTime]":
    return support_of(hoster, today).select_related("subscription__organization").order_by("-spent_on", "-pk")


def _time(row: SupportTime) -> Cells:
    organization = row.subscription.organization
    told = (day_words(row.spent_on), f"{row.minutes} min", row.what)
    return Cells(organization.get_absolute_url(), organization.name, told)


_CONTRACT = (_("Offre"), _("Prix"), _("Depuis le"))
FIGURES = {
    figure.code: figure
    for figure in (
        Figure(
            "devis-ouverts",
            _("Devis à décider"),
            _(
                "Devis envoyés, vus ou devant le conseil, encore valables. Chacun compte pour le montant "
                "de sa première année, multiplié par la chance d’être accepté que vous donnez à son état "
                "dans les réglages. C’est un ordre de grandeur, pas une promesse."
            ),
            (_("Structure"), _("État"), _("Première année"), _("Valable jusqu’au")),
            _open_quotes,
            _quote,
            _("Devis"),
            amount_at=2,
        ),
        Figure(
            "recurrent",
            _("Revenu récurrent du mois"),
            _(
                "Ce que les abonnements en cours rapportent en un mois, hors taxes : un prix annuel "
                "compte pour un douzième. Les prestations, les adhésions et les lignes d’une remise de "
                "bienvenue n’en sont pas. Une structure qui change de contrat ne part pas : elle monte ou "
                "elle descend."
            ),
            _CONTRACT,
            _running,
            _subscription,
        ),
        Figure(
            "echeances",
            _("Contrats qui arrivent à leur année"),
            _("Abonnements en cours dont la date anniversaire tombe dans les 90 jours."),
            _CONTRACT,
            _to_renew,
            _subscription,
        ),
        Figure(
            "departs",
            _("Départs demandés"),
            _(
                "Résiliations reçues par le formulaire public depuis un an, avec le motif écrit par "
                "l’association. Le taux, lui, compte les structures qui n’ont plus de contrat en cours "
                "alors qu’elles en avaient un il y a un an."
            ),
            (_("Reçue le"), _("Motif")),
            _departures,
            _termination,
        ),
        Figure(
            "impayes",
            _("Reste à recevoir"),
            _(
                "Factures émises dont les paiements n’atteignent pas le total, TTC, rangées d’après le "
                "nombre de jours passés depuis l’échéance."
            ),
            (_("Structure"), _("Reste à payer"), _("Échéance"), _("État")),
            _unpaid,
            _invoice,
            _("Facture"),
            amount_at=1,
        ),
        Figure(
            "avis",
            _("Avis des structures"),
            _(
                "Une seule question, trois mois après la première facture : « nous recommanderiez-vous ? "
                "», de 0 à 10. Le score est la part des 9 et 10 moins la part des notes de 0 à 6, parmi "
                "les réponses d’un an."
            ),
            (_("Note"), _("En quelques mots"), _("Répondu le")),
            _answers,
            _answer,
        ),
        Figure(
            "accompagnement",
            _("Temps d’accompagnement du mois"),
            _(
                "Minutes notées depuis le premier du mois pour les structures, sans celles qui ont été annulées."
            ),
            (_("Jour"), _("Durée"), _("À quoi")),
            _support,
            _time,
        ),
        *RELATION_FIGURES,
    )
}
