"""How long documents and contracts keep what they say of people (RET-01, GDPR-06)."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from billing.models import AccessLink
from hosters.models import Hoster
from hosters.retention import Ending, Rule, deleted, register, register_impersonal

#: A link that no longer opens anything is kept a month, to say so to whoever clicks.
DEAD_LINKS_KEPT = timedelta(days=30)
ACCOUNTING = _("la loi (code de commerce, article L123-22)")
#: What these tables hold says nothing of people, but for the fields named below.
IMPERSONAL = [
    "Acceptance",
    "BoardDecision",
    "BoardMeeting",
    "BoardReminder",
    "BoardSummary",
    "BoardVote",
    "ClauseChoice",
    "Contract",
    "Departure",
    "Delivery",
    "Document",
    "Invoice",
    "InvoiceDraft",
    "InvoiceLine",
    "InvoiceStatus",
    "AccountPlan",
    "Archive",
    "ArchivePart",
    "ExportBatch",
    "ExportFile",
    "ExportedPiece",
    "LedgerEntry",
    "LedgerHead",
    "NumberSeries",
    "Objective",
    "Payment",
    "Quote",
    "QuoteConditions",
    "QuoteItem",
    "QuoteLine",
    "Subscription",
    "SubscriptionEnd",
    "RenewalNotice",
    "ContractChange",
    "SupportAllowance",
    "ValidityExtension",
]
TEN_YEARS = _("dix ans")
FIVE_YEARS = _("cinq ans après la fin du contrat")


def dead_links(hoster: Hoster, now: datetime) -> "QuerySet[AccessLink]":
    return AccessLink.objects.filter(hoster=hoster, expires_at__lt=now - DEAD_LINKS_KEPT)


def _invoices() -> Rule:
    return Rule(
        model="billing.Invoice",
        fields=("contact", "buyer"),
        what=_("Les factures et les paiements"),
        why=_("tenir la comptabilité"),
        basis=ACCOUNTING,
        how_long=TEN_YEARS,
        ending=Ending.PERSON_DECIDES,
        public=True,
    )


def _invoice_drafts() -> Rule:
    return Rule(
        model="billing.InvoiceDraft",
        fields=("contact",),
        what=_("Une facture en préparation"),
        why=_("tenir la comptabilité"),
        basis=_("le contrat"),
        how_long=_("jusqu’à son émission, ou à sa suppression"),
        ending=Ending.WITH_OWNER,
    )


def _quotes() -> Rule:
    return Rule(
        model="billing.Quote",
        fields=("contact", "buyer", "message"),
        what=_("Le devis, le contrat, l’accord donné et ses preuves"),
        why=_("rendre le service, prouver ce qui est convenu"),
        basis=_("le contrat"),
        how_long=FIVE_YEARS,
        ending=Ending.PERSON_DECIDES,
        public=True,
    )


def _proof(model: str, *fields: str) -> Rule:
    """Who asked, voted, decided and accepted: kept with the quote that it proves."""
    return Rule(
        model=f"billing.{model}",
        fields=fields,
        what=_("Qui a décidé, voté, accepté : nom, fonction, adresse"),
        why=_("prouver ce qui est convenu"),
        basis=_("le contrat"),
        how_long=FIVE_YEARS,
        ending=Ending.PERSON_DECIDES,
    )


def _proofs() -> list[Rule]:
    return [
        _proof("Acceptance", "name", "role", "email", "statement"),
        _proof("BoardLink", "made_by", "sent_to"),
        _proof("BoardMeeting", "told_by"),
        _proof("ValidityExtension", "asked_by"),
        _proof("BoardDecision", "mandated_name", "mandated_role", "mandated_email", "recorded_by"),
        _proof("BoardVote", "mandated_name", "mandated_role", "mandated_email", "opened_by", "remarks"),
        _proof("Ballot", "name", "email", "comment"),
        _proof("BallotLink", "digest"),
        _proof("QuoteEvent", "name", "note"),
        _proof("SignedScan", "sha256"),
        _proof("SupportTime", "what"),
        _proof("Delivery", "person", "note"),
        _proof("ObjectiveValue", "value", "note"),
    ]


def _briefs() -> Rule:
    return Rule(
        model="billing.BriefDraft",
        fields=("answers",),
        what=_("Un cahier des charges inachevé"),
        why=_("vous laisser le reprendre plus tard"),
        basis=_("les démarches que vous demandez avant un contrat"),
        how_long=_("deux mois"),
        ending=Ending.ERASED,
        public=True,
    )


def _terminations() -> Rule:
    return Rule(
        model="billing.Termination",
        fields=("organization", "email", "contract", "reason"),
        what=_("Une résiliation"),
        why=_("en donner acte"),
        basis=_("la loi (code de la consommation, article L215-1-1)"),
        how_long=FIVE_YEARS,
        ending=Ending.PERSON_DECIDES,
        public=True,
    )


def _renewals() -> Rule:
    return Rule(
        model="billing.RenewalNotice",
        fields=("to", "subject", "text"),
        what=_("L’avis de reconduction : à qui, quand, ce qu’il disait"),
        why=_("prouver qu’il est parti à temps"),
        basis=_("la loi (code de la consommation, article L215-1)"),
        how_long=FIVE_YEARS,
        ending=Ending.PERSON_DECIDES,
    )


def _changes() -> Rule:
    return Rule(
        model="billing.ContractChange",
        fields=("to", "subject", "text"),
        what=_("Un changement de prix ou de conditions : à qui, quand, ce qu’il disait"),
        why=_("prouver qu’il a été annoncé avant de s’appliquer"),
        basis=_("la loi (code de la consommation, articles L224-25-26 et R212-1)"),
        how_long=FIVE_YEARS,
        ending=Ending.PERSON_DECIDES,
    )


def _trials() -> Rule:
    return Rule(
        model="billing.Trial",
        fields=("contact",),
        what=_("Un essai gratuit : pour qui, quand"),
        why=_("n’en offrir qu’un par offre, prévenir de sa fin"),
        basis=_("les démarches que vous demandez avant un contrat"),
        how_long=_("autant que vos coordonnées"),
        ending=Ending.WITH_OWNER,
    )


def _ends() -> Rule:
    return Rule(
        model="billing.SubscriptionEnd",
        fields=("told_to", "undone_why"),
        what=_("La fin d’un contrat : à qui elle est confirmée"),
        why=_("en donner acte"),
        basis=_("la loi (code de la consommation, article L215-1-1)"),
        how_long=FIVE_YEARS,
        ending=Ending.PERSON_DECIDES,
    )


def _payments() -> Rule:
    return Rule(
        model="billing.Payment",
        fields=("reference",),
        what=_("La référence d’un virement"),
        why=_("tenir la comptabilité"),
        basis=ACCOUNTING,
        how_long=TEN_YEARS,
        ending=Ending.PERSON_DECIDES,
    )


def _links() -> Rule:
    return Rule(
        model="billing.AccessLink",
        fields=("contact", "digest"),
        what=_("Les liens qui ouvrent un devis ou votre espace (leur empreinte)"),
        why=_("vous laisser entrer sans mot de passe"),
        basis=_("le contrat"),
        how_long=_("un mois après leur fin"),
        ending=Ending.ERASED,
        due=dead_links,
        end=deleted,
        public=True,
    )


def _opinions() -> Rule:
    return Rule(
        model="billing.Satisfaction",
        fields=("contact", "comment"),
        what=_("Votre avis après trois mois, si vous l’avez donné"),
        why=_("améliorer le service"),
        basis=_("notre intérêt légitime"),
        how_long=_("autant que vos coordonnées"),
        ending=Ending.WITH_OWNER,
        public=True,
    )


def register_kept() -> None:
    """Declare the table of this app."""
    register(
        _briefs(), _quotes(), *_proofs(), _invoices(), _invoice_drafts(), _payments(), _links(), _opinions()
    )
    register(_terminations(), _ends(), _renewals(), _changes(), _trials())
    for model in IMPERSONAL:
        register_impersonal(f"billing.{model}")
