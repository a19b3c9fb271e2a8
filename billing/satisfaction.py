"""One question, once: would you recommend us? Asked by one mail three months after the first invoice (004-033).

The link of the mail is signed, and no table holds it. Opening it changes nothing; the last answer stands.
"""

from datetime import date, timedelta

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_scopes import scope, scopes_disabled

from billing.mail_kinds import NAME
from billing.models import Satisfaction, Subscription
from crm.consent import may_write
from crm.letters.unsubscribing import unsubscribe_url
from crm.models import Consent, Contact
from hosters.links import absolute_url
from hosters.mail import Message, queue_mail, register_composer
from hosters.mail_texts import TextKind, register_text
from hosters.models import Mail
from pricing.periods import months_after

MONTHS = 3
#: A hoster that installs this today does not write to the clients of the past years.
NOT_AFTER = timedelta(days=45)
LIFETIME = timedelta(days=90)
SALT = "billing.satisfaction"


def register() -> None:
    """Declare our mail and its words."""
    register_text(
        TextKind(
            "satisfaction_asked",
            gettext_lazy("La question de satisfaction, après trois mois"),
            to_team=False,
            subject=gettext_lazy("Recommanderiez-vous {{ hebergeur }} ?"),
            template="mails/satisfaction_asked.txt",
            placeholders=(NAME,),
        )
    )
    register_composer("satisfaction_asked", satisfaction_asked)


def ask_for_satisfaction(*, today: date | None = None) -> int:
    """Ask every association whose first invoice is three months old, for all hosters; who said no more is left alone.

    Running it twice asks nothing twice. Returns how many were asked.
    """
    day = today or timezone.localdate()
    since = months_after(day - NOT_AFTER, -MONTHS)
    with scopes_disabled():
        started = Subscription.objects.active().filter(
            started_on__range=(since, months_after(day, -MONTHS)), satisfaction=None, invoices__gross__gt=0
        )
        rows = list(
            started.select_related("hoster", "quote__contact__organization__hoster").distinct().order_by("pk")
        )
    return sum(_ask(row) for row in rows)


def _ask(subscription: Subscription) -> bool:
    contact, hoster = subscription.quote.contact, subscription.hoster
    with scope(hoster=hoster):
        if _refused(contact) or not may_write(contact, Consent.Purpose.SATISFACTION).allowed:
            return False
        try:
            with transaction.atomic():
                row = Satisfaction.objects.create(hoster=hoster, subscription=subscription, contact=contact)
                queue_mail(hoster=hoster, kind="satisfaction_asked", to=contact.email, reference=row.pk)
        except IntegrityError:  # another process asked at the same time
            return False
    return True


def _refused(contact: Contact) -> bool:
    asked = Satisfaction.objects.filter(contact__email__iexact=contact.email)
    return asked.exclude(refused_at=None).exists()


def satisfaction_asked(mail: Mail) -> Message | None:
    """To the person of the contract; nothing when they have answered or refused meanwhile."""
    waiting = Satisfaction.objects.filter(pk=mail.reference, answered_at=None, refused_at=None)
    row = waiting.select_related("contact__organization__hoster").first()
    if row is None or not may_write(row.contact, Consent.Purpose.SATISFACTION).allowed:
        return None
    token = signing.dumps(row.pk, salt=SALT)
    return Message(
        context={"nom": row.contact.name},
        link=(_("Répondre en un clic"), absolute_url(mail.hoster, "storefront:satisfaction", token=token)),
        unsubscribe=unsubscribe_url(row.contact, Consent.Purpose.SATISFACTION),
        why=_("Nous posons cette question une seule fois aux structures clientes."),
    )


def satisfaction_of(token: str) -> Satisfaction | None:
    """The question of a link; None when the link is wrong or too old."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    return Satisfaction.objects.filter(pk=pk).first()


def answer_satisfaction(*, row: Satisfaction, score: int, comment: str) -> None:
    """Keep the answer; the last one stands."""
    rows = Satisfaction.objects.filter(pk=row.pk)
    rows.update(score=score, comment=comment, answered_at=timezone.now())


def refuse_satisfaction(*, row: Satisfaction) -> None:
    """Never ask this person again."""
    Satisfaction.objects.filter(pk=row.pk, refused_at=None).update(refused_at=timezone.now())
