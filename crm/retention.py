"""How long the tables of this app keep what they say of people (GDPR-05, 002-087, 002-218)."""

from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.erasure import erase_all
from crm.models import Contact, ContactImport, Erasure, Merge, Subscriber
from crm.persons import free_to_end
from crm.relation_settings import relation_settings
from hosters.models import Hoster
from hosters.retention import Ending, Rule, deleted, register, register_impersonal
from pricing.periods import months_after

#: Persons erased by one run of the purge; the next one goes on.
AT_ONCE = 200
FILES_KEPT = timedelta(days=30)
MERGES_KEPT = timedelta(days=90)
ERASURES_KEPT = timedelta(days=5 * 365)
UNCONFIRMED_KEPT = timedelta(days=30)
PROOFS_KEPT = timedelta(days=3 * 365)
ANSWER = _("vous répondre, préparer un devis")
INTEREST = _("notre intérêt légitime")
STEPS_ASKED = _("les démarches que vous demandez avant un contrat")
TO_REREAD = _("relire avant d’écrire, réparer ce qui est refusé")


def forgotten_contacts(hoster: Hoster, now: datetime) -> "QuerySet[Contact]":
    """Who has not written for the time that the hoster keeps, and whom no contract holds.

    What counts is what the person did (wrote, asked, was met); opening a mail is nothing of the kind.
    """
    kept = relation_settings(hoster).kept_months
    limit = datetime.combine(months_after(timezone.localdate(now), -kept), time.min, now.tzinfo)
    silent = Contact.objects.filter(organization__hoster=hoster, erased_at=None).alias(
        last=Coalesce("last_inbound_at", "created_at")
    )
    return free_to_end(hoster, silent.filter(last__lt=limit), on=timezone.localdate(now))


def old_erasures(hoster: Hoster, now: datetime) -> "QuerySet[Erasure]":
    return Erasure.objects.filter(hoster=hoster, at__lt=now - ERASURES_KEPT)


def old_files(hoster: Hoster, now: datetime) -> "QuerySet[ContactImport]":
    return ContactImport.objects.filter(hoster=hoster, created_at__lt=now - FILES_KEPT)


def old_merges(hoster: Hoster, now: datetime) -> "QuerySet[Merge]":
    return Merge.objects.filter(hoster=hoster, at__lt=now - MERGES_KEPT)


def old_subscriptions(hoster: Hoster, now: datetime) -> "QuerySet[Subscriber]":
    """Asked and never confirmed; or left long ago, when the proof of the agreement serves nobody any more."""
    asked = Q(confirmed_at=None, asked_at__lt=now - UNCONFIRMED_KEPT)
    left = Q(left_at__lt=now - PROOFS_KEPT)
    return Subscriber.objects.filter(asked | left, hoster=hoster)


def _forget(hoster: Hoster, rows: "QuerySet[Contact]") -> int:
    return erase_all(hoster, rows, at_most=AT_ONCE)


def _with_person(model: str, *fields: str) -> Rule:
    """What hangs on the card of a person, and goes with it."""
    return Rule(
        model=model,
        fields=fields,
        what=_("Ce que la personne a demandé, dit ou accepté"),
        why=ANSWER,
        basis=STEPS_ASKED,
        how_long=_("autant que ses coordonnées"),
        ending=Ending.WITH_OWNER,
    )


RULES = (
    Rule(
        model="crm.Contact",
        fields=("name", "email", "phone", "role", "met_through"),
        what=_("Votre demande et vos coordonnées"),
        why=ANSWER,
        basis=STEPS_ASKED,
        how_long=_(
            "trois ans au plus après votre dernier message ; si vous êtes clients, après la fin du contrat"
        ),
        ending=Ending.ANONYMISED,
        due=forgotten_contacts,
        end=_forget,
        public=True,
    ),
    _with_person(
        "crm.Request",
        "contact",
        "subject",
        "message",
        "phone",
        "details",
        "need_statement",
        "need_correction",
    ),
    _with_person("crm.Consent", "contact", "source", "text", "proof"),
    _with_person("crm.Interaction", "contact", "summary", "brought"),
    _with_person("crm.Letter", "contact", "subject", "body", "basis", "stopped"),
    Rule(
        model="crm.Subscriber",
        fields=("email", "text", "source", "proof"),
        what=_("Votre adresse, si vous demandez notre lettre d’information, et la preuve de votre accord"),
        why=_("vous envoyer cette lettre, et rien d’autre"),
        basis=_("votre accord, que vous retirez quand vous voulez"),
        how_long=_(
            "jusqu’à votre désabonnement, puis trois ans comme preuve ; trente jours si vous ne confirmez pas"
        ),
        ending=Ending.ERASED,
        due=old_subscriptions,
        end=deleted,
        public=True,
    ),
    Rule(
        model="crm.Partner",
        fields=("note",),
        what=_("Ce que l’équipe note d’un partenaire"),
        why=_("travailler avec d’autres structures"),
        basis=INTEREST,
        how_long=_("tant que le partenariat dure"),
        ending=Ending.PERSON_DECIDES,
    ),
    Rule(
        model="crm.CallForProjects",
        fields=("answer", "partners", "result"),
        what=_("Les réponses aux appels à projets"),
        why=_("répondre, et s’en resservir"),
        basis=INTEREST,
        how_long=_("tant qu’elles servent"),
        ending=Ending.PERSON_DECIDES,
    ),
    _with_person("crm.WishVoice", "words"),
    _with_person("crm.FollowUp", "what"),
    _with_person("crm.Postponement", "reason"),
    _with_person("crm.Opportunity", "offer"),
    _with_person("crm.OpportunityChange", "why"),
    _with_person("crm.StageChange", "evidence"),
    Rule(
        model="crm.Merge",
        fields=("moved", "filled"),
        what=_("Quelles lignes deux fiches réunies ont échangées"),
        why=_("séparer deux fiches réunies par erreur"),
        basis=INTEREST,
        how_long=_("quatre-vingt-dix jours"),
        ending=Ending.ERASED,
        due=old_merges,
        end=deleted,
    ),
    Rule(
        model="crm.Organization",
        fields=("note",),
        what=_("Ce que l’équipe note d’une association"),
        why=ANSWER,
        basis=INTEREST,
        how_long=_("jusqu’à l’effacement de la personne qu’elle nomme, ou de la dernière personne"),
        ending=Ending.WITH_OWNER,
    ),
    Rule(
        model="crm.Organization",
        fields=("street", "postcode", "town", "delivery_street", "delivery_postcode", "delivery_town"),
        what=_("L’adresse d’une association, qui est parfois celle d’une personne"),
        why=ANSWER,
        basis=INTEREST,
        how_long=_("la rue s’efface avec la dernière personne"),
        ending=Ending.WITH_OWNER,
    ),
    Rule(
        model="crm.ContactImport",
        fields=("name", "header", "origin"),
        what=_("Les fichiers de personnes que l’équipe importe"),
        why=TO_REREAD,
        basis=INTEREST,
        how_long=_("trente jours"),
        ending=Ending.ERASED,
        due=old_files,
        end=deleted,
    ),
    Rule(
        model="crm.ImportSource",
        fields=("content",),
        what=_("Ces fichiers tels qu’ils sont venus"),
        why=_("en lire toutes les lignes sans faire attendre"),
        basis=INTEREST,
        how_long=_("jusqu’à ce que leurs lignes soient lues, trente jours au plus"),
        ending=Ending.WITH_OWNER,
    ),
    Rule(
        model="crm.ImportLine",
        fields=("cells", "reason"),
        what=_("Leurs lignes"),
        why=TO_REREAD,
        basis=INTEREST,
        how_long=_("trente jours"),
        ending=Ending.WITH_OWNER,
    ),
    Rule(
        model="crm.Suppression",
        fields=("digest",),
        what=_("Votre refus de nos messages : une empreinte de l’adresse, qui ne se relit pas"),
        why=_("ne plus jamais vous écrire de nous-mêmes"),
        basis=_("la loi (règlement européen 2016/679, article 21)"),
        how_long=_("tant que nous écrivons à des gens"),
        ending=Ending.PERSON_DECIDES,
        public=True,
    ),
    Rule(
        model="crm.Erasure",
        fields=("by",),
        what=_("Qu’une personne a été effacée, et quand, sans dire qui"),
        why=_("prouver que la réponse est venue sous un mois"),
        basis=_("la loi (règlement européen 2016/679, article 5)"),
        how_long=_("cinq ans"),
        ending=Ending.ERASED,
        due=old_erasures,
        end=deleted,
    ),
)


def register_kept() -> None:
    """Declare the table of this app."""
    register(*RULES)
    register_impersonal(
        "crm.Organization",
        *(
            "name",
            "rna",
            "siren",
            "siret",
            "service_code",
            "vat_number",
            "segment",
            "source",
            "country",
            "territory",
            "folded",
            "name_key",
        ),
    )
    register_impersonal("crm.ContactImport", "reading", "mapping")
    register_impersonal("crm.ImportChunk")
    register_impersonal("crm.Tag")
    register_impersonal("crm.Criterion")
    register_impersonal("crm.Answer")
    register_impersonal("crm.ScoreChange")
    register_impersonal("crm.SavedFilter")
    register_impersonal("crm.Habits")
    register_impersonal("crm.RelationSettings")
    register_impersonal("crm.Campaign")
    register_impersonal("crm.CampaignGoal")
    register_impersonal("crm.CampaignAction")
    register_impersonal("crm.CampaignReview")
    register_impersonal("crm.Encounter")
    register_impersonal("crm.Partner", "name", "url")
    register_impersonal("crm.PartnerAction")
    register_impersonal("crm.CallForProjects", "title", "issuer", "url")
    register_impersonal("crm.Wish")
    register_impersonal("crm.Objection")
    register_impersonal("crm.ActionPlan")
    register_impersonal("crm.LetterModel")
    register_impersonal("crm.CallScript")
    register_impersonal("crm.NewsletterSettings")
    register_impersonal("crm.NewsletterIssue")
