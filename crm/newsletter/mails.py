"""Who composes the mails of the newsletter. No picture, no followed link, no pixel (GDPR-09)."""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.models import NewsletterIssue, Subscriber
from crm.newsletter.issues import KIND
from crm.newsletter.opting import confirming_url, leaving_url
from crm.newsletter.subscribers import receiving
from crm.suppression import is_suppressed
from hosters.mail import Message, register_composer
from hosters.mail_texts import Placeholder, TextKind, register_text
from hosters.models import Mail
from pricing.dates import date_format

PROMISE = Placeholder(
    "promesse",
    gettext_lazy("ce que la personne a lu en s’abonnant"),
    "Recevoir la lettre d’Artifaille : les nouveautés de nos outils, quatre fois par an au plus.",
)


def register() -> None:
    """Declare our mails and the words that a hoster may change."""
    register_text(
        TextKind(
            "newsletter_confirm",
            gettext_lazy("La confirmation d’un abonnement à la lettre"),
            to_team=False,
            subject=gettext_lazy("Confirmez votre abonnement à la lettre de {{ hebergeur }}"),
            template="mails/newsletter_confirm.txt",
            placeholders=(PROMISE,),
            required=frozenset({"promesse"}),
        )
    )
    register_composer("newsletter_confirm", confirmation)
    register_composer(KIND, issue)
    register_composer("newsletter_trial", trial)


def confirmation(mail: Mail) -> Message | None:
    """To the address that was typed; nothing when it has confirmed meanwhile."""
    row = Subscriber.objects.filter(pk=mail.reference).select_related("hoster").first()
    if row is None or receiving(mail.hoster).filter(pk=row.pk).exists():
        return None
    return Message(context={"promesse": row.text}, link=(_("Confirmer mon abonnement"), confirming_url(row)))


def issue(mail: Mail) -> Message | None:
    """One issue for one reader; nothing for who has left since it was sent."""
    reader = receiving(mail.hoster).filter(email=mail.to).select_related("hoster").first()
    written = NewsletterIssue.objects.filter(pk=mail.reference).first()
    if (
        reader is None
        or reader.confirmed_at is None
        or written is None
        or is_suppressed(mail.hoster, mail.to)
    ):
        return None
    why = _("Vous recevez cette lettre parce que vous l’avez demandée le %(day)s.") % {
        "day": date_format(localtime(reader.confirmed_at), "j F Y")
    }
    return _message(written, subject=written.subject, unsubscribe=leaving_url(reader), why=why)


def trial(mail: Mail) -> Message | None:
    """The same for the person who writes it."""
    written = NewsletterIssue.objects.filter(pk=mail.reference).first()
    if written is None:
        return None
    return _message(
        written, subject=_("[Essai] %(subject)s") % {"subject": written.subject}, unsubscribe="", why=""
    )


def _message(written: NewsletterIssue, *, subject: str, unsubscribe: str, why: str) -> Message:
    return Message(
        subject=subject,
        template="mails/letter.txt",
        context={"body": written.body},
        markdown=True,
        unsubscribe=unsubscribe,
        why=why,
    )
