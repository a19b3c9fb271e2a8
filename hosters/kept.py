"""How long the tables of this app keep what they say of people."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hosters.models import Hoster, Mail, SettingChange
from hosters.retention import Ending, Rule, deleted, register, register_impersonal

MAILS_KEPT = timedelta(days=365)
CHANGES_KEPT = timedelta(days=3 * 365)
#: What these tables hold says nothing of people, but for the fields named below.
IMPERSONAL = [
    "CharterCommitment",
    "Hoster",
    "MailText",
    "Membership",
    "Statement",
    "Subprocessor",
    "TermsDraft",
    "TermsVersion",
]
INTEREST = _("notre intérêt légitime")


def old_mails(hoster: Hoster, now: datetime) -> "QuerySet[Mail]":
    """Mails that left, or that nobody retried, more than a year ago."""
    return Mail.objects.filter(
        hoster=hoster, created_at__lt=now - MAILS_KEPT, state__in=[Mail.State.DONE, Mail.State.FAILED]
    )


def old_changes(hoster: Hoster, now: datetime) -> "QuerySet[SettingChange]":
    return SettingChange.objects.filter(hoster=hoster, at__lt=now - CHANGES_KEPT)


RULES = (
    Rule(
        model="hosters.Mail",
        fields=("to", "last_error"),
        what=_("À quelle adresse un courriel est parti, et quand (jamais son texte)"),
        why=_("savoir ce qui est parti, renvoyer ce qui a échoué"),
        basis=INTEREST,
        how_long=_("un an"),
        ending=Ending.ERASED,
        due=old_mails,
        end=deleted,
        public=True,
    ),
    Rule(
        model="hosters.SettingChange",
        fields=("what", "before", "after"),
        what=_("Qui a changé quel réglage"),
        why=_("comprendre ce qui a changé"),
        basis=INTEREST,
        how_long=_("trois ans"),
        ending=Ending.ERASED,
        due=old_changes,
        end=deleted,
    ),
    Rule(
        model="hosters.User",
        fields=("email", "name", "password"),
        what=_("Les comptes de l’équipe, et qui a fait quoi"),
        why=_("ouvrir la gestion aux bonnes personnes"),
        basis=_("le contrat ou l’engagement bénévole"),
        how_long=_("tant que la personne fait partie de l’équipe"),
        ending=Ending.PERSON_DECIDES,
    ),
    Rule(
        model="hosters.Hoster",
        fields=(
            "email",
            "phone",
            "contact_person",
            "publication_director",
            "account_holder",
            "site_host",
        ),
        what=_("Les personnes que vous nommez sur vos pages"),
        why=_("dire qui publie et à qui parler"),
        basis=_("la loi (LCEN, article 1-1)"),
        how_long=_("jusqu’à ce que vous les changiez"),
        ending=Ending.PERSON_DECIDES,
    ),
)


def register_kept() -> None:
    """Declare the table of this app."""
    register(*RULES)
    register_impersonal("hosters.Mail", "kind", "reference")
    register_impersonal("hosters.SettingChange", "section")
    for model in IMPERSONAL:
        register_impersonal(f"hosters.{model}")
