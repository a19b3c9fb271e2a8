"""Who writes the mails about the data of a contract that ends."""

from django.utils.translation import gettext_lazy as _

from billing.documents import files
from billing.mail_kinds import ASSOCIATION, OFFER
from billing.models import Departure
from billing.space_mails import day_words
from billing.subscriptions.mail_kinds import CONTRACT, LAST_DAY
from hosters.mail import Attachment, Message, register_composer
from hosters.mail_texts import Placeholder, TextKind, register_text
from hosters.models import Mail

ERASED = Placeholder("date", _("le jour de l’effacement"), "1er mars 2027")
REASON = Placeholder("raison", _("pourquoi la transition dure plus longtemps"), "Vos archives pèsent 2 To.")
UNTIL = Placeholder("jusque", _("jusqu’à quand les données restent à disposition"), "30 janvier 2027")

KINDS = (
    TextKind(
        "transition_extended",
        _("La transition vers un autre hébergeur est prolongée"),
        to_team=False,
        subject=_("Votre transition est prolongée jusqu’au {{ dernier_jour }}"),
        template="mails/transition_extended.txt",
        placeholders=(ASSOCIATION, OFFER, CONTRACT, LAST_DAY, REASON, UNTIL),
        required=frozenset({"dernier_jour", "jusque"}),
    ),
    TextKind(
        "erasure_certificate",
        _("Le certificat d’effacement"),
        to_team=False,
        subject=_("Vos données sont effacées : certificat pour le contrat {{ contrat }}"),
        template="mails/erasure_certificate.txt",
        placeholders=(ASSOCIATION, OFFER, CONTRACT, ERASED),
    ),
)


def register() -> None:
    """Declare the mails of this package, and their words."""
    for kind in KINDS:
        register_text(kind)
    for composer in (transition_extended, erasure_certificate):
        register_composer(composer.__name__, composer)


def transition_extended(mail: Mail) -> Message:
    """To whoever asked for the switch."""
    departure = _departure(mail)
    told = {"raison": departure.extension_why, "jusque": day_words(departure.retrieval_until)}
    return Message(context=_facts(departure) | told)


def erasure_certificate(mail: Mail) -> Message:
    """To whoever ended the contract, with the certificate."""
    departure = _departure(mail)
    assert departure.certificate is not None and departure.erased_on is not None  # queued once it is made
    file = Attachment(departure.certificate.name, files.read(departure.certificate))
    return Message(context=_facts(departure) | {"date": day_words(departure.erased_on)}, attachments=(file,))


def _departure(mail: Mail) -> Departure:
    rows = Departure.objects.select_related("end__subscription__quote", "certificate")
    return rows.get(pk=mail.reference)


def _facts(departure: Departure) -> dict[str, object]:
    quote = departure.end.subscription.quote
    return {
        "association": quote.buyer["name"],
        "offre": quote.promise["offer"],
        "contrat": quote.number,
        "dernier_jour": day_words(departure.end.ends_on),
    }
