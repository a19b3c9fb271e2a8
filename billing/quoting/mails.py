"""The mails of a quote on its way: sent, withdrawn, declined."""

from django.utils.translation import gettext as _

from billing.models import Quote, QuoteEvent
from billing.people import who_decides
from billing.space_mails import day_words, decision_mail
from hosters.links import absolute_url
from hosters.mail import Message, register_composer
from hosters.models import Mail


def register() -> None:
    """Declare who writes each kind of mail."""
    register_composer("quote_sent", quote_sent)
    register_composer("quote_withdrawn", quote_withdrawn)
    register_composer("quote_refused", quote_refused)


def quote_sent(mail: Mail) -> Message:
    """To the person who asked: the link that lets decide proves that the address is theirs."""
    quote = Quote.objects.select_related("contact__organization__hoster").get(pk=mail.reference)
    return decision_mail(mail, quote, who_decides(quote.contact))


def quote_withdrawn(mail: Mail) -> Message:
    """To the association: why the hoster takes a quote back."""
    quote = Quote.objects.select_related("contact").get(pk=mail.reference)
    event = QuoteEvent.objects.filter(quote=quote, act=QuoteEvent.Act.WITHDRAW).last()
    values = {
        "nom": who_decides(quote.contact).name,
        "devis": quote.number,
        "association": quote.buyer["name"],
        "date": day_words(quote.issued_on),
        "raison": event.note if event else "",
    }
    return Message(context=dict(values))


def quote_refused(mail: Mail) -> Message:
    """To the hoster: the association said no, and why."""
    quote = Quote.objects.get(pk=mail.reference)
    event = QuoteEvent.objects.filter(quote=quote, act=QuoteEvent.Act.REFUSE).last()
    values = {
        "devis": quote.number,
        "association": quote.buyer["name"],
        "raison": event.get_reason_display() if event else "",
        "message": event.note if event else "",
    }
    link = (_("Ouvrir le devis"), absolute_url(mail.hoster, "staff:quote", pk=quote.pk))
    return Message(context=dict(values), link=link)
