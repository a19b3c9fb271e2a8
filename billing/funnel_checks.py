"""What documents say of the five hypotheses of 002-206, of what slows each step, and the trial of a quote."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Avg, Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from billing.documents.render import make_pdf
from billing.forms import AskForm
from billing.models import Document, QuoteEvent
from billing.quoting.online import QuoteRequest, request_quote
from billing.steps import ACCEPTED, ASKED, SENT
from crm.organizations import OrganizationDetails, PersonDetails
from funnel.checks import Check, Friction, Verdict, register_checks, register_frictions, register_trial
from funnel.choices import OFFER, SEGMENT, register_names
from funnel.counters import counted, counters_of
from funnel.look import Look
from funnel.models import StepCount
from hosters.models import Hoster
from hosters.together import tally, together
from offers.configurator import Configuration, configure
from offers.models import Offer, Segment
from pricing.typography import number

FEW_VISITS = 30
BROKEN = gettext_lazy("Le générateur de devis est-il en panne ?")


def register() -> None:
    """Tell the funnel what we know."""
    register_checks(hypotheses)
    register_frictions(frictions)
    register_trial(try_one_quote)
    register_names(OFFER, _offers)
    register_names(SEGMENT, _segments)


def hypotheses(look: Look) -> Iterable[Check]:
    """The five, in the order of the course."""
    configurations = _configurations(look.hoster)
    counters, refused, failed = counters_of(look), _refused(look), _failed(look)
    together(counters, refused, failed)
    totals = counted(counters)
    yield _too_generous(configurations)
    yield _too_dear(refused)
    yield _unclear(totals)
    yield _unknown(totals)
    yield _documents(failed)


def _refused(look: Look) -> "QuerySet[QuoteEvent, Any]":
    """How many refused in those days, and how many because of the price; no row when nobody did."""
    rows = QuoteEvent.objects.filter(
        quote__hoster=look.hoster, act=QuoteEvent.Act.REFUSE, at__date__range=(look.since, look.until)
    )
    dear = Count("pk", filter=Q(reason=QuoteEvent.Reason.PRICE))
    return rows.order_by().values("act").annotate(all=Count("pk"), price=dear).values("all", "price")


def _failed(look: Look) -> "QuerySet[Document, Any]":
    """How many PDFs of those days could not be made; no row when there is none."""
    rows = Document.objects.filter(hoster=look.hoster, state=Document.State.FAILED)
    return tally(rows.filter(quote__issued_on__range=(look.since, look.until)))


def _too_generous(configurations: list[Configuration]) -> Check:
    question = _("Ce qui est gratuit suffit-il à tout le monde ?")
    free = [each.offer.name for each in configurations if each.priced and not each.amount]
    if not free:
        return Check(question, _("Aucune offre publiée n’est gratuite au départ."), Verdict.OK)
    told = _("Gratuit au départ : %(names)s. Ce que la première offre payante donne de plus se voit-il ?")
    url = reverse("storefront:offers")
    return Check(question, told % {"names": ", ".join(free)}, Verdict.DOUBT, url, _("Comparer les offres"))


def _too_dear(refused: Iterable[dict[str, int]]) -> Check:
    question = _("Ce qui est payant est-il trop cher pour ces associations ?")
    said = next(iter(refused), None)
    url, label = reverse("staff:market"), _("Voir les prix des autres")
    if not said:
        return Check(question, _("Personne n’a dit pourquoi il refusait."), Verdict.OPEN, url, label)
    told = _("Refus qui disent « le prix dépasse notre budget » : %(price)s sur %(all)s.") % said
    return Check(question, told, Verdict.DOUBT if said["price"] else Verdict.OK, url, label)


def _unclear(totals: dict[str, int]) -> Check:
    question = _("L’offre n’est-elle pas claire ?")
    seen, tried = (totals.get(step, 0) for step in (StepCount.Step.OFFER, StepCount.Step.CONFIGURED))
    told = _("Offre vue : %(seen)s fois ; pack essayé : %(tried)s fois.") % {"seen": seen, "tried": tried}
    url, label = reverse("staff:offers"), _("Relire les offres")
    if not seen:
        return Check(question, told, Verdict.OPEN, url, label)
    return Check(question, told, Verdict.OK if tried * 10 >= seen else Verdict.DOUBT, url, label)


def _unknown(totals: dict[str, int]) -> Check:
    question = _("Sait-on que l’offre existe ?")
    visits = totals.get(StepCount.Step.VISIT, 0)
    told = ngettext("%(n)s visite sur la période.", "%(n)s visites sur la période.", visits) % {
        "n": number(visits)
    }
    return Check(question, told, Verdict.OK if visits >= FEW_VISITS else Verdict.DOUBT)


def _documents(failed: Iterable[dict[str, int]]) -> Check:
    """Without trying anything: PDFs that could not be made, and offers that have no price."""
    for each in failed:
        return Check(str(BROKEN), _("PDF de devis en échec : %(n)s.") % {"n": each["number"]}, Verdict.BROKEN)
    told = _("Aucun PDF en échec. Pour en être sûr, essayez-le d’un bout à l’autre plus bas.")
    return Check(str(BROKEN), told, Verdict.OPEN)


def frictions(look: Look) -> Iterable[Friction]:
    """Fields to fill, time before the PDF, errors (002-202)."""
    needed = sum(field.required and not field.widget.is_hidden for field in AskForm().fields.values())
    yield Friction(ASKED, _("le formulaire demande %(n)s réponses obligatoires.") % {"n": needed})
    rows = Document.objects.filter(hoster=look.hoster, quote__issued_on__range=(look.since, look.until))
    made = rows.aggregate(
        wait=Avg(F("rendered_at") - F("quote__created_at")),
        failed=Count("pk", filter=Q(state=Document.State.FAILED)),
    )
    if made["wait"] is not None:
        seconds = max(1, round(made["wait"].total_seconds()))
        yield Friction(SENT, _("le PDF est prêt après %(n)s s en moyenne.") % {"n": number(seconds)})
    if made["failed"]:
        yield Friction(SENT, _("PDF en échec : %(n)s.") % {"n": made["failed"]})
    yield Friction(ACCEPTED, _("il faut l’e-mail reçu, un nom, une fonction et une case à cocher."))


def try_one_quote(look: Look) -> Check:
    """Price every published offer, make one quote and its PDF as a visitor would, then undo everything.

    No number is lost, no mail leaves: the transaction is rolled back before anybody is told.
    """
    configurations = _configurations(look.hoster)
    priced = [each for each in configurations if each.priced]
    if not priced:
        return Check(
            str(BROKEN),
            _("Aucune offre publiée n’a de prix ferme : aucun devis ne peut sortir."),
            Verdict.BROKEN,
        )
    with transaction.atomic():
        quote = request_quote(hoster=look.hoster, asked=_asked(priced[0]))
        size = len(make_pdf(quote.document))
        transaction.set_rollback(True)
    told = _(
        "Essai réussi : %(priced)s offres sur %(all)s donnent un prix, un devis pour « %(offer)s » et son "
        "PDF (%(size)s Ko) ont été faits, puis jetés."
    )
    shown = {"priced": len(priced), "all": len(configurations), "offer": priced[0].offer.name}
    return Check(str(BROKEN), told % (shown | {"size": size // 1000}), Verdict.OK)


def _asked(configuration: Configuration) -> QuoteRequest:
    return QuoteRequest(
        offer=configuration.offer,
        tariff_version=configuration.version,
        selection=configuration.form.selection(),
        organization=OrganizationDetails(_("Essai de l’entonnoir"), "1 rue de l’Essai", "75001", "Paris"),
        person=PersonDetails(_("Essai"), "essai@entonnoir.invalid", notice=""),
        message="",
        source="",
        key=uuid4(),
    )


def _configurations(hoster: Hoster) -> list[Configuration]:
    """Each published offer as its page first shows it."""
    offers = Offer.objects.filter(hoster=hoster).published().for_display().select_related("hoster")
    found = (configure(offer, {}) for offer in offers)
    return [each for each in found if each is not None]


def _offers(hoster: Hoster) -> list[tuple[str, str]]:
    return list(Offer.objects.filter(hoster=hoster).order_by("name").values_list("slug", "name"))


def _segments(hoster: Hoster) -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Segment.choices]
