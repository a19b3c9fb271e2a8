"""How long what concerns money is kept (RET-01)."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from billing.models import BankEntry, ReminderPause
from billing.retention import ACCOUNTING, FIVE_YEARS, TEN_YEARS
from hosters.models import Hoster
from hosters.retention import Ending, Rule, deleted, register, register_impersonal

IMPERSONAL = ("BankMapping", "DebitBatch", "DebitOrder", "PaymentShare", "Reminder", "ReminderPlan")
#: A line that pays no invoice is a matter of the bank, not of Chatière.
ASIDE_KEPT = timedelta(days=365)


def lines_put_aside(hoster: Hoster, now: datetime) -> "QuerySet[BankEntry]":
    rows = BankEntry.objects.filter(hoster=hoster, state=BankEntry.State.IGNORED)
    return rows.filter(statement__created_at__lt=now - ASIDE_KEPT)


def pauses_over(hoster: Hoster, now: datetime) -> "QuerySet[ReminderPause]":
    return ReminderPause.objects.filter(organization__hoster=hoster, until__lt=(now - ASIDE_KEPT).date())


def _mandates() -> Rule:
    return Rule(
        model="billing.SepaMandate",
        fields=(
            "contact",
            "debtor",
            "iban",
            "signatory",
            "role",
            "place",
            "proof",
            "revoked_reason",
        ),
        what=_("Le mandat de prélèvement, avec le compte et la personne qui l’a signé"),
        why=_("prélever, et prouver l’accord"),
        basis=_("le contrat"),
        how_long=FIVE_YEARS,
        ending=Ending.PERSON_DECIDES,
        public=True,
    )


def _bank_lines() -> Rule:
    return Rule(
        model="billing.BankEntry",
        fields=("label", "party", "reference"),
        what=_("Les lignes de relevé bancaire, avec le nom de qui paie"),
        why=_("savoir quelle facture est payée"),
        basis=ACCOUNTING,
        how_long=_("dix ans si elles paient une facture, un an sinon"),
        ending=Ending.ERASED,
        due=lines_put_aside,
        end=deleted,
        public=True,
    )


def _statements() -> Rule:
    return Rule(
        model="billing.BankStatement",
        fields=("name",),
        what=_("Les relevés bancaires déposés"),
        why=_("savoir quelle facture est payée"),
        basis=ACCOUNTING,
        how_long=TEN_YEARS,
        ending=Ending.PERSON_DECIDES,
    )


def _pauses() -> Rule:
    return Rule(
        model="billing.ReminderPause",
        fields=("reason",),
        what=_("Le délai de paiement convenu"),
        why=_("ne pas vous relancer"),
        basis=_("le contrat"),
        how_long=_("un an après sa fin"),
        ending=Ending.ERASED,
        due=pauses_over,
        end=deleted,
    )


def register_kept() -> None:
    """Declare these tables."""
    register(_mandates(), _bank_lines(), _statements(), _pauses())
    for model in IMPERSONAL:
        register_impersonal(f"billing.{model}")
    register_impersonal("billing.SepaMandate", "rum", "creditor", "statement")
    register_impersonal("billing.BankEntry", "identity")
    register_impersonal("billing.BankStatement", "sha256")
