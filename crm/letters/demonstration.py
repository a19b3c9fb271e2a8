"""What the demonstration shows of writing: models, a guide, a letter that left, a newsletter with its readers."""

from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from crm.calls import guides
from crm.consent import record_consent
from crm.letters import texts
from crm.letters.sending import Draft, LetterRefused, send_letter
from crm.letters.values import filled
from crm.models import Consent, Contact, LetterModel, NewsletterIssue, Situation
from crm.newsletter.issues import keep_issue, send_issue
from crm.newsletter.promise import keep_settings, newsletter_settings
from crm.newsletter.subscribers import Agreement, enrol
from hosters.demonstration import register_story
from hosters.models import Hoster, Role, User

SCENE = UUID("b8a4f1de-3b55-4b8f-9a57-2f1f6f0f7a11")
READERS = ("lettre@fanfare-du-port.example", "camille@potager.example", "bureau@cinema-lavoir.example")


def register() -> None:
    """Add our chapter to the demonstration."""
    register_story(letters_and_newsletter)


def letters_and_newsletter(hoster: Hoster) -> None:
    """Once: what the team starts from, one letter to somebody met at a fair, one issue sent and one draft."""
    if NewsletterIssue.objects.filter(hoster=hoster).exists():
        return
    member = hoster.memberships.filter(role=Role.ADMIN).select_related("user").order_by("pk").first()
    if member is None:
        return
    texts.start_with_usual(hoster=hoster)
    guides.start_with_usual(hoster=hoster)
    _one_letter(hoster, member.user)
    _newsletter(hoster, member.user)


def _one_letter(hoster: Hoster, by: User) -> None:
    contact = (
        Contact.objects.filter(organization__hoster=hoster, email="contact@fanfare-du-port.example")
        .select_related("organization__hoster")
        .first()
    )
    model = LetterModel.objects.filter(hoster=hoster, situation=Situation.MET).first()
    if contact is None or model is None:
        return
    record_consent(
        contact=contact,
        purpose=Consent.Purpose.PROSPECTING,
        basis=Consent.Basis.CONSENT,
        source=_("salon des associations"),
        text=_("Oui, écrivez-moi pour me présenter vos outils."),
    )
    words = {name: filled(getattr(model, name), contact=contact, by=by) for name in ("subject", "body")}
    try:
        send_letter(
            contact=contact,
            draft=Draft(purpose=model.purpose, key=uuid5(SCENE, hoster.slug), **words),
            by=by,
        )
    except LetterRefused:
        return  # a demonstration played on real data bows to what people said


def _newsletter(hoster: Hoster, by: User) -> None:
    settings = newsletter_settings(hoster)
    settings.about, settings.is_open = _("les nouveautés de nos outils et des récits d’associations"), True
    settings.rhythm = _("quatre fois par an au plus")
    keep_settings(settings=settings)
    for address in READERS:
        agreed = Agreement(
            text=_("Recevoir la lettre."), source=_("page d’abonnement"), proof=_("démonstration")
        )
        enrol(hoster=hoster, email=address, agreed=agreed)
    autumn = NewsletterIssue(
        hoster=hoster,
        subject=_("Ce qui a changé cet automne"),
        body=_(
            "## Des formulaires\n\nVos inscriptions sans tableur.\n\n## Un récit\n\nUne fanfare quitte ses courriels."
        ),
    )
    send_issue(issue=keep_issue(issue=autumn), by=by)
    keep_issue(
        issue=NewsletterIssue(
            hoster=hoster,
            subject=_("La lettre de l’hiver"),
            body=_("## À écrire\n\n- la date de l’assemblée\n- le nouveau tarif"),
        )
    )
