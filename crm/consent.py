"""Why we may write to a person, or may not: the one answer that every mail asks for (GDPR-01 to GDPR-04, C4)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.addresses import kind_of
from crm.models import AddressKind, Consent, Contact, LegalForm, Organization, Stage, Suppression
from crm.newsletter import subscribers
from crm.persons import cards_of
from crm.relation_settings import relation_settings
from crm.suppression import is_suppressed, lift, suppress
from hosters.models import User

Purpose = Consent.Purpose
Basis = Consent.Basis
#: Somebody at home has one telephone, or a few.
MOST_PHONES = 5


@dataclass(frozen=True)
class Permission:
    """Whether we may write, and why, in French."""

    allowed: bool
    reason: str


@dataclass(frozen=True)
class Standing:
    """What decides whether we may write to a person, read once: what they said, the list, the hoster's choice."""

    contact: Contact
    said: dict[str, Consent]
    suppressed: bool
    opt_out: bool

    def permission(self, purpose: Consent.Purpose) -> Permission:
        """Whether a mail of this purpose may go now.

        Answering a request needs the request only; the rest bows to a refusal, to the list of oppositions, and to
        the kind of the address.
        """
        if self.contact.erased_at:
            return Permission(False, _("Cette personne a été effacée."))
        said = self.said.get(purpose)
        if purpose == Purpose.ANSWER:
            return _answering(self.contact, said)
        if self.suppressed:
            return Permission(False, _("Cette adresse est sur la liste des oppositions."))
        if said and (not said.granted or said.basis == Basis.CONSENT):
            told = (
                _("Accord donné le %(day)s.") if said.granted else _("Cette personne a dit non le %(day)s.")
            )
            return Permission(said.granted, told % {"day": f"{timezone.localdate(said.given_at):%d/%m/%Y}"})
        return self._without_agreement(purpose, said)

    def _without_agreement(self, purpose: Consent.Purpose, said: Consent | None) -> Permission:
        """No agreement was given: what the kind of the address and the contract allow."""
        if purpose == Purpose.NEWSLETTER:
            return Permission(False, _("La lettre ne va qu’aux personnes qui s’y sont abonnées."))
        client = self.contact.organization.stage == Stage.CLIENT
        if purpose == Purpose.SATISFACTION:
            return _asking_clients(client)
        if purpose == Purpose.PHONE:
            return _calling(self.contact.organization)
        kind = kind_of(self.contact)
        if kind == AddressKind.GENERIC:
            return Permission(True, _("Adresse générique, celle d’une personne morale."))
        if said and said.basis == Basis.CLIENT and client:
            told = _("Déjà cliente, pour des services semblables, informée et libre de refuser.")
            return Permission(True, told)
        if kind == AddressKind.PERSONAL:
            return Permission(False, _("Adresse personnelle : il faut son accord avant d’écrire."))
        return self._nominative(said)

    def _nominative(self, said: Consent | None) -> Permission:
        """A person at work: their agreement, unless the hoster chose the opt-out and its conditions are met (C4)."""
        if not self.opt_out:
            return Permission(False, _("Adresse nominative : il faut son accord, d’après vos réglages."))
        if not (said and said.basis == Basis.INTEREST and said.text):
            return Permission(False, _("Adresse nominative : rien ne dit que la personne a été informée."))
        if not self.contact.role:
            return Permission(False, _("Adresse nominative : sa fonction n’est pas connue."))
        return Permission(True, _("Adresse nominative : la personne a été informée et peut refuser."))


def standing_of(contact: Contact) -> Standing:
    """What decides for a person; three queries."""
    hoster = contact.organization.hoster
    rows = Consent.objects.filter(contact__in=cards_of(contact)).order_by("given_at", "pk")
    return Standing(
        contact=contact,
        said={row.purpose: row for row in rows},
        suppressed=is_suppressed(hoster, contact.email),
        opt_out=relation_settings(hoster).opt_out_prospecting,
    )


def may_write(contact: Contact, purpose: Consent.Purpose) -> Permission:
    """Whether a mail of this purpose may go to this person now: every outbound mail asks it."""
    return standing_of(contact).permission(purpose)


@transaction.atomic
def record_consent(
    *,
    contact: Contact,
    purpose: Consent.Purpose,
    basis: Consent.Basis,
    source: str,
    text: str,
    proof: str = "",
    by: User | None = None,
) -> Consent:
    """Keep what a person read and accepted; their agreement takes them off the list of oppositions."""
    if basis == Basis.CONSENT:
        lift(hoster=contact.organization.hoster, address=contact.email)
        if purpose == Purpose.NEWSLETTER:
            agreed = subscribers.Agreement(text=text, source=source, proof=proof)
            subscribers.enrol(hoster=contact.organization.hoster, email=contact.email, agreed=agreed)
    return _say(contact, purpose, basis, granted=True, source=source, text=text, proof=proof, by=by)


@transaction.atomic
def withdraw(*, contact: Contact, purpose: Consent.Purpose, source: str, by: User | None = None) -> Consent:
    """The person says no to one purpose; a row more, nothing is edited."""
    if purpose == Purpose.NEWSLETTER:
        subscribers.strike(hoster=contact.organization.hoster, email=contact.email)
    said = standing_of(contact).said.get(purpose)
    basis = Basis(said.basis) if said else Basis.INTEREST
    return _say(contact, purpose, basis, granted=False, source=source, text="", proof="", by=by)


@transaction.atomic
def oppose(*, contact: Contact, source: str, cause: Suppression.Cause, by: User | None = None) -> None:
    """« Ne plus contacter » : no to everything but the answers to what they ask themselves (002-197)."""
    suppress(hoster=contact.organization.hoster, address=contact.email, cause=cause)
    for purpose in (Purpose.PROSPECTING, Purpose.NEWSLETTER, Purpose.SATISFACTION, Purpose.PHONE):
        withdraw(contact=contact, purpose=purpose, source=source, by=by)


def set_address_kind(*, contact: Contact, kind: AddressKind) -> None:
    """Staff know better than the guess."""
    Contact.objects.filter(pk=contact.pk).update(address_kind=kind)


def _answering(contact: Contact, said: Consent | None) -> Permission:
    if contact.last_inbound_at or said:
        return Permission(True, _("Cette personne nous a écrit."))
    return Permission(False, _("Cette personne ne nous a rien demandé."))


def _asking_clients(client: bool) -> Permission:
    if client:
        return Permission(True, _("Sa structure est cliente ; chaque message permet de refuser."))
    return Permission(False, _("On demande leur avis aux clients seulement."))


def _calling(organization: Organization) -> Permission:
    """Nobody is canvassed by telephone at home without having agreed (GDPR-04, L223-1 since 11 August 2026)."""
    if organization.legal_form in ("", LegalForm.PERSON):
        told = _("Particulier, ou forme juridique inconnue : pas d’appel pour vendre sans son accord.")
        return Permission(False, told)
    return Permission(True, _("Une structure, pas un particulier : on peut l’appeler, et elle peut refuser."))


def may_call(organization: Organization) -> Permission:
    """Whether somebody of the team may call to sell: a structure, or a person who agreed.

    Calling back whoever asked for it is no canvassing.
    """
    permission = _calling(organization)
    if permission.allowed:
        return permission
    people = Contact.objects.filter(organization=organization, erased_at=None).exclude(phone="")
    for contact in people.select_related("organization__hoster")[:MOST_PHONES]:
        agreed = may_write(contact, Purpose.PHONE)
        if agreed.allowed:
            return agreed
    return permission


def _say(
    contact: Contact,
    purpose: Consent.Purpose,
    basis: Consent.Basis,
    *,
    granted: bool,
    source: str,
    text: str,
    proof: str,
    by: User | None,
) -> Consent:
    return Consent.objects.create(
        contact=contact,
        purpose=purpose,
        basis=basis,
        granted=granted,
        source=source[:80],
        text=text,
        proof=proof[:200],
        recorded_by=by,
    )
