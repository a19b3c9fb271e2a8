"""Who writes each mail about a subscription; `billing.subscriptions.mail_kinds` describes their placeholders."""

from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from billing.models import ContractChange, Invoice, RenewalNotice, Subscription, SubscriptionEnd, Trial
from billing.space_mails import day_words
from billing.subscriptions import contract_changes, mail_kinds
from billing.subscriptions.periods import commitment_months
from billing.subscriptions.refunds import refunds_of_end
from billing.subscriptions.renewal_notices import keep_proof
from hosters.links import absolute_url
from hosters.mail import Message, register_composer, register_witness
from hosters.models import Mail
from pricing.engine.money import ZERO
from pricing.typography import euros


def register() -> None:
    """Declare the mails of this package, and their words."""
    mail_kinds.register()
    for composer in (end_confirmed, end_undone, subscription_ended, renewal_notice):
        register_composer(composer.__name__, composer)
    for kind in ("trial_opened", "trial_ending", "trial_over"):
        register_composer(kind, trial_mail)
    register_witness("renewal_notice", keep_proof)
    for kind in ("price_change", "terms_change"):
        register_composer(kind, contract_change)
        register_witness(kind, contract_changes.keep_proof)
    register_composer("change_withdrawn", contract_change)


def end_confirmed(mail: Mail) -> Message | None:
    """To whoever asked: the date and the effects, on a durable medium (L215-1-1); nothing if it was undone since."""
    end = _end(mail)
    if end.undone_at:
        return None
    expected = sum((each.gross for each in refunds_of_end(end)), ZERO)
    money = _("Nous vous rendrons %(amount)s, par un avoir, dans les trente jours qui suivent.")
    return Message(context=_facts(end) | {"regle": end.why, "remboursement": _told(money, expected)})


def end_undone(mail: Mail) -> Message:
    """To the same person: nothing ends."""
    return Message(context=_facts(_end(mail)))


def subscription_ended(mail: Mail) -> Message:
    """The day after the last one: what was given back, where the data are."""
    end = _end(mail)
    credits = Invoice.objects.filter(
        subscription=end.subscription, kind=Invoice.Kind.CREDIT_NOTE, created_at__gte=end.decided_at
    )
    given = sum((each.gross for each in credits), ZERO)
    money = _(
        "Un avoir de %(amount)s vous est adressé. Ce qui est déjà payé est remboursé sous trente jours."
    )
    return Message(context=_facts(end) | {"remboursement": _told(money, given)})


def renewal_notice(mail: Mail) -> Message | None:
    """A mail of its own, with the deadline in a frame (L215-1); nothing once the end is decided."""
    notice = RenewalNotice.objects.select_related("subscription__quote").get(pk=mail.reference)
    subscription = notice.subscription
    if subscription.ends_on:
        return None
    quote, months = subscription.quote, commitment_months(subscription)
    values = {
        "association": quote.buyer["name"],
        "offre": quote.promise["offer"],
        "contrat": quote.number,
        "terme": day_words(notice.term_end),
        "date_limite": day_words(notice.deadline),
        "duree": _("%(months)s mois") % {"months": months},
        "prix_suivant": _next_price(notice),
    }
    box = _("Date limite pour refuser la reconduction : %(day)s") % {"day": day_words(notice.deadline)}
    page = absolute_url(mail.hoster, "storefront:termination")
    link = (_("Résilier votre contrat"), f"{page}?{urlencode({'contrat': quote.number})}")
    return Message(context=dict(values), link=link, box=box)


def _next_price(notice: RenewalNotice) -> str:
    """The price after the renewal, beside that of today when it changes (CON-07)."""
    subscription = notice.subscription
    change = subscription.change_on(notice.term_end + timedelta(days=1))
    told = {"price": subscription.price_words, "next": change.new_price if change else ""}
    if change is None or change.new_price == told["price"]:
        return _("Le prix reste le même : %(price)s.") % told
    return _("Le prix change : %(price)s jusqu’au terme, puis %(next)s.") % told


def contract_change(mail: Mail) -> Message | None:
    """What changes, from when, and how to leave (CON-06, CON-07); nothing of a change that is taken back meanwhile."""
    change = ContractChange.objects.select_related("subscription__quote").get(pk=mail.reference)
    withdrawn = mail.kind == "change_withdrawn"
    if withdrawn != (change.withdrawn_at is not None) or change.subscription.ends_on:
        return None
    quote = change.subscription.quote
    values = {
        "association": quote.buyer["name"],
        "offre": quote.promise["offer"],
        "contrat": quote.number,
        "motif": change.what,
        "ancien_prix": change.old_price,
        "nouveau_prix": change.new_price,
        "date_effet": day_words(change.effective_on),
        "date_limite": day_words(change.leave_by),
        "sortie": day_words(change.exit_until),
    }
    if withdrawn:
        return Message(context=dict(values))
    box = _("Date limite pour refuser : %(day)s") % {"day": day_words(change.leave_by)}
    page = absolute_url(mail.hoster, "storefront:termination")
    link = (_("Résilier votre contrat"), f"{page}?{urlencode({'contrat': quote.number})}")
    return Message(context=dict(values), link=link, box=box)


def trial_mail(mail: Mail) -> Message:
    """To whoever tries: the last day, and how to go on if they wish."""
    trial = Trial.objects.select_related("organization", "contact", "offer").get(pk=mail.reference)
    values = {
        "nom": trial.contact.name,
        "association": trial.organization.name,
        "offre": trial.offer.name,
        "premier_jour": day_words(trial.starts_on),
        "dernier_jour": day_words(trial.ends_on),
    }
    link = (_("Choisir une formule"), absolute_url(mail.hoster, "storefront:offer", slug=trial.offer.slug))
    return Message(context=dict(values), link=link)


def _end(mail: Mail) -> SubscriptionEnd:
    return SubscriptionEnd.objects.select_related("subscription__quote", "last_invoice").get(
        pk=mail.reference
    )


def _facts(end: SubscriptionEnd) -> dict[str, object]:
    subscription = end.subscription
    return {
        "association": subscription.quote.buyer["name"],
        "offre": subscription.quote.promise["offer"],
        "contrat": subscription.quote.number,
        "dernier_jour": day_words(end.ends_on),
        "donnees": _data_words(subscription, end),
    }


def _data_words(subscription: Subscription, end: SubscriptionEnd) -> str:
    departure = subscription.quote.promise["exit"]
    told = {
        "formats": departure["export_formats"],
        "until": day_words(end.ends_on + timedelta(days=departure["retrieval_days"])),
        "erased": day_words(end.ends_on + timedelta(days=departure["erasure_days"])),
    }
    return (
        _("Vous récupérez %(formats)s, jusqu’au %(until)s ; tout est effacé au plus tard le %(erased)s.")
        % told
    )


def _told(sentence: str, amount: Decimal) -> str:
    return sentence % {"amount": euros(amount)} if amount else ""
